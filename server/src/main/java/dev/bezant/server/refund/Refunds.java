package dev.bezant.server.refund;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connector.MovementKind;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
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
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.ChargeState;
import dev.bezant.server.payment.Commits;
import dev.bezant.server.payment.Intent;
import dev.bezant.server.payment.Operation;
import dev.bezant.server.payment.Operations;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payment.Render;
import dev.bezant.server.payment.Rows;
import dev.bezant.server.payment.VoidingRefund;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The path of a refund: reserve and commit, send, commit how it ended. */
public final class Refunds {
    private static final Logger LOG = LoggerFactory.getLogger(Refunds.class);

    private final Database database;
    private final Idempotency idempotency;
    private final Connectors connectors;
    private final Operations operations;
    private final RefundStore store;
    private final PaymentSettings settings;
    private final Ids ids;
    private final Clock clock;
    private final Checkpoint checkpoint;

    public Refunds(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            Operations operations,
            Events events,
            PaymentSettings settings,
            Ids ids,
            Clock clock,
            Checkpoint checkpoint) {
        this.database = database;
        this.idempotency = idempotency;
        this.connectors = connectors;
        this.operations = operations;
        this.store = new RefundStore(events, settings);
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.checkpoint = checkpoint;
        operations.refundsAreToldBy(this::tell);
    }

    /** @param amount null = all that is left */
    ApiResponse create(ApiRequest request, Charge charge, @Nullable Long amount, @Nullable String reason, ObjectNode metadata) {
        if (charge.state() == ChargeState.AUTHORIZED && charge.amountCaptured() == 0) {
            return release(request, charge, amount, reason, metadata);
        }
        long left = charge.amountLeft();
        Optional<ApiException> refused = refusal(charge, amount, left);
        if (refused.isPresent()) {
            return idempotency.replay(request).orElseThrow(refused::get);
        }
        Map<String, @Nullable Object> claim = idempotency.claim(request);
        var refund = new RefundRow(charge.accountId(), ids.next("re"), charge.livemode(), charge.id(), charge.paymentIntentId(), charge.customerId(),
                charge.paymentMethodId(), charge.methodType(), "submitting", ids.reference(), null,
                new Money(amount == null ? left : amount, charge.amount().currency()),
                reason, null, metadata, (String) claim.get("idem_id"), now(), false, false, null);
        Deadline deadline = Deadline.in(settings.sendWindow());
        checkpoint.reached("refund.before_commit_1");
        if (!begin(claim, refund)) {
            return overtaken(request, charge, refund.amount().amount());
        }
        checkpoint.reached("refund.after_commit_1");
        long before = System.nanoTime();
        Outcome outcome = send(charge, refund, deadline);
        long waited = System.nanoTime() - before;
        checkpoint.reached("refund.before_commit_2");
        ApiResponse answer = finish(Cause.of(request), refund, outcome, request.requestId())
                .or(() -> idempotency.replay(request).map(replay -> ApiResponse.of(replay.status(), replay.json())))
                .orElseGet(() -> ApiResponse.ok(RefundStore.find(database, refund.accountId(), refund.livemode(), refund.id()).orElseThrow().render()));
        checkpoint.reached("refund.after_commit_2");
        return answer.afterProvider(waited);
    }

    /** Gives back an authorization of which nothing was captured: the provider is asked to void it. */
    private ApiResponse release(ApiRequest request, Charge charge, @Nullable Long amount, @Nullable String reason, ObjectNode metadata) {
        Optional<ApiResponse> replay = idempotency.replay(request);
        if (replay.isPresent()) {
            return replay.get();
        }
        if (amount != null && amount != charge.amount().amount()) {
            throw ApiException.invalid("amount", "Charge " + charge.id() + " has not been captured, so it can only be released as a whole ("
                    + charge.amount() + "). Leave amount out; or capture less, which releases the rest.");
        }
        Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
        String id = ids.next("re");
        var asked = new RefundRow(charge.accountId(), id, charge.livemode(), charge.id(), charge.paymentIntentId(), charge.customerId(),
                charge.paymentMethodId(), charge.methodType(), "submitting", ids.reference(), null, charge.amount(), reason, null, metadata, null, now(), true, false, null);
        return operations.refund(request, intent, charge,
                new VoidingRefund(id, asked.reference(), reason, metadata, asked.createdAt(), List.of(EventDraft.of("refund.created", asked.render()))))
                .orElseGet(() -> overtaken(request, charge, amount));
    }

