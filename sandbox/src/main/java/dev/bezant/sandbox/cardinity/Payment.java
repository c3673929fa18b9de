package dev.bezant.sandbox.cardinity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A payment: what was asked for, and how it stands. Immutable; a change makes a new one. */
record Payment(String id, String account, Terms terms, State state) {
    /**
     * @param cents hundredths of the currency
     * @param settle true for a purchase, false for an authorization
     * @param threeDs null if no 3-D Secure was begun
     * @param linkId the payment link it came from, if any
     */
    record Terms(long cents, String currency, Instant created, boolean settle, boolean live, String country, @Nullable String orderId,
            @Nullable String description, @Nullable String statementDescriptorSuffix, Card card, @Nullable ThreeDs threeDs,
            @Nullable String linkId) {}

    /** The names under which a challenge is known to the directory server and the issuer, and where the browser goes afterwards. */
    record ThreeDs(String serverTransId, String acsTransId, String windowSize, @Nullable String notificationUrl) {}

    /** Which version of 3-D Secure the provider waits for. */
    enum Challenge { NONE, V2, V1_FALLBACK, V1 }

    /**
     * @param dueAt when a processing payment ends by itself
     * @param captured cents settled so far; the whole amount for an approved purchase
     * @param refunded cents given back or on their way back
     */
    record State(Status status, @Nullable Decline decline, Challenge challenge, @Nullable Instant dueAt, long captured, long refunded,
            boolean voided) {
        static State of(Status status) {
            return new State(status, null, Challenge.NONE, null, 0, 0, false);
        }

        State approved(long capturedNow) {
            return new State(Status.APPROVED, null, Challenge.NONE, null, capturedNow, 0, false);
        }

        State declined(Decline why) {
            return new State(Status.DECLINED, why, Challenge.NONE, null, 0, 0, false);
        }

        State pending(Challenge wanted) {
            return new State(Status.PENDING, null, wanted, null, 0, 0, false);
        }

        State processingUntil(Instant due) {
            return new State(Status.PROCESSING, null, Challenge.NONE, due, 0, 0, false);
        }

        State withCaptured(long cents) {
            return new State(status, decline, challenge, dueAt, cents, refunded, voided);
        }

        State withRefunded(long cents) {
            return new State(status, decline, challenge, dueAt, captured, cents, voided);
        }

        State asVoided() {
            return new State(status, decline, challenge, dueAt, captured, refunded, true);
        }
    }

    Payment with(State changed) {
        return new Payment(id, account, terms, changed);
    }

    /** Approved now: a purchase is captured at once. */
    Payment approved() {
        return with(state.approved(terms.settle() ? terms.cents() : 0));
    }
}
