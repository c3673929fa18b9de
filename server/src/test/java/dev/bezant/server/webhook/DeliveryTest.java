package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Secret;
import dev.bezant.server.webhook.Receiver.Call;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a receiver is sent, and what becomes of its answer. */
class DeliveryTest {
    private final PaymentWorld world = PaymentWorld.start();
    private final Hooks hooks = new Hooks(world);
    private final Receiver receiver = Receiver.open();

    @AfterEach
    void close() {
        world.close();
        receiver.close();
    }

    @Test
    void a_payment_is_told_of_event_by_event() {
        hooks.endpoint(receiver.url());
        String intent = world.pay(2000, "pm_card_visa").id();

        List<Call> calls = receiver.await(3);
        assertThat(receiver.types()).containsExactlyInAnyOrder("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
        Call succeeded = calls.stream().filter(call -> call.type().equals("payment_intent.succeeded")).findFirst().orElseThrow();
        assertThat(succeeded.path()).isEqualTo("/hooks");
        assertThat(succeeded.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(succeeded.header("User-Agent")).isEqualTo("Bezant/1.0 (+webhooks)");
        assertThat(succeeded.event().at("/data/object/id").asString()).isEqualTo(intent);
        assertThat(succeeded.event().path("pending_webhooks").asInt()).isEqualTo(1);
        assertThat(succeeded.event().path("api_version").asString()).isEqualTo("2026-07-29.dahlia");
    }

    @Test
    void what_is_sent_is_what_the_api_shows_but_for_who_is_still_to_be_told() {
        hooks.endpoint(receiver.url());
        hooks.customer();
        var sent = receiver.await(1).getFirst().event();
        hooks.awaitHandedOn();
        await().atMost(Duration.ofSeconds(30)).until(() -> world.get("/v1/events/" + sent.path("id").asString()).body().path("pending_webhooks").asInt() == 0);

        var shown = world.get("/v1/events/" + sent.path("id").asString()).body();
        assertThat(sent.put("pending_webhooks", 0)).isEqualTo(shown);
    }

    @Test
    void the_signature_is_that_of_the_bytes_with_the_secret_shown_once() {
        Answer made = world.post("/v1/webhook_endpoints", "url=" + receiver.url() + "&enabled_events[]=customer.created");
        hooks.customer();
        Call call = receiver.await(1).getFirst();

        String header = String.valueOf(call.header("Payments-Signature"));
        Instant at = Instant.ofEpochSecond(Long.parseLong(header.substring(2, header.indexOf(','))));
        assertThat(header).isEqualTo(Signature.header(at, call.body(), List.of(Secret.of(made.body().path("secret").asString()))));
        assertThat(call.header("Stripe-Signature")).isEqualTo(header);
        assertThat(at).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    @Test
    void an_endpoint_hears_only_of_what_it_asked_for() {
        world.post("/v1/webhook_endpoints", "url=" + receiver.url() + "&enabled_events[]=customer.updated");
        hooks.rename(hooks.customer(), "Ben");

        receiver.await(1);
        hooks.awaitHandedOn();
        assertThat(receiver.types()).containsExactly("customer.updated");
    }

    @Test
    void an_endpoint_with_a_version_gets_the_shapes_of_that_version() {
        String old = hooks.endpoint(receiver.url() + "/old", "api_version=2020-08-27");
        String unheardOf = hooks.endpoint(receiver.url() + "/new", "api_version=2031-02-03.zebra");
        hooks.endpoint(receiver.url() + "/native");
        world.pay(2000, "pm_card_visa");

        receiver.await(9);
        assertThat(intents("/hooks/native")).allMatch(event -> event.at("/data/object").has("customer_id"));
        assertThat(intents("/hooks/old")).noneMatch(event -> event.at("/data/object").has("customer_id")).extracting(event -> event.path("api_version").asString())
                .containsOnly("2020-08-27");
        assertThat(intents("/hooks/new")).extracting(event -> event.path("api_version").asString()).containsOnly("2031-02-03.zebra");
        assertThat(world.get("/v1/webhook_endpoints/" + unheardOf).text("/api_version")).isEqualTo("2031-02-03.zebra");
        assertThat(world.get("/v1/webhook_endpoints/" + old).text("/api_version")).isEqualTo("2020-08-27");
    }

    @Test
    void an_endpoint_without_a_version_gets_that_of_its_account() {
        world.direct().sql("update account set default_api_version = '2019-12-03' where id = 'acct_world'").update();
        hooks.endpoint(receiver.url());
        hooks.customer();
        assertThat(receiver.await(1).getFirst().event().path("api_version").asString()).isEqualTo("2019-12-03");

        world.direct().sql("update account set default_api_version = null").update();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            hooks.customer();
            return receiver.calls().getLast().event().path("api_version").asString().equals("2026-07-29.dahlia");
        });
    }

    private List<JsonNode> intents(String path) {
        return receiver.calls().stream().filter(call -> call.path().equals(path)).<JsonNode>map(Call::event)
                .filter(event -> event.path("type").asString().startsWith("payment_intent")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 226, 299})
    void any_success_is_success(int status) {
        String endpoint = hooks.endpoint(receiver.manner((exchange, call) -> Receiver.status(exchange, status, "")).url());
        hooks.customer();

        hooks.awaitStatuses(endpoint, "delivered");
        assertThat(hooks.deliveries(endpoint).getFirst().path("last_status_code").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 404, 410, 429, 500, 503})
    void anything_else_is_a_failure_and_is_tried_again_in_seconds(int status) {
        receiver.manner((exchange, call) -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + receiver.port() + "/elsewhere");
            Receiver.status(exchange, status, "not now");
        });
        String endpoint = hooks.endpoint(receiver.url());
        hooks.customer();

