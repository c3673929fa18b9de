package dev.bezant.sandbox.cardinity;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What hangs on a payment: a refund, settlement, void, chargeback or RDR. Immutable.
 *
 * @param cents null for a void
 * @param reason of a chargeback or RDR
 * @param dueAt when a processing one ends by itself
 * @param approvedWhenDue how it ends then
 */
record Child(String id, String account, String paymentId, Kind kind, @Nullable Long cents, String currency, Instant created, boolean live,
        Status status, @Nullable String error, @Nullable String orderId, @Nullable String description, @Nullable String reason,
        @Nullable Instant dueAt, boolean approvedWhenDue) {

    enum Kind {
        REFUND, SETTLEMENT, VOID, CHARGEBACK, RDR;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Child ended(Status end, @Nullable String why) {
        return new Child(id, account, paymentId, kind, cents, currency, created, live, end, why, orderId, description, reason, null, false);
    }

    long centsOrZero() {
        return cents == null ? 0 : cents;
    }
}
