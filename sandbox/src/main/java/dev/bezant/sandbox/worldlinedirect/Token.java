package dev.bezant.sandbox.worldlinedirect;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card under a name (section 11).
 *
 * @param usableUntil of a temporary one, which works once; null for one that stays
 * @param gone deleted, or temporary and used
 */
record Token(String id, String merchantId, CardFacts card, @Nullable Instant usableUntil, boolean gone, @Nullable String schemeReferenceData) {
    static final Duration TEMPORARY = Duration.ofHours(2);

    boolean isUsable(Instant now) {
        return !gone && (usableUntil == null || now.isBefore(usableUntil));
    }

    boolean isTemporary() {
        return usableUntil != null;
    }

    Token asGone() {
        return new Token(id, merchantId, card, usableUntil, true, schemeReferenceData);
    }
}
