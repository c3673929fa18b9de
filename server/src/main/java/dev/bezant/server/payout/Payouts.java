package dev.bezant.server.payout;

import dev.bezant.server.connector.Connector;
import dev.bezant.server.connector.Connectors;
import dev.bezant.server.connector.PaysOut;
import dev.bezant.server.connector.PaysOut.Payout;
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
import dev.bezant.server.kernel.DeclineCode;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Outcome;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.payment.CardVault;
import dev.bezant.server.payment.Commits;
import dev.bezant.server.payment.Payers;
import dev.bezant.server.payment.PaymentSettings;
import dev.bezant.server.payout.PayoutStore.Begun;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The path of a payout: commit that it begins, send, commit how it ended, answer. One attempt at one provider account: whoever wants another makes
 * another payout.
 */
final class Payouts {
    private static final Logger LOG = LoggerFactory.getLogger(Payouts.class);

    private final Database database;
    private final Idempotency idempotency;
    private final Connectors connectors;
    private final CardVault vault;
    private final PayoutStore store;
    private final PaymentSettings settings;
    private final Checkpoint checkpoint;

    Payouts(
            Database database,
            Idempotency idempotency,
            Connectors connectors,
            CardVault vault,
            Events events,
            PaymentSettings settings,
            Checkpoint checkpoint) {
        this.database = database;
        this.idempotency = idempotency;
        this.connectors = connectors;
        this.vault = vault;
        this.store = new PayoutStore(events, settings);
        this.settings = settings;
        this.checkpoint = checkpoint;
    }

    /** @param fresh the card that came by a test card's name; null where it is stored */
    ApiResponse create(ApiRequest request, Map<String, @Nullable Object> claim, PayoutRow asked, PaymentMethods.@Nullable Draft fresh) {
        Deadline deadline = Deadline.in(settings.sendWindow());
        checkpoint.reached("payout.before_commit_1");
        Optional<Begun> begun = begin(claim, asked, fresh);
        if (begun.isEmpty()) {
            return idempotency.replay(request).orElseThrow(() -> unusable(asked));
        }
        checkpoint.reached("payout.after_commit_1");
        PayoutRow payout = asked.of(begun.get().snapshot());
        long before = System.nanoTime();
        Outcome outcome = send(payout, begun.get(), deadline);
        long waited = System.nanoTime() - before;
        checkpoint.reached("payout.before_commit_2");
        ApiResponse answer = finish(Cause.of(request), payout, outcome)
                .or(() -> idempotency.replay(request).map(replay -> ApiResponse.of(replay.status(), replay.json())))
                .orElseGet(() -> ApiResponse.ok(PayoutStore.find(database, payout.accountId(), payout.livemode(), payout.id()).orElseThrow().render()));
        checkpoint.reached("payout.after_commit_2");
        return answer.afterProvider(waited);
    }

    /** The first commit, repeated once where its acknowledgement was lost: it has our id, so it can only happen once. */
    private Optional<Begun> begin(Map<String, @Nullable Object> claim, PayoutRow payout, PaymentMethods.@Nullable Draft fresh) {
        for (int tried = 0; ; tried++) {
            try {
                Optional<Begun> begun = store.begin(database, claim, payout, fresh);
                return begun.isPresent() || tried == 0 ? begun : store.resume(database, payout);
            } catch (DatabaseException e) {
                if (tried > 0 && (e.violates("payout_pkey") || e.violates("vault_card_pkey") || e.violates("payment_method_pkey"))) {
                    return store.resume(database, payout);
                }
                if (!e.transientFailure() || tried > 0) {
                    throw e;
                }
                LOG.warn("The first commit of a payout failed and is tried again", e);
            }
        }
    }

    /** Why the first commit stored nothing. */
    private ApiException unusable(PayoutRow asked) {
        String id = asked.paymentMethodId();
        record Found(boolean detached, String type) {}
        return database.sql("""
                        select detached_at is not null as detached, type from payment_method
                         where account_id = :account and livemode = :livemode and id = :id
                        """)
                .bind("account", asked.accountId())
                .bind("livemode", asked.livemode())
                .bind("id", id)
                .one(row -> new Found(row.flag("detached"), row.text("type")))
                .map(found -> found.detached()
                        ? new ApiException(ErrorCode.PAYMENT_METHOD_UNEXPECTED_STATE, "destination",
                                "The payment method " + id + " was detached from its customer and cannot be used again. Create a new one.")
                        : new ApiException(ErrorCode.PAYMENT_METHOD_UNSUPPORTED_TYPE, "destination", "Payouts go to cards, and the payment method " + id
                                + " is of type " + found.type() + "."))
                .orElseGet(() -> ApiException.noSuch("PaymentMethod", id, "destination"));
    }

    private Outcome send(PayoutRow payout, Begun begun, Deadline deadline) {
        PaysOut provider;
        Payout words;
        try {
            provider = provider(payout).orElseThrow(() -> new IllegalStateException("The provider account does not pay out"));
            words = words(payout, begun);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("provider_account", payout.providerAccountId()).log("A payout could not be prepared");
            return new Outcome.NotSent("The payout could not be prepared for this provider account");
        }
        try {
            Outcome outcome = provider.payOut(words, new Placing(payout), deadline);
            checkpoint.reached("payout.after_sending");
            return outcome;
        } catch (RuntimeException e) {
            // A connector never throws for what a provider said; if it does all the same, bytes may have left.
            LOG.atError().setCause(e).addKeyValue("provider_account", payout.providerAccountId()).log("A connector failed");
            return new Outcome.Unknown("The connector failed: " + e.getClass().getSimpleName());
        }
    }

