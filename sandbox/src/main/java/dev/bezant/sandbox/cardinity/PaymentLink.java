package dev.bezant.sandbox.cardinity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link under which anybody can pay. Immutable.
 *
 * @param uses approved payments so far
 */
record PaymentLink(String id, String account, long cents, String currency, String description, @Nullable String country,
        @Nullable Instant expirationDate, boolean multipleUse, boolean enabled, boolean deleted, int uses) {

    PaymentLink changed(@Nullable Instant expiration, boolean nowEnabled) {
        return new PaymentLink(id, account, cents, currency, description, country, expiration, multipleUse, nowEnabled, deleted, uses);
    }

    PaymentLink asDeleted() {
        return new PaymentLink(id, account, cents, currency, description, country, expirationDate, multipleUse, enabled, true, uses);
    }

    PaymentLink used() {
        return new PaymentLink(id, account, cents, currency, description, country, expirationDate, multipleUse, enabled, deleted, uses + 1);
    }

    /** Whether it can be paid now. */
    boolean isOpen(Instant now) {
        return enabled && !deleted && (expirationDate == null || now.isBefore(expirationDate)) && (multipleUse || uses == 0);
    }
}
