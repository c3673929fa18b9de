package dev.bezant.client;

import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A payment.
 *
 * @param status {@code requires_payment_method}, {@code requires_action}, {@code processing}, {@code succeeded}, ...; others may come
 * @param amount in the currency's major unit
 * @param paymentId once it is paid
 * @param redirect where the payer must go; null if nowhere
 * @param lastErrorCode why the last try failed; null if it did not
 * @param json everything that was answered
 */
public record PaymentIntent(
        String id,
        String status,
        BigDecimal amount,
        BigDecimal amountReceived,
        BigDecimal amountRefunded,
        String currency,
        @Nullable String paymentId,
        @Nullable String customerId,
        @Nullable String reference,
        @Nullable URI redirect,
        @Nullable String lastErrorCode,
        JsonFields json) {
    static PaymentIntent of(JsonFields json) {
        String redirect = json.text("redirect_url");
        return new PaymentIntent(json.requiredText("id"), json.requiredText("status"), json.requiredDecimal("amount"), json.requiredDecimal("amount_received"),
                json.requiredDecimal("amount_refunded"), json.requiredText("currency"), json.text("payment_id"), json.text("customer_id"),
                json.text("reference_id"), redirect == null ? null : URI.create(redirect), CorefyIntegration.text(json, "last_error", "code"), json);
    }

    /** Without what a log must not hold. */
    @Override
    public String toString() {
        return "PaymentIntent[" + id + " " + status + " " + amount.toPlainString() + " " + currency + "]";
    }
}
