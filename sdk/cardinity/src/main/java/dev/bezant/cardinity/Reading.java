package dev.bezant.cardinity;

import dev.bezant.sdk.json.JsonFields;
import dev.bezant.sdk.json.MalformedJsonException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Their JSON to our records. Lenient about unknown members and number-or-text; strict about what identifies and what decides: an object without
 * id, status or amount is unreadable, which the caller learns as "may have happened", never as a refusal.
 */
final class Reading {
    private Reading() {}

    static Payment payment(JsonFields json) {
        return new Payment(
                json.requiredText("id"), json.requiredDecimal("amount"), json.requiredText("currency"), created(json), json.text("type"),
                live(json), json.requiredText("status"), json.text("order_id"), json.text("description"), json.text("country"),
                json.text("payment_method"), json.object("payment_instrument").map(Reading::instrument).orElse(null), decline(json),
                json.object("threeds2_data").filter(data -> data.has("acs_url"))
                        .map(data -> new Payment.ThreeDs2Challenge(uri(data, "acs_url"), data.requiredText("creq"))).orElse(null),
                json.object("authorization_information").filter(data -> data.has("url"))
                        .map(data -> new Payment.ThreeDs1Challenge(uri(data, "url"), data.requiredText("data"))).orElse(null));
    }

    static Refund refund(JsonFields json) {
        return new Refund(
                json.requiredText("id"), json.requiredDecimal("amount"), json.requiredText("currency"), created(json), live(json),
                json.requiredText("parent_id"), json.requiredText("status"), json.text("order_id"), json.text("description"), decline(json));
    }

    static Settlement settlement(JsonFields json) {
        return new Settlement(
                json.requiredText("id"), json.requiredDecimal("amount"), json.requiredText("currency"), created(json), live(json),
                json.requiredText("parent_id"), json.requiredText("status"), json.text("order_id"), json.text("description"), decline(json));
    }

    static PaymentVoid paymentVoid(JsonFields json) {
        return new PaymentVoid(
                json.requiredText("id"), created(json), live(json), json.requiredText("parent_id"), json.requiredText("status"),
                json.text("order_id"), json.text("description"), decline(json));
    }

    static Chargeback chargeback(JsonFields json) {
        return new Chargeback(
                json.requiredText("id"), json.requiredDecimal("amount"), json.requiredText("currency"), created(json), live(json),
                json.requiredText("parent_id"), json.requiredText("status"), json.text("reason"), json.text("description"));
    }

    static PaymentLink link(JsonFields json) {
        return new PaymentLink(
                json.requiredText("id"), uri(json, "url"), json.requiredDecimal("amount"), json.requiredText("currency"),
                json.text("country"), json.text("description"), json.instant("expiration_date"), isTrue(json.bool("multiple_use")),
                !Boolean.FALSE.equals(json.bool("enabled")), isTrue(json.bool("deleted")));
    }

    /** A list is a bare array; one unreadable element makes the whole list unreadable, since a gap could pass for absence. */
    static <T> List<T> list(JsonNode node, Function<JsonFields, T> element) {
        if (!node.isArray()) {
            throw new MalformedJsonException("the body is not a JSON array", null);
        }
        var list = new ArrayList<T>(node.size());
        for (JsonNode item : node) {
            list.add(element.apply(JsonFields.of(item)));
        }
        return List.copyOf(list);
    }

    private static Payment.Instrument instrument(JsonFields json) {
        return new Payment.Instrument(
                json.text("card_brand"), json.text("pan"), json.integer("exp_year"), json.integer("exp_month"), json.text("holder"),
                json.text("payment_id"));
    }

    static @Nullable Decline decline(JsonFields json) {
        return "declined".equals(json.text("status"))
                ? new Decline(json.text("error"), json.text("merchant_advice_code"), json.text("threeds_status_reason"))
                : null;
    }

    private static Instant created(JsonFields json) {
        Instant created = json.instant("created");
        if (created == null) {
            throw new MalformedJsonException("created is not a time with zone", null);
        }
        return created;
    }

    private static boolean live(JsonFields json) {
        return isTrue(json.bool("live"));
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static URI uri(JsonFields json, String name) {
        try {
            URI uri = URI.create(json.requiredText(name));
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(name + " is not an address", null);
        }
        throw new MalformedJsonException(name + " is not an http or https address", null);
    }
}
