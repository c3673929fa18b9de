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
            "statement_descriptor", "statement_descriptor_suffix", "payment_method_options", "automatic_payment_methods");
    private static final List<String> ALWAYS_NULL = List.of("application", "application_fee_amount", "on_behalf_of", "processing", "review",
            "source", "transfer_data", "transfer_group");

    private Render() {}

    /** The intent with its charges, as answers show it. */
    public static ObjectNode intent(Intent intent, List<Charge> charges) {
        ObjectNode shown = snapshot(intent);
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

    /** A charge as an object of its own: its payment method is an id. */
    public static ObjectNode charge(Charge charge) {
        return ChargeView.of(charge);
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.instance : node;
    }

    private static JsonNode seconds(@Nullable Instant moment) {
        return moment == null ? NullNode.instance : tools.jackson.databind.node.JsonNodeFactory.instance.numberNode(moment.getEpochSecond());
    }
}
