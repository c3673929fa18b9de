package dev.bezant.server.payment;

import dev.bezant.server.connector.CapturesInParts;
import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.IncrementsAuthorizations;
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
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.AttemptStore.Answer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Captures and voids of authorized charges: a row committed before sending, a guarded commit after. */
public final class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    /** Why an intent is canceled whose authorization nobody captured in time. */
    private static final String INCREMENT = "increment";
    private static final String AUTOMATIC = "automatic";
    private static final List<IntentStatus> ALLOWED = List.of(IntentStatus.REQUIRES_CAPTURE);

    private final Database database;
    private final Idempotency idempotency;
    private final Connectors connectors;
    private final OperationStore store;
    private final PaymentSettings settings;
    private final Ids ids;
    private final Clock clock;
    private final Checkpoint checkpoint;
    private volatile VoidingRefund.Teller refunds = (operation, state, providerId) -> {
        throw new IllegalStateException("Nobody tells of refunds");
    };

    Operations(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            OperationStore store,
            PaymentSettings settings,
            Ids ids,
            Clock clock,
            Checkpoint checkpoint) {
        this.database = database;
        this.idempotency = idempotency;
        this.connectors = connectors;
        this.store = store;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.checkpoint = checkpoint;
    }

    /**
     * Captures all or a part of what an intent has authorized.
     *
     * @param intent as read
     * @param wanted with what the request changes of it
     * @param asked null = all of it
     * @param amountParam how the request calls it
     * @param last whether the rest is released; without a rest it always is the last
     */
    public ApiResponse capture(ApiRequest request, Intent intent, Intent.Change wanted, @Nullable Long asked, String amountParam, boolean last) {
        List<Charge> charges = Rows.charges(database, intent.accountId(), intent.id());
        if (intent.status() != IntentStatus.REQUIRES_CAPTURE) {
            return idempotency.replay(request).orElseThrow(() -> IntentErrors.busyOrUnexpected(intent, charges, "captured", ALLOWED));
        }
        Optional<Charge> authorized = authorized(charges);
        if (authorized.isEmpty()) {
            return overtaken(request, intent, "capture");
        }
        Charge charge = authorized.get();
        Money capturable = new Money(intent.amountCapturable(), intent.amount().currency());
        long amount = asked == null ? capturable.amount() : asked;
        if (amount < 1) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_SMALL, amountParam, amountParam + " must be at least 1.");
        }
        if (!capturable.currency().divides(amount)) {
            throw ApiException.invalid(amountParam, "Invalid " + amountParam + ": " + amount + " " + capturable.currency()
                    + " must be a multiple of " + capturable.currency().step() + ".");
        }
        if (amount > capturable.amount()) {
            throw new ApiException(ErrorCode.AMOUNT_TOO_LARGE, amountParam, "Cannot capture "
                    + new Money(amount, capturable.currency()) + " of " + intent.id() + ": only " + capturable + " can be captured.");
        }
        boolean goesOn = !last && amount < capturable.amount();
        if (goesOn && !(connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId()) instanceof CapturesInParts)) {
            throw ApiException.invalid("final_capture", "At " + charge.provider() + " an authorization is captured once: leave final_capture out, and what is not"
                    + " captured now is released.");
        }
        return run(request, intent, wanted, charge, "capture", new Money(amount, capturable.currency()), !goesOn, null, null)
                .orElseGet(() -> overtaken(request, intent, "capture"));
    }

    /**
     * Holds more than an intent has authorized.
     *
     * @param intent as read
     * @param wanted with what the request changes of it
     * @param total what shall be held then, in all
     */
    ApiResponse increment(ApiRequest request, Intent intent, Intent.Change wanted, long total) {
        List<Charge> charges = Rows.charges(database, intent.accountId(), intent.id());
        if (intent.status() != IntentStatus.REQUIRES_CAPTURE) {
            return idempotency.replay(request).orElseThrow(() -> IntentErrors.busyOrUnexpected(intent, charges, "incremented", ALLOWED));
        }
        Optional<Charge> authorized = authorized(charges);
        if (authorized.isEmpty()) {
            return overtaken(request, intent, INCREMENT);
        }
        Charge charge = authorized.get();
        if (!(connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId()) instanceof IncrementsAuthorizations)) {
            throw ApiException.invalid("amount", "The provider of this payment cannot increase an authorization. Capture what is authorized,"
                    + " and take the rest with a payment of its own.");
        }
        if (charge.amountCaptured() > 0) {
            throw new ApiException(ErrorCode.CHARGE_ALREADY_CAPTURED, "intent", "A part of " + intent.id() + " is captured: what is held cannot be increased any more.");
        }
        Money held = charge.amount();
        Money asked = IntentParams.money(total, held.currency());
        if (asked.amount() <= held.amount()) {
            throw ApiException.invalid("amount", "Invalid amount: " + asked + " shall be held in all, which must be more than the " + held + " held now.");
        }
        return run(request, intent, wanted, charge, INCREMENT, new Money(asked.amount() - held.amount(), held.currency()), true, null, null)
                .orElseGet(() -> overtaken(request, intent, INCREMENT));
    }

    /** Cancels an intent by releasing what it has authorized; one that has captured a part of it succeeds with that. */
    ApiResponse release(ApiRequest request, Intent intent, @Nullable String reason) {
        Optional<Charge> authorized = authorized(Rows.charges(database, intent.accountId(), intent.id()));
        if (authorized.isEmpty()) {
            return overtaken(request, intent, "void");
        }
        Charge charge = authorized.get();
        return run(request, intent, intent.change(), charge, "void", charge.uncaptured(), true, reason, null)
                .orElseGet(() -> overtaken(request, intent, "void"));
    }

    /** Empty where somebody has captured or released it since the intent was read. */
    private static Optional<Charge> authorized(List<Charge> charges) {
        return charges.stream().filter(charge -> charge.state() == ChargeState.AUTHORIZED).findFirst();
    }

    /** Somebody was faster: the answer of this very request, or what there is now. */
    private ApiResponse overtaken(ApiRequest request, Intent intent, String kind) {
        return idempotency.replay(request).orElseThrow(() -> {
            Intent now = Rows.intent(database, intent.accountId(), intent.livemode(), intent.id()).orElseThrow();
            return IntentErrors.busyOrUnexpected(now, Rows.charges(database, now.accountId(), now.id()), switch (kind) {
                case "void" -> "canceled";
                case INCREMENT -> "incremented";
                default -> "captured";
            }, ALLOWED);
        });
    }

    /**
     * Releases the whole authorization because a refund asks for it, and answers with the refund.
     *
     * @param intent in requires_capture, as read
     * @return empty if somebody was faster
     */
    public Optional<ApiResponse> refund(ApiRequest request, Intent intent, Charge charge, VoidingRefund refund) {
        return run(request, intent, intent.change(), charge, "void", charge.amount(), true, refund.reason(), refund);
    }

    /** Says who tells of refunds that are voids. */
    public void refundsAreToldBy(VoidingRefund.Teller teller) {
        refunds = teller;
    }

    /**
     * Does it and answers with the intent, or with the refund.
     *
     * @param intent in requires_capture, as read
     * @param kind {@code capture} or {@code void}
     * @param reason of a void
     * @return empty if somebody was faster
     */
    private Optional<ApiResponse> run(
            ApiRequest request, Intent intent, Intent.Change wanted, Charge charge, String kind, Money amount, boolean last,
            @Nullable String reason, @Nullable VoidingRefund refund) {
        Map<String, @Nullable Object> claim = idempotency.claim(request);
        var operation = new Operation(intent.accountId(), ids.next("op"), intent.livemode(), charge.id(), kind,
                refund == null ? ids.reference() : refund.reference(), amount, last, reason, (String) claim.get("idem_id"), refund == null ? null : refund.id());
        Intent inFlight = wanted.status(IntentStatus.PROCESSING).done();
        Deadline deadline = Deadline.in(settings.sendWindow());
        checkpoint.reached(kind + ".before_commit_1");
        if (!begin(claim, intent, inFlight, operation, refund)) {
            return Optional.empty();
        }
        checkpoint.reached(kind + ".after_commit_1");
        long before = System.nanoTime();
        Outcome outcome = send(charge, operation, deadline);
        long waited = System.nanoTime() - before;
        checkpoint.reached(kind + ".before_commit_2");
        ApiResponse answer = finish(request, inFlight, charge, operation, outcome).afterProvider(waited);
        checkpoint.reached(kind + ".after_commit_2");
        return Optional.of(answer);
    }

    /** Releases authorizations that nobody has captured in time; one that the provider does not release is tried again the next day. */
    public void releaseForgotten() {
        List<Charge> forgotten = database.sql("""
                        select c.* from charge c
                         where c.state = 'authorized' and c.resolved_at < now() - make_interval(secs => :seconds)
                           and exists (select 1 from payment_intent i where i.account_id = c.account_id and i.id = c.payment_intent_id
                               and i.status = 'requires_capture')
                           and not exists (select 1 from charge_operation o where o.account_id = c.account_id and o.charge_id = c.id
                               and o.kind = 'void' and o.created_at > now() - interval '1 day')
                         order by c.resolved_at limit 50
                        """)
                .bind("seconds", (double) settings.authorizationExpiry().toSeconds())
                .list(Rows::charge);
        forgotten.forEach(this::releaseForgotten);
    }

    private void releaseForgotten(Charge charge) {
        Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
        if (intent.status() != IntentStatus.REQUIRES_CAPTURE) {
            return;
        }
        var operation = new Operation(charge.accountId(), ids.next("op"), charge.livemode(), charge.id(), "void", ids.reference(), charge.uncaptured(),
                true, AUTOMATIC, null, null);
        Deadline deadline = Deadline.in(settings.sendWindow());
        if (begin(Idempotency.unclaimed(charge.accountId(), charge.livemode()), intent, intent.change().status(IntentStatus.PROCESSING).done(), operation, null)) {
            settle(charge, operation, send(charge, operation, deadline));
        }
    }

    /** Stores an outcome that settling learnt. @see Finisher#settle */
    public boolean settle(Charge charge, Operation operation, Outcome outcome) {
        while (true) {
            Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
            if (!pending(operation)) {
                return false;
            }
            var to = result(intent, charge, operation, outcome);
            String requestId = operation.idempotencyId() == null ? "" : requestId(operation);
            Answer answer = answer(operation, to, outcome, requestId);
            if (Commits.retried(() -> store.finish(database, Cause.job(charge.accountId(), charge.livemode()), intent, operation, to, answer))) {
                return true;
            }
        }
    }

    private boolean begin(Map<String, @Nullable Object> claim, Intent read, Intent to, Operation operation, @Nullable VoidingRefund refund) {
        boolean failedBefore = false;
        while (true) {
            try {
                return store.begin(database, claim, read, to, operation, refund) || (failedBefore && pending(operation));
            } catch (DatabaseException e) {
                if (!e.transientFailure() || failedBefore) {
                    throw e;
                }
                failedBefore = true;
                LOG.warn("The first commit of a {} failed and is tried again", operation.kind(), e);
            }
        }
    }

    private Outcome send(Charge charge, Operation operation, Deadline deadline) {
        Connector connector;
        try {
            connector = connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId());
        } catch (RuntimeException e) {
            LOG.error("A {} could not be prepared", operation.kind(), e);
            return new Outcome.NotSent("The provider account cannot be opened");
        }
        try {
            return operation.increments() && connector instanceof IncrementsAuthorizations provider
                    ? provider.increment(operation.asked(charge), deadline)
                    : connector.move(operation.movement(charge), operation.asked(charge), deadline);
        } catch (RuntimeException e) {
            LOG.error("A connector failed", e);
            return new Outcome.Unknown("The connector failed: " + e.getClass().getSimpleName());
        }
    }

    private ApiResponse finish(ApiRequest request, Intent intent, Charge charge, Operation operation, Outcome outcome) {
        Intent current = intent;
        while (true) {
            var to = result(current, charge, operation, outcome);
            Answer answer = answer(operation, to, outcome, request.requestId());
            Intent read = current;
            if (Commits.retried(() -> store.finish(database, Cause.of(request), read, operation, to, answer))) {
                return ApiResponse.of(answer.status(), answer.json());
            }
            current = Rows.intent(database, intent.accountId(), intent.livemode(), intent.id()).orElseThrow();
            boolean told = to.state().equals("pending") && Announcements.processing(database, current);
            if (told || !pending(operation)) {
                // Somebody was faster, or this very commit had happened and its acknowledgement was lost.
                return stored(request, operation, intent, outcome);
            }
        }
    }

    private ApiResponse stored(ApiRequest request, Operation operation, Intent intent, Outcome outcome) {
        return idempotency.replay(request).map(replay -> ApiResponse.of(replay.status(), replay.json())).orElseGet(() -> {
            if (operation.refundId() != null) {
                return ApiResponse.ok(refunds.tell(operation, null, null).refund());
            }
            Intent now = Rows.intent(database, intent.accountId(), intent.livemode(), intent.id()).orElseThrow();
            ObjectNode shown = Render.intent(now, Rows.charges(database, now.accountId(), now.id()));
            Optional<ApiException> error = now.status() == IntentStatus.REQUIRES_CAPTURE ? error(outcome) : Optional.empty();
            return error.map(e -> ApiResponse.of(e.status(), Json.write(e.with("payment_intent", shown).body(request.requestId()))))
                    .orElseGet(() -> ApiResponse.ok(shown));
        });
    }

    private OperationStore.Result result(Intent intent, Charge charge, Operation operation, Outcome outcome) {
        OperationStore.Result to = moved(intent, charge, operation, outcome);
        if (operation.refundId() == null) {
            return to;
        }
        var events = new ArrayList<>(to.events());
        events.addAll(refunds.tell(operation, to.state(), to.providerId()).events());
        return new OperationStore.Result(to.intent(), to.charge(), to.state(), to.providerId(), to.failure(), events);
    }

    private OperationStore.Result moved(Intent intent, Charge charge, Operation operation, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Approved(var providerId, var amount, var details) -> amount.equals(operation.amount()) || operation.kind().equals("void")
                    ? done(intent, charge, operation, providerId)
                    : open(intent, charge);
            case Outcome.Unknown u -> open(intent, charge);
            case Outcome.Pending p -> open(intent, charge);
            case Outcome.ActionRequired a -> open(intent, charge);
            case Outcome.Declined(var code, var hard, var says, var providerId) -> failed(intent, charge, providerId, says.text() == null ? code.message() : says.text());
            case Outcome.Rejected(var reason, var elsewhere, var says, var told) -> failed(intent, charge, null, reason);
            case Outcome.NotSent(var reason) -> failed(intent, charge, null, reason);
        };
    }

    private OperationStore.Result done(Intent intent, Charge charge, Operation operation, String providerId) {
        if (operation.kind().equals("void") && charge.amountCaptured() > 0) {
            return closed(intent, charge.in(ChargeState.CAPTURED), providerId);
        }
        if (operation.kind().equals("void")) {
            Charge voided = charge.in(ChargeState.VOIDED);
            Intent canceled = intent.change().status(IntentStatus.CANCELED).canceled(operation.reason(), clock.instant()).done();
            return new OperationStore.Result(canceled, voided, "succeeded", providerId, null, List.of(
                    EventDraft.of(AUTOMATIC.equals(operation.reason()) ? "charge.expired" : "charge.updated", Render.charge(voided)), EventDraft.of("payment_intent.canceled", Render.snapshot(canceled))));
        }
        if (operation.increments()) {
            Charge more = charge.incremented(operation.amount());
            Intent held = intent.change().status(IntentStatus.REQUIRES_CAPTURE).amount(more.amount()).capturable(more.amount().amount()).done();
            return new OperationStore.Result(held, more, "succeeded", providerId, null, List.of(
                    EventDraft.of("charge.updated", Render.charge(more)), EventDraft.of("payment_intent.amount_capturable_updated", Render.snapshot(held))));
        }
        long amount = charge.amountCaptured() + operation.amount().amount();
        Charge captured = charge.with(operation.last() ? ChargeState.CAPTURED : ChargeState.AUTHORIZED, null, amount, null, null)
                .with(charge.extras().capturedBy(operation.id()));
        if (operation.last()) {
            return closed(intent, captured, providerId);
        }
        Intent waiting = intent.change().status(IntentStatus.REQUIRES_CAPTURE).received(amount).capturable(captured.uncaptured().amount()).done();
        return new OperationStore.Result(waiting, captured, "succeeded", providerId, null, List.of(
                EventDraft.of("charge.updated", Render.charge(captured)), EventDraft.of("payment_intent.amount_capturable_updated", Render.snapshot(waiting))));
    }

    /** Nothing more is captured. */
    private static OperationStore.Result closed(Intent intent, Charge captured, String providerId) {
        Intent succeeded = intent.change().status(IntentStatus.SUCCEEDED).received(captured.amountCaptured()).done();
        return new OperationStore.Result(succeeded, captured, "succeeded", providerId, null, List.of(
                EventDraft.of("charge.captured", Render.charge(captured)), EventDraft.of("payment_intent.succeeded", Render.snapshot(succeeded))));
    }

    /** It may have happened: the operation stays pending and the intent processing. */
    private static OperationStore.Result open(Intent intent, Charge charge) {
        Intent processing = intent.change().status(IntentStatus.PROCESSING).done();
        return new OperationStore.Result(processing, charge, "pending", null, null,
                List.of(EventDraft.of("payment_intent.processing", Render.snapshot(processing))));
    }

    private static OperationStore.Result failed(Intent intent, Charge charge, @Nullable String providerId, String why) {
        Intent back = intent.change().status(IntentStatus.REQUIRES_CAPTURE).capturable(charge.uncaptured().amount()).done();
        ObjectNode failure = Json.object();
        failure.put("message", why);
        return new OperationStore.Result(back, charge, "failed", providerId, failure,
                List.of(EventDraft.of("payment_intent.amount_capturable_updated", Render.snapshot(back))));
    }

    private Answer answer(Operation operation, OperationStore.Result to, Outcome outcome, String requestId) {
        Optional<ApiException> error = error(outcome);
        if (operation.refundId() != null) {
            ObjectNode refund = refunds.tell(operation, to.state(), to.providerId()).refund();
            return error.map(e -> new Answer(e.status(), Json.write(e.with("refund", refund).body(requestId))))
                    .orElseGet(() -> new Answer(200, Json.write(refund)));
        }
        ObjectNode intent = Render.intent(to.intent(), List.of(to.charge()));
        return error.map(e -> new Answer(e.status(), Json.write(e.with("payment_intent", intent).body(requestId))))
                .orElseGet(() -> new Answer(200, Json.write(intent)));
    }

    /** How a movement that did not take place is told. */
    public static Optional<ApiException> error(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Declined(var code, var hard, var says, var id) -> Optional.of(new ApiException(402, ErrorCode.Type.CARD, code.errorCode(), null, code.message()));
            case Outcome.Rejected(var reason, var elsewhere, var says, var told) -> Optional.of(new ApiException(ErrorCode.PARAMETER_INVALID, null,
                    "The payment provider refused: " + reason + ". Nothing was changed."));
            case Outcome.NotSent(var reason) -> Optional.of(new ApiException(503, ErrorCode.Type.API, null, null,
                    "The payment provider could not be reached and nothing was changed. Try again with a new Idempotency-Key.")
                    .header("Stripe-Should-Retry", "false"));
            case Outcome.Approved a -> Optional.empty();
            case Outcome.ActionRequired a -> Optional.empty();
            case Outcome.Pending p -> Optional.empty();
            case Outcome.Unknown u -> Optional.empty();
        };
    }

    private boolean pending(Operation operation) {
        return database.sql("select 1 from charge_operation where account_id = :account and id = :id and state = 'pending'")
                .bind("account", operation.accountId())
                .bind("id", operation.id())
                .one(row -> true)
                .isPresent();
    }

    private String requestId(Operation operation) {
        return database.sql("select request_id from idempotency_key where account_id = :account and id = :id")
                .bind("account", operation.accountId())
                .bind("id", operation.idempotencyId())
                .one(row -> row.text("request_id"))
                .orElse("");
    }
}