    /** Somebody was faster: the answer of this very request, or what can be said of the charge now. */
    private ApiResponse overtaken(ApiRequest request, Charge charge, @Nullable Long amount) {
        return idempotency.replay(request).orElseThrow(() -> {
            Charge now = Rows.charge(database, charge.accountId(), charge.livemode(), charge.id()).orElseThrow();
            Optional<ApiException> refused = now.state() == ChargeState.AUTHORIZED ? Optional.empty() : refusal(now, amount, now.amountLeft());
            return refused.orElseGet(() -> new ApiException(ErrorCode.LOCK_TIMEOUT, "charge", "Another request is changing this charge. Try again in a moment.")
                    .header("Stripe-Should-Retry", "true").header("Retry-After", "1"));
        });
    }

    /** A refund that is a void, once the void is in a state. */
    private VoidingRefund.Told tell(Operation operation, @Nullable String state, @Nullable String providerId) {
        RefundRow stored = RefundStore.find(database, operation.accountId(), operation.livemode(), String.valueOf(operation.refundId())).orElseThrow();
        if (state == null || state.equals("pending")) {
            return new VoidingRefund.Told(stored.render(), List.of());
        }
        RefundRow to = stored.in(state, providerId, state.equals("failed") ? "unknown" : null);
        return new VoidingRefund.Told(to.render(), List.of(EventDraft.of(state.equals("failed") ? "refund.failed" : "refund.updated", to.render())));
    }

    /** Stores what settling learnt. @return whether it changed something */
    public boolean settle(RefundRow refund, Outcome outcome) {
        String requestId = refund.idempotencyId() == null ? "" : database.sql("select request_id from idempotency_key where account_id = :account and id = :id")
                .bind("account", refund.accountId())
                .bind("id", refund.idempotencyId())
                .one(row -> row.text("request_id"))
                .orElse("");
        return finish(Cause.job(refund.accountId(), refund.livemode()), refund, outcome, requestId).isPresent();
    }

    private static Optional<ApiException> refusal(Charge charge, @Nullable Long amount, long left) {
        if (charge.state() == ChargeState.VOIDED) {
            return Optional.of(new ApiException(ErrorCode.CHARGE_ALREADY_REFUNDED, "charge", "Charge " + charge.id()
                    + " was released before anything was captured: there is nothing to refund."));
        }
        if (charge.state() == ChargeState.AUTHORIZED) {
            return Optional.of(new ApiException(ErrorCode.CHARGE_NOT_REFUNDABLE, "charge", "Charge " + charge.id()
                    + " is still being captured in parts: capture the last one, or cancel the payment intent to release the rest. Then refund."));
        }
        if (charge.state() != ChargeState.CAPTURED) {
            return Optional.of(new ApiException(ErrorCode.CHARGE_NOT_REFUNDABLE, "charge",
                    "Charge " + charge.id() + " has a status of " + charge.state().apiStatus() + " and nothing to refund."));
        }
        if (charge.extras().amountDisputed() > 0) {
            return Optional.of(new ApiException(ErrorCode.CHARGE_DISPUTED, "charge", "Charge " + charge.id()
                    + " was charged back: the payer has " + new Money(charge.extras().amountDisputed(), charge.amount().currency())
                    + " back already. Answer the dispute, or close it; a refund would pay twice."));
        }
        if (left == 0) {
            return Optional.of(new ApiException(ErrorCode.CHARGE_ALREADY_REFUNDED, "charge", "Charge " + charge.id()
                    + " has been refunded wholly, or the rest is being refunded."));
        }
        if (amount != null && !charge.amount().currency().divides(amount)) {
            return Optional.of(ApiException.invalid("amount", "Invalid amount: " + amount + " " + charge.amount().currency()
                    + " must be a multiple of " + charge.amount().currency().step() + "."));
        }
        if (amount != null && amount > left) {
            return Optional.of(new ApiException(ErrorCode.AMOUNT_TOO_LARGE, "amount", "Refund amount ("
                    + new Money(amount, charge.amount().currency()) + ") is greater than what is left to refund on the charge ("
                    + new Money(left, charge.amount().currency()) + ")."));
        }
        return Optional.empty();
    }

