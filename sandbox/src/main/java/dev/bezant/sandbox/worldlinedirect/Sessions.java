package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import dev.bezant.sandbox.world.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sessions in which browsers act: of the client API, of hosted fields, of hosted tokenization. */
final class Sessions {
    private static final int TOKENS_MAX = 10;

    private final Store store;
    private final Tokens tokens;
    private final SandboxClock clock;
    private final Wire wire;

    Sessions(Store store, Tokens tokens, SandboxClock clock, Wire wire) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
        this.wire = wire;
    }

    Answer createClientSession(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var wanted = body.texts("tokens");
        if (wanted.size() > TOKENS_MAX) {
            body.refuse("tokens", "must be at most " + TOKENS_MAX);
        }
        body.refuseIfWrong();
        var merchant = account.require("merchant_id");
        var session = new ClientSession(Store.secret(), Store.secret(), merchant, tokens.valid(merchant, wanted), clock.instant());
        work.save(session);
        var answer = Json.object().put("clientSessionId", session.id()).put("customerId", session.customerId())
                .put("clientApiUrl", wire.url(ClientApi.PATH)).put("assetUrl", wire.url("/assets/"));
        putInvalid(answer, tokens.invalid(merchant, wanted));
        return Answer.ok(answer);
    }

    Answer createFieldsSession(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var locale = body.requiredText("locale");
        var wanted = body.texts("tokens");
        body.refuseIfWrong();
        if (!Locales.isLocale(locale)) {
            throw new ProblemException(422, List.of(new ApiError(422, "INVALID_DATA", "50001111", "1008", "locale is no locale such as en_GB",
                    ApiError.Category.DIRECT_PLATFORM_ERROR, "locale")));
        }
        var merchant = account.require("merchant_id");
        var session = new FieldsSession(Store.secret(), merchant, Store.secret(), clock.instant(), null);
        work.save(session);
        var answer = Json.object().put("sdkUrl", wire.url(FieldsPages.SCRIPT_PATH)).put("sdkSri", Scripts.integrity(Scripts.HOSTED_FIELDS));
        var data = answer.putObject("sessionData").put("hostedFieldsSessionId", session.id()).put("sessionToken", session.page())
                .put("platformUrl", wire.origin()).put("locale", locale);
        var usable = data.putArray("tokens");
        tokens.valid(merchant, wanted).forEach(usable::add);
        putInvalid(answer, tokens.invalid(merchant, wanted));
        return Answer.ok(answer);
    }

    /** The one call whose errors are problem documents. */
    Answer getFieldsSession(Account account, String id) {
        var session = store.fieldsSessions().get(id);
        if (session == null || !session.merchantId().equals(account.require("merchant_id"))) {
            return Answer.of(404, Json.object().put("type", "about:blank").put("title", "Not Found").put("status", 404)
                    .put("detail", "There is no hosted fields session " + id).put("instance", "/hostedfields/sessions/" + id));
        }
        var answer = Json.object().put("sessionId", session.id());
        var token = session.tokenId() == null ? null : store.tokens().get(session.tokenId());
        if (token != null) {
            answer.putObject("token").put("tokenId", token.id()).put("maskedPan", token.card().masked())
                    .put("expiryDate", token.card().expiry()).put("isTemporary", token.isTemporary());
        }
        return Answer.ok(answer);
    }

    Answer createTokenization(Account account, JsonNode json, Work work) {
        var body = Input.of(json);
        var locale = body.text("locale");
        if (locale != null && !Locales.isLocale(locale)) {
            body.refuse("locale", "is no locale such as en_GB");
        }
        var wanted = separated(body.text("tokens"));
        boolean consent = body.flag("askConsumerConsent", true);
        var products = body.object("paymentProductFilters").object("restrictTo").integers("products");
        body.refuseIfWrong();
        var merchant = account.require("merchant_id");
        var session = new HostedTokenization(Store.secret(), merchant, Store.secret(), locale == null ? Locales.STANDARD : locale, consent,
                tokens.valid(merchant, wanted), products, clock.instant(), null, null);
        work.save(session);
        var path = TokenizationPages.PATH + session.page();
        var answer = Json.object().put("hostedTokenizationId", session.id()).put("hostedTokenizationUrl", wire.url(path))
                .put("partialRedirectUrl", wire.partialUrl(path)).put("sri", Scripts.integrity(Scripts.TOKENIZER));
        putInvalid(answer, tokens.invalid(merchant, wanted));
        return Answer.ok(answer);
    }

    Answer getTokenization(Account account, String id) {
        var session = store.tokenizations().get(id);
        if (session == null || !session.merchantId().equals(account.require("merchant_id"))) {
            throw ProblemException.unknown("UNKNOWN_HOSTED_TOKENIZATION_ID", "hostedTokenizationId");
        }
        var answer = Json.object();
        var token = session.tokenId() == null ? null : store.tokens().get(session.tokenId());
        if (token != null) {
            answer.put("tokenStatus", session.tokenStatus());
            answer.set("token", Tokens.json(token));
        }
        return Answer.ok(answer);
    }

    /** Tokens with commas between them. */
    static List<String> separated(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.split(","));
    }

    static void putInvalid(ObjectNode answer, List<String> invalid) {
        if (!invalid.isEmpty()) {
            var list = answer.putArray("invalidTokens");
            invalid.forEach(list::add);
        }
    }
}
