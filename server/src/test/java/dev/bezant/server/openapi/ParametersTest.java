package dev.bezant.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.http.AskedParams.How;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters that the document names are those that handlers take: every operation is called with its example, and with each of its
 * parameters besides, and what its handler asked for is compared with what is described.
 *
 * <p>Objects to call with are the latest of their lists: {@link #objects} makes those that no example of a POST makes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]+}");

    private PaymentWorld world;
    private ObjectNode document;
    private final Map<String, String> ids = new HashMap<>();

    @BeforeAll
    void call_every_operation_with_every_parameter() {
        world = PaymentWorld.setup().providers("cardinity", "worldline-direct").withoutSettling().start();
        document = world.conformance().document();
        List<Route> routes = new ArrayList<>(world.api().routes());
        // What makes objects first, what deletes them last.
        routes.sort(Comparator.comparingInt(route -> route.method().equals("DELETE") ? 2 : route.method().equals("POST") && !route.pattern().contains("{") ? 0 : 1));
        objects();
        routes.forEach(this::call);
    }

    @AfterAll
    void close() {
        world.close();
    }

    /** What is to be read, changed and moved. */
    private void objects() {
        String customer = world.post("/v1/customers", "name=Ada").id();
        world.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer);
        PaymentWorld.Answer paid = world.pay(2000, "pm_card_visa", "customer=" + customer);
        ids.put("/v1/customers/", customer);
        world.post("/v1/customers/" + customer + "/tax_ids", "type=eu_vat&value=LT123456789");
        world.post("/v1/customers/" + customer + "/balance_transactions", "amount=-500&currency=eur");
        ids.put("/v1/charges/", String.valueOf(paid.text("/latest_charge")));
        world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=100");
        world.post("/v1/payouts", "amount=1000&currency=eur&destination=pm_card_visa");
        world.upload("dispute_evidence", "receipt.pdf", "%PDF-1.7 one".getBytes(StandardCharsets.US_ASCII));
        ids.put("/v1/accounts/", world.get("/v1/account").id());
        disputed();
        listened();
        told();
        // One that can still be changed: in other states not everything is read.
        ids.put("/v1/payment_intents/", world.post("/v1/payment_intents", "amount=2000&currency=eur", "Idempotency-Key", "inspected").id());
        ids.put("/v1/idempotency_keys/", "inspected");
        ids.put("/api/integrations/corefy/payment-status/", String.valueOf(ids.get("/v1/payment_intents/")));
        ids.put("/api/integrations/corefy/customer/", customer);
        PaymentWorld.Answer kept = world.post("/v1/setup_intents", "payment_method=pm_card_visa&confirm=true&mandate_data[customer_acceptance][type]=offline");
        ids.put("/v1/mandates/", String.valueOf(kept.text("/mandate")));
        ids.put("/v1/setup_intents/", world.post("/v1/setup_intents", "").id());
    }

    private void disputed() {
        world.pay(2000, "pm_card_createDispute");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            world.job("disputes");
            return world.get("/v1/disputes").text("/data/0/id") != null;
        });
    }

    /** Cardinity tells nothing by itself. */
    private void told() {
        world.direct().sql("""
                        insert into provider_notice (account_id, id, livemode, provider, provider_account_id, state)
                        values ('acct_world', :id, false, 'cardinity', :provider_account, 'processed')
                        """)
                .bind("id", new Ids(Clock.systemUTC()).next("ntc"))
                .bind("provider_account", world.providerAccount(0))
                .update();
    }

    private void listened() {
        String endpoint = world.post("/v1/webhook_endpoints", "url=http://127.0.0.1:9/&enabled_events[]=charge.succeeded").id();
        ids.put("/v1/webhook_endpoints/", endpoint);
        ids.put("/v1/listeners/", world.post("/v1/listeners", "enabled_events[]=*").id());
        String event = String.valueOf(world.get("/v1/events").text("/data/0/id"));
        assertThat(world.post("/v1/events/" + event + "/resend", "webhook_endpoint=" + endpoint).status()).isEqualTo(200);
    }

    @Test
    void every_parameter_that_is_described_is_taken() {
        var mistakes = new ArrayList<String>();
        eachOperation((endpoint, described, asked) -> {
            described.read().keySet().stream().filter(name -> asked.get(name) != How.READ)
                    .forEach(name -> mistakes.add(endpoint + " is said to have " + name + ", which its handler does not read"));
            described.ignored().stream().filter(name -> asked.get(name) != How.IGNORED)
                    .forEach(name -> mistakes.add(endpoint + " is said to ignore " + name + ", which its handler " + (asked.containsKey(name) ? "reads" : "refuses")));
            described.refused().stream().filter(name -> !asked.containsKey(name))
                    .forEach(name -> mistakes.add(endpoint + " is said to know and refuse " + name + ", which its handler does not know"));
        });
        assertThat(mistakes).isEmpty();
    }

    @Test
    void every_parameter_that_is_taken_is_described() {
        var mistakes = new ArrayList<String>();
        eachOperation((endpoint, described, asked) -> asked.forEach((name, how) -> {
            if (!described.has(name)) {
                mistakes.add(endpoint + ": " + name + " is " + how.name().toLowerCase(Locale.ROOT) + " by its handler, and not described");
            }
        }));
        assertThat(mistakes).isEmpty();
    }

    private interface Check {
        void operation(String endpoint, DescribedParams described, Map<String, How> asked);
    }

    private void eachOperation(Check check) {
        for (Route route : world.api().routes()) {
            check.operation(route.endpoint(), DescribedParams.of(operation(route), document), world.conformance().asked().getOrDefault(route.endpoint(), Map.of()));
        }
    }

    private void call(Route route) {
        JsonNode operation = operation(route);
        JsonNode media = operation.path("requestBody").path("content").valueStream().findFirst().orElse(Json.object());
        var examples = new ArrayList<ObjectNode>();
        media.path("examples").forEach(example -> examples.add((ObjectNode) example.path("value")));
        if (examples.isEmpty()) {
            examples.add(media.path("example") instanceof ObjectNode example ? example : Json.object());
        }
        examples.forEach(example -> call(route, operation, example));
    }

    private void call(Route route, JsonNode operation, ObjectNode example) {
        send(route, example);
        DescribedParams described = DescribedParams.of(operation, document);
        var names = new TreeMap<>(described.read());
        described.ignored().forEach(name -> names.put(name, Json.object()));
        described.refused().forEach(name -> names.put(name, Json.object()));
        names.forEach((name, schema) -> send(route, with(example, name, schema)));
        // Some are only read beside others: all those of a level together.
        names.keySet().stream().filter(name -> name.endsWith("]") && !name.endsWith("[]")).map(name -> name.substring(0, name.lastIndexOf('['))).distinct()
                .forEach(level -> send(route, withAllOf(level, example, names)));
    }

    private ObjectNode withAllOf(String level, ObjectNode example, Map<String, JsonNode> names) {
        ObjectNode params = example;
        for (Map.Entry<String, JsonNode> name : names.entrySet()) {
            if (name.getKey().startsWith(level + "[") && name.getKey().indexOf(']', level.length() + 1) == name.getKey().length() - 1) {
                params = with(params, name.getKey(), name.getValue());
            }
        }
        return params;
    }

    private void send(Route route, ObjectNode params) {
        String path = path(route);
        if (route.method().equals("POST")) {
            world.raw("POST", path, Json.write(params), PaymentWorld.SECRET);
        } else {
            var query = new ArrayList<String>();
            params.properties().forEach(member -> encode(member.getKey(), member.getValue(), query));
            world.raw(route.method(), path + (query.isEmpty() ? "" : "?" + String.join("&", query)), null, PaymentWorld.SECRET);
        }
    }

    /** With ids in its placeholders. */
    private String path(Route route) {
        var path = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(route.pattern());
        while (placeholder.find()) {
            placeholder.appendReplacement(path, "");
            path.append(id(path.toString()));
        }
        return placeholder.appendTail(path).toString();
    }

    /** The latest object of a list, as it was when it was first needed. */
    private String id(String list) {
        return ids.computeIfAbsent(list, it -> {
            String id = world.get(it.substring(0, it.length() - 1) + "?limit=1").text("/data/0/id");
            assertThat(id).as("There is no object in %s to call with: make one in objects()", it).isNotNull();
            return String.valueOf(id);
        });
    }

    /** The example with one more parameter, wherever it belongs: {@code items[][price]}. */
    private ObjectNode with(ObjectNode example, String name, JsonNode schema) {
        ObjectNode params = example.deepCopy();
        String[] steps = name.replace("]", "").split("\\[", -1);
        ObjectNode level = params;
        for (int i = 0; i < steps.length - 1; i++) {
            boolean list = steps[i + 1].isEmpty();
            JsonNode next = level.get(steps[i]);
            if (list) {
                ArrayNode items = next instanceof ArrayNode there && i + 2 < steps.length ? there : level.putArray(steps[i]);
                if (i + 2 == steps.length) {
                    items.add(value(schema));
                    return params;
                }
                level = items.path(0) instanceof ObjectNode there ? there : items.addObject();
                i++;
            } else {
                level = next instanceof ObjectNode there ? there : level.putObject(steps[i]);
            }
        }
        level.set(steps[steps.length - 1], value(schema));
        return params;
    }

    /** Something of the right type. */
    private JsonNode value(JsonNode written) {
        JsonNode schema = DescribedParams.resolved(written, document);
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        if (schema.has("anyOf")) {
            return value(schema.path("anyOf").path(0));
        }
        if (schema.has("properties") || schema.has("additionalProperties")) {
            return Json.object();
        }
        if (schema.has("items")) {
            return Json.array(List.of(value(schema.path("items"))));
        }
        String type = schema.path("type").isArray() ? schema.path("type").path(0).asString() : schema.path("type").asString("string");
        return switch (type) {
            case "integer", "number" -> Json.read(schema.path("minimum").asString("1"));
            case "boolean" -> Json.read("true");
            default -> Json.read("\"" + (schema.path("format").asString("").equals("uri") ? "https://shop.example/" : "x") + "\"");
        };
    }

    private static void encode(String name, JsonNode value, List<String> query) {
        if (value.isObject()) {
            value.properties().forEach(member -> encode(name + "[" + member.getKey() + "]", member.getValue(), query));
        } else if (value.isArray()) {
            value.forEach(item -> encode(name + "[]", item, query));
        } else {
            query.add(name + "=" + URLEncoder.encode(value.asString(), StandardCharsets.UTF_8));
        }
    }

    private JsonNode operation(Route route) {
        return document.path("paths").path(route.pattern()).path(route.method().toLowerCase(Locale.ROOT));
    }
}
