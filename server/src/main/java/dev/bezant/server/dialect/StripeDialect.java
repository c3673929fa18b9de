package dev.bezant.server.dialect;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shapes that client libraries of Stripe read.
 *
 * @see "docs/protocols/payments-api.md, sections 0, 1.9, 2.4, 6.5 and 7.1"
 */
record StripeDialect(ApiVersion version) implements Dialect {
    /** From here on an intent names its latest charge instead of listing its charges, and a charge lists no refunds unasked. */
    private static final LocalDate LATEST_CHARGE = LocalDate.of(2022, 11, 15);

    /** The long tail of parameters: they change nothing of what is charged, so that ignoring them misleads nobody about money. */
    private static final Map<String, List<String>> IGNORED = Map.ofEntries(
            Map.entry("POST /v1/payment_intents", intentParams()),
            Map.entry("POST /v1/payment_intents/{id}", intentParams()),
            Map.entry("POST /v1/payment_intents/{id}/confirm", intentParams()),
            Map.entry("POST /v1/payment_intents/{id}/capture", List.of("amount_details", "hooks", "payment_details")),
            Map.entry("POST /v1/setup_intents", setupParams()),
            Map.entry("POST /v1/setup_intents/{id}", setupParams()),
            Map.entry("POST /v1/setup_intents/{id}/confirm", setupParams()),
            Map.entry("POST /v1/payment_methods", List.of("radar_options", "card.networks")),
            Map.entry("POST /v1/payment_methods/{id}", List.of("card.networks")),
            Map.entry("POST /v1/customers", customerParams()),
            Map.entry("POST /v1/customers/{id}", customerParams()),
            Map.entry("POST /v1/refunds", List.of("instructions_email")),
            Map.entry("POST /v1/charges/{id}/capture", List.of("receipt_email")),
            Map.entry("POST /v1/webhook_endpoints", List.of("connect")));

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public void reshape(String name, ObjectNode object) {
        switch (name) {
            case "payment_intent" -> intent(object);
            case "setup_intent" -> object.remove("customer_id");
            case "event" -> object.put("api_version", version.text());
            default -> {
                // The same in both.
            }
        }
    }

    @Override
    public List<String> ignored(String endpoint) {
        return IGNORED.getOrDefault(endpoint, List.of());
    }

    @Override
    public List<String> impliedExpansions(String objectName) {
        if (!version.before(LATEST_CHARGE)) {
            return List.of();
        }
        return switch (objectName) {
            case "charge" -> List.of("refunds");
            case "payment_intent" -> List.of("charges.data.refunds");
            default -> List.of();
        };
    }

    private void intent(ObjectNode intent) {
        intent.remove("customer_id");
        if (!version.before(LATEST_CHARGE)) {
            intent.remove("charges");
            return;
        }
        for (JsonNode charge : intent.path("charges").path("data")) {
            if (charge instanceof ObjectNode object && object.get("payment_method") instanceof ObjectNode method) {
                object.set("payment_method", method.path("id"));
            }
        }
    }

    private static List<String> intentParams() {
        return List.of("amount_details", "payment_details", "radar_options", "hooks", "excluded_payment_method_types",
                "payment_method_options.card.installments", "payment_method_options.card.network",
                "payment_method_options.card.request_extended_authorization", "payment_method_options.card.request_incremental_authorization",
                "payment_method_options.card.request_multicapture", "payment_method_options.card.request_overcapture",
                "payment_method_options.card.require_cvc_recollection", "payment_method_options.card.mandate_options",
                "payment_method_data.radar_options", "payment_method_data.card.networks");
    }

    private static List<String> setupParams() {
        return List.of("flow_directions", "excluded_payment_method_types", "payment_method_options.card.mandate_options",
                "payment_method_options.card.network", "payment_method_data.radar_options", "payment_method_data.card.networks");
    }

    private static List<String> customerParams() {
        return List.of("business_name", "cash_balance", "individual_name", "tax", "validate");
    }
}
