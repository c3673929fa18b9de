package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A payment intent of the intents dialect. Of its answers only the id is certain; everything else is null when it is not told.
 *
 * @param rawStatus the word received; {@link #status()} reads it
 * @param amount major units
 * @param paymentId once it was confirmed
 * @param other everything else that was sent, by its name
 * @see "docs/protocols/corefy.md, section 13"
 */
public record PaymentIntent(
        String id,
        @Nullable String rawStatus,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable BigDecimal amountReceived,
        @Nullable BigDecimal amountRefunded,
        @Nullable String paymentId,
        @Nullable String customerId,
        @Nullable String referenceId,
        @Nullable Boolean livemode,
        @Nullable Challenge nextAction,
        @Nullable LastError lastError,
        @Nullable Instant created,
        Map<String, Object> other) {
    private static final Set<String> KNOWN = Set.of("id", "status", "amount", "currency", "amount_received", "amount_refunded", "payment_id",
            "customer_id", "reference_id", "livemode", "next_action", "redirect_url", "last_error", "created_at");

    /** Why the last attempt to pay failed. */
    public record LastError(@Nullable String code, @Nullable String declineCode, @Nullable String message) {
        static LastError of(JsonFields json) {
            String code = json.text("error_code");
            return new LastError(code == null ? json.text("code") : code, json.text("decline_code"), json.text("message"));
        }
    }

    /** Where an intent stands. */
    public enum Status { REQUIRES_PAYMENT_METHOD, REQUIRES_CONFIRMATION, REQUIRES_ACTION, PROCESSING, SUCCEEDED, CANCELED, UNRECOGNIZED }

    public Status status() {
        return rawStatus == null ? Status.UNRECOGNIZED : switch (rawStatus) {
            case "requires_payment_method" -> Status.REQUIRES_PAYMENT_METHOD;
            case "requires_confirmation" -> Status.REQUIRES_CONFIRMATION;
            case "requires_action" -> Status.REQUIRES_ACTION;
            case "processing" -> Status.PROCESSING;
            case "succeeded" -> Status.SUCCEEDED;
            case "canceled" -> Status.CANCELED;
            default -> Status.UNRECOGNIZED;
        };
    }

    static PaymentIntent of(JsonFields answer) {
        JsonFields json = IntentReading.unwrapped(answer);
        return new PaymentIntent(json.requiredText("id"), json.text("status"), json.decimal("amount"), json.text("currency"),
                json.decimal("amount_received"), json.decimal("amount_refunded"), json.text("payment_id"), json.text("customer_id"),
                json.text("reference_id"), json.bool("livemode"), nextAction(json), json.object("last_error").map(LastError::of).orElse(null),
                IntentReading.time(json, "created_at"), Json.others(json.node(), KNOWN));
    }

    private static @Nullable Challenge nextAction(JsonFields json) {
        JsonFields action = json.object("next_action").orElse(null);
        URI url = action == null ? Json.uri(json, "redirect_url") : Json.uri(action, "url");
        if (url == null) {
            return null;
        }
        String method = action == null ? null : action.text("method");
        return new Challenge(url, method == null ? "GET" : method, action == null ? Map.of() : Json.texts(action, "fields"));
    }

    /** Without the rest, which may be personal. */
    @Override
    public String toString() {
        return "PaymentIntent[" + id + ", " + rawStatus + ", " + amount + " " + currency + "]";
    }
}
