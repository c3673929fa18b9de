package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Chargebacks and RDRs: raised by test cards, through the control API, or by the API call that one SDK has. Thread-safe. */
final class Disputes {
    private final Store store;
    private final SandboxClock clock;
    private final Events events;
    private final Wire wire;

    Disputes(Store store, SandboxClock clock, Events events, Wire wire) {
        this.store = store;
        this.clock = clock;
        this.events = events;
        this.wire = wire;
    }

    /** What the payment's card brings about once this amount is captured; not yet stored. An inquiry moves no money. */
    List<Child> automatic(Payment payment, long cents) {
        return switch (payment.terms().card().behaviour().aftermath()) {
            case DISPUTE_FRAUD -> List.of(chargeback(payment, cents, Status.APPROVED, "10.4: Fraud"));
            case DISPUTE_NOT_RECEIVED -> List.of(chargeback(payment, cents, Status.APPROVED, "13.1: Merchandise not received"));
            case INQUIRY -> List.of(chargeback(payment, cents, Status.INITIATED, "10.4: Fraud"));
            case TWO_DISPUTES -> List.of(chargeback(payment, cents - cents / 2, Status.APPROVED, "10.4: Fraud"),
                    chargeback(payment, cents / 2, Status.APPROVED, "13.1: Merchandise not received"));
            case NONE, REFUND_APPROVED_LATER, REFUND_DECLINED_LATER -> List.of();
        };
    }

    Optional<Movement> movement(Child child) {
        return child.status() == Status.APPROVED ? movement(child, MovementKind.CHARGEBACK) : Optional.empty();
    }

    private static Optional<Movement> movement(Child child, MovementKind kind) {
        if (child.kind() != Child.Kind.CHARGEBACK || child.centsOrZero() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Movement(CardinityProvider.NAME, child.account(), kind, child.id(), child.paymentId(),
                child.description(), Amounts.minorUnits(child.centsOrZero(), child.currency()), Amounts.lower(child.currency())));
    }

    void announce(Child child) {
        if (child.kind() == Child.Kind.CHARGEBACK) {
            events.send(child.account(), "chargeback.created", wire.child(child));
        }
    }

    Child raise(Payment payment, long cents, Child.Kind kind, String reason, @Nullable String description) {
        var raised = child(payment, cents, kind, Status.APPROVED, reason, description);
        store.commit(List.of(raised), movement(raised).stream().toList());
        announce(raised);
        return raised;
    }

    /**
     * Through the control API.
     *
     * @param minorUnits null for all that was captured
     */
    Child raiseByHand(String paymentId, @Nullable Long minorUnits, @Nullable String reason) {
        synchronized (store.lockOf(paymentId)) {
            var payment = store.payment(paymentId);
            if (payment == null) {
                throw new ControlException(404, "There is no Cardinity payment " + paymentId);
            }
            long captured = payment.state().captured();
            if (captured == 0) {
                throw new ControlException(409, "Payment " + paymentId + " is " + payment.state().status().wireName()
                        + " and nothing of it was captured; only captured money can be charged back");
            }
            long cents = minorUnits == null ? captured : Amounts.centsOf(minorUnits, payment.terms().currency());
            if (cents <= 0 || cents > captured) {
                throw new ControlException(400, "amount must be between 1 and "
                        + Amounts.minorUnits(captured, payment.terms().currency()) + " minor units, the captured amount");
            }
            return raise(payment, cents, Child.Kind.CHARGEBACK, reason == null ? "10.4: Fraud" : reason, null);
        }
    }

    /** Decides an inquiry, or gives the money of a chargeback back; null if there is nothing to decide. */
    @Nullable Child decide(String id, boolean approved) {
        var found = store.child(id);
        if (found == null) {
            return null;
        }
        synchronized (store.lockOf(found.paymentId())) {
            var child = store.child(id);
            boolean inquiry = child != null && child.status() == Status.INITIATED;
            boolean taken = child != null && child.kind() == Child.Kind.CHARGEBACK && child.status() == Status.APPROVED;
            if (child == null || !(inquiry || (taken && !approved))) {
                return null;
            }
            var ended = child.ended(approved ? Status.APPROVED : Status.DECLINED, null);
            store.commit(List.of(ended), (taken ? movement(ended, MovementKind.CHARGEBACK_REVERSAL) : movement(ended)).stream().toList());
            return ended;
        }
    }

    /** A chargeback after somebody looked at evidence about it. */
    record Judged(Child chargeback, Evidence.Decision decision) {}

    /** What the banks make of evidence: the words of the test data decide, anything else is still being looked at. */
    Judged judge(Child chargeback, Evidence evidence) {
        var decision = evidence.decision();
        var moved = switch (decision) {
            case WON -> decide(chargeback.id(), false);
            case LOST, ESCALATED -> decide(chargeback.id(), true);
            case PENDING -> null;
        };
        var now = store.child(chargeback.id());
        return new Judged(moved != null ? moved : now != null ? now : chargeback, decision);
    }

    private Child chargeback(Payment payment, long cents, Status status, String reason) {
        return child(payment, cents, Child.Kind.CHARGEBACK, status, reason, null);
    }

    private Child child(Payment payment, long cents, Child.Kind kind, Status status, String reason, @Nullable String description) {
        return new Child(UUID.randomUUID().toString(), payment.account(), payment.id(), kind, cents, payment.terms().currency(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS), payment.terms().live(), status, null, payment.terms().orderId(),
                description, reason, null, false);
    }
}
