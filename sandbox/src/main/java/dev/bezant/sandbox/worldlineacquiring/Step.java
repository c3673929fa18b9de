package dev.bezant.sandbox.worldlineacquiring;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, or tried, to a payment or a refund. Immutable.
 *
 * @param amount minor units; what was really approved
 * @param decline null if it was approved
 * @param authorizationCode of an authorization or an increment
 * @param clearsAt of a capture: until then it can be taken back
 * @param last of a capture: what was left was released with it
 * @param refundId of a refund
 * @param undone whether it was taken back, or came to nothing later
 */
record Step(References references, Kind kind, long amount, Instant at, @Nullable Decline decline, @Nullable String authorizationCode,
        @Nullable Instant clearsAt, boolean last, @Nullable String refundId, boolean undone) {
    enum Kind { AUTHORIZATION, INCREMENT, CAPTURE, AUTHORIZATION_REVERSAL, REFUND }

    static Step of(References references, Kind kind, long amount, Instant at) {
        return new Step(references, kind, amount, at, null, null, null, false, null, false);
    }

    String operationId() {
        return references.operationId();
    }

    Step declined(Decline why) {
        return new Step(references, kind, amount, at, why, null, null, false, refundId, false);
    }

    Step withCode(String code) {
        return new Step(references, kind, amount, at, decline, code, clearsAt, last, refundId, undone);
    }

    Step clearing(Instant when, boolean isLast) {
        return new Step(references, kind, amount, at, decline, authorizationCode, when, isLast, refundId, undone);
    }

    Step ofRefund(String id) {
        return new Step(references, kind, amount, at, decline, authorizationCode, clearsAt, last, id, undone);
    }

    Step undo() {
        return new Step(references, kind, amount, at, decline, authorizationCode, clearsAt, last, refundId, true);
    }

    /** Whether it counts. */
    boolean stands() {
        return decline == null && !undone;
    }

    boolean hasCleared(Instant now) {
        return clearsAt != null && !now.isBefore(clearsAt);
    }
}
