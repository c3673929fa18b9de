package dev.bezant.client;

import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Money given back.
 *
 * @param status {@code pending}, {@code succeeded} or {@code failed}
 * @param amount in the currency's major unit
 */
public record Refund(String id, String paymentId, String status, BigDecimal amount, String currency, @Nullable String reason, @Nullable String reference) {
    static Refund of(JsonFields json) {
        return new Refund(json.requiredText("id"), json.requiredText("payment_id"), json.requiredText("status"), json.requiredDecimal("amount"),
                json.requiredText("currency"), json.text("reason"), json.text("reference_id"));
    }
}
