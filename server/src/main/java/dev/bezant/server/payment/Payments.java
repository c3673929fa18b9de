package dev.bezant.server.payment;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.VerifiesCards;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.Checkpoint;
import dev.bezant.server.kernel.Deadline;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.payment.AttemptStore.Begun;
import dev.bezant.server.payment.AttemptStore.NewAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The path of a payment: commit that it begins, send, commit how it ended, answer.
 *
 * <p>No connection to the database is held while a provider is waited for, and nothing is sent that was not committed before.
 */
public final class Payments {
    private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
    private static final int FIRST_COMMIT_TRIES = 3;

    private final Database database;
    private final Idempotency idempotency;
    private final Connectors connectors;
    private final AccountChoice choice;
    private final Instructions instructions;
    private final Sender sender;
    private final AttemptStore store;
    private final Finisher finisher;
    private final PaymentSettings settings;
    private final Ids ids;
    private final Checkpoint checkpoint;

    Payments(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            AccountChoice choice,
            Instructions instructions,
            Sender sender,
            AttemptStore store,
            Finisher finisher,
            PaymentSettings settings,
            Ids ids,
            Checkpoint checkpoint) {
        this.database = database;
        this.idempotency = idempotency;
        this.connectors = connectors;
        this.choice = choice;
        this.instructions = instructions;
        this.sender = sender;
        this.store = store;
        this.finisher = finisher;
        this.settings = settings;
        this.ids = ids;
        this.checkpoint = checkpoint;
    }

    /**
     * Confirms an intent: makes attempts until one is accepted, needs the payer, is unknown, or none is left.
     *
     * @param read the intent as stored; null when it is made by this same request
     * @param wanted the intent as it shall be while in flight, but for its payment method and latest charge
     * @param asked what it is paid with
     * @param earlier the intent's attempts so far, the latest first
     * @param created the event of a new intent; empty for one that exists
     */
    ApiResponse confirm(
            ApiRequest request, @Nullable Intent read, Intent.Change wanted, Means asked, List<Charge> earlier, List<EventDraft> created) {
        Means means;
        List<ProviderAccount> accounts;
        try {
            means = MethodRules.known(database, wanted.done(), asked);
            MethodRules.check(wanted.done(), means);
            accounts = choice.of(wanted.done(), means.redirect());
        } catch (ApiException e) {
            // The repeat of what was done gets that answer, whatever has changed since.
            return idempotency.replay(request).orElseThrow(() -> e);
        }
        String chargeId = ids.next("ch");
        ObjectNode details = wanted.done().details().deepCopy();
        Browsers.note(request, details);
        Intent inFlight = wanted.details(details).paymentMethod(means.id()).status(IntentStatus.PROCESSING).latestCharge(chargeId).done();
        ProviderAccount first = accounts.getFirst();
        var attempt = new NewAttempt(chargeId, earlier.size() + 1, first.provider(), first.id(), ids.reference());
        Map<String, @Nullable Object> claim = idempotency.claim(request);
        Deadline deadline = Deadline.in(settings.sendWindow());
        checkpoint.reached("payment.before_commit_1");
        Optional<Begun> begun = begin(claim, read, inFlight, means, attempt, created);
        if (begun.isEmpty()) {
            return notBegun(request, read, inFlight, means);
        }
        checkpoint.reached("payment.after_commit_1");
        Charge charge = charge(inFlight, attempt, begun.get(), (String) claim.get("idem_id"));
        return attempts(request, inFlight, charge, means, begun.get(), earlier, accounts, deadline);
    }

    private ApiResponse attempts(
            ApiRequest request,
            Intent intent,
            Charge first,
            Means means,
            Begun begun,
            List<Charge> earlier,
            List<ProviderAccount> accounts,
            Deadline firstDeadline) {
        Charge charge = first;
        Begun known = begun;
        boolean hasCvc = begun.hasCvc() || cvcAtHand(means) != null;
        var before = new ArrayList<>(earlier);
        Intent current = intent;
        Deadline deadline = firstDeadline;
        long waited = 0;
        for (int i = 0; ; i++) {
            ProviderAccount account = accounts.get(i);
            long sending = System.nanoTime();
            Outcome outcome = send(account, current, charge, means, known, deadline);
            waited += System.nanoTime() - sending;
            checkpoint.reached("payment.after_sending");
            Cause cause = Cause.of(request);
            if (i + 1 < accounts.size() && Transition.mayGoElsewhere(outcome)) {
                ProviderAccount next = accounts.get(i + 1);
                var attempt = new NewAttempt(ids.next("ch"), charge.attempt() + 1, next.provider(), next.id(), ids.reference());
                Deadline nextDeadline = Deadline.in(settings.sendWindow());
                Optional<Finisher.Next> moved = finisher.next(cause, current, charge, outcome, attempt);
                if (moved.isEmpty()) {
                    return finisher.stored(request, current, charge).afterProvider(waited);
                }
                current = moved.get().intent();
                charge = moved.get().charge();
                before.addFirst(moved.get().closed());
                known = hasCvc ? begun : begun.with(store.storedCredential(database, charge));
                deadline = nextDeadline;
                continue;
            }
            checkpoint.reached("payment.before_commit_2");
            ApiResponse answer = finisher.finish(request, current, charge, outcome, before, begun.cardId()).afterProvider(waited);
            checkpoint.reached("payment.after_commit_2");
            return answer;
        }
    }

