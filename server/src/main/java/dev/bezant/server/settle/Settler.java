package dev.bezant.server.settle;

import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connector.Sighting;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.FindsByReference;
import dev.bezant.server.connector.ProviderAccounts;
import dev.bezant.server.connector.ReadsRefunds;
import dev.bezant.server.connector.RepeatsByKey;
import dev.bezant.server.connector.TakesBack;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Finisher;
import dev.bezant.server.payment.Operation;
import dev.bezant.server.payment.Operations;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payment.Repeats;
import dev.bezant.server.payment.Rows;
import dev.bezant.server.refund.RefundRow;
import dev.bezant.server.refund.Refunds;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    static final String NOT_AS_ASKED = "The provider did something else than was asked for: another amount, or it captured what it was only to authorize, or not";
    private static final String TOO_OLD = "The provider does not surely recognize the request any more: presence or absence cannot be proved";
    private static final Duration ASK_AGAIN_FIRST = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN_MAX = Duration.ofMinutes(5);

    private final Database database;
    private final Connectors connectors;
    private final ProviderAccounts accounts;
    private final Scans scans;
    private final Pacing pacing;
    private final Reversals reversals;
    private final Finisher finisher;
    private final Repeats repeats;
    private final TakingBack takingBack;
    private final Finding finding;
    private final Operations operations;
    private final Refunds refunds;
    private final OperatorTasks tasks;
    private final PaymentSettings settings;
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
            Repeats repeats,
            TakingBack takingBack,
            Finding finding,
            Operations operations,
            Refunds refunds,
            OperatorTasks tasks,
            PaymentSettings settings,
            Clock clock) {
        this.database = database;
        this.connectors = connectors;
        this.accounts = accounts;
        this.scans = scans;
        this.pacing = pacing;
        this.reversals = reversals;
        this.finisher = finisher;
        this.repeats = repeats;
        this.takingBack = takingBack;
        this.finding = finding;
        this.operations = operations;
        this.refunds = refunds;
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
    }

    /** One round over everything that is open. Called again and again by one thread; several nodes may do so at once. */
    public void round() {
        pacing.forgetResolved();
        List<Open> open = openCharges();
        each("charge", open.stream().filter(it -> it.charge().providerId() != null).toList(), this::settleById);
        scanAccounts(open);
        each("charge", open.stream().filter(it -> it.charge().providerId() == null).toList(), this::settleByRepeating);
        each("charge", open.stream().filter(it -> it.charge().providerId() == null).toList(), this::settleByTakingBack);
        each("charge", open.stream().filter(it -> it.charge().providerId() == null).toList(), this::settleByFinding);
        each("challenge", waitingActions(), this::look);
        each("expired challenge", expiredActions(), this::expire);
        each("closed challenge", watched(), this::watch);
        each("operation", openOperations(), this::settleOperation);
        each("refund", openRefunds(), this::settleRefund);
        // What was not asked about for so long is resolved, or asked about from the beginning.
        asked.values().removeIf(it -> clock.instant().isAfter(it.next().plus(ASK_AGAIN_MAX)));
        tasks.count();
    }

    /** What came of a provider's notice. */
    public enum Heard {
        /** It is about no payment of ours. */
        NOT_OURS,
        /** The provider was asked, and what it said is stored. */
        ASKED,
        /** The provider could not be asked: to be tried again. */
        NOT_ANSWERED
    }

    /**
     * Asks about a payment that its provider has told something of: how it stands, and what of its open movements.
     *
     * @param reference ours, of the payment
     * @param providerId of the payment, where the notice tells it
     */
    public Heard noticed(String accountId, String providerAccountId, String reference, @Nullable String providerId) {
        Optional<Open> found = database.sql("""
                        select *, now() as moment from charge
                         where reference = :reference and account_id = :account and provider_account_id = :provider_account
                        """)
                .bind("reference", reference)
                .bind("account", accountId)
                .bind("provider_account", providerAccountId)
                .one(row -> new Open(Rows.charge(row), row.moment("give_up_at"), row.moment("moment")));
        if (found.isEmpty()) {
            return Heard.NOT_OURS;
        }
        Charge charge = found.get().charge();
        boolean answered = ask(charge, charge.providerId() != null ? charge.providerId() : providerId);
        openOperations(charge).forEach(this::resolveOperation);
        openRefunds(charge).forEach(this::resolveRefund);
        return answered ? Heard.ASKED : Heard.NOT_ANSWERED;
    }

    /** How an attempt stands, if that is still of interest. @return false if the provider could not be asked */
    private boolean ask(Charge charge, @Nullable String providerId) {
        boolean authenticated = charge.action() != null && charge.action().has("answer");
        if (providerId == null || authenticated || !(charge.state().inFlight() || charge.state() == ChargeState.FAILED)) {
            return true;
        }
        Outcome outcome = connector(charge).inquire(scans.inquiry(charge, providerId));
        switch (outcome) {
            case Outcome.Approved approved when charge.state() == ChargeState.FAILED -> reversals.begin(charge, approved);
            case Outcome.Approved approved when !finisher.isAsAsked(charge, approved) -> {
                finisher.settle(charge, new Outcome.Pending(providerId));
                tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), NOT_AS_ASKED);
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

    private record Open(Charge charge, Instant giveUpAt, Instant now) {}

    private record Watched(Charge charge, Instant until, Instant now) {}

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
            case Outcome.Approved approved when !finisher.isAsAsked(charge, approved) ->
                    tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), NOT_AS_ASKED);
            case Outcome.Approved a -> finisher.settle(charge, outcome);
            case Outcome.Declined d -> finisher.settle(charge, outcome);
            // Only the answer to its request says where the payer is to go.
            case Outcome.ActionRequired(var id, var action) when action == null && charge.state() == ChargeState.PENDING -> {
                settleByRepeating(open);
                if (over && connector instanceof FindsByReference) {
                    finisher.settle(charge, new Outcome.Declined(DeclineCode.AUTHENTICATION_FAILURE, false,
                            new Outcome.ProviderSays(null, "Where the payer was to go was lost with the answer", null), id));
                }
            }
            // Nobody completes it any more: the payer may try again.
            case Outcome.ActionRequired a when over || charge.state() == ChargeState.PENDING -> finisher.settle(charge, outcome);
            case Outcome.ActionRequired a -> {}
            case Outcome.Pending p -> {}
            case Outcome.Unknown u -> {}
            case Outcome.Rejected r -> {}
            case Outcome.NotSent n -> {}
        }
    }

    /** Attempts whose request may be sent again, with its key: the answer is what became of the first. */
    private void settleByRepeating(Open open) {
        Charge charge = open.charge();
        if (charge.state() != ChargeState.PENDING || charge.stuckReason() != null || !(connector(charge) instanceof RepeatsByKey provider)
                || open.now().isBefore(open.giveUpAt().plus(connector(charge).processingTimeMax())) || !due("repeat " + charge.id(), ASK_AGAIN_MAX)) {
            return;
        }
        if (open.now().isAfter(charge.createdAt().plus(provider.repeatableFor()))) {
            tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), TOO_OLD);
            return;
        }
        Outcome outcome = repeats.repeat(charge, provider);
        if (outcome instanceof Outcome.Approved approved && !finisher.isAsAsked(charge, approved)) {
            finisher.settle(charge, new Outcome.Pending(approved.providerId()));
            tasks.add(OperatorTasks.Kind.CHARGE, charge.accountId(), charge.id(), NOT_AS_ASKED);
        } else if (!(outcome instanceof Outcome.Unknown)) {
            finisher.settle(charge, outcome);
        }
    }

    /** Attempts that nobody can ask about: undone, once nobody can send them any more and the provider has finished with what arrived. */
    private void settleByTakingBack(Open open) {
        Charge charge = open.charge();
        if (charge.state() == ChargeState.PENDING && charge.stuckReason() == null && connector(charge) instanceof TakesBack provider
                && !open.now().isBefore(open.giveUpAt().plus(connector(charge).processingTimeMax())) && due("take back " + charge.id(), ASK_AGAIN_MAX)) {
            takingBack.settle(charge, provider);
        }
    }

    /** Attempts that are asked for by our reference; those just being sent are their sender's business. */
    private void settleByFinding(Open open) {
        Charge charge = open.charge();
        if (charge.state() == ChargeState.PENDING && charge.stuckReason() == null && connector(charge) instanceof FindsByReference provider
                && charge.createdAt().isBefore(open.now().minusSeconds(2)) && due("find " + charge.id(), ASK_AGAIN_MAX)) {
            finding.settle(charge, provider, !open.now().isBefore(open.giveUpAt().plus(connector(charge).processingTimeMax())));
        }
    }

    /** Challenges that the provider may finish without us, and whose payers may never come back here. */
    private List<Charge> waitingActions() {
        return database.sql("""
                        select * from charge
                         where state = 'requires_action' and action ->> 'kind' in ('redirect', 'form') and not action ? 'answer'
                           and action_expires_at > now() and resolved_at < now() - interval '15 seconds'
                         order by action_expires_at limit 1000
                        """)
                .list(Rows::charge);
    }

    private void look(Charge charge) {
        Connector connector = connector(charge);
        if (connector.completesOnlyThroughUs() || !due(charge.id(), ASK_AGAIN_MAX)) {
            return;
        }
        Outcome outcome = connector.inquire(scans.inquiry(charge, String.valueOf(charge.providerId())));
        if (outcome instanceof Outcome.Approved || outcome instanceof Outcome.Declined) {
            finisher.settle(charge, outcome);
        }
    }

    private List<Watched> watched() {
        return database.sql("select *, now() as moment from charge where watch_until is not null order by watch_until limit 1000")
                .list(row -> new Watched(Rows.charge(row), row.moment("watch_until"), row.moment("moment")));
    }

    /** An attempt that was closed while its payer was away, at a provider that may finish it all the same; or one that was taken back, or proved absent. */
    private void watch(Watched watched) {
        Charge charge = watched.charge();
        Connector connector = connector(charge);
        if (charge.extras().takingBack() && connector instanceof TakesBack provider) {
            if (due(charge.id(), ASK_AGAIN_MAX) && (takingBack.watch(charge, provider) || watched.now().isAfter(watched.until()))) {
                stopWatching(charge);
            }
            return;
        }
        if (charge.providerId() == null && connector instanceof FindsByReference provider) {
            if (due(charge.id(), ASK_AGAIN_MAX) && (finding.watch(charge, provider) || watched.now().isAfter(watched.until()))) {
                stopWatching(charge);
            }
            return;
        }
        if (connector.completesOnlyThroughUs()) {
            stopWatching(charge);
            return;
        }
        if (!due(charge.id(), ASK_AGAIN_MAX)) {
            return;
        }
        Outcome outcome = connector.inquire(scans.inquiry(charge, String.valueOf(charge.providerId())));
        if (outcome instanceof Outcome.Approved approved) {
            reversals.begin(charge, approved);
        }
        if (outcome instanceof Outcome.Approved || outcome instanceof Outcome.Declined || watched.now().isAfter(watched.until())) {
            stopWatching(charge);
        }
    }

    private void stopWatching(Charge charge) {
        database.sql("update charge set watch_until = null where account_id = :account and id = :id")
                .bind("account", charge.accountId())
                .bind("id", charge.id())
                .update();
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

    private static final String OPERATIONS = """
            select o.account_id, o.id, o.livemode, o.charge_id, o.kind, o.reference, o.amount, o.last, o.reason, o.idempotency_id,
                   o.refund_id, o.give_up_at, c.currency, now() as moment
              from charge_operation o join charge c on c.account_id = o.account_id and c.id = o.charge_id
            """;

    private List<OpenOperation> openOperations() {
        return database.sql(OPERATIONS + """
                         where o.state = 'pending' and o.stuck_reason is null and o.created_at < now() - interval '2 seconds'
                         order by o.give_up_at limit 500
                        """)
                .list(Settler::operation);
    }

    private List<OpenOperation> openOperations(Charge charge) {
        return database.sql(OPERATIONS + " where o.charge_id = :charge and o.account_id = :account and o.state = 'pending'")
                .bind("charge", charge.id())
                .bind("account", charge.accountId())
                .list(Settler::operation);
    }

    private static OpenOperation operation(Row row) throws SQLException {
        return new OpenOperation(Operation.read(row), row.moment("give_up_at"), row.moment("moment"));
    }

    private void settleOperation(OpenOperation open) {
        if (due(open.operation().id(), ASK_AGAIN_MAX)) {
            resolveOperation(open);
        }
    }

    private void resolveOperation(OpenOperation open) {
        Operation operation = open.operation();
        Charge charge = Rows.charge(database, operation.accountId(), operation.livemode(), operation.chargeId()).orElseThrow();
        var asked = operation.asked(charge);
        Outcome outcome = movement(charge, operation.movement(charge), asked, open.giveUpAt(), open.now());
        if (outcome instanceof Outcome.Unknown(var reason) && reason.equals(TOO_OLD)) {
            tasks.add(OperatorTasks.Kind.OPERATION, operation.accountId(), operation.id(), TOO_OLD);
        }
        if (outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Pending) {
            return;
        }
        if (outcome instanceof Outcome.Approved approved && !operation.kind().equals("void") && !agrees(approved, operation.amount())) {
            tasks.add(OperatorTasks.Kind.OPERATION, operation.accountId(), operation.id(), NOT_AS_ASKED);
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
                .list(Settler::refund);
    }

    private List<OpenRefund> openRefunds(Charge charge) {
        return database.sql("""
                        select *, now() as moment from refund
                         where charge_id = :charge and account_id = :account and state in ('submitting', 'pending')
                        """)
                .bind("charge", charge.id())
                .bind("account", charge.accountId())
                .list(Settler::refund);
    }

    private static OpenRefund refund(Row row) throws SQLException {
        return new OpenRefund(RefundRow.read(row), row.moment("give_up_at"), row.moment("moment"));
    }

    private void settleRefund(OpenRefund open) {
        if (due(open.refund().id(), ASK_AGAIN_MAX)) {
            resolveRefund(open);
        }
    }

    private void resolveRefund(OpenRefund open) {
        RefundRow refund = open.refund();
        Charge charge = Rows.charge(database, refund.accountId(), refund.livemode(), refund.chargeId()).orElseThrow();
        var asked = new Connector.Movement(String.valueOf(charge.providerId()), refund.reference(), refund.amount(), true);
        String id = refund.providerId();
        // Where nobody heard the provider's id of it, it goes by our own.
        Outcome outcome = id != null && !id.equals(refund.reference()) && connector(charge) instanceof ReadsRefunds provider
                ? provider.refund(id, refund.amount())
                : movement(charge, MovementKind.REFUND, asked, open.giveUpAt(), open.now());
        if (outcome instanceof Outcome.Unknown(var reason) && reason.equals(TOO_OLD)) {
            tasks.add(OperatorTasks.Kind.REFUND, refund.accountId(), refund.id(), TOO_OLD);
        }
        if (outcome instanceof Outcome.Approved approved && !agrees(approved, refund.amount())) {
            tasks.add(OperatorTasks.Kind.REFUND, refund.accountId(), refund.id(), NOT_AS_ASKED);
            return;
        }
        boolean news = !(outcome instanceof Outcome.Unknown) && !(outcome instanceof Outcome.Pending && refund.state().equals("pending"));
        if (news && !(outcome instanceof Outcome.NotSent && refund.state().equals("pending"))) {
            refunds.settle(refund, outcome);
        }
    }

    /** What a payment's movements show of one of them; {@link Outcome.NotSent} if it is proved absent. */
    private Outcome movement(Charge charge, MovementKind kind, Connector.Movement movement, Instant giveUpAt, Instant now) {
        Connector connector = connector(charge);
        String reference = movement.reference();
        Optional<List<Sighting>> all = connector.movements(kind, movement.providerId(), charge.amount().currency());
        if (all.isEmpty()) {
            return new Outcome.Unknown("The provider could not be asked");
        }
        Optional<Outcome> seen = all.get().stream().filter(sighting -> sighting.reference().equals(reference)).findFirst().map(Sighting::outcome);
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
                ? new Outcome.Unknown(TOO_OLD)
                : provider.repeat(kind, movement, Deadline.in(settings.sendWindow()));
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
