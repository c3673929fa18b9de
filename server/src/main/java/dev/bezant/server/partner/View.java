package dev.bezant.server.partner;

import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Money;
import dev.bezant.server.method.PaymentMethod;
import dev.bezant.server.method.PaymentMethods;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects of our API as the Corefy integration API shows them: amounts as decimals, currencies in capitals, times as text.
 *
 * @see "docs/protocols/corefy-integration-api.md, section 5"
 */
final class View {
    /** What a partner says of a payment beside its amount, kept among the metadata until it is needed and shown apart from them. */
    static final List<String> INTENT_KEYS = List.of("reference_id", "payment_method", "customer_email", "customer_name", "customer_phone", "billing_first_name",
            "billing_last_name", "billing_address_line1", "billing_address_line2", "billing_city", "billing_state", "billing_postal_code", "billing_country");
    static final List<String> REFUND_KEYS = List.of("reference_id", "reason");
    static final List<String> CUSTOMER_KEYS = List.of("reference_id");

    private final Session database;
    private final PaymentMethods methods;

    View(Session database, PaymentMethods methods) {
        this.database = database;
        this.methods = methods;
    }

    ObjectNode intent(Caller caller, ObjectNode intent) {
        String currency = intent.path("currency").asString();
        JsonNode metadata = intent.path("metadata");
        JsonNode latest = latest(intent);
        JsonNode action = intent.path("next_action").path("redirect_to_url").path("url");
        ObjectNode shown = Json.object();
        shown.put("id", intent.path("id").asString());
        shown.put("object", "payment_intent");
        shown.put("status", intent.path("status").asString());
        shown.put("amount", decimal(intent.path("amount").asLong(), currency));
        shown.put("currency", currency.toUpperCase(Locale.ROOT));
        shown.put("amount_received", decimal(intent.path("amount_received").asLong(), currency));
        shown.put("amount_refunded", decimal(refunded(intent), currency));
        shown.put("payment_id", paid(latest) ? latest.path("id").asString() : null);
        shown.put("payment_method", metadata.path("payment_method").asString(intent.path("payment_method_types").path(0).asString("card")));
        shown.set("customer_id", orNull(intent.path("customer")));
        shown.set("customer_email", orNull(metadata.path("customer_email")));
        shown.set("reference_id", orNull(metadata.path("reference_id")));
        shown.set("description", orNull(intent.path("description")));
        shown.set("client_secret", orNull(intent.path("client_secret")));
        if (action.isString()) {
            shown.putObject("next_action").put("type", "redirect_to_url").put("url", action.stringValue());
        } else {
            shown.putNull("next_action");
        }
        shown.set("redirect_url", orNull(action));
        shown.set("last_error", lastError(intent.path("last_payment_error")));
        shown.set("card", latest.isObject() ? card(caller, latest) : NullNode.instance);
        shown.set("provider", provider(latest));
        shown.put("livemode", intent.path("livemode").asBoolean());
        shown.set("metadata", without(metadata, INTENT_KEYS));
        shown.put("created_at", time(intent.path("created")));
        return shown;
    }

    ObjectNode refund(ObjectNode refund) {
        String currency = refund.path("currency").asString();
        ObjectNode shown = Json.object();
        shown.put("id", refund.path("id").asString());
        shown.put("object", "refund");
        shown.put("payment_id", refund.path("charge").asString());
        shown.put("payment_intent_id", refund.path("payment_intent").asString());
        shown.put("amount", decimal(refund.path("amount").asLong(), currency));
        shown.put("currency", currency.toUpperCase(Locale.ROOT));
        shown.put("status", refund.path("status").asString());
        shown.set("reason", orNull(refund.path("metadata").path("reason")));
        shown.set("reference_id", orNull(refund.path("metadata").path("reference_id")));
        shown.putObject("provider").put("id", refund.path("provider_reference").asString(null)).put("status", refund.path("status").asString());
        shown.put("created_at", time(refund.path("created")));
        return shown;
    }