    /** A CVC that came with this very request: it is in memory and nowhere else. */
    private static @Nullable Secret cvcAtHand(Means means) {
        return means instanceof Means.Fresh(var draft) ? draft.cvc() : null;
    }

    private Outcome send(ProviderAccount account, Intent intent, Charge charge, Means means, Begun begun, Deadline deadline) {
        Connector connector;
        Connector.Payment payment;
        try {
            connector = connectors.of(account);
            payment = instructions.of(intent, charge, begun, cvcAtHand(means));
        } catch (RuntimeException e) {
            // Nothing was sent yet: whatever went wrong here is ours alone.
            LOG.atError().setCause(e).addKeyValue("provider_account", account.id()).log("A payment could not be prepared");
            return new Outcome.NotSent("The payment could not be prepared for this provider account");
        }
        try {
            return sender.send(account, charge.reference(), () -> intent.purpose() == Purpose.SETUP
                    ? ((VerifiesCards) connector).verify(payment, deadline)
                    : connector.pay(payment, deadline));
        } catch (RuntimeException e) {
            // A connector never throws for what a provider said; if it does all the same, bytes may have left.
            LOG.atError().setCause(e).addKeyValue("provider_account", account.id()).log("A connector failed");
            return new Outcome.Unknown("The connector failed: " + e.getClass().getSimpleName());
        }
    }

    /** The first commit, repeated while its acknowledgement may have been lost: it has our ids, so it can only happen once. */
    private Optional<Begun> begin(
            Map<String, @Nullable Object> claim,
            @Nullable Intent read,
            Intent inFlight,
            Means means,
            NewAttempt attempt,
            List<EventDraft> created) {
        for (int tried = 0; ; tried++) {
            try {
                Optional<Begun> begun = store.begin(database, claim, read, inFlight, means, attempt, created);
                return begun.isPresent() || tried == 0 ? begun : store.resume(database, inFlight.accountId(), attempt.chargeId());
            } catch (DatabaseException e) {
                if (tried > 0 && e.violates("payment_intent_pkey")) {
                    return store.resume(database, inFlight.accountId(), attempt.chargeId());
                }
                if (!e.transientFailure() || tried + 1 == FIRST_COMMIT_TRIES) {
                    throw e;
                }
                LOG.warn("The first commit of a payment failed and is tried again", e);
            }
        }
    }

    /** Tells why the first commit changed nothing. */
    private ApiResponse notBegun(ApiRequest request, @Nullable Intent read, Intent wanted, Means means) {
        Optional<ApiResponse> replay = idempotency.replay(request);
        if (replay.isPresent()) {
            return replay.get();
        }
        if (read != null) {
            Intent now = Rows.intent(database, read.accountId(), read.livemode(), read.id()).orElseThrow();
            if (now.version() != read.version()) {
                throw IntentErrors.busyOrUnexpected(now, Rows.charges(database, now.accountId(), now.id()), "confirmed",
                        IntentDesk.CONFIRMABLE);
            }
        }
        throw means instanceof Means.Fresh
                ? ApiException.noSuch("customer", String.valueOf(wanted.customerId()), "customer")
                : methodProblem(wanted);
    }

    private ApiException methodProblem(Intent wanted) {
        String method = String.valueOf(wanted.paymentMethodId());
        record Found(boolean detached, @Nullable String customer, String type) {}
        Optional<Found> found = database.sql("""
                        select detached_at is not null as detached, customer_id, type from payment_method
                         where account_id = :account and livemode = :livemode and id = :id
                        """)
                .bind("account", wanted.accountId())
                .bind("livemode", wanted.livemode())
                .bind("id", method)
                .one(row -> new Found(row.flag("detached"), row.textOrNull("customer_id"), row.text("type")));
        if (found.isEmpty()) {
            return ApiException.noSuch("PaymentMethod", method, "payment_method");
        }
        if (found.get().detached()) {
            return new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "payment_method",
                    "This payment method was detached from its customer and cannot be used again. Create a new one.");
        }
        if (found.get().customer() != null && !found.get().customer().equals(wanted.customerId())) {
            return new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "payment_method", wanted.customerId() == null
                    ? "This payment method belongs to a customer. Send that customer too."
                    : "This payment method belongs to another customer.");
        }
        MethodRules.requireAllowed(wanted, found.get().type(), "payment_method");
        return ApiException.noSuch("customer", String.valueOf(wanted.customerId()), "customer");
    }

    private static Charge charge(Intent intent, NewAttempt attempt, Begun begun, @Nullable String idempotencyId) {
        return new Charge(intent.accountId(), attempt.chargeId(), intent.livemode(), intent.id(), attempt.number(), ChargeState.PENDING,
                attempt.provider(), attempt.providerAccountId(), attempt.reference(), null, String.valueOf(intent.paymentMethodId()),
                intent.customerId(), intent.amount(), 0, 0, 0, null, null, begun.snapshot(), idempotencyId, null, begun.createdAt(),
                ChargeExtras.of(intent));
    }
}
