package dev.bezant.server.settle;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.payment.Operation;
import dev.bezant.server.payment.Operations;
import dev.bezant.server.payment.Rows;
import dev.bezant.server.refund.RefundRow;
import dev.bezant.server.refund.Refunds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds every money operation that is still open, by looking at the tables, and asks the provider what became of it.
 *
 * <p>There is no task that somebody had to remember to enqueue: a crash at any line leaves a row, and the row is found here. Before
 * an operation's {@code give_up_at} this only reads: presence is believed at once, absence never before then.
 */
public final class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final String OTHER_AMOUNT = "The provider did another amount than was asked for";
    private static final Duration ASK_AGAIN_FIRST = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN_MAX = Duration.ofMinutes(5);

    private final Database database;
    private final Connectors connectors;
    private final ProviderAccounts accounts;
    private final Scans scans;
    private final Pacing pacing;
    private final Reversals reversals;
    private final Finisher finisher;
    private final Operations operations;
    private final Refunds refunds;
    private final OperatorTasks tasks;
    private final Clock clock;
    private final Map<String, Asked> asked = new HashMap<>();

    private record Asked(Instant next, Duration pause) {}

    Settler(
            Database database,
            Connectors connectors,
            ProviderAccounts accounts,
            Scans scans,
            Pacing pacing,
            Reversals reversals,
            Finisher finisher,
            Operations operations,
            Refunds refunds,
            OperatorTasks tasks,
            Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.accounts = accounts;
        this.scans = scans;
        this.pacing = pacing;
        this.reversals = reversals;
        this.finisher = finisher;
        this.operations = operations;
        this.refunds = refunds;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** One round over everything that is open. Called again and again by one thread; several nodes may do so at once. */
    public void round() {
        pacing.forgetResolved();
        List<Open> open = openCharges();
        each("charge", open.stream().filter(it -> it.charge().providerId() != null).toList(), this::settleById);
        scanAccounts(open);
        each("expired challenge", expiredActions(), this::expire);
        each("operation", openOperations(), this::settleOperation);
        each("refund", openRefunds(), this::settleRefund);
        // What was not asked about for so long is resolved, or asked about from the beginning.
        asked.values().removeIf(it -> clock.instant().isAfter(it.next().plus(ASK_AGAIN_MAX)));
        tasks.count();
    }

    private record Open(Charge charge, Instant giveUpAt, Instant now) {}

    private record OpenOperation(Operation operation, Instant giveUpAt, Instant now) {}

    private record OpenRefund(RefundRow refund, Instant giveUpAt, Instant now) {}

    private List<Open> openCharges() {
        return database.sql("""
                        select *, now() as moment from charge
                         where state in ('pending', 'completing') and send_before < now() + interval '1 minute'
                         order by give_up_at limit 1000
                        """)
                .list(row -> new Open(Rows.charge(row), row.moment("give_up_at"), row.moment("moment")));
    }

    /** Attempts without an id of the provider's: only its listing tells. */
    private void scanAccounts(List<Open> open) {
        Map<String, List<Open>> byAccount = open.stream().collect(Collectors.groupingBy(it -> it.charge().providerAccountId()));
        byAccount.forEach((id, attempts) -> {
            // Those just being sent are their sender's business.
            boolean old = attempts.stream().anyMatch(it -> it.charge().providerId() == null && it.charge().stuckReason() == null
                    && it.charge().createdAt().isBefore(it.now().minusSeconds(2)));
            Charge any = attempts.getFirst().charge();
            if (old && due(id, ASK_AGAIN_FIRST)) {
                accounts.find(any.accountId(), any.livemode(), id).ifPresent(account -> guarded("account " + id, () -> scans.scan(account)));
            }
        });
    }

    private void settleById(Open open) {
        Charge charge = open.charge();
        if (open.charge().createdAt().isAfter(open.now().minusSeconds(2)) || !due(charge.id(), ASK_AGAIN_MAX)) {
            return;
        }
        Connector connector = connector(charge);
        Outcome outcome = connector.inquire(scans.inquiry(charge, String.valueOf(charge.providerId())));
        boolean over = open.now().isAfter(open.giveUpAt().plus(connector.processingTimeMax()));
        switch (outcome) {
            case Outcome.Approved approved when !approved.amount().equals(charge.amount()) ->
                    tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), OTHER_AMOUNT);
            case Outcome.Approved a -> finisher.settle(charge, outcome);
            case Outcome.Declined d -> finisher.settle(charge, outcome);
            // Nobody completes it any more: the payer may try again.
            case Outcome.ActionRequired a when over || charge.state() == ChargeState.PENDING -> finisher.settle(charge, outcome);
            case Outcome.ActionRequired a -> {}
            case Outcome.Pending p -> {}
            case Outcome.Unknown u -> {}
            case Outcome.Rejected r -> {}
            case Outcome.NotSent n -> {}
        }
    }

    private List<Charge> expiredActions() {
        return database.sql("select * from charge where state = 'requires_action' and action_expires_at < now() order by action_expires_at limit 100")
                .list(Rows::charge);
    }

    private void expire(Charge charge) {
        Connector connector = connector(charge);
        if (!connector.completesOnlyThroughUs()) {
            Outcome outcome = connector.inquire(scans.inquiry(charge, String.valueOf(charge.providerId())));
            if (!(outcome instanceof Outcome.ActionRequired)) {
                if (outcome instanceof Outcome.Approved || outcome instanceof Outcome.Declined) {
                    finisher.settle(charge, outcome);
                }
                return;
            }
        }
        finisher.settle(charge, new Outcome.Declined(DeclineCode.AUTHENTICATION_FAILURE, false,
                new Outcome.ProviderSays(null, "The payer did not come back from the challenge in time", null), charge.providerId()));
    }

    private List<OpenOperation> openOperations() {
        return database.sql("""
                        select o.account_id, o.id, o.livemode, o.charge_id, o.kind, o.reference, o.amount, o.reason, o.idempotency_id,
                               o.refund_id, o.give_up_at, c.currency, now() as moment
                          from charge_operation o join charge c on c.account_id = o.account_id and c.id = o.charge_id
                         where o.state = 'pending' and o.stuck_reason is null and o.created_at < now() - interval '2 seconds'
                         order by o.give_up_at limit 500
                        """)
                .list(row -> new OpenOperation(Operation.read(row), row.moment("give_up_at"), row.moment("moment")));
    }

    private void settleOperation(OpenOperation open) {
        Operation operation = open.operation();
        if (!due(operation.id(), ASK_AGAIN_MAX)) {
            return;
        }
        Charge charge = Rows.charge(database, operation.accountId(), operation.livemode(), operation.chargeId()).orElseThrow();
        Outcome outcome = movement(charge, operation.movement(charge), operation.reference(), open.giveUpAt(), open.now());
        if (outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Pending) {
            return;
        }
        if (outcome instanceof Outcome.Approved approved && !operation.kind().equals("void") && !agrees(approved, operation.amount())) {
            tasks.add(OperatorTasks.Kind.OPERATION, operation.accountId(), operation.id(), OTHER_AMOUNT);
            return;
        }
        if (operation.kind().equals("reverse")) {
            reversals.settle(charge, operation, outcome);
        } else {
            operations.settle(charge, operation, outcome);
        }
    }

    private List<OpenRefund> openRefunds() {
        return database.sql("""
                        select *, now() as moment from refund
                         where stuck_reason is null and not uncaptured
                           and (state = 'submitting' and created_at < now() - interval '2 seconds' or state = 'pending' and poll_at < now())
                         order by give_up_at limit 500
                        """)
                .list(row -> new OpenRefund(RefundRow.read(row), row.moment("give_up_at"), row.moment("moment")));
    }

    private void settleRefund(OpenRefund open) {
        RefundRow refund = open.refund();
        if (!due(refund.id(), ASK_AGAIN_MAX)) {
            return;
        }
        Charge charge = Rows.charge(database, refund.accountId(), refund.livemode(), refund.chargeId()).orElseThrow();
        Outcome outcome = movement(charge, MovementKind.REFUND, refund.reference(), open.giveUpAt(), open.now());
        if (outcome instanceof Outcome.Approved approved && !agrees(approved, refund.amount())) {
            tasks.add(OperatorTasks.Kind.REFUND, refund.accountId(), refund.id(), OTHER_AMOUNT);
            return;
        }
        boolean news = !(outcome instanceof Outcome.Unknown) && !(outcome instanceof Outcome.Pending && refund.state().equals("pending"));
        if (news && !(outcome instanceof Outcome.NotSent && refund.state().equals("pending"))) {
            refunds.settle(refund, outcome);
        }
    }

    /** What a payment's movements show of one of them; {@link Outcome.NotSent} if it is proved absent. */
    private Outcome movement(Charge charge, MovementKind kind, String reference, Instant giveUpAt, Instant now) {
        Connector connector = connector(charge);
        Optional<List<Sighting>> all = connector.movements(kind, String.valueOf(charge.providerId()), charge.amount().currency());
        if (all.isEmpty()) {
            return new Outcome.Unknown("The provider could not be asked");
        }
        return all.get().stream()
                .filter(sighting -> sighting.reference().equals(reference))
                .findFirst()
                .map(Sighting::outcome)
                .orElseGet(() -> now.isAfter(giveUpAt.plus(connector.processingTimeMax()))
                        ? new Outcome.NotSent("Proved absent: the provider's list of movements is complete and does not show it")
                        : new Outcome.Unknown("Not there yet"));
    }

    /** A void of a reversal tells no amount. */
    private static boolean agrees(Outcome.Approved approved, Money asked) {
        return approved.amount().equals(asked) || approved.amount().amount() == 0;
    }

    private Connector connector(Charge charge) {
        return connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId());
    }

    /** Whether it is time to ask about something again: after 1, 2, 4 ... seconds, at most {@code max}. */
    private boolean due(String id, Duration max) {
        Instant now = clock.instant();
        Asked last = asked.get(id);
        if (last != null && now.isBefore(last.next())) {
            return false;
        }
        Duration pause = last == null ? ASK_AGAIN_FIRST : last.pause().multipliedBy(2);
        Duration bounded = pause.compareTo(max) > 0 ? max : pause;
        asked.put(id, new Asked(now.plus(bounded), bounded));
        return true;
    }

    private static <T> void each(String what, List<T> items, java.util.function.Consumer<T> work) {
        items.forEach(item -> guarded(what, () -> work.accept(item)));
    }

    /** One that fails must not keep the others from being settled. */
    private static void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Settling a {} failed; it is tried again", what, e);
        }
    }
}
