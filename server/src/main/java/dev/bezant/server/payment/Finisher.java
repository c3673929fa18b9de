package dev.bezant.server.payment;

import dev.bezant.server.database.Database;
import dev.bezant.server.event.Cause;
import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.payment.AttemptStore.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores how an attempt ended, whoever learnt it: its sender, settling, or a payer's return. */
public final class Finisher {
    private final Database database;
    private final Idempotency idempotency;
    private final AttemptStore store;
    private final ActionPages pages;
    private final FollowUps followUps;
    private volatile LateApproval late = (charge, approved) -> {
        throw new IllegalStateException("Nobody gives back what was approved too late");
    };

    Finisher(Database database, Idempotency idempotency, AttemptStore store, ActionPages pages, FollowUps followUps) {
        this.database = database;
        this.idempotency = idempotency;
        this.store = store;
        this.pages = pages;
        this.followUps = followUps;
    }

    /** Says who gives back what turns out approved after its attempt was closed. */
    public void whenApprovedLate(LateApproval handler) {
        late = handler;
    }

    /** An attempt that follows a closed one. */
    record Next(Intent intent, Charge charge, Charge closed) {}

    /** An attempt and its intent, as read. */
    private record Attempt(Intent intent, Charge charge) {}

    /** Stores the outcome and gives the answer; if somebody was faster, theirs. */
    ApiResponse finish(ApiRequest request, Intent intent, Charge charge, Outcome outcome, List<Charge> earlier, @Nullable String cardId) {
        Transition first = Transition.of(intent, charge, outcome, pages.actionUrl(charge));
        Answer answer = answer(first, earlier, request.requestId());
        if (commit(intent, charge, first, answer, Cause.of(request), cardId)) {
            return ApiResponse.of(answer.status(), answer.json());
        }
        // Somebody changed the intent, or settled the attempt, or this very commit had happened and its acknowledgement was lost.
        while (true) {
            Attempt now = now(charge);
            if (now.charge().state() != charge.state()) {
                tooLate(now.charge(), outcome);
                return stored(request, intent, charge);
            }
            Transition to = transition(now, outcome);
            if (to.changesNothing(now.charge())) {
                return stored(request, intent, charge);
            }
            if (commit(now.intent(), now.charge(), to, answer(to, earlier, request.requestId()), Cause.of(request), cardId)) {
                // What was stored under the key first is what every repeat gets, hence also this answer.
                return stored(request, intent, charge);
            }
        }
    }

    /**
     * Stores an outcome that was learnt without a client waiting. Its idempotency row, if any, gets the answer that the client
     * would have had.
     *
     * @return whether this changed something; false if the attempt is not in flight any more
     */
    public boolean settle(Charge charge, Outcome outcome) {
        return settle(charge, outcome, UnaryOperator.identity());
    }

    /** The same of an attempt that the provider says it does not have: should it turn up, whoever looks after it gives it back. */
    public void settleAbsent(Charge charge, String proof) {
        settle(charge, new Outcome.NotSent(proof), Transition::andWatched);
    }

    private boolean settle(Charge charge, Outcome outcome, UnaryOperator<Transition> also) {
        while (true) {
            Attempt now = now(charge);
            if (now.charge().state() != charge.state()) {
                tooLate(now.charge(), outcome);
                return false;
            }
            Transition to = also.apply(transition(now, outcome));
            if (to.changesNothing(now.charge())) {
                return false;
            }
            List<Charge> others = Rows.charges(database, charge.accountId(), charge.paymentIntentId()).stream()
                    .filter(each -> !each.id().equals(charge.id()))
                    .toList();
            Answer answer = answer(to, others, requestId(now.charge()));
            if (commit(now.intent(), now.charge(), to, answer, Cause.job(charge.accountId(), charge.livemode()), null)) {
                return true;
            }
        }
    }

    /** Whether what was approved is what the attempt's intent asked for. */
    public boolean isAsAsked(Charge charge, Outcome.Approved approved) {
        return approved.isAsAsked(charge.amount(), now(charge).intent().capturesAtOnce());
    }

