package dev.bezant.sandbox.corefy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A payment invoice, or behind it a payment intent: what was asked for, and how it stands. Immutable; a change makes a new one. */
record Invoice(String id, String account, Terms terms, State state) {
    /**
     * @param amount minor units
     * @param delayed hold only
     * @param customerId {@code cus_...}, null without a customer
     * @param gateId {@code cgi_...}, null for services that take no cards
     * @param gateKey signs this invoice's Card Gate token
     * @param attemptsMax how many cards the payer may try
     * @param savedCardToken a saved card that the payer is offered on the hosted page; null for none
     * @param source {@code merchant_api} or {@code platform_public_api}
     * @param intentId {@code pi_...} if it was made through the intents dialect, which has no unique references
     */
    record Terms(@Nullable String referenceId, String service, String currency, long amount, boolean delayed, boolean testMode, Instant created,
            Instant expires, @Nullable String description, @Nullable String descriptor, @Nullable ObjectNode customer, @Nullable String customerId,
            @Nullable ObjectNode metadata, Urls urls, @Nullable String savedCardToken, boolean tokenize, @Nullable String gateId, String gateKey,
            int attemptsMax, String source, long serial, @Nullable String intentId) {

        @Nullable String customerReference() {
            return customer == null ? null : customer.path("reference_id").asString(null);
        }

        boolean isDescribed(String word) {
            return word.equals(description);
        }
    }

    /** Where the browser and the callbacks go; each null if it was not given. */
    record Urls(@Nullable String success, @Nullable String pending, @Nullable String fail, @Nullable String callback) {}

    /**
     * Somebody pays, or tries to.
     *
     * @param id {@code pay_...}
     * @param status the payment's own word
     * @param card null where no card is involved
     * @param acsId names the challenge to the issuer's page; null without one
     * @param last whether the invoice is over when this fails
     */
    record Attempt(String id, String status, @Nullable Card card, @Nullable String acsId, boolean last) {
        static final String AUTHORIZE_REQUIRED = "authorize_required";
        static final String AUTHORIZED = "authorized";

        static Attempt begun(@Nullable Card card, boolean last) {
            return new Attempt(Ids.next("pay_"), Status.PROCESS_PENDING.wireName(), card, null, last);
        }

        Attempt challenged() {
            return new Attempt(id, AUTHORIZE_REQUIRED, card, Ids.text(36), last);
        }

        Attempt with(String changed) {
            return new Attempt(id, changed, card, acsId, last);
        }

        Attempt asLast() {
            return new Attempt(id, status, card, acsId, true);
        }
    }

    /**
     * Minor units.
     *
     * @param held authorized and not captured
     * @param refunding asked to be refunded and not decided
     */
    record Sums(long held, long processed, long refunded, long refunding, long chargedBack) {
        static final Sums NONE = new Sums(0, 0, 0, 0, 0);

        long refundable() {
            return processed - refunded - refunding - chargedBack;
        }

        Sums withRefund(long refundedNow, long refundingNow) {
            return new Sums(held, processed, refundedNow, refundingNow, chargedBack);
        }

        Sums withChargedBack(long amount) {
            return new Sums(held, processed, refunded, refunding, amount);
        }
    }

    /** When what happened last; null if it never did. */
    record Times(Instant updated, @Nullable Instant processed, @Nullable Instant refunded, @Nullable Instant failed, @Nullable Instant chargedBack) {
        static Times of(Instant updated) {
            return new Times(updated, null, null, null, null);
        }

        Times at(Instant now, Status status) {
            return switch (status) {
                case CREATED, PROCESS_PENDING, EXPIRED, TERMINATED, REFUND_PENDING, REFUND_FAILED ->
                        new Times(now, processed, refunded, failed, chargedBack);
                case PROCESSED, PARTIALLY_PROCESSED -> new Times(now, processed == null ? now : processed, refunded, failed, chargedBack);
                case PROCESS_FAILED -> new Times(now, processed, refunded, now, chargedBack);
                case PARTIALLY_REFUNDED, REFUNDED -> new Times(now, processed, now, failed, chargedBack);
                case CHARGED_BACK, PARTIALLY_CHARGED_BACK -> new Times(now, processed, refunded, failed, now);
            };
        }
    }

    /**
     * @param attempt the present one, or the one that decided
     * @param failures how many attempts failed
     * @param moderated parked for a person
     * @param token of the saved card, once there is one
     * @param dueAt when a pending payment ends by itself
     */
    record State(Status status, String resolution, @Nullable Attempt attempt, Sums sums, Times times, int failures, boolean moderated,
            @Nullable String token, @Nullable Instant dueAt) {

        static State of(Status status, Instant now) {
            return new State(status, Resolution.OK, null, Sums.NONE, Times.of(now), 0, false, null, null);
        }

        /** Whatever happens ends waiting: for a time, and for a person. */
        State to(Status next, String why, Instant now) {
            return new State(next, why, attempt, sums, times.at(now, next), failures, false, token, null);
        }

        State with(@Nullable Attempt changed) {
            return new State(status, resolution, changed, sums, times, failures, moderated, token, dueAt);
        }

        State with(Sums changed) {
            return new State(status, resolution, attempt, changed, times, failures, moderated, token, dueAt);
        }

        State failedOnceMore() {
            return new State(status, resolution, attempt, sums, times, failures + 1, moderated, token, dueAt);
        }

        /** Until a person decides. */
        State parked() {
            return new State(status, resolution, attempt, sums, times, failures, true, token, null);
        }

        State withToken(String value) {
            return new State(status, resolution, attempt, sums, times, failures, moderated, value, dueAt);
        }

        State dueAt(Instant due) {
            return new State(status, resolution, attempt, sums, times, failures, moderated, token, due);
        }

        boolean waitsForIssuer() {
            return status.isOpen() && attempt != null && attempt.status().equals(Attempt.AUTHORIZE_REQUIRED);
        }

        boolean holdsMoney() {
            return sums.held() > 0;
        }

        /** Open, and nobody is in the middle of paying it. */
        boolean takesPayment() {
            return status.isOpen() && attempt == null;
        }
    }

    Invoice with(State changed) {
        return new Invoice(id, account, terms, changed);
    }

    boolean standsBehindIntent() {
        return terms.intentId() != null;
    }

    /** The id that the merchant knows it by. */
    String publicId() {
        return terms.intentId() == null ? id : terms.intentId();
    }
}
