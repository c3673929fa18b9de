package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.worldlineacquiring.Decline.Responder;
import dev.bezant.sandbox.worldlineacquiring.Repetitions.Done;
import dev.bezant.sandbox.worldlineacquiring.Step.Kind;

/**
 * Takes whole operations back, by the ids that the merchant gave them (section 9). What each undoes is the simulator's choice (section 16). Called
 * under the store's lock.
 */
final class Reversals {
    private final Store store;
    private final Repetitions repetitions;
    private final Refunds refunds;
    private final Wire wire;

    Reversals(Store store, Repetitions repetitions, Refunds refunds, Wire wire) {
        this.store = store;
        this.repetitions = repetitions;
        this.refunds = refunds;
        this.wire = wire;
    }

    Answer reverse(Account account, String targetId, Input body, Work work) {
        var references = References.read(body);
        body.time("transactionTimestamp");
        body.text("reason");
        body.refuseIfWrong();
        var key = Merchant.of(account).keyOf(targetId);
        if (targetId.equals(references.operationId())) {
            throw ProblemException.invalid("operationId must not be that of the operation that is taken back");
        }
        if (repetitions.isUnderWay(key)) {
            throw Repetitions.inProgress();
        }
        var done = store.operation(key);
        if (done == null) {
            if (!Settings.approvesUnknownReversals(account)) {
                throw ProblemException.unknown("operation " + targetId);
            }
            work.save(Done.blocked(key));
        } else if (!done.reversed()) {
            undo(account, done, targetId, references, work);
            work.save(done.reverse());
        }
        return Answer.ok(Wire.result(references.operationId(), null, Responder.WORLDLINE, false));
    }

    private void undo(Account account, Done done, String targetId, References by, Work work) {
        var payment = done.subject() == null ? null : store.payment(done.subject());
        var refund = done.subject() == null ? null : store.refund(done.subject());
        switch (done.operation()) {
            case "processPayment" -> {
                if (payment != null) {
                    undoPayment(account, payment, by, work);
                }
            }
            case "simpleCaptureOfPayment" -> {
                if (payment != null) {
                    undoCapture(account, payment, targetId, by, work);
                }
            }
            case "incrementPayment" -> {
                if (payment != null) {
                    undoIncrement(account, payment, targetId, by, work);
                }
            }
            case "reverseAuthorization" -> {
                if (payment != null) {
                    undoRelease(account, payment, targetId, by, work);
                }
            }
            case "createRefund", "processStandaloneRefund" -> {
                if (refund != null) {
                    undoRefund(account, refund, by, work);
                }
            }
            case "captureRefund" -> {
                if (refund != null) {
                    undoRefundCapture(account, refund, targetId, by, work);
                }
            }
            case "reverseRefundAuthorization" -> throw refused(account, "A refund that was given up cannot be taken up again");
            case "technicalReversal" -> throw refused(account, "A technical reversal cannot be taken back");
            default -> {
                // It asked something, and holds nothing.
            }
        }
    }

    /** Nothing of it stays: neither what is held nor what was captured. */
    private void undoPayment(Account account, Payment payment, References by, Work work) {
        var now = wire.now();
        if (payment.state().stage() == Payment.Stage.DECLINED || payment.state().stage() == Payment.Stage.CANCELLED) {
            return;
        }
        if (payment.hasClearedCapture(now) || payment.refunded() > 0) {
            throw refused(account, "The payment has been cleared, or given back: refund it");
        }
        if (payment.isApproved()) {
            boolean sale = payment.terms().use().captureImmediately();
            for (var step : payment.state().steps()) {
                if (step.kind() == Kind.CAPTURE && step.stands() && !sale) {
                    move(payment, step.operationId(), step.amount(), by, work);
                }
            }
            if (payment.authorized() > 0) {
                move(payment, payment.id(), payment.authorized(), by, work);
            }
        }
        work.save(payment.changing(Step::undo, now).at(Payment.Stage.CANCELLED, null, null, now).closing(true));
    }

    private void undoCapture(Account account, Payment payment, String operationId, References by, Work work) {
        var now = wire.now();
        var capture = payment.standing(operationId, Kind.CAPTURE);
        if (capture == null) {
            return;
        }
        if (capture.hasCleared(now) || payment.captured() - capture.amount() < payment.refunded()) {
            throw refused(account, "The capture has been cleared, or given back: refund it");
        }
        move(payment, operationId, capture.amount(), by, work);
        work.save(without(payment, capture).closing(payment.state().closed() && !capture.last()));
    }

    private void undoIncrement(Account account, Payment payment, String operationId, References by, Work work) {
        var increment = payment.standing(operationId, Kind.INCREMENT);
        if (increment == null) {
            return;
        }
        if (payment.remaining() < increment.amount()) {
            throw refused(account, "What was added has been captured or released");
        }
        move(payment, payment.id(), increment.amount(), by, work);
        work.save(without(payment, increment));
    }

    /** What was released is held again. */
    private void undoRelease(Account account, Payment payment, String operationId, References by, Work work) {
        var release = payment.standing(operationId, Kind.AUTHORIZATION_REVERSAL);
        if (release == null) {
            return;
        }
        if (!payment.isApproved() || payment.isOver(wire.now())) {
            throw refused(account, "The authorization has ended");
        }
        work.move(MovementKind.AUTHORIZATION, payment.merchant(), by.operationId(), payment.id(), by, payment.terms().money().with(release.amount()));
        work.save(without(payment, release));
    }

    private void undoRefund(Account account, Refund refund, References by, Work work) {
        var now = wire.now();
        switch (refund.state().stage()) {
            case DECLINED, REVERSED, CANCELLED -> {
                return;
            }
            case PENDING, AUTHORIZED -> {
                // Nothing has moved.
            }
            case CAPTURED -> {
                if (refund.hasCleared(now)) {
                    throw refused(account, "The refund has been cleared");
                }
                work.move(MovementKind.VOID, refund.merchant(), by.operationId(), refund.id(), by, refund.terms().money());
            }
        }
        work.save(refund.at(Refund.Stage.CANCELLED, null, null, now));
        refunds.comesToNothing(refund, now, work);
    }

    private void undoRefundCapture(Account account, Refund refund, String operationId, References by, Work work) {
        var now = wire.now();
        if (!refund.is(Refund.Stage.CAPTURED)) {
            return;
        }
        if (refund.hasCleared(now)) {
            throw refused(account, "The refund has been cleared");
        }
        work.move(MovementKind.VOID, refund.merchant(), by.operationId(), refund.id(), by, refund.terms().money());
        work.save(refund.at(Refund.Stage.AUTHORIZED, null, null, now).undoing(operationId, Kind.CAPTURE));
    }

    private Payment without(Payment payment, Step undone) {
        return payment.changing(step -> step.equals(undone) ? step.undo() : step, wire.now());
    }

    /** @param of what is taken back: the payment for what is held, else the capture */
    private static void move(Payment payment, String of, long amount, References by, Work work) {
        work.move(MovementKind.VOID, payment.merchant(), by.operationId(), of, by, payment.terms().money().with(amount));
    }

    private static ProblemException refused(Account account, String why) {
        return ProblemException.state(Settings.stateStatus(account), why);
    }
}
