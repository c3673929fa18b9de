package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.page.Html;
import dev.bezant.sandbox.world.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The frame of hosted tokenization and the script that puts it into a shop's page (section 11). What the two say to each other is the
 * simulator's own; the script's contract with the shop is the service's.
 */
final class TokenizationPages {
    static final String SCRIPT_PATH = "/hostedtokenization/js/client/tokenizer.min.js";
    static final String PATH = "/hostedtokenization/";

    private final Store store;
    private final Tokens tokens;
    private final CardReader cards;

    TokenizationPages(Store store, Tokens tokens, CardReader cards) {
        this.store = store;
        this.tokens = tokens;
        this.cards = cards;
    }

    HttpResponse show(HttpRequest request) {
        var session = session(request);
        if (session == null) {
            return Back.message(404, "Not found", "There is no such session.");
        }
        var html = new StringBuilder("<form id=\"card\" autocomplete=\"on\">");
        var known = session.known().stream().map(id -> tokens.usable(session.merchantId(), id)).filter(Objects::nonNull).toList();
        if (!known.isEmpty()) {
            html.append("<label for=\"saved\">Saved card</label><select id=\"saved\"><option value=\"\">Another card</option>");
            known.forEach(token -> html.append("<option value=\"").append(Html.escape(token.id())).append("\">")
                    .append(Html.escape(token.card().masked())).append("</option>"));
            html.append("</select>");
        }
        html.append("<div id=\"typed\">").append(CheckoutForm.input("cardNumber", "cc-number", "numeric"))
                .append(error("cardNumber"))
                .append(CheckoutForm.input("expiryDate", "cc-exp", "numeric")).append(error("expiryDate"))
                .append("<div id=\"holder-row\">").append(CheckoutForm.input("cardholderName", "cc-name", "text"))
                .append("</div></div>")
                .append(CheckoutForm.input("cvv", "cc-csc", "numeric")).append(error("cvv"));
        if (session.askConsent()) {
            html.append("<div class=\"check\" id=\"consent-row\"><input type=\"checkbox\" id=\"consent\"><label for=\"consent\">")
                    .append("Remember this card</label></div>");
        }
        return Html.frame("Card details", html.append("</form>").toString(), Scripts.TOKENIZATION_FRAME);
    }

    private static String error(String field) {
        return "<div class=\"field-error\" role=\"alert\" data-field=\"" + field + "\"></div>";
    }

    /** What the frame's script asks for; the answer is what the shop's promise gets, and what to say beside the fields. */
    HttpResponse submit(HttpRequest request) {
        synchronized (store.lock()) {
            var session = session(request);
            if (session == null) {
                return json(404, failure("There is no such session"));
            }
            try {
                var body = Api.body(request);
                return body.path("ask").asString("").equals("surcharge") ? surcharge(body) : tokenize(session, body);
            } catch (ProblemException e) {
                var answer = failure(e.errors().isEmpty() ? "Check what you typed" : e.errors().getFirst().message());
                var fields = answer.putObject("fields");
                e.errors().forEach(error -> fields.put(error.property() == null ? "cardNumber" : error.property(), error.messageBesideTheField()));
                return json(200, answer);
            }
        }
    }

    private HttpResponse tokenize(HostedTokenization session, JsonNode json) {
        var body = Input.of(json);
        var known = body.text("token");
        if (known != null) {
            body.refuseIfWrong();
            return session.known().contains(known) && tokens.usable(session.merchantId(), known) != null
                    ? filled(session, known, "UNCHANGED", new Work())
                    : json(200, failure("This card cannot be used any more"));
        }
        var card = cards.read(body, null);
        if (card != null && card.ownRefusal() == Decline.INVALID_NUMBER) {
            body.refuse("cardNumber", "is no card number");
        }
        if (card != null && !session.products().isEmpty() && !session.products().contains(card.productId())) {
            body.refuse("cardNumber", "this kind of card is not taken");
        }
        boolean stays = body.flag("storePermanently", false);
        body.refuseIfWrong();
        var token = tokens.make(session.merchantId(), Objects.requireNonNull(card), !stays);
        var work = new Work();
        work.save(token);
        return filled(session, token.id(), "CREATED", work);
    }

    private HttpResponse filled(HostedTokenization session, String token, String status, Work work) {
        work.save(session.filled(token, status));
        store.commit(work);
        return json(200, Json.object().put("success", true).put("hostedTokenizationId", session.id()));
    }

    private static HttpResponse surcharge(JsonNode json) {
        var body = Input.of(json);
        var amount = body.number("amount");
        var currency = body.text("currency");
        body.refuseIfWrong();
        if (amount == null || amount < 1 || currency == null || !Money.isCurrency(currency)) {
            return json(200, failure("There is no amount"));
        }
        var answer = Json.object().put("success", true);
        answer.putObject("result").set("surchargeAmount", new Money(Services.surchargeOn(amount), currency).json());
        return json(200, answer);
    }

    private static ObjectNode failure(String message) {
        var failure = Json.object().put("success", false);
        failure.putObject("error").put("message", message);
        return failure;
    }

    private static HttpResponse json(int status, JsonNode body) {
        return HttpResponse.json(status, Json.bytes(body)).with("Cache-Control", "no-store");
    }

    private @Nullable HostedTokenization session(HttpRequest request) {
        var found = store.tokenizations().ofPage(Api.segment(request, 2));
        return found == null ? null : store.tokenizations().get(found.id());
    }
}
