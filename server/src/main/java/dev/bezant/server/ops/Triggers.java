package dev.bezant.server.ops;

import dev.bezant.server.kernel.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes events happen: by the calls of the API after which a server writes them, with test cards, so that what a receiver gets is
 * what it will get in earnest.
 *
 * <p>Left out is what time or a provider's staff brings about alone: {@code refund.failed}, {@code webhook_endpoint.disabled}.
 *
 * @see "docs/protocols/payments-api.md, sections 6.6 and 8"
 */
final class Triggers {
    /** Disputes are found by asking providers every few seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String INTENTS = "/v1/payment_intents";
    private static final String CUSTOMERS = "/v1/customers";
    private static final String SETUPS = "/v1/setup_intents";

    /** The calls after which an event is written. */
    @FunctionalInterface
    private interface Scenario {
        void play(Triggers api) throws IOException;
    }

    private static final Map<String, Scenario> SCENARIOS = scenarios();

    private final ApiClient client;
    private final Clock clock;
    private final Set<String> made = new HashSet<>();

    Triggers(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The types that can be made happen, sorted. */
    static Set<String> types() {
        return SCENARIOS.keySet();
    }

    /**
     * Makes an event of a type happen, and waits until it is there.
     *
     * @return the event
     * @throws IOException if there is no answer
     * @throws ApiClient.RefusedException if a call is refused
     * @throws CommandException if the event does not come
     */
    JsonNode happen(String type) throws IOException {
        Scenario scenario = Optional.ofNullable(SCENARIOS.get(type)).orElseThrow(() -> new IllegalArgumentException(type));
        scenario.play(this);
        return awaitOurs("event " + type, Map.of("type", type, "limit", "100"), "/v1/events", "/data/object");
    }

    /** The first of a list that is about something we made. */
    private JsonNode awaitOurs(String what, Map<String, String> params, String list, String object) throws IOException {
        Instant deadline = clock.instant().plus(PATIENCE);
        while (clock.instant().isBefore(deadline)) {
            for (JsonNode item : client.get(list, params).path("data")) {
                if (isAboutOurs(item.at(object))) {
                    return item;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new CommandException(ExitCode.FAILED, "No " + what + " within " + PATIENCE.toSeconds() + " seconds about any of " + made
                + ". Does the account pay through the sandbox?");
    }

    private boolean isAboutOurs(JsonNode object) {
        return List.of("id", "payment_intent", "charge", "customer").stream().anyMatch(member -> made.contains(object.path(member).asString("")));
    }

    private static Map<String, Scenario> scenarios() {
        var all = new TreeMap<String, Scenario>();
        all.put("payment_intent.created", api -> api.intent("{}"));
        all.put("payment_intent.requires_action", api -> api.pay("pm_card_threeDSecure2Required", "{'return_url':'https://example.com/return'}"));
        all.put("payment_intent.amount_capturable_updated", api -> api.authorize());
        all.put("payment_intent.succeeded", api -> api.pay("pm_card_visa", "{}"));
        all.put("payment_intent.payment_failed", api -> api.pay("pm_card_chargeDeclined", "{}"));
        all.put("payment_intent.canceled", api -> api.post(INTENTS + "/" + api.intent("{}") + "/cancel", "{}"));
        all.put("charge.succeeded", api -> api.pay("pm_card_visa", "{}"));
        all.put("charge.failed", api -> api.pay("pm_card_chargeDeclined", "{}"));
        all.put("charge.captured", api -> api.post(INTENTS + "/" + api.authorize() + "/capture", "{}"));
        all.put("charge.updated", api -> api.post("/v1/charges/" + api.charge(), "{'description':'updated by bezant trigger'}"));
        all.put("charge.refunded", Triggers::refund);
        all.put("refund.created", Triggers::refund);
        all.put("refund.updated", Triggers::refund);
        all.put("payout.created", api -> api.payOut("pm_card_visa"));
        all.put("payout.paid", api -> api.payOut("pm_card_visa"));
        all.put("payout.failed", api -> api.payOut("pm_card_chargeDeclined"));
        for (String type : List.of("created", "funds_withdrawn")) {
            all.put("charge.dispute." + type, api -> api.pay("pm_card_createDispute", "{}"));
        }
        all.put("charge.dispute.updated", api -> api.dispute("{'evidence':{'uncategorized_text':'It was delivered.'},'submit':false}"));
        for (String type : List.of("closed", "funds_reinstated")) {
            all.put("charge.dispute." + type, api -> api.dispute("{'evidence':{'uncategorized_text':'winning_evidence'}}"));
        }
        all.put("customer.created", Triggers::customer);
        all.put("customer.updated", api -> api.post(CUSTOMERS + "/" + api.customer(), "{'name':'Updated by bezant trigger'}"));
        all.put("customer.deleted", api -> api.client.delete(CUSTOMERS + "/" + api.customer()));
        all.put("customer.tax_id.created", Triggers::taxId);
        all.put("customer.tax_id.deleted", api -> {
            ObjectNode taxId = api.taxId();
            api.client.delete(CUSTOMERS + "/" + taxId.path("customer").asString() + "/tax_ids/" + taxId.path("id").asString());
        });
        all.put("payment_method.attached", Triggers::attached);
        all.put("payment_method.detached", api -> api.post("/v1/payment_methods/" + api.attached() + "/detach", "{}"));
        all.put("payment_method.updated", api -> api.post("/v1/payment_methods/" + api.attached(), "{'metadata':{'order':'6735'}}"));
        all.put("setup_intent.created", api -> api.post(SETUPS, "{}"));
        all.put("setup_intent.requires_action", api -> api.setUp("pm_card_threeDSecure2Required"));
        all.put("setup_intent.succeeded", api -> api.setUp("pm_card_visa"));
        all.put("setup_intent.setup_failed", api -> api.setUp("pm_card_chargeDeclined"));
        all.put("setup_intent.canceled", api -> api.post(SETUPS + "/" + api.post(SETUPS, "{}").path("id").asString() + "/cancel", "{}"));
        return all;
    }

    private String intent(String more) throws IOException {
        ObjectNode params = object("{'amount':2000,'currency':'eur','description':'made by bezant trigger'}");
        params.setAll(object(more));
        return id(post(INTENTS, params));
    }

    private String pay(String method, String more) throws IOException {
        return intent(Json.write(object("{'confirm':true}").put("payment_method", method).setAll(object(more))));
    }

    private String authorize() throws IOException {
        return pay("pm_card_visa", "{'capture_method':'manual'}");
    }

    private String charge() throws IOException {
        String charge = client.get(INTENTS + "/" + pay("pm_card_visa", "{}")).path("latest_charge").asString();
        made.add(charge);
        return charge;
    }

    private void payOut(String destination) throws IOException {
        post("/v1/payouts", object("{'amount':1500,'currency':'eur'}").put("destination", destination));
    }

    private void refund() throws IOException {
        post("/v1/refunds", Json.object().put("payment_intent", pay("pm_card_visa", "{}")));
    }

    private void dispute(String answer) throws IOException {
        pay("pm_card_createDispute", "{}");
        JsonNode found = awaitOurs("dispute", Map.of("limit", "100"), "/v1/disputes", "");
        post("/v1/disputes/" + found.path("id").asString(), answer);
    }

    private String customer() throws IOException {
        return id(post(CUSTOMERS, "{'email':'customer@example.com','description':'made by bezant trigger'}"));
    }

    private ObjectNode taxId() throws IOException {
        return post(CUSTOMERS + "/" + customer() + "/tax_ids", "{'type':'eu_vat','value':'DE123456789'}");
    }

    private String attached() throws IOException {
        return id(post("/v1/payment_methods/pm_card_visa/attach", Json.object().put("customer", customer())));
    }

    private void setUp(String method) throws IOException {
        post(SETUPS, object("{'confirm':true,'return_url':'https://example.com/return'}").put("payment_method", method));
    }

    private ObjectNode post(String path, String params) throws IOException {
        return post(path, object(params));
    }

    /** A card that is declined is an answer too: the object is in the error. */
    private ObjectNode post(String path, ObjectNode params) throws IOException {
        ObjectNode answer;
        try {
            answer = client.post(path, params);
        } catch (ApiClient.RefusedException e) {
            JsonNode error = e.answer().path("error");
            if (e.status() != 402 || !(error.path("payment_intent").isObject() || error.path("setup_intent").isObject())) {
                throw e;
            }
            answer = (ObjectNode) (error.has("payment_intent") ? error.path("payment_intent") : error.path("setup_intent"));
        }
        made.add(id(answer));
        return answer;
    }

    private static String id(ObjectNode object) {
        return object.path("id").asString();
    }

    private static ObjectNode object(String json) {
        return Json.readObject(json.replace('\'', '"'));
    }
}
