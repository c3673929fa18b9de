package dev.bezant.cardinity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An unsettled authorization released, as Cardinity tells it; it has no amount (docs/protocols/cardinity.md, section 2.4).
 *
 * @param parentId the payment's id
 * @param rawStatus the word received; {@link #status()} reads it
 * @param decline present exactly when declined
 */
public record PaymentVoid(
        String id,
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