    ObjectNode customer(ObjectNode customer) {
        JsonNode address = customer.path("address");
        ObjectNode shown = Json.object();
        shown.put("id", customer.path("id").asString());
        shown.put("object", "customer");
        for (String name : List.of("email", "name", "phone")) {
            shown.set(name, orNull(customer.path(name)));
        }
        ObjectNode lines = shown.putObject("address");
        for (String name : List.of("line1", "line2", "city", "state", "postal_code", "country")) {
            lines.set(name, orNull(address.path(name)));
        }
        shown.set("reference_id", orNull(customer.path("metadata").path("reference_id")));
        shown.set("metadata", without(customer.path("metadata"), CUSTOMER_KEYS));
        shown.put("livemode", customer.path("livemode").asBoolean());
        shown.put("created_at", time(customer.path("created")));
        return shown;
    }

    static ObjectNode method(PaymentMethod method) {
        ObjectNode shown = Json.object();
        shown.put("id", method.id());
        shown.put("object", "payment_method");
        shown.put("type", method.instrument().type());
        shown.put("customer_id", method.customerId());
        switch (method.instrument()) {
            case PaymentMethod.Card card -> shown.putObject("card").put("brand", card.brand()).put("first6", card.bin()).put("last4", card.last4())
                    .put("exp_month", card.expMonth()).put("exp_year", card.expYear()).set("holder", orNull(method.billingDetails().path("name")));
            case PaymentMethod.Redirect r -> shown.putNull("card");
        }
        shown.put("reusable", method.usable() && method.customerId() != null);
        shown.put("livemode", method.livemode());
        shown.put("created_at", method.createdAt().toString());
        return shown;
    }

    /** The latest attempt of an intent; missing if there was none. */
    static JsonNode latest(JsonNode intent) {
        return intent.path("charges").path("data").path(0);
    }

    /** Who was asked for an attempt, and what he calls it; null if nobody was. */
    static @Nullable JsonNode provider(JsonNode charge) {
        if (!charge.isObject()) {
            return null;
        }
        ObjectNode shown = Json.object();
        shown.put("name", charge.path("provider").asString());
        shown.set("id", orNull(charge.path("provider_reference")));
        shown.put("status", charge.path("status").asString());
        shown.set("resolution", orNull(charge.path("outcome").path("network_decline_code")));
        return shown;
    }

    /** {@code 2000} of {@code eur} is {@code 20.00}. */
    static String decimal(long amount, String currency) {
        return Money.of(amount, currency).toDecimal().toPlainString();
    }

    static ObjectNode without(JsonNode metadata, List<String> keys) {
        return metadata instanceof ObjectNode object ? object.deepCopy().remove(keys) : Json.object();
    }

    private JsonNode card(Caller caller, JsonNode charge) {
        JsonNode card = charge.path("payment_method_details").path("card");
        if (!card.path("last4").isString()) {
            return NullNode.instance;
        }
        String id = charge.path("payment_method").isObject() ? charge.path("payment_method").path("id").asString("") : charge.path("payment_method").asString("");
        ObjectNode shown = Json.object();
        shown.set("brand", orNull(card.path("brand")));
        // What a number begins with never changes, so an answer that is given again is the same.
        shown.put("first6", methods.find(database, caller.accountId(), caller.livemode(), id).map(PaymentMethod::instrument)
                .map(instrument -> instrument instanceof PaymentMethod.Card known ? known.bin() : null).orElse(null));
        shown.set("last4", orNull(card.path("last4")));
        shown.set("exp_month", orNull(card.path("exp_month")));
        shown.set("exp_year", orNull(card.path("exp_year")));
        shown.set("holder", orNull(charge.path("billing_details").path("name")));
        return shown;
    }

    private static boolean paid(JsonNode charge) {
        return charge.path("paid").asBoolean(false);
    }

    private static long refunded(JsonNode intent) {
        return intent.path("charges").path("data").valueStream().filter(View::paid).mapToLong(charge -> charge.path("amount_refunded").asLong()).sum();
    }

    private static JsonNode lastError(JsonNode error) {
        if (!error.isObject()) {
            return NullNode.instance;
        }
        ObjectNode shown = Json.object();
        for (String name : List.of("code", "decline_code", "message")) {
            shown.set(name, orNull(error.path(name)));
        }
        return shown;
    }

    private static String time(JsonNode seconds) {
        return Instant.ofEpochSecond(seconds.asLong()).toString();
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? NullNode.instance : node;
    }
}
