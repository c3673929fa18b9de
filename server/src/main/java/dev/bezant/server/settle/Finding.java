package dev.bezant.server.settle;

import dev.bezant.server.connector.Connector.Inquiry;
import dev.bezant.server.connector.FindsByReference;
import dev.bezant.server.connector.FindsByReference.Found;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.settle.Absent.Seen;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles attempts whose provider's id nobody has heard, by asking for our reference.
 *
 * <p>Presence is believed at once. Absence is a proof when nobody could send the attempt any more, nor the provider still be at work on it, before
 * the question was asked. What was closed as absent is asked about for a day more: should the provider be slower than it is said to be, the
 * payment is given back.
 *
 * @see "docs/protocols/corefy-mapping.md, Settling"
 */
final class Finding {
    private static final Logger LOG = LoggerFactory.getLogger(Finding.class);

    private final Finisher finisher;
    private final Reversals reversals;
    private final BiFunction<Charge, String, Inquiry> inquiries;
    private final OperatorTasks tasks;

    /** @param inquiries makes the question about an attempt, by the provider's id of it */
    Finding(Finisher finisher, Reversals reversals, BiFunction<Charge, String, Inquiry> inquiries, OperatorTasks tasks) {
        this.finisher = finisher;
        this.reversals = reversals;
        this.inquiries = inquiries;
        this.tasks = tasks;
    }

    /** @param provable whether absence is a proof by now */
    void settle(Charge charge, FindsByReference provider, boolean provable) {
        switch (find(charge, provider)) {
            case Found.There(var id, var outcome) -> there(charge, id, outcome);
            case Found.Nothing() when provable -> finisher.settleAbsent(charge, "Proved absent: nobody has begun to pay under this reference");
            case Found.Nothing() -> {}
            case Found.Unknown(var reason) -> LOG.atInfo().addKeyValue("charge", charge.id()).addKeyValue("reason", reason)
                    .log("An attempt could not be asked for yet; it is tried again");
        }
    }

    /** Asks once more for one that was closed as absent. */
    Seen watch(Charge charge, FindsByReference provider) {
        return switch (find(charge, provider)) {
            case Found.There(var id, var outcome) -> {
                if (outcome instanceof Outcome.Approved approved) {
                    reversals.begin(charge, approved);
                }
                yield Seen.of(outcome);
            }
            case Found.Nothing() -> Seen.NOTHING;
            case Found.Unknown u -> Seen.UNKNOWN;
        };
    }

    private void there(Charge charge, String id, Outcome outcome) {
        boolean otherwise = outcome instanceof Outcome.Approved approved && !finisher.isAsAsked(charge, approved);
        finisher.settle(charge, otherwise ? new Outcome.Pending(id) : outcome);
        if (otherwise) {
            tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), OperatorTasks.NOT_AS_ASKED);
        }
    }

    private Found find(Charge charge, FindsByReference provider) {
        return provider.find(inquiries.apply(charge, ""));
    }
}