        hooks.awaitTries(endpoint, 1);
        JsonNode delivery = hooks.deliveries(endpoint).getFirst();
        assertThat(delivery.path("status").asString()).isEqualTo("pending");
        assertThat(delivery.path("next_try_at").asLong() - delivery.path("created").asLong()).isBetween(3L, 30L);
        assertThat(receiver.calls()).as("nothing is followed").extracting(Call::path).containsOnly("/hooks");
        Answer shown = hooks.delivery(endpoint, delivery.path("id").asString());
        assertThat(shown.body().path("attempts")).hasSize(1);
        assertThat(shown.body().at("/attempts/0/status_code").asInt()).isEqualTo(status);
        assertThat(shown.body().at("/attempts/0/response_body").asString()).isEqualTo("not now");
        assertThat(shown.body().at("/attempts/0/request_headers/User-Agent").asString()).startsWith("Bezant/1.0");
        assertThat(shown.body().at("/attempts/0/next_try_at").asLong()).isEqualTo(delivery.path("next_try_at").asLong());
    }

    @Test
    void every_try_is_signed_anew_and_has_the_same_bytes() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().getEpochSecond() > timestamp(receiver.calls().getFirst()));
        receiver.answering(200);
        hooks.hurry(endpoint);
        hooks.awaitStatuses(endpoint, "delivered");

        Call first = receiver.calls().getFirst();
        Call second = receiver.calls().getLast();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(timestamp(second)).isGreaterThan(timestamp(first));
        assertThat(second.header("Payments-Signature")).isNotEqualTo(first.header("Payments-Signature"));
    }

    private static long timestamp(Call call) {
        String header = String.valueOf(call.header("Payments-Signature"));
        return Long.parseLong(header.substring(2, header.indexOf(',')));
    }

    @Test
    void a_test_event_is_given_up_after_five_tries() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        for (int tries = 1; tries <= 5; tries++) {
            hooks.awaitTries(endpoint, tries);
            hooks.hurry(endpoint);
        }

        hooks.awaitStatuses(endpoint, "failed");
        assertThat(receiver.calls()).hasSize(5);
        Answer shown = hooks.delivery(endpoint, hooks.deliveries(endpoint).getFirst().path("id").asString());
        assertThat(shown.body().path("next_try_at").isNull()).isTrue();
        assertThat(shown.body().path("finished_at").isIntegralNumber()).isTrue();
        assertThat(shown.body().path("attempts")).hasSize(5);
        assertThat(shown.body().at("/attempts/4/number").asInt()).isEqualTo(5);
        assertThat(shown.body().at("/attempts/4/next_try_at").isNull()).isTrue();
    }

    @Test
    void nothing_is_tried_again_beyond_three_days() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        world.direct().sql("update webhook_delivery set expires_at = now() - interval '1 second'").update();
        hooks.hurry(endpoint);
        hooks.awaitStatuses(endpoint, "failed");
        assertThat(receiver.calls()).hasSize(2);
    }

    @Test
    void what_has_waited_in_line_for_three_days_is_still_tried_once() {
        String endpoint = hooks.endpoint(receiver.answering(500).url(), "ordered=true");
        hooks.rename(hooks.customer(), "Ben");
        hooks.awaitTries(endpoint, 1);
        hooks.awaitHandedOn();
        world.direct().sql("update webhook_delivery set expires_at = now() - interval '1 second'").update();
        hooks.hurry(endpoint);

        hooks.awaitStatuses(endpoint, "failed", "failed");
        assertThat(receiver.types()).containsExactly("customer.created", "customer.created", "customer.updated");
    }

    @Test
    void events_are_numbered_in_the_order_they_are_told() {
        hooks.endpoint(receiver.url());
        world.pay(2000, "pm_card_visa");
        hooks.rename(hooks.customer(), "Ben");

        assertThat(world.direct().sql("select type from event order by seq").list(row -> row.text("type"))).containsExactly("payment_intent.created",
                "charge.succeeded", "payment_intent.succeeded", "customer.created", "customer.updated");
    }

    @Test
    void an_event_says_how_many_have_not_got_it_yet() {
        String good = hooks.endpoint(receiver.url());
        try (Receiver bad = Receiver.open().answering(500)) {
            hooks.endpoint(bad.url());
            hooks.customer();
            hooks.awaitStatuses(good, "delivered");
            bad.await(1);

            String event = receiver.calls().getFirst().id();
            assertThat(receiver.calls().getFirst().event().path("pending_webhooks").asInt()).isEqualTo(2);
            assertThat(world.get("/v1/events/" + event).body().path("pending_webhooks").asInt()).isEqualTo(1);
            assertThat(hooks.list("/v1/events?delivery_success=false")).extracting(it -> it.path("id").asString()).containsExactly(event);
            assertThat(hooks.list("/v1/events?delivery_success=true")).isEmpty();
        }
    }

    @Test
    void an_event_that_nobody_waits_for_counts_as_delivered() {
        hooks.customer();
        assertThat(hooks.list("/v1/events?delivery_success=true")).hasSize(1);
        assertThat(hooks.list("/v1/events?delivery_success=false")).isEmpty();
    }

    @Test
    void of_a_long_answer_the_beginning_is_kept() {
        String endpoint = hooks.endpoint(receiver.manner((exchange, call) -> Receiver.status(exchange, 500, "é".repeat(10_000))).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);

        String kept = hooks.delivery(endpoint, hooks.deliveries(endpoint).getFirst().path("id").asString()).body().at("/attempts/0/response_body").asString();
        assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSize(4096);
        assertThat(kept).matches("é+");
    }

    @Test
    void a_connection_is_used_for_one_delivery_after_the_other() {
        var ports = java.util.concurrent.ConcurrentHashMap.<Integer>newKeySet();
        String endpoint = hooks.endpoint(receiver.manner((exchange, call) -> {
            ports.add(exchange.getRemoteAddress().getPort());
            Receiver.status(exchange, 200, "ok");
        }).url(), "max_concurrency=1");
        for (int i = 0; i < 5; i++) {
            hooks.customer();
        }
        hooks.awaitStatuses(endpoint, "delivered", "delivered", "delivered", "delivered", "delivered");
        assertThat(ports).hasSizeLessThan(5);
    }
}
