package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money given back, as Cardinity tells it (docs/protocols/cardinity.md, section 2.4).
 *
 * @param parentId the payment's id
 * @param rawStatus the word received; {@link #status()} reads it
 * @param decline present exactly when declined
 */
public record Refund(
        String id,
        BigDecimal amount,
        String currency,
        Instant created,
        boolean live,
        String parentId,
        String rawStatus,
        @Nullable String orderId,
        @Nullable String description,
        @Nullable Decline decline) {
    public Status status() {
        return Status.of(rawStatus);
    }
}