    private final class Placing implements PaysOut.Place {
        private final PayoutRow payout;

        Placing(PayoutRow payout) {
            this.payout = payout;
        }

        @Override
        public boolean keep(String providerId) {
            try {
                boolean placed = store.place(database, payout, providerId);
                checkpoint.reached("payout.placed");
                return placed;
            } catch (DatabaseException e) {
                // Perhaps it is kept, perhaps not: either way nothing has been sent yet, and nothing will be.
                LOG.warn("A payout is not sent: the id that its provider gave it could not be kept", e);
                return false;
            }
        }

        @Override
        public void takenUp() {
            if (!Commits.retried(() -> store.takenUp(database, payout))) {
                LOG.atWarn().addKeyValue("payout", payout.id()).log("A payout was settled before its provider answered its sender");
            }
        }
    }

    Optional<PaysOut> provider(PayoutRow payout) {
        return connectors.of(payout.accountId(), payout.livemode(), payout.providerAccountId()) instanceof PaysOut provider ? Optional.of(provider) : Optional.empty();
    }

    /** What the provider is told: the same twice, so that it knows a repeated request. */
    Payout words(PayoutRow payout, Begun begun) {
        Secret number = vault.open(payout.accountId(), payout.livemode(), begun.cardId(), begun.pan());
        JsonNode card = begun.snapshot().path("card");
        return new Payout(payout.reference(), payout.amount(),
                new Connector.Card(number, card.path("brand").asString("unknown"), card.path("exp_month").asInt(), card.path("exp_year").asInt(), null),
                Payers.of(begun.snapshot().path("billing_details")), payout.description(), payout.statementDescriptor(),
                settings.publicUrl() + "/notices/" + (payout.livemode() ? "live/" : "test/") + payout.accountId() + "/" + payout.providerAccountId());
    }

    Optional<Begun> resume(PayoutRow payout) {
        return store.resume(database, payout);
    }

    /** Keeps the provider's id of one that was seen there while its sender may still be at work. */
    void seen(PayoutRow payout, String providerId) {
        if (payout.providerId() == null) {
            store.place(database, payout, providerId);
        }
    }

    /** Stores what settling learnt. @return whether it changed something */
    boolean settle(PayoutRow payout, Outcome outcome) {
        PayoutRow to = after(payout, outcome);
        boolean news = !to.state().equals(payout.state()) || !Objects.equals(to.providerId(), payout.providerId());
        return news && finish(Cause.job(payout.accountId(), payout.livemode()), payout, outcome).isPresent();
    }

    private Optional<ApiResponse> finish(Cause cause, PayoutRow payout, Outcome outcome) {
        PayoutRow to = after(payout, outcome);
        List<EventDraft> events = to.isOpen() ? List.of() : List.of(EventDraft.of("payout." + to.state(), to.render()));
        return Commits.retried(() -> store.finish(database, cause, to, events)) ? Optional.of(ApiResponse.ok(to.render())) : Optional.empty();
    }

    private static PayoutRow after(PayoutRow payout, Outcome outcome) {
        return switch (outcome) {
            // Another amount than was asked: nobody's guess, so it stays open and settling tells an operator.
            case Outcome.Approved(var providerId, var amount, var details) -> payout.in(amount.equals(payout.amount()) ? "paid" : "pending", providerId, null);
            case Outcome.Pending(var providerId) -> payout.in("pending", providerId, null);
            case Outcome.ActionRequired(var providerId, var action) -> payout.in("pending", providerId, null);
            case Outcome.Unknown u -> payout;
            case Outcome.Declined(var code, var hard, var says, var providerId) -> payout.in("failed", providerId, declined(code, says));
            case Outcome.Rejected(var reason, var elsewhere, var says, var told) -> payout.in("failed", null,
                    failure("could_not_process", "The provider refused the payout: " + reason, says));
            case Outcome.NotSent(var reason) -> payout.in("failed", null,
                    failure("provider_unavailable", "The payout was not sent, and nothing was paid: " + reason, Outcome.ProviderSays.NOTHING));
        };
    }

    private static ObjectNode declined(DeclineCode code, Outcome.ProviderSays says) {
        return switch (code) {
            case INSUFFICIENT_FUNDS -> failure("insufficient_funds", "What you hold at the provider does not cover the payout.", says);
            case EXPIRED_CARD -> failure("expired_card", "The card has expired.", says);
            case CARD_NOT_SUPPORTED -> failure("unsupported_card", "The card does not take payouts.", says);
            case GENERIC_DECLINE, DO_NOT_HONOR, DO_NOT_TRY_AGAIN, LOST_CARD, STOLEN_CARD, FRAUDULENT, CARD_VELOCITY_EXCEEDED, TRY_AGAIN_LATER, INCORRECT_CVC,
                    INCORRECT_NUMBER, PROCESSING_ERROR, AUTHENTICATION_REQUIRED, AUTHENTICATION_FAILURE, PROVIDER_DECLINE, PROVIDER_UNAVAILABLE ->
                    failure("declined", "The card's issuer, or the provider, declined the payout.", says);
        };
    }

    private static ObjectNode failure(String code, String message, Outcome.ProviderSays says) {
        ObjectNode failure = Json.object();
        failure.put("code", code);
        failure.put("message", message);
        failure.put("provider_code", says.code());
        failure.put("provider_text", says.text());
        return failure;
    }
}
