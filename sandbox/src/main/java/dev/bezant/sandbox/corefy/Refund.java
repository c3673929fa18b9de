package dev.bezant.sandbox.corefy;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A refund of a payment invoice.
 *
 * @param id {@code ref_...}, of the intents dialect {@code re_...}
 * @param amount minor units
 * @param dueAt when a pending one is decided by itself
 */
record Refund(String id, String account, String invoiceId, @Nullable String referenceId, long amount, String currency, @Nullable String description,
        Status status, Instant created, @Nullable Instant dueAt, boolean succeedsWhenDue) {

    /** The words of Corefy beyond {@code processed} are not known. */
    enum Status {
        PROCESSED, PROCESS_PENDING, PROCESS_FAILED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Refund ended(Status end) {
        return new Refund(id, account, invoiceId, referenceId, amount, currency, description, end, created, null, false);
    }
}
