package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.http.Route;
import dev.bezant.server.openapi.ApiDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Whether an id of another account, or of the other mode, exists cannot be found out: every endpoint answers to it exactly what it answers to
 * an id that nothing has, with the same headers. And nothing changes by it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrangersTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("([a-z_]+)/\\{([^}]+)}");

    private PaymentWorld world;
    /** An object of each resource. */
    private final Map<String, String> ids = new HashMap<>();

    @BeforeAll
    void make_an_object_of_each_resource() {
        world = PaymentWorld.setup().providers("cardinity", "worldline-direct").withoutSettling().disputePause(Duration.ofMillis(200)).start();
        String customer = made("customers", world.post("/v1/customers", "name=Ada"));
        made("payment_methods", world.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer));
        Answer paid = world.pay(2000, "pm_card_createDispute");
        made("payouts", world.post("/v1/payouts", "amount=1000&currency=eur&destination=pm_card_visa"));
        made("refunds", world.post("/v1/refunds", "payment_intent=" + world.pay(2000, "pm_card_visa").id() + "&amount=100"));
        made("payment_intents", world.post("/v1/payment_intents", "amount=2000&currency=eur&payment_method=pm_card_visa", "Idempotency-Key", "mine"));
        ids.put("charges", String.valueOf(paid.text("/latest_charge")));
        ids.put("idempotency_keys", "mine");
        ids.put("accounts", "acct_world");
        Answer kept = world.post("/v1/setup_intents", "payment_method=pm_card_visa&confirm=true&mandate_data[customer_acceptance][type]=offline");
        ids.put("mandates", String.valueOf(kept.text("/mandate")));
        ids.put("status", String.valueOf(ids.get("payment_intents")));
        ids.put("customer", customer);
        made("setup_intents", world.post("/v1/setup_intents", "payment_method=pm_card_visa"));
        made("listeners", world.post("/v1/listeners", "name=desk"));
        made("webhook_endpoints", world.post("/v1/webhook_endpoints", "url=http://127.0.0.1:9/hooks&enabled_events[]=*"));
        world.post("/v1/webhook_endpoints/" + ids.get("webhook_endpoints"), "disabled=true");
        made("tax_ids", world.post("/v1/customers/" + customer + "/tax_ids", "type=eu_vat&value=LT123456789"));
        Awaitility.await("a dispute").atMost(Duration.ofSeconds(40)).until(() -> {
            world.job("disputes");
            return world.get("/v1/disputes").text("/data/0/id") != null;
        });
        world.job("hand on events");
        world.job("write the request log");
        ids.put("deliveries", String.valueOf(world.get("/v1/webhook_endpoints/" + ids.get("webhook_endpoints") + "/deliveries").text("/data/0/id")));
        made("files", world.upload("dispute_evidence", "a.png", FilesTest.PNG));
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void ids_in_paths_of_strangers_are_like_ids_that_nothing_has() {
        var told = new ArrayList<String>();
        for (Route route : world.api().routes()) {
            if (PLACEHOLDER.matcher(route.pattern()).find()) {
                String body = route.method().equals("POST") ? example(route) : null;
                // An account is the same in both modes.
                for (String key : route.family().equals("account") ? List.of(PaymentWorld.STRANGER) : List.of(PaymentWorld.STRANGER, PaymentWorld.LIVE)) {
                    String one = answer(route, key, body, false);
                    String other = answer(route, key, body, true);
                    if (!one.equals(other) || one.startsWith("200")) {
                        told.add(route.endpoint() + " with " + key + "\n" + one + "\n" + other);
                    }
                }
            }
        }
        assertThat(told).isEmpty();
    }

    @Test
    void ids_in_parameters_of_strangers_are_like_ids_that_nothing_has() {
        JsonNode document = new ApiDescription(world.api().routes()).document();
        var told = new ArrayList<String>();
        int asked = 0;
        for (Route route : world.api().routes()) {
            if (PLACEHOLDER.matcher(route.pattern()).find()) {
                continue;
            }
            var names = new TreeSet<String>();
            JsonNode operation = document.path("paths").path(route.pattern()).path(route.method().toLowerCase(Locale.ROOT));
            operation.path("parameters").forEach(parameter -> names.add(parameter.path("name").asString()));
            operation.path("requestBody").path("content").forEach(media -> names.addAll(media.path("schema").path("properties").propertyNames()));
            for (String name : names) {
                String resource = name.equals("starting_after") || name.equals("ending_before") ? route.pattern().split("/", -1)[2] : name + "s";
                if (ids.containsKey(resource)) {
                    asked++;
                    String base = route.endpoint().equals("POST /v1/payment_intents") ? "amount=2000&currency=eur&confirm=true&" : "";
                    for (String key : List.of(PaymentWorld.STRANGER, PaymentWorld.LIVE)) {
                        String one = answer(route, key, base + name + "=", ids.get(resource));
                        String other = answer(route, key, base + name + "=", absent(ids.get(resource)));
                        if (!one.equals(other)) {
                            told.add(route.endpoint() + " " + name + " with " + key + "\n" + one + "\n" + other);
                        }
                    }
                }
            }
        }
        assertThat(told).isEmpty();
        assertThat(asked).isGreaterThan(20);
    }

    private String made(String resource, Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        ids.put(resource, answer.id());
        return answer.id();
    }

    private String example(Route route) {
        JsonNode operation = new ApiDescription(world.api().routes()).document().path("paths").path(route.pattern()).path("post");
        JsonNode example = operation.path("requestBody").path("content").path("application/json").path("example");
        return example.isObject() ? example.toString() : "{}";
    }

    private String answer(Route route, String key, @Nullable String body, boolean absent) {
        var replaced = new HashMap<String, String>();
        String path = PLACEHOLDER.matcher(route.pattern()).replaceAll(found -> {
            String id = idOf(found.group(1));
            String used = absent ? absent(id) : id;
            replaced.put(used, "<" + found.group(1) + ">");
            return Matcher.quoteReplacement(found.group(1) + "/" + used);
        });
        return normalized(world.send(route.method(), path, body, key), replaced);
    }

    private String answer(Route route, String key, String prefix, String id) {
        Answer answer = route.method().equals("POST")
                ? world.send("POST", route.pattern(), prefix + id, key)
                : world.send(route.method(), route.pattern() + "?" + prefix + id, null, key);
        return normalized(answer, Map.of(id, "<id>"));
    }

    private String idOf(String resource) {
        return ids.computeIfAbsent(resource, it -> {
            String list = it.equals("sources") || it.equals("tax_ids") ? "/v1/customers/" + ids.get("customers") + "/" + it : "/v1/" + it;
            return String.valueOf(world.get(list + "?limit=1").text("/data/0/id"));
        });
    }

    /** Made in the same second, as far as the id tells: only its random part is another. */
    private static String absent(String id) {
        String last = id.substring(id.length() - 2);
        return id.substring(0, id.length() - 2) + (last.equals("zz") ? "yy" : "zz");
    }

    private static String normalized(Answer answer, Map<String, String> replaced) {
        String body = answer.body().toString();
        for (var one : new TreeMap<>(replaced).descendingMap().entrySet()) {
            body = body.replace(one.getKey(), one.getValue());
        }
        return answer.status() + " " + new TreeSet<>(answer.raw().headers().map().keySet()) + " " + body.replaceAll("req_[0-9A-Za-z]{20}", "<request>");
    }
}
