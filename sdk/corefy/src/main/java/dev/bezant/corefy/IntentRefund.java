package dev.bezant.corefy;

import dev.bezant.sdk.json.JsonFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A refund of the intents dialect. Only the id is certain.
 *
 * @param rawStatus {@code pending}, {@code succeeded} or {@code failed}, as far as known
 * @param amount major units
 */
public record IntentRefund(
        String id,
        @Nullable String rawStatus,
        @Nullable String paymentId,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable Instant created,
        Map<String, Object> other) {
    private static final Set<String> KNOWN = Set.of("id", "status", "payment_id", "amount", "currency", "created_at");

    /** A word that says neither done nor failed counts as not decided. */
    public Refund.Status status() {
        if ("succeeded".equals(rawStatus)) {
            return Refund.Status.SUCCEEDED;
        }
        return "failed".equals(rawStatus) ? Refund.Status.FAILED : Refund.Status.PENDING;
    }

    static IntentRefund of(JsonFields answer) {
        JsonFields json = IntentReading.unwrapped(answer);
        return new IntentRefund(json.requiredText("id"), json.text("status"), json.text("payment_id"), json.decimal("amount"), json.text("currency"),
                IntentReading.time(json, "created_at"), Json.others(json.node(), KNOWN));
    }
}
