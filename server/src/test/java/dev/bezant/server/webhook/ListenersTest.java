package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Fetching instead of being called. */
class ListenersTest {
    private final PaymentWorld world = PaymentWorld.setup().connections(4).start();
    private final Hooks hooks = new Hooks(world);

    @AfterEach
    void close() {
        world.close();
    }

    private String listener(String... more) {
        return Hooks.ok(world.post("/v1/listeners", String.join("&", more))).id();
    }

    private List<JsonNode> fetch(String listener, int wait) {
        return hooks.list("/v1/listeners/" + listener + "/deliveries?wait=" + wait);
    }

    private void acknowledge(String listener, JsonNode delivery, int status) {
        Hooks.ok(world.post("/v1/listeners/" + listener + "/acknowledge", "deliveries[0][id]=" + delivery.path("id").asString()
                + "&deliveries[0][status_code]=" + status + "&deliveries[0][duration_ms]=12"));
    }

    @Test
    void events_are_fetched_in_order_until_they_are_acknowledged() {
        String listener = listener("forward_to=http://localhost:3000/hooks");
        String customer = hooks.customer();
        hooks.rename(customer, "Ben");
        hooks.rename(customer, "Cy");
        hooks.awaitHandedOn();

        List<JsonNode> all = fetch(listener, 0);
        assertThat(all).extracting(it -> it.path("event_type").asString()).containsExactly("customer.created", "customer.updated", "customer.updated");
        assertThat(fetch(listener, 0)).as("not acknowledged").isEqualTo(all);
        acknowledge(listener, all.getFirst(), 200);
        assertThat(fetch(listener, 0)).isEqualTo(all.subList(1, 3));
        JsonNode event = Json.read(all.getLast().path("payload").asString());
        assertThat(event.at("/data/object/name").asString()).isEqualTo("Cy");
        assertThat(event.path("api_version").asString()).isEqualTo("2026-07-29.dahlia");
        assertThat(event.path("id").asString()).isEqualTo(all.getLast().path("event").asString());
        assertThat(world.direct().sql("select url, status_code from webhook_attempt").list(row -> row.text("url") + " " + row.whole("status_code")))
                .containsExactly("http://localhost:3000/hooks 200");
    }

    @Test
    void whoever_waits_is_told_at_once_and_holds_no_connection_to_the_database() throws Exception {
        List<String> listeners = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            listeners.add(listener("enabled_events[]=customer.created"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<JsonNode>>> waiting = listeners.stream()
                    .map(listener -> CompletableFuture.supplyAsync(() -> fetch(listener, 25), threads)).toList();
            // Twice as many wait as there are connections, and still there are some for everybody else.
            hooks.customer();
            for (CompletableFuture<List<JsonNode>> one : waiting) {
                assertThat(one.get(60, TimeUnit.SECONDS)).hasSize(1);
            }
        }
    }

    @Test
    void the_version_and_the_types_are_those_asked_for() {
        String listener = listener("enabled_events[]=payment_intent.succeeded&api_version=2020-08-27");
        world.pay(2000, "pm_card_visa");
        hooks.awaitHandedOn();

        List<JsonNode> all = fetch(listener, 0);
        assertThat(all).hasSize(1);
        JsonNode event = Json.read(all.getFirst().path("payload").asString());
        assertThat(event.path("api_version").asString()).isEqualTo("2020-08-27");
        assertThat(event.at("/data/object").has("customer_id")).isFalse();
    }

    @Test
    void an_event_that_is_sent_again_reaches_listeners_too() {
        String listener = listener("enabled_events[]=*");
        hooks.customer();
        hooks.awaitHandedOn();
        JsonNode first = fetch(listener, 0).getFirst();
        acknowledge(listener, first, 500);
        assertThat(fetch(listener, 0)).isEmpty();
        Hooks.ok(world.post("/v1/events/" + first.path("event").asString() + "/resend", ""));

        List<JsonNode> again = fetch(listener, 20);
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().path("event")).isEqualTo(first.path("event"));
        assertThat(again.getFirst().path("payload").asString()).isEqualTo(first.path("payload").asString());
        assertThat(again.getFirst().path("id")).isNotEqualTo(first.path("id"));
    }

    @Test
    void a_named_listener_goes_on_where_it_stopped() {
        String listener = listener("name=laptop");
        hooks.customer();
        hooks.awaitHandedOn();
        assertThat(fetch(listener, 0)).hasSize(1);

        assertThat(listener("name=laptop&forward_to=http://localhost:1&enabled_events[]=customer.created")).isEqualTo(listener);
        assertThat(fetch(listener, 0)).hasSize(1);
        assertThat(world.get("/v1/listeners/" + listener).text("/forward_to")).isEqualTo("http://localhost:1");
        assertThat(listener("name=desktop")).isNotEqualTo(listener);
        assertThat(listener("")).isNotEqualTo(listener);
    }

    @Test
    void a_listener_is_no_endpoint_and_nobody_elses() {
        String listener = listener("");
        assertThat(world.get("/v1/webhook_endpoints").body().path("data")).isEmpty();
        assertThat(world.get("/v1/webhook_endpoints/" + listener).status()).isEqualTo(404);
        String endpoint = hooks.endpoint("http://127.0.0.1:1/", "ordered=false");
        assertThat(world.get("/v1/listeners/" + endpoint).status()).isEqualTo(404);
        for (String key : List.of(PaymentWorld.STRANGER, PaymentWorld.LIVE)) {
            assertThat(world.send("GET", "/v1/listeners/" + listener + "/deliveries", null, key).status()).isEqualTo(404);
            assertThat(world.send("DELETE", "/v1/listeners/" + listener, null, key).status()).isEqualTo(404);
        }
    }

    @Test
    void a_deleted_or_forgotten_listener_leaves_nothing_to_wait_for() {
        String deleted = listener("");
        String forgotten = listener("");
        String used = listener("");
        hooks.customer();
        hooks.awaitHandedOn();
        Answer gone = Hooks.ok(world.send("DELETE", "/v1/listeners/" + deleted, null, PaymentWorld.SECRET));
        assertThat(gone.body().path("deleted").asBoolean()).isTrue();
        world.direct().sql("update webhook_endpoint set seen_at = now() - interval '25 hours' where id <> :id").bind("id", used).update();
        world.job("forget listeners");

        assertThat(world.get("/v1/listeners/" + forgotten).status()).isEqualTo(404);
        assertThat(world.get("/v1/events?limit=1").body().at("/data/0/pending_webhooks").asInt()).isEqualTo(1);
        assertThat(fetch(used, 0)).hasSize(1);
    }

    @Test
    void fetching_keeps_a_listener() {
        String listener = listener("");
        world.direct().sql("update webhook_endpoint set seen_at = now() - interval '23 hours'").update();
        fetch(listener, 0);
        assertThat(world.direct().sql("select seen_at > now() - interval '1 minute' as it from webhook_endpoint").one(row -> row.flag("it"))).contains(true);
    }

    @Test
    void a_server_that_stops_answers_those_who_wait() throws Exception {
        String listener = listener("");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = CompletableFuture.supplyAsync(() -> world.get("/v1/listeners/" + listener + "/deliveries?wait=25"), threads);
            await().atMost(Duration.ofSeconds(20)).until(() -> !world.direct().sql("select 1 from webhook_endpoint").list(row -> 1).isEmpty());
            world.drain();
            assertThat(waiting.get(20, TimeUnit.SECONDS).body().path("data")).isEmpty();
        }
    }
}