    /** Closes the attempt and begins another. Empty if somebody was faster. */
    Optional<Next> next(Cause cause, Intent intent, Charge charge, Outcome outcome, AttemptStore.NewAttempt attempt) {
        Intent current = intent;
        while (true) {
            Transition failed = Transition.of(current, charge, outcome, pages.actionUrl(charge));
            // The intent goes on: only the attempt has failed.
            Intent going = current.change().latestCharge(attempt.chargeId()).done();
            var to = new Transition(going, failed.charge(), failed.chargeEvents(), null);
            Intent read = current;
            boolean moved = Commits.retried(() -> store.finishAndNext(database, cause, read, charge, to, attempt));
            Optional<Charge> made = Rows.charge(database, charge.accountId(), charge.livemode(), attempt.chargeId());
            if (made.isPresent()) {
                // Also where the commit had happened and only its acknowledgement was lost.
                return Optional.of(new Next(moved ? going : now(charge).intent(), made.get(), failed.charge()));
            }
            Attempt now = now(charge);
            if (now.charge().state() != charge.state() || now.charge().providerId() != null) {
                // Settled, or seen at the provider in spite of what the sender believes: nobody else is asked.
                return Optional.empty();
            }
            current = now.intent();
        }
    }

    /** What is stored, when somebody else stored it. */
    ApiResponse stored(ApiRequest request, Intent intent, Charge charge) {
        return idempotency.replay(request).map(replay -> ApiResponse.of(replay.status(), replay.json())).orElseGet(() -> {
            Intent now = Rows.intent(database, intent.accountId(), intent.livemode(), intent.id()).orElseThrow();
            List<Charge> charges = Rows.charges(database, intent.accountId(), intent.id());
            boolean failed = now.status() == IntentStatus.REQUIRES_PAYMENT_METHOD && charge.id().equals(now.latestChargeId());
            if (failed && now.lastPaymentError() != null) {
                throw Transition.cardError(now, charges);
            }
            return ApiResponse.ok(Render.intent(now, charges));
        });
    }

    private boolean commit(Intent read, Charge charge, Transition to, Answer answer, Cause cause, @Nullable String cardId) {
        boolean moved = Commits.retried(() -> store.finish(database, cause, read, charge, to, answer, cardId));
        if (moved) {
            followUps.after(cause, to.intent());
        }
        return moved;
    }

    private static Answer answer(Transition to, List<Charge> others, String requestId) {
        var charges = new ArrayList<Charge>();
        charges.add(to.charge());
        charges.addAll(others);
        ApiException error = to.error();
        return error == null
                ? new Answer(200, Json.write(Render.intent(to.intent(), charges)))
                : new Answer(error.status(), Json.write(Transition.cardError(to.intent(), charges).body(requestId)));
    }

    /** What an outcome makes of an attempt of which others may have learnt something meanwhile. */
    private Transition transition(Attempt now, Outcome outcome) {
        boolean nothingHappened = outcome instanceof Outcome.NotSent || outcome instanceof Outcome.Rejected;
        Outcome believed = outcome;
        if (nothingHappened && now.charge().providerId() != null && now.charge().state() == ChargeState.PENDING) {
            believed = new Outcome.Unknown("The provider shows a payment that its sender believes was never made");
        } else if (now.charge().extras().takingBack() && !nothingHappened && !(outcome instanceof Outcome.Declined)) {
            believed = new Outcome.Unknown("The provider was asked to take it back, whatever it said before");
        }
        Transition to = Transition.of(now.intent(), now.charge(), believed, pages.actionUrl(now.charge()));
        boolean open = to.charge().state() == now.charge().state() || to.charge().state() == ChargeState.COMPLETING;
        return open && Announcements.processing(database, now.intent()) ? to.withoutEvents() : to;
    }

    private void tooLate(Charge now, Outcome outcome) {
        if (now.state() == ChargeState.FAILED && outcome instanceof Outcome.Approved approved) {
            late.approved(now, approved);
        }
    }

    private Attempt now(Charge charge) {
        // The intent first: whatever changes the charge after that changes the intent's version too.
        Intent intent = Rows.intent(database, charge.accountId(), charge.livemode(), charge.paymentIntentId()).orElseThrow();
        return new Attempt(intent, Rows.charge(database, charge.accountId(), charge.livemode(), charge.id()).orElseThrow());
    }

    private String requestId(Charge charge) {
        if (charge.idempotencyId() == null) {
            return "";
        }
        return database.sql("select request_id from idempotency_key where account_id = :account and id = :id")
                .bind("account", charge.accountId())
                .bind("id", charge.idempotencyId())
                .one(row -> row.text("request_id"))
                .orElse("");
    }
}
