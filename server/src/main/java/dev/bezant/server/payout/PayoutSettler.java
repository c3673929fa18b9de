package dev.bezant.server.payout;

import dev.bezant.server.connector.Again;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.connector.ProviderLanes;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payout.PayoutStore.Begun;
import dev.bezant.server.payout.PayoutStore.Open;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds payouts whose outcome is not known, by looking at the table, and asks the provider.
 *
 * <p>By the provider's id it only reads, and believes presence at once. That nobody has sent one counts, and one is sent again, only when its sender
 * has certainly stopped and the provider has finished with what had arrived.
 *
 * @see "docs/decisions/payouts.md"
 */
final class PayoutSettler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PayoutSettler.class);
    private static final String TOO_OLD = "The provider does not surely recognize the payout any more: presence or absence cannot be proved";
    private static final String TAKEN_UP = "The provider took the payout up, and shows it as unsent still: it may be paid yet";
    private static final String IN_PART = "The provider paid out a part, or did not wholly take it back";
    private static final String FAILED_AND_PAID = "It was closed as failed, and its provider says that it is paid or being paid: ";
    private static final String NOT_AS_ASKED = "The provider paid out another amount than was asked for";
    /** For how long a provider account that does not answer holds up the next round of the others, once. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final Connectors connectors;
    private final Payouts payouts;
    private final PaymentSettings settings;
    private final Again again;
    private final ProviderLanes lanes = new ProviderLanes("settling payouts", PATIENCE);

    PayoutSettler(Database database, Connectors connectors, Payouts payouts, PaymentSettings settings, Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.payouts = payouts;
        this.settings = settings;
        this.again = new Again(clock);
    }

    /** One round over everything that is open. Called again and again by one thread; several nodes may do so at once. */
    void round() {
        Map<String, Runnable> byAccount = new HashMap<>();
        PayoutStore.open(database, lanes.busy(), again.known(), again.paused()).stream().collect(Collectors.groupingBy(open -> open.payout().providerAccountId()))
                .forEach((account, open) -> byAccount.put(account, () -> open.forEach(this::settle)));
        lanes.run(byAccount);
        again.forgetOld();
    }

    private void settle(Open open) {
        try {
            if (again.due(open.payout().id())) {
                resolve(open, null);
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("payout", open.payout().id()).log("A payout could not be settled yet; it is tried again");
        }
    }

    /** Asks about one that its provider has told something of. @return empty if there is none; whether the provider could be asked */
    Optional<Boolean> noticed(String account, String providerAccount, String reference, @Nullable String providerId) {
        return PayoutStore.open(database, account, providerAccount, reference).map(open -> switch (open.payout().state()) {
            case "pending" -> resolve(open, providerId);
            case "failed" -> staysFailed(open.payout(), providerId);
            default -> true;
        });
    }

    /** Its maker was told that nothing was paid and may have made another: what contradicts that is a person's to put right. */
    private boolean staysFailed(PayoutRow payout, @Nullable String told) {
        String providerId = payout.providerId() == null ? told : payout.providerId();
        if (providerId == null) {
            return true;
        }
        PaysOut provider = payouts.provider(payout).orElseThrow(() -> new IllegalStateException("The provider account does not pay out"));
        Outcome outcome = provider.payout(providerId, payout.reference(), payout.amount());
        switch (outcome) {
            case Outcome.Approved a -> stuck(payout, FAILED_AND_PAID + providerId);
            case Outcome.Pending p -> stuck(payout, FAILED_AND_PAID + providerId);
            case Outcome.ActionRequired a -> stuck(payout, FAILED_AND_PAID + providerId);
            case Outcome.Declined d -> {}
            case Outcome.NotSent n -> {}
            case Outcome.Rejected r -> {}
            case Outcome.Unknown u -> {}
        }
        return !(outcome instanceof Outcome.Unknown);
    }

    /**
     * @param told the provider's id, where only a notice has told it
     * @return false if the provider could not be asked
     */
    private boolean resolve(Open open, @Nullable String told) {
        PayoutRow payout = open.payout();
        String providerId = payout.providerId() == null ? told : payout.providerId();
        Connector connector = connectors.of(payout.accountId(), payout.livemode(), payout.providerAccountId());
        if (!(connector instanceof PaysOut provider)) {
            throw new IllegalStateException("The provider account does not pay out");
        }
        boolean over = !open.now().isBefore(open.giveUpAt().plus(connector.processingTimeMax()));
        Outcome outcome = providerId != null
                ? provider.payout(providerId, payout.reference(), payout.amount())
                : over ? unheard(open, provider) : new Outcome.Unknown("It may still be on its way");
        switch (outcome) {
            case Outcome.Approved approved when !approved.amount().equals(payout.amount()) -> {
                payouts.settle(payout, new Outcome.Pending(approved.providerId()));
                stuck(payout, NOT_AS_ASKED);
            }
            case Outcome.NotSent n when !over -> {}
            case Outcome.NotSent n when open.takenUp() -> stuck(payout, TAKEN_UP);
            case Outcome.Approved a -> payouts.settle(payout, outcome);
            case Outcome.Declined d -> payouts.settle(payout, outcome);
            case Outcome.NotSent n -> payouts.settle(payout, outcome);
            // It exists: from now on it is asked for by its id. Its answer is its sender's to give while that may be alive.
            case Outcome.Pending(var id) when !over -> payouts.seen(payout, id);
            case Outcome.Pending p -> payouts.settle(payout, outcome);
            case Outcome.ActionRequired(var id, var action) -> {
                payouts.seen(payout, id);
                stuck(payout, IN_PART);
            }
            case Outcome.Unknown u -> {}
            // That a repeat is refused says nothing of the first.
            case Outcome.Rejected r -> {}
        }
        return !(outcome instanceof Outcome.Unknown);
    }

    private Outcome unheard(Open open, PaysOut provider) {
        PayoutRow payout = open.payout();
        if (provider.payoutSettleableFor().filter(proves -> open.now().isAfter(payout.createdAt().plus(proves))).isPresent()) {
            stuck(payout, TOO_OLD);
            return new Outcome.Unknown(TOO_OLD);
        }
        Deadline deadline = Deadline.in(settings.sendWindow());
        Optional<Begun> begun = payouts.resume(payout);
        return begun.isEmpty() ? new Outcome.Unknown("It is settled already, or its card is gone") : provider.settlePayout(payouts.words(payout, begun.get()), deadline);
    }

    private void stuck(PayoutRow payout, String reason) {
        if (PayoutStore.stuck(database, payout, reason)) {
            LOG.atError().addKeyValue("object", payout.id()).addKeyValue("reason", reason).log("An outcome cannot be proved: an operator must look");
        }
    }

    @Override
    public void close() {
        lanes.close();
    }
}
