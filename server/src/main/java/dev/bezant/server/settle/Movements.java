package dev.bezant.server.settle;

import dev.bezant.server.connector.Again;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.IncrementsAuthorizations;
import dev.bezant.server.connector.ReadsRefunds;
import dev.bezant.server.connector.RepeatsByKey;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Operation;
import dev.bezant.server.payment.Operations;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payment.Rows;
import dev.bezant.server.refund.RefundRow;
import dev.bezant.server.refund.Refunds;
import dev.bezant.server.settle.OpenWork.OpenOperation;
import dev.bezant.server.settle.OpenWork.OpenRefund;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Settles captures, voids, reversals and refunds whose outcome nobody stored. */
final class Movements {
    private final Database database;
    private final Reversals reversals;
    private final Operations operations;
    private final Refunds refunds;
    private final OperatorTasks tasks;
    private final PaymentSettings settings;
    private final Again again;

    Movements(
            Database database,
            Reversals reversals,
            Operations operations,
            Refunds refunds,
            OperatorTasks tasks,
            PaymentSettings settings,
            Again again) {
        this.database = database;
        this.reversals = reversals;
        this.operations = operations;
        this.refunds = refunds;
        this.tasks = tasks;
        this.settings = settings;
        this.again = again;
    }

    void settle(Connector connector, OpenOperation open) {
        if (again.due(open.operation().id())) {
            resolve(connector, open);
        }
    }

    void settle(Connector connector, OpenRefund open) {
        if (again.due(open.refund().id())) {
            resolve(connector, open);
        }
    }

    /** Asks now. */
    void resolve(Connector connector, OpenOperation open) {
        Operation operation = open.operation();
        Charge charge = Rows.charge(database, operation.accountId(), operation.livemode(), operation.chargeId()).orElseThrow();
        Outcome outcome = operation.increments() && connector instanceof IncrementsAuthorizations provider
                ? increment(connector, provider, charge, operation, open)
                : movement(connector, charge, operation.movement(charge), operation.asked(charge), open.giveUpAt(), open.now());
        if (tooOld(outcome)) {
            tasks.add(OperatorTasks.Kind.OPERATION, operation.accountId(), operation.id(), OperatorTasks.TOO_OLD);
        }
        if (outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Pending) {
            return;
        }
        if (outcome instanceof Outcome.Approved approved && !operation.kind().equals("void") && !agrees(approved, operation.amount())) {
            tasks.add(OperatorTasks.Kind.OPERATION, operation.accountId(), operation.id(), OperatorTasks.NOT_AS_ASKED);
            return;
        }
        if (operation.kind().equals("reverse")) {
            reversals.settle(charge, operation, outcome);
        } else {
            operations.settle(charge, operation, outcome);
        }
    }

    /** Asks now. */
    void resolve(Connector connector, OpenRefund open) {
        RefundRow refund = open.refund();
        Charge charge = Rows.charge(database, refund.accountId(), refund.livemode(), refund.chargeId()).orElseThrow();
        var asked = new Connector.Movement(String.valueOf(charge.providerId()), refund.reference(), refund.amount(), true);
        String id = refund.providerId();
        // Where nobody heard the provider's id of it, it goes by our own.
        Outcome outcome = id != null && !id.equals(refund.reference()) && connector instanceof ReadsRefunds provider
                ? provider.readRefund(id, refund.amount())
                : movement(connector, charge, MovementKind.REFUND, asked, open.giveUpAt(), open.now());
        if (tooOld(outcome)) {
            tasks.add(OperatorTasks.Kind.REFUND, refund.accountId(), refund.id(), OperatorTasks.TOO_OLD);
        }
        if (outcome instanceof Outcome.Approved approved && !agrees(approved, refund.amount())) {
            tasks.add(OperatorTasks.Kind.REFUND, refund.accountId(), refund.id(), OperatorTasks.NOT_AS_ASKED);
            return;
        }
        boolean news = !(outcome instanceof Outcome.Unknown) && !(outcome instanceof Outcome.Pending && refund.state().equals("pending"));
        if (news && !(outcome instanceof Outcome.NotSent && refund.state().equals("pending"))) {
            refunds.settle(refund, outcome);
        }
    }

    /** The same of an increment, which is listed apart. */
    private static Outcome increment(Connector connector, IncrementsAuthorizations provider, Charge charge, Operation operation, OpenOperation open) {
        Optional<List<Sighting>> all = provider.increments(String.valueOf(charge.providerId()), charge.amount().currency());
        if (all.isEmpty()) {
            return new Outcome.Unknown("The provider could not be asked");
        }
        return seen(all.get(), operation.reference()).orElseGet(() -> open.now().isBefore(open.giveUpAt().plus(connector.processingTimeMax()))
                ? new Outcome.Unknown("Not there yet")
                : new Outcome.NotSent("Proved absent: the provider's list of increments is complete and does not show it"));
    }

    private static Optional<Outcome> seen(List<Sighting> all, String reference) {
        return all.stream().filter(sighting -> sighting.reference().equals(reference)).findFirst().map(Sighting::outcome);
    }

    /** What a payment's movements show of one of them; {@link Outcome.NotSent} if it is proved absent. */
    private Outcome movement(Connector connector, Charge charge, MovementKind kind, Connector.Movement movement, Instant giveUpAt, Instant now) {
        Optional<List<Sighting>> all = connector.movements(kind, movement.providerId(), charge.amount().currency());
        if (all.isEmpty()) {
            return new Outcome.Unknown("The provider could not be asked");
        }
        Optional<Outcome> seen = seen(all.get(), movement.reference());
        if (seen.isPresent()) {
            return seen.get();
        }
        if (now.isBefore(giveUpAt.plus(connector.processingTimeMax()))) {
            return new Outcome.Unknown("Not there yet");
        }
        return connector instanceof RepeatsByKey provider
                ? repeated(provider, kind, movement, giveUpAt, now)
                : new Outcome.NotSent("Proved absent: the provider's list of movements is complete and does not show it");
    }

    /** Where a list does not prove absence, the movement is asked for again: with its key, so that it happens once. */
    private Outcome repeated(RepeatsByKey provider, MovementKind kind, Connector.Movement movement, Instant giveUpAt, Instant now) {
        return now.isAfter(giveUpAt.plus(provider.repeatableFor()))
                ? new Outcome.Unknown(OperatorTasks.TOO_OLD)
                : provider.repeat(kind, movement, Deadline.in(settings.sendWindow()));
    }

    private static boolean tooOld(Outcome outcome) {
        return outcome instanceof Outcome.Unknown(var reason) && reason.equals(OperatorTasks.TOO_OLD);
    }

    /** A void of a reversal tells no amount. */
    private static boolean agrees(Outcome.Approved approved, Money asked) {
        return approved.amount().equals(asked) || approved.amount().amount() == 0;
    }
}
