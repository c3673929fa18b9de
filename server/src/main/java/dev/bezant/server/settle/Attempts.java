package dev.bezant.server.settle;

import dev.bezant.server.connector.Again;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.FindsByReference;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.connector.RepeatsByKey;
import dev.bezant.server.connector.TakesBack;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.payment.Repeats;
import dev.bezant.server.settle.OpenWork.Lane;
import dev.bezant.server.settle.OpenWork.Open;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settles attempts whose outcome nobody stored, in the way that their provider allows. */
final class Attempts {
    private final ProviderAccounts accounts;
    private final Scans scans;
    private final Reversals reversals;
    private final Finisher finisher;
    private final Repeats repeats;
    private final TakingBack takingBack;
    private final Finding finding;
    private final OperatorTasks tasks;
    private final Again again;

    Attempts(
            ProviderAccounts accounts,
            Scans scans,
            Reversals reversals,
            Finisher finisher,
            Repeats repeats,
            TakingBack takingBack,
            Finding finding,
            OperatorTasks tasks,
            Again again) {
        this.accounts = accounts;
        this.scans = scans;
        this.reversals = reversals;
        this.finisher = finisher;
        this.repeats = repeats;
        this.takingBack = takingBack;
        this.finding = finding;
        this.tasks = tasks;
        this.again = again;
    }

    void settle(Lane lane, Connector connector, List<Open> open) {
        Round.each("charge", open.stream().filter(it -> it.charge().providerId() != null).toList(), it -> byId(it, connector));
        List<Open> unnamed = open.stream().filter(it -> it.charge().providerId() == null && it.charge().stuckReason() == null).toList();
        Round.guarded("listing", () -> byListing(lane, unnamed));
        Round.each("charge", unnamed, it -> byWhatTheProviderAllows(it, connector));
    }

    /** How an attempt stands, if that is still of interest. @return false if the provider could not be asked */
    boolean ask(Connector connector, Charge charge, @Nullable String providerId) {
        boolean authenticated = charge.action() != null && charge.action().has("answer");
        if (providerId == null || authenticated || !(charge.state().inFlight() || charge.state() == ChargeState.FAILED)) {
            return true;
        }
        Outcome outcome = connector.inquire(scans.inquiry(charge, providerId));
        switch (outcome) {
            case Outcome.Approved approved when charge.state() == ChargeState.FAILED -> reversals.begin(charge, approved);
            case Outcome.Approved approved when !finisher.isAsAsked(charge, approved) -> {
                finisher.settle(charge, new Outcome.Pending(providerId));
                notAsAsked(charge);
            }
            case Outcome.Approved a -> finisher.settle(charge, outcome);
            case Outcome.Declined d when charge.state() != ChargeState.FAILED -> finisher.settle(charge, outcome);
            // It exists: from now on it is asked for by its id.
            case Outcome.Pending p when charge.state() == ChargeState.PENDING -> finisher.settle(charge, outcome);
            case Outcome.ActionRequired a when charge.state() == ChargeState.PENDING -> finisher.settle(charge, new Outcome.Pending(providerId));
            case Outcome.Declined d -> {}
            case Outcome.Pending p -> {}
            case Outcome.ActionRequired a -> {}
            case Outcome.Unknown u -> {}
            case Outcome.Rejected r -> {}
            case Outcome.NotSent n -> {}
        }
        return !(outcome instanceof Outcome.Unknown);
    }

    private void byId(Open open, Connector connector) {
        Charge charge = open.charge();
        if (open.justSent() || !again.due(charge.id())) {
            return;
        }
        Outcome outcome = connector.inquire(scans.inquiry(charge, String.valueOf(charge.providerId())));
        boolean over = open.over(connector.processingTimeMax());
        switch (outcome) {
            case Outcome.Approved approved when !finisher.isAsAsked(charge, approved) -> notAsAsked(charge);
            case Outcome.Approved a -> finisher.settle(charge, outcome);
            case Outcome.Declined d -> finisher.settle(charge, outcome);
            // Only the answer to its request says where the payer is to go.
            case Outcome.ActionRequired(var id, var action) when action == null && charge.state() == ChargeState.PENDING ->
                    withoutItsAction(open, connector, id);
            // Nobody completes it any more: the payer may try again.
            case Outcome.ActionRequired a when over || charge.state() == ChargeState.PENDING -> finisher.settle(charge, outcome);
            case Outcome.ActionRequired a -> {}
            case Outcome.Pending p -> {}
            case Outcome.Unknown u -> {}
            case Outcome.Rejected r -> {}
            case Outcome.NotSent n -> {}
        }
    }

    private void withoutItsAction(Open open, Connector connector, String id) {
        if (connector instanceof RepeatsByKey provider) {
            byRepeating(open, connector, provider);
        }
        if (connector instanceof FindsByReference && open.over(connector.processingTimeMax())) {
            finisher.settle(open.charge(), new Outcome.Declined(DeclineCode.AUTHENTICATION_FAILURE, false,
                    new Outcome.ProviderSays(null, "Where the payer was to go was lost with the answer", null), id));
        }
    }

    /** Attempts that only the provider's listing tells of. */
    private void byListing(Lane lane, List<Open> open) {
        if (open.stream().anyMatch(it -> !it.justSent()) && again.dueEverySecond(lane.providerAccountId())) {
            accounts.find(lane.accountId(), lane.livemode(), lane.providerAccountId()).ifPresent(scans::scan);
        }
    }

    private void byWhatTheProviderAllows(Open open, Connector connector) {
        if (open.charge().state() != ChargeState.PENDING) {
            return;
        }
        if (connector instanceof RepeatsByKey provider) {
            byRepeating(open, connector, provider);
        }
        if (connector instanceof TakesBack provider) {
            byTakingBack(open, connector, provider);
        }
        if (connector instanceof FindsByReference provider) {
            byFinding(open, connector, provider);
        }
    }

    /** Its request may be sent again, with its key: the answer is what became of the first. */
    private void byRepeating(Open open, Connector connector, RepeatsByKey provider) {
        Charge charge = open.charge();
        if (charge.stuckReason() != null || !open.over(connector.processingTimeMax()) || !again.due("repeat " + charge.id())) {
            return;
        }
        if (open.now().isAfter(charge.createdAt().plus(provider.repeatableFor()))) {
            tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), OperatorTasks.TOO_OLD);
            return;
        }
        Outcome outcome = repeats.repeat(charge, provider);
        if (outcome instanceof Outcome.Approved approved && !finisher.isAsAsked(charge, approved)) {
            finisher.settle(charge, new Outcome.Pending(approved.providerId()));
            notAsAsked(charge);
        } else if (!(outcome instanceof Outcome.Unknown)) {
            finisher.settle(charge, outcome);
        }
    }

    /** Nobody can ask about it: undone, once nobody can send it any more and the provider has finished with what arrived. */
    private void byTakingBack(Open open, Connector connector, TakesBack provider) {
        if (open.over(connector.processingTimeMax()) && again.due("take back " + open.charge().id())) {
            takingBack.settle(open.charge(), provider);
        }
    }

    private void byFinding(Open open, Connector connector, FindsByReference provider) {
        if (!open.justSent() && again.due("find " + open.charge().id())) {
            finding.settle(open.charge(), provider, open.over(connector.processingTimeMax()));
        }
    }

    private void notAsAsked(Charge charge) {
        tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), OperatorTasks.NOT_AS_ASKED);
    }
}
