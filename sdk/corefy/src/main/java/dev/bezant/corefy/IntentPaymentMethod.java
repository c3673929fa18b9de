package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A saved payment method of the intents dialect. Only the id is certain.
 *
 * @param card what is told of it: brand, first and last digits, expiry
 */
public record IntentPaymentMethod(
        String id, @Nullable String type, @Nullable String customerId, Map<String, String> card, Map<String, Object> other) {
    private static final Set<String> KNOWN = Set.of("id", "type", "customer_id", "card");

    static IntentPaymentMethod of(JsonFields answer) {
        JsonFields json = IntentReading.unwrapped(answer);
        return new IntentPaymentMethod(json.requiredText("id"), json.text("type"), json.text("customer_id"), Json.texts(json, "card"),
                Json.others(json.node(), KNOWN));
    }

    /** The holder is personal data. */
    @Override
    public String toString() {
        return "IntentPaymentMethod[" + id + "]";
    }
}
