package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, shows and deletes tokens. A card that comes twice gets two tokens: its number is not kept in a way that would tell. */
final class Tokens {
    private final Store store;
    private final CardReader cards;
    private final BrowserInput browserInput;
    private final SandboxClock clock;

    Tokens(Store store, CardReader cards, BrowserInput browserInput, SandboxClock clock) {
        this.store = store;
        this.cards = cards;
        this.browserInput = browserInput;
        this.clock = clock;
    }

    Answer create(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var product = body.integer("paymentProductId");
        CardFacts card;
        if (body.has("encryptedCustomerInput")) {
            card = browserInput.card(body, "encryptedCustomerInput", account);
        } else {
            if (product == null) {
                body.missing("paymentProductId");
            }
            card = cards.read(body.required("card").required("data").required("card"), product);
        }
        if (card != null && card.ownRefusal() == Decline.INVALID_NUMBER) {
            body.refuse("card.data.card.cardNumber", "is no card number");
        }
        body.refuseIfWrong();
        if (card == null) {
            throw new IllegalStateException("nothing was wrong, yet nothing was read");
        }
        var token = make(account.require("merchant_id"), card, false);
        work.save(token);
        var answer = Json.object().put("token", token.id()).put("isNewToken", true).put("tokenStatus", "CREATED");
        answer.set("card", MethodOutput.cardWithoutCvv(card));
        return Answer.of(201, answer);
    }

    Token make(String merchant, CardFacts card, boolean temporary) {
        return new Token(UUID.randomUUID().toString(), merchant, card, temporary ? clock.instant().plus(Token.TEMPORARY) : null, false, null);
    }

    Answer get(Account account, String id) {
        return Answer.ok(json(require(account, id)));
    }

    Answer delete(Account account, String id, Work work) {
        work.save(require(account, id).asGone());
        return Answer.nothing();
    }

    /** A series that was begun elsewhere goes on here: the token remembers the network's name for it. */
    Answer importSeries(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var scheme = body.requiredText("schemeReferenceData");
        var product = body.integer("paymentProductId");
        var currency = body.text("currencyCode");
        if (currency != null && !Money.isCurrency(currency)) {
            body.refuse("currencyCode", "is no ISO 4217 code");
        }
        Token token = null;
        CardFacts card = null;
        if (body.has("tokenId")) {
            token = usable(account.require("merchant_id"), String.valueOf(body.text("tokenId")));
            if (token == null) {
                body.refuse("tokenId", "is no usable token");
            }
        } else {
            card = cards.readWithoutCvv(body.required("card"), product);
        }
        body.refuseIfWrong();
        var kept = token != null ? token : make(account.require("merchant_id"), Objects.requireNonNull(card), false);
        work.save(new Token(kept.id(), kept.merchantId(), kept.card(), kept.usableUntil(), false, scheme));
        return Answer.ok(Json.object().put("paymentId", store.newBase() + "_0"));
    }

    Token require(Account account, String id) {
        var token = usable(account.require("merchant_id"), id);
        if (token == null) {
            throw ProblemException.unknown("UNKNOWN_TOKEN_ID", "tokenId");
        }
        return token;
    }

    @Nullable Token usable(String merchant, String id) {
        var token = store.tokens().get(id);
        return token != null && token.merchantId().equals(merchant) && token.isUsable(clock.instant()) ? token : null;
    }

    /** Which of these are no usable tokens, each once, in order. */
    List<String> invalid(String merchant, List<String> ids) {
        var invalid = new LinkedHashSet<String>();
        for (var id : ids) {
            if (usable(merchant, id) == null) {
                invalid.add(id);
            }
        }
        return new ArrayList<>(invalid);
    }

    List<String> valid(String merchant, List<String> ids) {
        return ids.stream().filter(id -> usable(merchant, id) != null).distinct().toList();
    }

    static ObjectNode json(Token token) {
        var json = Json.object().put("id", token.id()).put("isTemporary", token.isTemporary())
                .put("paymentProductId", token.card().productId());
        var card = json.putObject("card").put("alias", token.card().masked());
        var data = card.putObject("data");
        data.set("cardWithoutCvv", MethodOutput.cardWithoutCvv(token.card()));
        data.set("cardBinDetails", Services.binDetails(token.card().bin(), token.card().productId(), token.card().origin()));
        return json;
    }
}
