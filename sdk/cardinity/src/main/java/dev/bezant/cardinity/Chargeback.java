package dev.bezant.cardinity;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that the card's holder demanded back through the issuer.
 *
 * @param parentId the payment's id
 * @param rawStatus the word received; {@link #status()} reads it
 * @param reason {@code code: message}, such as {@code 10.4: Fraud}
 */
public record Chargeback(
        String id,
        BigDecimal amount,
        String currency,
        Instant created,
        boolean live,
        String parentId,
        String rawStatus,
        @Nullable String reason,
        @Nullable String description) {
    public Status status() {
        return Status.of(rawStatus);
    }
}
