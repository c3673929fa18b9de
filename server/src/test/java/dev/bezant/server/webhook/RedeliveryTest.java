package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sending again, and looking at what was sent. */
class RedeliveryTest {
    private final PaymentWorld world = PaymentWorld.start();
    private final Hooks hooks = new Hooks(world);
    private final Receiver receiver = Receiver.open();

    @AfterEach
    void close() {
        world.close();
        receiver.close();
    }

    @Test
    void an_event_that_is_sent_again_is_the_same_event() {
        String endpoint = hooks.endpoint(receiver.url());
        hooks.customer();
        String event = receiver.await(1).getFirst().id();
        hooks.awaitStatuses(endpoint, "delivered");
        Answer resent = Hooks.ok(world.post("/v1/events/" + event + "/resend", ""));

        assertThat(resent.body().path("data")).hasSize(1);
        assertThat(resent.text("/data/0/origin")).isEqualTo("resend");
        assertThat(resent.text("/data/0/webhook_endpoint")).isEqualTo(endpoint);
        assertThat(receiver.await(2).get(1).id()).isEqualTo(event);
        assertThat(receiver.calls().get(1).body()).isEqualTo(receiver.calls().get(0).body());
        hooks.awaitStatuses(endpoint, "delivered", "delivered");
    }

    @Test
    void it_goes_to_all_who_want_it_or_to_the_one_named_whatever_that_wants() {
        String all = hooks.endpoint(receiver.url() + "/all");
        String other = Hooks.ok(world.post("/v1/webhook_endpoints", "url=" + receiver.url() + "/other&enabled_events[]=charge.failed")).id();
        String off = hooks.endpoint(receiver.url() + "/off");
        hooks.customer();
        receiver.await(2);
        hooks.awaitHandedOn();
        world.post("/v1/webhook_endpoints/" + off, "disabled=true");
        String event = receiver.calls().getFirst().id();

        assertThat(endpoints(world.post("/v1/events/" + event + "/resend", ""))).containsExactly(all);
        assertThat(endpoints(world.post("/v1/events/" + event + "/resend", "webhook_endpoint=" + other))).containsExactly(other);
        assertThat(world.post("/v1/events/" + event + "/resend", "webhook_endpoint=" + off).error())
                .isEqualTo("400 invalid_request_error parameter_invalid webhook_endpoint");
        assertThat(world.post("/v1/events/" + event + "/resend", "webhook_endpoint=we_none").error())
                .isEqualTo("404 invalid_request_error resource_missing webhook_endpoint");
        assertThat(world.send("POST", "/v1/events/" + event + "/resend", "", PaymentWorld.STRANGER).status()).isEqualTo(404);
        receiver.await(4);
    }

    private static List<String> endpoints(Answer answer) {
        return Hooks.ok(answer).body().path("data").valueStream().map(it -> it.path("webhook_endpoint").asString()).toList();
    }

    @Test
    void a_range_is_replayed_oldest_first_by_type_and_only_what_is_missing_where_that_is_asked() {
        String first = hooks.customer();
        hooks.customer();
        hooks.rename(first, "Ben");
        String endpoint = hooks.endpoint(receiver.url());
        Answer all = Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint + "/replay", "created[gte]=0"));
        assertThat(all.body().path("events").asInt()).isEqualTo(3);
        assertThat(all.body().path("has_more").asBoolean()).isFalse();
        receiver.await(3);
        hooks.awaitStatuses(endpoint, "delivered", "delivered", "delivered");
        assertThat(hooks.deliveries(endpoint)).extracting(it -> it.path("origin").asString()).containsOnly("replay");
        assertThat(hooks.deliveries(endpoint)).extracting(it -> it.path("event_type").asString())
                .containsExactly("customer.updated", "customer.created", "customer.created");

        assertThat(events(endpoint, "created[gte]=0&types[]=customer.updated")).isEqualTo(1);
        receiver.await(4);
        hooks.customer();
        receiver.await(5);
        hooks.awaitStatuses(endpoint, "delivered", "delivered", "delivered", "delivered", "delivered");
        assertThat(events(endpoint, "created[gte]=0&undelivered=true")).isZero();
        assertThat(events(endpoint, "created[gte]=0&created[lt]=1000")).isZero();
        assertThat(events(endpoint, "created[gte]=4000000000")).isZero();
        assertThat(new HashSet<>(receiver.calls().stream().map(Receiver.Call::id).toList())).hasSize(4);
    }

    private long events(String endpoint, String range) {
        return Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint + "/replay", range)).body().path("events").asLong();
    }

    @Test
    void a_replay_with_the_same_key_happens_once() {
        hooks.customer();
        String endpoint = hooks.endpoint(receiver.url());
        for (int i = 0; i < 3; i++) {
            world.post("/v1/webhook_endpoints/" + endpoint + "/replay", "created[gte]=0", "Idempotency-Key", "replay-1");
        }
        hooks.awaitStatuses(endpoint, "delivered");
    }

    @Test
    void a_failed_event_that_arrives_when_it_is_sent_again_is_delivered() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        world.direct().sql("update webhook_delivery set tries = 4").update();
        hooks.hurry(endpoint);
        hooks.awaitStatuses(endpoint, "failed");
        assertThat(hooks.list("/v1/events?delivery_success=false")).hasSize(1);
        receiver.answering(200);
        Hooks.ok(world.post("/v1/events/" + receiver.calls().getFirst().id() + "/resend", ""));
        hooks.awaitStatuses(endpoint, "delivered", "failed");

        assertThat(hooks.list("/v1/events?delivery_success=false")).isEmpty();
        assertThat(hooks.list("/v1/events?delivery_success=true")).hasSize(1);
    }

    @Test
    void deliveries_are_listed_in_pages_and_by_what_became_of_them() {
        String endpoint = hooks.endpoint(receiver.url());
        receiver.manner((exchange, call) -> Receiver.status(exchange, call.type().equals("customer.updated") ? 500 : 200, ""));
        String customer = hooks.customer();
        hooks.rename(customer, "Ben");
        hooks.customer();
        hooks.awaitTries(endpoint, 3);

        List<JsonNode> all = hooks.deliveries(endpoint);
        assertThat(hooks.deliveries(endpoint, "status=pending")).containsExactly(all.get(1));
        assertThat(hooks.deliveries(endpoint, "event=" + all.get(2).path("event").asString())).containsExactly(all.get(2));
        assertThat(hooks.deliveries(endpoint, "created[lt]=1000")).isEmpty();
        String page = "/v1/webhook_endpoints/" + endpoint + "/deliveries?limit=2";
        assertThat(hooks.list(page)).containsExactly(all.get(0), all.get(1));
        assertThat(hooks.list(page + "&starting_after=" + all.get(1).path("id").asString())).containsExactly(all.get(2));
        assertThat(hooks.list(page + "&ending_before=" + all.get(2).path("id").asString())).containsExactly(all.get(0), all.get(1));
        String other = hooks.endpoint(receiver.url());
        assertThat(world.get("/v1/webhook_endpoints/" + other + "/deliveries/" + all.getFirst().path("id").asString()).status()).isEqualTo(404);
        assertThat(world.get("/v1/webhook_endpoints/" + other + "/deliveries?starting_after=" + all.getFirst().path("id").asString()).status()).isEqualTo(404);
        assertThat(world.send("GET", "/v1/webhook_endpoints/" + endpoint + "/deliveries", null, PaymentWorld.STRANGER).status()).isEqualTo(404);
    }
}
