package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Movement;
import dev.bezant.sandbox.world.MovementKind;
import dev.bezant.sandbox.world.SandboxClock;
import dev.bezant.sandbox.worldlinedirect.Payout.Stage;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Money to cards. Called under the store's lock. */
final class Payouts {
    private final Store store;
    private final CardReader cards;
    private final Tokens tokens;
    private final SandboxClock clock;
    private final Wire wire;

    Payouts(Store store, CardReader cards, Tokens tokens, SandboxClock clock, Wire wire) {
        this.store = store;
        this.cards = cards;
        this.tokens = tokens;
        this.clock = clock;
        this.wire = wire;
    }

    Answer create(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var money = Money.read(body, "amountOfMoney", 1);
        var references = References.read(body, "references");
        var urls = PaymentReader.webhookUrls(body);
        var input = body.required("cardPayoutMethodSpecificInput");
        var product = input.integer("paymentProductId");
        var reason = input.choice("payoutReason", Set.of("Gambling", "Refund", "Loyalty"));
        var card = body.has("cardPayoutMethodSpecificInput") ? card(account, input, product) : null;
        body.refuseIfWrong();
        if (card == null) {
            throw new IllegalStateException("nothing was wrong, yet nothing was read");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var delay = Settings.seconds(account, "payout_seconds");
        var decline = Issuer.declineOf(card, money, false, now);
        var stage = decline != null ? Stage.REJECTED : delay.isZero() ? Stage.CREDITED : Stage.PENDING;
        var payout = new Payout(store.newBase(), account.require("merchant_id"), account.name(), money, reason, references, card, now, stage,
                decline, stage == Stage.PENDING ? now.plus(delay) : null, urls);
        save(payout, work);
        if (decline == null) {
            return Answer.of(201, wire.payout(payout));
        }
        var problem = ProblemException.body(402, List.of(decline.error()));
        problem.set("payoutResult", wire.payout(payout));
        return Answer.of(402, problem);
    }

    private @Nullable CardFacts card(Account account, Input input, @Nullable Integer product) {
        if (input.has("token")) {
            var token = tokens.usable(account.require("merchant_id"), String.valueOf(input.text("token")));
            if (token == null) {
                input.refuse("token", "is no usable token");
                return null;
            }
            return token.card();
        }
        return cards.read(input.required("card"), product);
    }

    Answer get(Account account, String id) {
        var payout = store.payouts().get(Ids.base(id));
        if (payout == null || !payout.merchantId().equals(account.require("merchant_id"))) {
            throw ProblemException.unknown("UNKNOWN_PAYOUT_ID", "payoutId");
        }
        return Answer.ok(wire.payout(payout));
    }

    /** Ends a pending one. */
    Payout end(Payout pending, boolean approved, Work work) {
        var ended = pending.ended(approved);
        save(ended, work);
        return ended;
    }

    private void save(Payout payout, Work work) {
        if (payout.stage() == Stage.CREDITED) {
            work.move(new Movement(WorldlineDirectProvider.NAME, payout.account(), MovementKind.PAYOUT, payout.wireId(), null,
                    payout.references().merchantReference(), payout.money().amount(), payout.money().currencyLower()));
        }
        work.save(payout);
        work.tell(new Events.Event(payout.account(), "payout." + payout.standing().status().toLowerCase(Locale.ROOT), "payout",
                wire.payout(payout), payout.webhookUrls()));
    }
}
