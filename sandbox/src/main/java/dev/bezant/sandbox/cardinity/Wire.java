package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.world.Json;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Our records as Cardinity's JSON (sections 2.3 and 2.4). */
final class Wire {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static final String LINK_PATH = "/link/";

    /** Known once the port is open, which is before the first request. */
    private volatile URI origin = URI.create("http://127.0.0.1");

    void origin(URI listeningAt) {
        origin = listeningAt;
    }

    URI origin() {
        return origin;
    }

    ObjectNode payment(Payment payment) {
        var terms = payment.terms();
        var state = payment.state();
        var json = Json.object()
                .put("id", payment.id())
                .put("amount", Amounts.text(terms.cents()))
                .put("currency", terms.currency())
                .put("created", created(terms.created()))
                .put("type", type(payment))
                .put("live", terms.live())
                .put("settle", terms.settle())
                .put("status", state.status().wireName());
        var decline = state.decline();
        if (decline != null) {
            json.put("error", decline.error());
            putIfPresent(json, "merchant_advice_code", decline.merchantAdviceCode());
            putIfPresent(json, "threeds_status_reason", decline.threedsStatusReason());
        }
        putIfPresent(json, "order_id", terms.orderId());
        putIfPresent(json, "description", terms.description());
        putIfPresent(json, "statement_descriptor_suffix", terms.statementDescriptorSuffix());
        json.put("country", terms.country()).put("payment_method", "card");
        json.set("payment_instrument", instrument(terms.card()));
        addChallenge(json, payment);
        return json;
    }

    static String type(Payment payment) {
        return payment.terms().settle() ? "purchase" : "authorization";
    }

    private static ObjectNode instrument(Card card) {
        var json = Json.object()
                .put("card_brand", card.brand())
                .put("pan", card.last4())
                .put("exp_year", card.expYear())
                .put("exp_month", card.expMonth());
        putIfPresent(json, "holder", card.holder());
        return json;
    }

    private void addChallenge(ObjectNode json, Payment payment) {
        var threeDs = payment.terms().threeDs();
        if (threeDs == null) {
            return;
        }
        var challenge = payment.state().challenge();
        if (challenge == Payment.Challenge.V2 || challenge == Payment.Challenge.V1_FALLBACK) {
            json.putObject("threeds2_data")
                    .put("acs_url", origin + AcsPages.V2_PATH)
                    .put("creq", ChallengeMessages.creq(threeDs));
        }
        if (challenge == Payment.Challenge.V1 || challenge == Payment.Challenge.V1_FALLBACK) {
            var word = payment.terms().description();
            json.putObject("authorization_information")
                    .put("url", origin + AcsPages.V1_PATH)
                    .put("data", word != null && Triggers.isV1Word(word) ? word : ChallengeMessages.paReq(threeDs));
        }
    }

    ObjectNode child(Child child) {
        var json = Json.object().put("id", child.id());
        if (child.cents() != null) {
            json.put("amount", Amounts.text(child.cents())).put("currency", child.currency());
        }
        json.put("type", child.kind().wireName())
                .put("created", created(child.created()))
                .put("live", child.live())
                .put("parent_id", child.paymentId())
                .put("status", child.status().wireName());
        putIfPresent(json, "error", child.error());
        putIfPresent(json, "order_id", child.orderId());
        putIfPresent(json, "description", child.description());
        putIfPresent(json, "reason", child.reason());
        return json;
    }

    ObjectNode link(PaymentLink link) {
        var json = Json.object()
                .put("id", link.id())
                .put("url", origin + LINK_PATH + link.id())
                .put("amount", Amounts.text(link.cents()))
                .put("currency", link.currency());
        putIfPresent(json, "country", link.country());
        json.put("description", link.description());
        var expires = link.expirationDate();
        if (expires != null) {
            json.put("expiration_date", MILLIS.format(expires));
        }
        json.put("multiple_use", link.multipleUse()).put("enabled", link.enabled());
        if (link.deleted()) {
            json.put("deleted", true);
        }
        return json;
    }

    static <T> ArrayNode list(List<T> things, Function<T, JsonNode> render) {
        var array = Json.array();
        things.forEach(thing -> array.add(render.apply(thing)));
        return array;
    }

    /** RFC 3339 in UTC with as many of three fraction digits as needed. */
    static String created(Instant instant) {
        int millis = instant.get(ChronoField.MILLI_OF_SECOND);
        var seconds = SECONDS.format(instant);
        if (millis == 0) {
            return seconds + "Z";
        }
        return seconds + "." + ("" + (1000 + millis)).substring(1).replaceAll("0+$", "") + "Z";
    }

    private static void putIfPresent(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
