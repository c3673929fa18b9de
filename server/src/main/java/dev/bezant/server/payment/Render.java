package dev.bezant.server.payment;

import dev.bezant.server.kernel.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Intents and charges as the API shows them.
 *
 * @see "docs/protocols/payments-api.md, sections 1.2, 1.3 and 2.4"
 */
public final class Render {
    /** Details that are shown under their own name, null when absent. */
    private static final List<String> SHOWN_DETAILS = List.of("description", "receipt_email", "setup_future_usage", "shipping",
            "statement_descriptor", "statement_descriptor_suffix", "payment_method_options", "automatic_payment_methods", "transfer_group");
    private static final List<String> ALWAYS_NULL = List.of("application", "application_fee_amount", "customer_account",
            "excluded_payment_method_types", "managed_payments", "on_behalf_of", "payment_method_configuration_details", "payment_record",
            "processing", "review", "source", "transfer_data");

    private Render() {}

    /** The intent as answers show it: a payment's with its charges. */
    public static ObjectNode intent(Intent intent, List<Charge> charges) {
        ObjectNode shown = snapshot(intent);
        if (intent.purpose() == Purpose.SETUP) {
            return shown;
        }
        ObjectNode list = Json.object();
        list.put("object", "list");
        list.put("url", "/v1/charges?payment_intent=" + intent.id());
        list.put("has_more", false);
        list.set("data", Json.array(charges.stream().map(ChargeView::inIntent).toList()));
        shown.set("charges", list);
        return shown;
    }

    /** The intent alone, as events show it. */
    public static ObjectNode snapshot(Intent intent) {
        return switch (intent.purpose()) {
            case PAYMENT -> payment(intent);
            case SETUP -> setup(intent);
        };
    }

    private static ObjectNode payment(Intent intent) {
        ObjectNode shown = Json.object();
        shown.put("id", intent.id());
        shown.put("object", "payment_intent");
        shown.put("amount", intent.amount().amount());
        shown.put("amount_capturable", intent.status() == IntentStatus.REQUIRES_CAPTURE ? intent.amountCapturable() : 0);
        shown.put("amount_received", intent.amountReceived());
        shown.put("currency", intent.amount().currency().code());
        shown.put("status", intent.status().wireName());
        shown.put("client_secret", intent.clientSecret());
        shown.put("created", intent.createdAt().getEpochSecond());
        shown.set("canceled_at", seconds(intent.canceledAt()));
        shown.put("cancellation_reason", intent.cancellationReason());
        shown.put("capture_method", intent.captureMethod());
        shown.put("confirmation_method", intent.confirmationMethod());
        shown.put("customer", intent.customerId());
        shown.put("customer_id", intent.customerId());
        shown.put("payment_method", intent.paymentMethodId());
        shown.put("latest_charge", intent.latestChargeId());
        shown.set("last_payment_error", orNull(intent.lastPaymentError()));
        shown.set("next_action", orNull(intent.nextAction()));
        shown.put("livemode", intent.livemode());
        shown.set("metadata", intent.details().path("metadata").isObject() ? intent.details().get("metadata") : Json.object());
        shown.set("payment_method_types", intent.details().get("payment_method_types"));
        SHOWN_DETAILS.forEach(name -> shown.set(name, orNull(intent.details().get(name))));
        ALWAYS_NULL.forEach(shown::putNull);
        return shown;
    }

    /** @see "docs/protocols/payments-api.md, section 2.4, setup_intents" */
    private static ObjectNode setup(Intent intent) {
        ObjectNode shown = Json.object();
        shown.put("id", intent.id());
        shown.put("object", "setup_intent");
        shown.putNull("application");
        shown.set("automatic_payment_methods", orNull(intent.details().get("automatic_payment_methods")));
        shown.put("cancellation_reason", intent.cancellationReason());
        shown.put("client_secret", intent.clientSecret());
        shown.put("created", intent.createdAt().getEpochSecond());
        shown.put("customer", intent.customerId());
        shown.put("customer_id", intent.customerId());
        shown.set("description", orNull(intent.details().get("description")));
        shown.set("last_setup_error", orNull(intent.lastPaymentError()));
        shown.putNull("latest_attempt");
        shown.put("livemode", intent.livemode());
        boolean single = intent.details().path("single_use").isObject();
        JsonNode mandate = intent.status() == IntentStatus.SUCCEEDED ? orNull(intent.details().get("mandate")) : NullNode.instance;
        shown.set("mandate", single ? NullNode.instance : mandate);
        shown.set("metadata", intent.details().path("metadata").isObject() ? intent.details().get("metadata") : Json.object());
        shown.set("next_action", orNull(intent.nextAction()));
        shown.putNull("on_behalf_of");
        shown.put("payment_method", intent.paymentMethodId());
        shown.set("payment_method_options", orNull(intent.details().get("payment_method_options")));
        shown.set("payment_method_types", intent.details().get("payment_method_types"));
        shown.set("single_use_mandate", single ? mandate : NullNode.instance);
        shown.put("status", intent.status().wireName());
        shown.put("usage", intent.detail("usage"));
        return shown;
    }

    /** A charge as an object of its own: its payment method is an id. */
    public static ObjectNode charge(Charge charge) {
        return ChargeView.of(charge);
    }

    /** The payment method of an attempt as it was then. */
    static ObjectNode method(Charge charge) {
        ObjectNode method = Json.object();
        method.put("id", charge.paymentMethodId());
        method.put("object", "payment_method");
        String type = charge.methodType();
        method.put("type", type);
        method.set(type, charge.redirect().<JsonNode>map(redirect -> members(redirect.members(), charge.methodSnapshot().path(type)))
                .orElseGet(() -> charge.methodSnapshot().path(type)));
        method.set("billing_details", charge.methodSnapshot().path("billing_details"));
        return method;
    }

    /** Those members of an object, null where it has none. */
    static ObjectNode members(List<String> names, JsonNode of) {
        ObjectNode shown = Json.object();
        names.forEach(name -> shown.set(name, of.path(name).isString() ? of.get(name) : NullNode.instance));
        return shown;
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.instance : node;
    }

    private static JsonNode seconds(@Nullable Instant moment) {
        return moment == null ? NullNode.instance : tools.jackson.databind.node.JsonNodeFactory.instance.numberNode(moment.getEpochSecond());
    }
}