    private boolean begin(Map<String, @Nullable Object> claim, RefundRow refund) {
        List<EventDraft> created = List.of(EventDraft.of("refund.created", refund.render()));
        for (int tried = 0; ; tried++) {
            try {
                return store.begin(database, claim, refund, created)
                        || (tried > 0 && RefundStore.find(database, refund.accountId(), refund.livemode(), refund.id()).isPresent());
            } catch (DatabaseException e) {
                if (tried > 0 && e.violates("refund_pkey")) {
                    return true;
                }
                if (!e.transientFailure() || tried > 0) {
                    throw e;
                }
                LOG.warn("The first commit of a refund failed and is tried again", e);
            }
        }
    }

    private Outcome send(Charge charge, RefundRow refund, Deadline deadline) {
        Connector connector;
        try {
            connector = connectors.of(charge.accountId(), charge.livemode(), charge.providerAccountId());
        } catch (RuntimeException e) {
            LOG.error("A refund could not be prepared", e);
            return new Outcome.NotSent("The provider account cannot be opened");
        }
        try {
            return connector.move(MovementKind.REFUND,
                    new Connector.Movement(String.valueOf(charge.providerId()), refund.reference(), refund.amount(), true), deadline);
        } catch (RuntimeException e) {
            LOG.error("A connector failed", e);
            return new Outcome.Unknown("The connector failed: " + e.getClass().getSimpleName());
        }
    }

    private Optional<ApiResponse> finish(Cause cause, RefundRow refund, Outcome outcome, String requestId) {
        RefundRow to = after(refund, outcome);
        ObjectNode shown = to.render();
        Optional<ApiException> error = Operations.error(outcome).map(e -> e.with("refund", shown));
        int status = error.map(ApiException::status).orElse(200);
        String json = Json.write(error.map(e -> e.body(requestId)).orElse(shown));
        while (true) {
            Charge charge = Rows.charge(database, refund.accountId(), refund.livemode(), refund.chargeId()).orElseThrow();
            List<EventDraft> events = events(refund, to, charge);
            if (Commits.retried(() -> store.finish(database, cause, refund, charge, to, status, json, events))) {
                return Optional.of(ApiResponse.of(status, json));
            }
            // Another refund of the same charge was faster, or somebody finished this one.
            boolean same = RefundStore.find(database, refund.accountId(), refund.livemode(), refund.id())
                    .filter(now -> now.state().equals(refund.state()))
                    .isPresent();
            if (!same) {
                return Optional.empty();
            }
        }
    }

    private static List<EventDraft> events(RefundRow refund, RefundRow to, Charge charge) {
        return switch (to.state()) {
            case "succeeded" -> List.of(
                    EventDraft.of("charge.refunded", Render.charge(charge.refunded(refund.amount().amount()))),
                    EventDraft.of("refund.updated", to.render()));
            case "failed" -> List.of(EventDraft.of("refund.failed", to.render()));
            default -> to.state().equals(refund.state()) ? List.of() : List.of(EventDraft.of("refund.updated", to.render()));
        };
    }

    private RefundRow after(RefundRow refund, Outcome outcome) {
        RefundRow to = moved(refund, outcome);
        // What had left comes back: that is a movement of its own.
        return to.state().equals("failed") && refund.taken() ? to.returnedBy(ids.next("txn")) : to;
    }

    private static RefundRow moved(RefundRow refund, Outcome outcome) {
        return switch (outcome) {
            // The provider refunded another amount than asked: an operator must look, so it stays open.
            case Outcome.Approved(var providerId, var amount, var details) -> amount.equals(refund.amount())
                    ? refund.in("succeeded", providerId, null)
                    : refund.in("pending", providerId, null);
            case Outcome.Pending(var providerId) -> refund.in("pending", providerId, null);
            case Outcome.ActionRequired(var providerId, var action) -> refund.in("pending", providerId, null);
            case Outcome.Unknown u -> refund;
            case Outcome.Declined(var code, var hard, var says, var providerId) -> refund.in("failed", providerId, "declined");
            case Outcome.Rejected r -> refund.in("failed", null, "unknown");
            case Outcome.NotSent n -> refund.in("failed", null, "unknown");
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
