package dev.bezant.server.partner;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.ApiRequest;
import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.ErrorCode;
import dev.bezant.server.http.Params;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code payment-intent/}, {@code confirm-payment/} and {@code payment-status/}: a payment from its beginning to its end.
 *
 * @see "docs/protocols/corefy-integration-api.md, sections 3 and 4"
 */
final class IntentRoutes {
    private static final String CREATE = "POST /v1/payment_intents";
    private static final String CONFIRM = "POST /v1/payment_intents/{id}/confirm";
    private static final String RETRIEVE = "GET /v1/payment_intents/{id}";
    /** What another party's 3-D Secure server found: nothing of Corefy's takes it. */
    private static final Map<String, Integer> THREE_DS = Map.of("three_ds_version", 10, "three_ds_eci", 2, "three_ds_cavv", 100, "three_ds_xid", 100);

    private final Core core;
    private final References references;
    private final Providers providers;
    private final View view;
    private final Answers answers;
    private final Clock clock;

    IntentRoutes(Core core, References references, Providers providers, View view, Answers answers, Clock clock) {
        this.core = core;
        this.references = references;
        this.providers = providers;
        this.view = view;
        this.answers = answers;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.money(PartnerFeature.BASE + "/payment-intent", this::create).under(PartnerFeature.FAMILY),
                Route.money(PartnerFeature.BASE + "/confirm-payment", this::confirm).under(PartnerFeature.FAMILY),
                Route.get(PartnerFeature.BASE + "/payment-status/{payment_id}", this::status).under(PartnerFeature.FAMILY));
    }

    private ApiResponse create(ApiRequest request) {
        NewIntent wanted = NewIntent.read(request.params());
        Core.Call call = core.call(request, CREATE, null, wanted.params(), References.key(request, "payment-intent", wanted.reference()));
        ApiResponse made = references.once(call.request(), "payment-intent", wanted.reference(), () -> core.run(call));
        return answers.of(request.caller(), made, 201, "Payment intent created", intent -> view.intent(request.caller(), intent));
    }

    private ApiResponse confirm(ApiRequest request) {
        Confirmation wanted = Confirmation.read(request.params(), withoutCard(request), clock.instant());
        ObjectNode intent = core.read(request, RETRIEVE, wanted.intentId());
        Core.Call call = core.call(request, CONFIRM, wanted.intentId(), wanted.params(intent.path("metadata"),
                providers.corefy(request).map(account -> account.id()).orElse(null)), request.idempotencyKey());
        ApiResponse answer = core.run(call);
        ObjectNode after = Json.readObject(answer.json());
        if (answer.status() == 200 && isUnknown(after)) {
            return answers.unknown(request.caller(), answer, request.requestId(), view.intent(request.caller(), after), "The payment provider did not"
                    + " answer, so it is not known yet whether the payment was made. Do not pay again: ask payment-status until it has another status than processing.");
        }
        return answers.of(request.caller(), answer, 200, message(after.path("status").asString("")), it -> view.intent(request.caller(), it));
    }

    /** With what an intent is to be paid that names no card, where that is all there is to say: its payer goes to another site. Null for cards. */
    private @Nullable String withoutCard(ApiRequest request) {
        Params sent = request.params();
        String id = sent.hasValue("payment_method_id") || CardFields.NAMES.stream().anyMatch(sent::hasValue) ? null : sent.text("payment_intent_id", 255);
        if (id == null) {
            return null;
        }
        String type = core.read(request, RETRIEVE, id).path("payment_method_types").path(0).asString("card");
        return type.equals("card") ? null : type;
    }

    /** In flight, and the provider has not even said that it works on it. */
    private static boolean isUnknown(ObjectNode intent) {
        return intent.path("status").asString("").equals("processing") && !View.latest(intent).path("provider_reference").isString();
    }

    private static String message(String status) {
        return switch (status) {
            case "succeeded" -> "Payment confirmed";
            case "requires_action" -> "The payer must be sent to redirect_url";
            case "processing" -> "The payment is being processed";
            default -> "The payment is " + status;
        };
    }

    private ObjectNode status(ApiRequest request) {
        new Fields(request.params()).done();
        ObjectNode intent = core.read(request, RETRIEVE, PartnerFeature.intentId(core, request, request.pathParam("payment_id")));
        return Answers.success("Payment status", view.intent(request.caller(), intent));
    }

    /**
     * What {@code confirm-payment} is sent.
     *
     * @param type of a method without a card; null for cards
     * @param card null where a saved method pays, or one without a card
     */
    private record Confirmation(
            String intentId,
            @Nullable String type,
            @Nullable Map<String, @Nullable Object> card,
            @Nullable String holder,
            @Nullable String methodId,
            Map<String, Object> browser) {
        static Confirmation read(Params sent, @Nullable String type, Instant now) {
            var fields = new Fields(sent);
            String intent = fields.required("payment_intent_id", 255);
            String method = fields.text("payment_method_id", 255);
            Map<String, @Nullable Object> card = null;
            String holder = null;
            if (method == null && type == null) {
                card = CardFields.read(fields, true, now);
                holder = fields.text("card_holder_name", 100);
            } else {
                for (String name : CardFields.NAMES) {
                    if (fields.text(name, 100) != null) {
                        fields.wrong(name, name + " cannot be sent together with payment_method_id.");
                    }
                }
            }
            Map<String, Object> browser = browser(fields);
            List<String> unsupported = THREE_DS.entrySet().stream().filter(field -> fields.text(field.getKey(), field.getValue()) != null)
                    .map(Map.Entry::getKey).sorted().toList();
            fields.done();
            refuse(unsupported);
            return new Confirmation(String.valueOf(intent), type, card, holder, method, browser);
        }

        /** @see "docs/protocols/corefy-integration-api.md, section 4" */
        private static void refuse(List<String> unsupported) {
            if (!unsupported.isEmpty()) {
                String message = "Corefy takes no result of another party's 3-D Secure. Leave it out: the payer is authenticated where the issuer wants it.";
                ObjectNode details = Json.object();
                unsupported.forEach(name -> details.set(name, Json.texts(List.of(message))));
                throw new ApiException(400, ErrorCode.Type.INVALID_REQUEST, Failures.UNSUPPORTED, null, message).with("details", details);
            }
        }

        private static Map<String, Object> browser(Fields fields) {
            var browser = new LinkedHashMap<String, Object>();
            Params info = fields.object("browser_info");
            if (info != null) {
                fields.inside("browser_info", () -> {
                    for (String name : List.of("accept_header", "browser_language", "user_agent", "ip_address")) {
                        Optional.ofNullable(info.text(name, 2048)).ifPresent(value -> browser.put(name, value));
                    }
                    for (String name : List.of("screen_width", "screen_height", "color_depth", "time_zone")) {
                        Optional.ofNullable(info.integer(name, -840, 100_000)).ifPresent(value -> browser.put(name, value));
                    }
                    info.done();
                });
            }
            Optional.ofNullable(fields.text("customer_ip", 45)).ifPresent(ip -> browser.put("ip_address", ip));
            return browser;
        }

        /** As our own API takes it, with what was said of the payer when the intent was made. */
        Map<String, @Nullable Object> params(JsonNode said, @Nullable String providerAccount) {
            var params = new LinkedHashMap<String, @Nullable Object>();
            if (type != null) {
                params.put("payment_method_data", Map.of("type", type, "billing_details", billing(said)));
            } else if (card != null) {
                params.put("payment_method_data", Map.of("type", "card", "card", card, "billing_details", billing(said)));
            } else {
                params.put("payment_method", methodId);
            }
            if (!browser.isEmpty()) {
                params.put("payment_method_options", Map.of("card", Map.of("browser_info", browser)));
            }
            if (providerAccount != null) {
                params.put("provider_account", providerAccount);
            }
            return params;
        }

        private Map<String, Object> billing(JsonNode said) {
            String name = Stream.of(said.path("billing_first_name"), said.path("billing_last_name")).filter(JsonNode::isString)
                    .map(JsonNode::stringValue).collect(Collectors.joining(" "));
            var address = new LinkedHashMap<String, Object>();
            Map.of("line1", "billing_address_line1", "line2", "billing_address_line2", "city", "billing_city", "state", "billing_state", "postal_code",
                    "billing_postal_code", "country", "billing_country").forEach((ours, theirs) -> put(address, ours, said.path(theirs).asString(null)));
            var billing = new LinkedHashMap<String, Object>();
            put(billing, "name", holder != null ? holder : name.isEmpty() ? said.path("customer_name").asString(null) : name);
            put(billing, "email", said.path("customer_email").asString(null));
            put(billing, "phone", said.path("customer_phone").asString(null));
            if (!address.isEmpty()) {
                billing.put("address", address);
            }
            return billing;
        }

        private static void put(Map<String, Object> to, String name, @Nullable String value) {
            if (value != null) {
                to.put(name, value);
            }
        }

        /** Without the card. */
        @Override
        public String toString() {
            return "Confirmation[" + intentId + "]";
        }
    }
}
