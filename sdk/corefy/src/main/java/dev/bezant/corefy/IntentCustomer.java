package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the intents dialect. Only the id is certain.
 *
 * @param other everything else that was sent, by its name
 */
public record IntentCustomer(
        String id, @Nullable String email, @Nullable String name, @Nullable String phone, Map<String, Object> other) {
    private static final Set<String> KNOWN = Set.of("id", "email", "name", "phone");

    static IntentCustomer of(JsonFields answer) {
        JsonFields json = IntentReading.unwrapped(answer);
        return new IntentCustomer(json.requiredText("id"), json.text("email"), json.text("name"), json.text("phone"), Json.others(json.node(), KNOWN));
    }

    /** Personal data. */
    @Override
    public String toString() {
        return "IntentCustomer[" + id + "]";
    }
}
