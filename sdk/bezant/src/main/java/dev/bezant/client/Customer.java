package dev.bezant.client;

import dev.bezant.sdk.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param json everything that was answered, the address too
 */
public record Customer(String id, @Nullable String email, @Nullable String name, @Nullable String phone, @Nullable String reference, JsonFields json) {
    static Customer of(JsonFields json) {
        return new Customer(json.requiredText("id"), json.text("email"), json.text("name"), json.text("phone"), json.text("reference_id"), json);
    }

    /** Without what a log must not hold. */
    @Override
    public String toString() {
        return "Customer[" + id + "]";
    }
}
