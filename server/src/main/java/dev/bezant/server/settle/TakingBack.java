package dev.bezant.server.settle;

import dev.bezant.server.connector.TakesBack;
import dev.bezant.server.connector.TakesBack.TakenBack;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payment.TakeBacks;
import dev.bezant.server.settle.Absent.Seen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles attempts that no question can settle: takes them back, so that nothing happened.
 *
 * <p>First the mark is committed that makes every approval void, then the provider is asked, then the attempt is closed. A crash in between
 * leaves an open attempt, which is marked and asked about again: taking back may be repeated.
 *
 * @see "docs/protocols/worldline-acquiring-mapping.md, Settling"
 */
final class TakingBack {
    private static final Logger LOG = LoggerFactory.getLogger(TakingBack.class);

    private final TakeBacks takeBacks;
    private final Finisher finisher;
    private final OperatorTasks tasks;
    private final PaymentSettings settings;
    private final Ids ids;

    TakingBack(TakeBacks takeBacks, Finisher finisher, OperatorTasks tasks, PaymentSettings settings, Ids ids) {
        this.takeBacks = takeBacks;
        this.finisher = finisher;
        this.tasks = tasks;
        this.settings = settings;
        this.ids = ids;
    }

    /** Settles an attempt that nobody can send any more, and with which the provider has finished if it ever arrived. */
    void settle(Charge charge, TakesBack provider) {
        if (!takeBacks.begin(charge)) {
            return;
        }
        switch (ask(charge, provider)) {
            case TakenBack.Undone() -> finisher.settle(charge, new Outcome.NotSent("Taken back: the provider confirms that nothing is held"));
            case TakenBack.NotArrived() -> finisher.settle(charge, new Outcome.NotSent("Proved absent: the provider knows nothing to take back"));
            case TakenBack.Refused(var reason) -> tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(),
                    "The provider does not take the payment back: " + reason);
            case TakenBack.Unknown(var reason) -> LOG.atInfo().addKeyValue("charge", charge.id()).addKeyValue("reason", reason)
                    .log("An attempt could not be taken back yet; it is tried again");
        }
    }

    /** Asks once more for one that was closed as absent. */
    Seen watch(Charge charge, TakesBack provider) {
        return switch (ask(charge, provider)) {
            case TakenBack.Undone() -> Seen.OVER;
            case TakenBack.NotArrived() -> Seen.NOTHING;
            case TakenBack.Unknown u -> Seen.UNKNOWN;
            case TakenBack.Refused(var reason) -> {
                LOG.atError().addKeyValue("charge", charge.id()).addKeyValue("reason", reason)
                        .log("A payment that failed arrived all the same, and the provider does not take it back: an operator must look");
                yield Seen.OVER;
            }
        };
    }

    private TakenBack ask(Charge charge, TakesBack provider) {
        return provider.takeBack(charge.reference(), ids.reference(), Deadline.in(settings.sendWindow()));
    }
}
