package dev.bezant.sandbox.corefy;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A payout invoice. Immutable. */
record Payout(String id, String account, Terms terms, State state) {
    /** The statuses of payout invoices (section 8). */
    enum Status {
        CREATED, PROCESSING, PROCESS_PENDING, PROCESSED, PARTIALLY_PROCESSED, PROCESS_ERROR, PROCESS_FAILED, EXPIRED, TERMINATED, CANCELED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param amount minor units
     * @param recipient what is shown of who is paid: card numbers and accounts masked
     * @param ends how it ends once it is processed
     * @param resolution why, in the upper-case words of payouts
     */
    record Terms(String referenceId, String service, String currency, long amount, boolean testMode, Instant created, @Nullable String description,
            @Nullable ObjectNode recipient, @Nullable ObjectNode customer, @Nullable ObjectNode metadata, @Nullable String callbackUrl, long serial,
            Status ends, String resolution) {}

    /** @param dueAt when a pending one is decided by itself */
    record State(Status status, String resolution, Instant updated, @Nullable Instant processed, @Nullable Instant dueAt) {
        static final String OK = "OK";
    }

    Payout with(State changed) {
        return new Payout(id, account, terms, changed);
    }

    /** What has left the account, minor units. */
    long paid() {
        return switch (state.status()) {
            case PROCESSED -> terms.amount();
            case PARTIALLY_PROCESSED -> Math.max(1, terms.amount() / 2);
            case CREATED, PROCESSING, PROCESS_PENDING, PROCESS_ERROR, PROCESS_FAILED, EXPIRED, TERMINATED, CANCELED -> 0;
        };
    }

    /** Taken up to be processed, whatever its status tells of that yet. */
    boolean isTakenUp() {
        return state.status() != Status.CREATED || state.dueAt() != null;
    }
}
