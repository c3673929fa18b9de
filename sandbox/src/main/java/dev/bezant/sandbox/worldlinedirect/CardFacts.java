package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.card.TestCard.Aftermath;
import dev.bezant.sandbox.card.TestCard.Sca;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a card: never its number in clear, nor its code.
 *
 * @param bin the first six digits
 * @param expiry {@code MMYY}
 * @param shared the test card that every provider knows; null for any other
 * @param ownRefusal for this provider's own cards that are always declined, and numbers that cannot be; else null
 * @param sealed the number, encrypted: only for detokenization
 */
record CardFacts(String bin, String last4, int length, String expiry, @Nullable String holder, int productId, Origin origin,
        @Nullable TestCard shared, @Nullable Decline ownRefusal, String sealed) {

    /** {@code ************0026}. */
    String masked() {
        return "*".repeat(length - 4) + last4;
    }

    Sca sca() {
        return shared == null ? Sca.NONE : shared.sca();
    }

    Aftermath aftermath() {
        return shared == null ? Aftermath.NONE : shared.aftermath();
    }

    boolean isExpired(Instant now) {
        var month = expiryMonth(expiry);
        return month != null && month.isBefore(YearMonth.from(now.atZone(ZoneOffset.UTC)));
    }

    CardFacts expiringAt(String other) {
        return new CardFacts(bin, last4, length, other, holder, productId, origin, shared, ownRefusal, sealed);
    }

    /** The month of {@code MMYY}, or null if it is none. */
    static @Nullable YearMonth expiryMonth(String text) {
        if (!text.matches("\\d{4}")) {
            return null;
        }
        try {
            return YearMonth.of(2000 + Integer.parseInt(text.substring(2)), Integer.parseInt(text.substring(0, 2)));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
