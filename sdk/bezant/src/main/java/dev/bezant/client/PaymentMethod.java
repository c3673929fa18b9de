package dev.bezant.client;

import dev.bezant.sdk.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * A saved card.
 *
 * @param expiryYear four digits
 */
public record PaymentMethod(
        String id, String customerId, String brand, String first6, String last4, int expiryMonth, int expiryYear, @Nullable String holder) {
    static PaymentMethod of(JsonFields json) {
        JsonFields card = json.object("card").orElseGet(() -> json);
        Integer month = card.integer("exp_month");
        Integer year = card.integer("exp_year");
        return new PaymentMethod(json.requiredText("id"), json.requiredText("customer_id"), card.requiredText("brand"), card.requiredText("first6"),
                card.requiredText("last4"), month == null ? 0 : month, year == null ? 0 : year, card.text("holder"));
    }

    /** Without the holder. */
    @Override
    public String toString() {
        return "PaymentMethod[" + id + ", " + brand + " " + last4 + "]";
    }
}
