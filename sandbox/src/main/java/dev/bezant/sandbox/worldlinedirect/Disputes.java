package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.Maintenance.Kind;
import dev.bezant.sandbox.worldlinedirect.Maintenance.Stage;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Chargebacks, raised by test cards or through the control API. They show as the payment's status; an inquiry is a notification that moves
 * no money. Called under the store's lock.
 */
final class Disputes {
    private final SandboxClock clock;
    private final Wire wire;

    Disputes(SandboxClock clock, Wire wire) {
        this.clock = clock;
        this.wire = wire;
    }

    /** What the payment's card brings about once this amount is captured. */
    Payment automatic(Payment payment, long amount, Work work) {
        var card = payment.terms().card();
        if (card == null) {
            return payment;
        }
        return switch (card.aftermath()) {
            case DISPUTE_FRAUD, DISPUTE_NOT_RECEIVED -> raise(payment, amount, Stage.DONE, work);
            case INQUIRY -> raise(payment, amount, Stage.PENDING, work);
            case TWO_DISPUTES -> raise(raise(payment, amount - amount / 2, Stage.DONE, work), amount / 2, Stage.DONE, work);
            case NONE, REFUND_APPROVED_LATER, REFUND_DECLINED_LATER -> payment;
        };
    }

    /**
     * Through the control API.
     *
     * @param amount null for all that was captured
     */
    Payment byHand(Payment payment, @Nullable Long amount, Work work) {
        if (payment.captured() == 0) {
            throw new ControlException(409, "Payment " + payment.wireId() + " is " + Standing.of(payment).status()
                    + " and nothing of it was captured; only captured money can be charged back");
        }
        if (amount != null && (amount <= 0 || amount > payment.captured())) {
            throw new ControlException(400, "amount must be between 1 and " + payment.captured() + " minor units, the captured amount");
        }
        var raised = raise(payment, amount == null ? payment.captured() : amount, Stage.DONE, work);
        work.save(raised);
        return raised;
    }

    /** An inquiry is decided: approved, it takes the money. */
    Payment decide(Payment payment, Maintenance inquiry, boolean approved, Work work) {
        var decided = payment.with(payment.state().with(inquiry.ended(approved), clock.instant()));
        if (approved) {
            work.move(movement(decided, inquiry));
        }
        work.tell(Events.Event.of(decided, approved ? "CHARGEBACKED" : Standing.of(decided).status(), wire.payment(decided)));
        work.save(decided);
        return decided;
    }

    private Payment raise(Payment payment, long amount, Stage stage, Work work) {
        if (amount == 0) {
            return payment;
        }
        var dispute = new Maintenance(payment.nextNumber(), Kind.CHARGEBACK, amount, stage, false,
                clock.instant().truncatedTo(ChronoUnit.MILLIS), null, false, References.NONE, References.NONE, null);
        var disputed = payment.with(payment.state().with(dispute, clock.instant()));
        if (stage == Stage.DONE) {
            work.move(movement(disputed, dispute));
        }
        work.tell(Events.Event.of(disputed, dispute.standing().status(), wire.payment(disputed)));
        return disputed;
    }

    private static Movement movement(Payment payment, Maintenance dispute) {
        return new Movement(WorldlineDirectProvider.NAME, payment.account(), MovementKind.CHARGEBACK, payment.wireId(dispute), payment.wireId(),
                null, dispute.amount(), payment.money().currencyLower());
    }
}
