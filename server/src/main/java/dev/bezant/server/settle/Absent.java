package dev.bezant.server.settle;

import dev.bezant.server.connector.Again;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.FindsByReference;
import dev.bezant.server.connector.TakesBack;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.settle.OpenWork.Watched;
import java.time.Duration;

/** Looks after attempts whose payers are away: with the bank, or gone for good. */
final class Absent {
    /** For how long past its time an attempt is asked about whose provider does not say how it ended. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    private final Database database;
    private final Scans scans;
    private final Reversals reversals;
    private final Finisher finisher;
    private final TakingBack takingBack;
    private final Finding finding;
    private final OperatorTasks tasks;
    private final Again again;

    Absent(
            Database database,
            Scans scans,
            Reversals reversals,
            Finisher finisher,
            TakingBack takingBack,
            Finding finding,
            OperatorTasks tasks,
            Again again) {
        this.database = database;
        this.scans = scans;
        this.reversals = reversals;
        this.finisher = finisher;
        this.takingBack = takingBack;
        this.finding = finding;
        this.tasks = tasks;
        this.again = again;
    }

    /** A challenge that the provider may finish without us. */
    void look(Connector connector, Charge charge) {
        if (connector.completesOnlyThroughUs() || !again.due(charge.id())) {
            return;
        }
        Outcome outcome = inquire(connector, charge);
        if (outcome instanceof Outcome.Approved || outcome instanceof Outcome.Declined) {
            end(charge, outcome);
        }
    }

    /** A challenge whose time is over. */
    void expire(Connector connector, Charge charge) {
        if (!connector.completesOnlyThroughUs()) {
            // Not the pauses that looks at it have grown: the first question is asked at once.
            if (!again.due("expire " + charge.id())) {
                return;
            }
            Outcome outcome = inquire(connector, charge);
            if (!(outcome instanceof Outcome.ActionRequired)) {
                if (outcome instanceof Outcome.Approved || outcome instanceof Outcome.Declined) {
                    end(charge, outcome);
                }
                return;
            }
        }
        finisher.settle(charge, new Outcome.Declined(DeclineCode.AUTHENTICATION_FAILURE, false,
                new Outcome.ProviderSays(null, "The payer did not come back from the challenge in time", null), charge.providerId()));
    }

    /** What a question about a closed attempt has brought. */
    enum Seen {
        /** There is nothing more to find out. */
        OVER,
        /** Nothing has come of it so far. */
        NOTHING,
        /** The provider did not answer, or works on it still. */
        UNKNOWN;

        static Seen of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Approved a -> OVER;
                case Outcome.Declined d -> OVER;
                case Outcome.ActionRequired a -> NOTHING;
                case Outcome.NotSent n -> NOTHING;
                case Outcome.Pending p -> UNKNOWN;
                case Outcome.Rejected r -> UNKNOWN;
                case Outcome.Unknown u -> UNKNOWN;
            };
        }
    }

    /** An attempt that was closed while its payer was away, at a provider that may finish it all the same; or one that was taken back, or proved absent. */
    void watch(Connector connector, Watched watched) {
        Charge charge = watched.charge();
        if (!again.due(charge.id())) {
            return;
        }
        Seen seen = seen(connector, charge);
        boolean late = watched.now().isAfter(watched.until());
        // Only an answer ends it: what was paid while nobody could ask has to be given back too.
        if (seen == Seen.OVER || (seen == Seen.NOTHING && late)) {
            stopWatching(charge);
        } else if (watched.now().isAfter(watched.until().plus(PATIENCE))) {
            tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), OperatorTasks.NOT_TOLD);
        }
    }

    private Seen seen(Connector connector, Charge charge) {
        if (charge.state() != ChargeState.FAILED) {
            // It was approved, and is given back.
            return Seen.OVER;
        }
        if (charge.extras().takingBack() && connector instanceof TakesBack provider) {
            return takingBack.watch(charge, provider);
        }
        if (charge.providerId() == null && connector instanceof FindsByReference provider) {
            return finding.watch(charge, provider);
        }
        if (connector.completesOnlyThroughUs()) {
            return Seen.OVER;
        }
        Outcome outcome = inquire(connector, charge);
        if (outcome instanceof Outcome.Approved approved) {
            reversals.begin(charge, approved);
        }
        return Seen.of(outcome);
    }

    private void end(Charge charge, Outcome outcome) {
        boolean otherwise = outcome instanceof Outcome.Approved approved && !finisher.isAsAsked(charge, approved);
        finisher.settle(charge, outcome);
        if (otherwise) {
            tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), OperatorTasks.NOT_AS_ASKED);
        }
    }

    private Outcome inquire(Connector connector, Charge charge) {
        return connector.inquire(scans.inquiry(charge, String.valueOf(charge.providerId())));
    }

    private void stopWatching(Charge charge) {
        database.sql("update charge set watch_until = null where account_id = :account and id = :id")
                .bind("account", charge.accountId())
                .bind("id", charge.id())
                .update();
    }
}
