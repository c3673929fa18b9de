package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Payments as their callers see them: events, expansion, kinds of key, forms and JSON. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PaymentApiTest {
    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    private Answer publishable(String method, String path, String body) {
        return world.send(method, path, body.isEmpty() ? null : body, PaymentWorld.PUBLISHABLE);
    }

    private Answer unconfirmed(String... more) {
        return world.post("/v1/payment_intents", "amount=2000&currency=eur&metadata[order]=7&" + String.join("&", more));
    }

    @Test
    void events_are_told_in_order_with_the_key_that_caused_them() {
        Answer paid = world.payWithKey("events-1", "amount=1000&currency=eur&confirm=true&payment_method=" + world.method("4242424242424242"));
        var types = new ArrayList<String>();
        world.get("/v1/events?limit=100").body().get("data").forEach(event -> {
            if ("events-1".equals(event.at("/request/idempotency_key").asString(null))) {
                assertThat(event.at("/request/id").asString()).isEqualTo(paid.raw().headers().firstValue("Request-Id").orElseThrow());
                types.addFirst(event.path("type").asString());
            }
        });
        assertThat(types).containsExactly("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
    }

    @Test
    void metadata_changed_during_a_payment_is_kept_and_so_is_the_outcome() throws InterruptedException, ExecutionException {
        Answer intent = unconfirmed("payment_method=" + world.method("4242424242424242"));
        world.fault("\"fault\":\"delay\",\"operation\":\"createPayment\",\"delay_ms\":700");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var confirmed = clients.submit(() -> world.post("/v1/payment_intents/" + intent.id() + "/confirm", "", "Idempotency-Key", "meta"));
            Awaitility.await().until(() -> "processing".equals(world.get("/v1/payment_intents/" + intent.id()).text("/status")));
            assertThat(world.post("/v1/payment_intents/" + intent.id(), "metadata[note]=hello").status()).isEqualTo(200);
            assertThat(world.post("/v1/payment_intents/" + intent.id(), "amount=2100").text("/error/code")).isEqualTo("payment_intent_unexpected_state");
            assertThat(confirmed.get().text("/status")).isEqualTo("succeeded");
            assertThat(confirmed.get().text("/metadata/note")).isEqualTo("hello");
            assertThat(world.post("/v1/payment_intents/" + intent.id() + "/confirm", "", "Idempotency-Key", "meta").body()).isEqualTo(confirmed.get().body());
        }
        Answer now = world.get("/v1/payment_intents/" + intent.id());
        assertThat(now.text("/status")).isEqualTo("succeeded");
        assertThat(now.body().get("metadata")).hasSize(2);
        assertThat(world.eventTypes(intent.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
    }

    @Test
    void answers_are_expanded_also_when_repeated() {
        String method = world.method("4242424242424242");
        String body = "amount=1000&currency=eur&confirm=true&payment_method=" + method + "&expand[]=payment_method&expand[]=latest_charge.payment_intent";
        Answer paid = world.payWithKey("expanded", body);
        assertThat(paid.text("/payment_method/card/last4")).isEqualTo("4242");
        assertThat(paid.text("/latest_charge/payment_intent/status")).isEqualTo("succeeded");
        assertThat(world.payWithKey("expanded", body).body()).isEqualTo(paid.body());
        Answer confirmed = world.post("/v1/payment_intents/" + unconfirmed().id() + "/confirm", "payment_method=" + method + "&expand[]=latest_charge");
        assertThat(confirmed.text("/latest_charge/object")).isEqualTo("charge");
        Answer listed = world.get("/v1/payment_intents?limit=1&expand[]=data.latest_charge");
        assertThat(listed.text("/data/0/latest_charge/id")).isEqualTo(confirmed.text("/latest_charge/id"));
        Answer refund = world.post("/v1/refunds", "payment_intent=" + paid.id() + "&expand[]=charge");
        assertThat(refund.text("/charge/amount_refunded")).isEqualTo("1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "latest_charge.nothing", "status", "data.latest_charge"})
    void what_cannot_be_expanded_is_refused_before_money_moves(String path) {
        String method = world.method("4242424242424242");
        long asked = world.paymentsAsked(0);
        assertThat(world.pay(10_00, method, "expand[]=" + path).error()).isEqualTo("400 invalid_request_error parameter_invalid expand");
        assertThat(world.paymentsAsked(0)).isEqualTo(asked);
    }

    @Test
    void a_publishable_key_sees_and_confirms_an_intent_with_its_client_secret_only() {
        Answer intent = unconfirmed();
        String path = "/v1/payment_intents/" + intent.id();
        String secret = "client_secret=" + intent.text("/client_secret");
        assertThat(publishable("GET", path, "").error()).isEqualTo("400 invalid_request_error parameter_missing client_secret");
        assertThat(publishable("GET", path + "?" + secret + "x", "").status()).isEqualTo(404);
        reduced(publishable("GET", path + "?" + secret, "").body());
        assertThat(publishable("POST", path + "/confirm", "payment_method=pm_card_visa").status()).isEqualTo(400);
        Answer declined = publishable("POST", path + "/confirm", "payment_method=pm_card_chargeDeclined&" + secret);
        assertThat(declined.status()).isEqualTo(402);
        reduced((ObjectNode) declined.body().at("/error/payment_intent"));
        Answer confirmed = publishable("POST", path + "/confirm", "payment_method=pm_card_visa&" + secret);
        assertThat(confirmed.text("/status")).isEqualTo("succeeded");
        reduced(confirmed.body());
        Answer again = publishable("POST", path + "/confirm", "payment_method=pm_card_visa&" + secret);
        assertThat(again.error()).isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
        reduced((ObjectNode) again.body().at("/error/payment_intent"));
    }

    @Test
    void a_publishable_key_expands_nothing() {
        Answer intent = unconfirmed("payment_method=pm_card_visa");
        String path = "/v1/payment_intents/" + intent.id() + "?client_secret=" + intent.text("/client_secret") + "&expand[]=payment_method";
        assertThat(publishable("GET", path, "").error()).isEqualTo("403 invalid_request_error secret_key_required expand");
    }

    private static void reduced(ObjectNode intent) {
        assertThat(intent.propertyNames()).contains("id", "status", "amount", "client_secret", "next_action")
                .doesNotContain("metadata", "customer", "customer_id", "charges", "latest_charge");
    }

    @ParameterizedTest
    @CsvSource({"/capture, ''", "/cancel, ''", "'', amount=100"})
    void a_publishable_key_may_do_nothing_else(String action, String body) {
        Answer refused = publishable("POST", "/v1/payment_intents/" + unconfirmed().id() + action, body);
        assertThat(refused.error()).isEqualTo("403 invalid_request_error secret_key_required null");
    }

    @Test
    void an_intent_with_manual_confirmation_needs_a_secret_key() {
        Answer intent = unconfirmed("confirmation_method=manual", "payment_method=pm_card_visa");
        assertThat(publishable("POST", "/v1/payment_intents/" + intent.id() + "/confirm", "client_secret=" + intent.text("/client_secret")).error())
                .isEqualTo("403 invalid_request_error secret_key_required null");
        assertThat(world.post("/v1/payment_intents/" + intent.id() + "/confirm", "").text("/status")).isEqualTo("succeeded");
    }

    @Test
    void another_account_sees_nothing() {
        Answer paid = world.pay(10_00, "pm_card_visa", "capture_method=manual");
        String intent = "/v1/payment_intents/" + paid.id();
        var refused = List.of(
                stranger("GET", intent, null), stranger("POST", intent, "metadata[a]=b"), stranger("POST", intent + "/confirm", "payment_method=pm_x"),
                stranger("POST", intent + "/capture", ""), stranger("POST", intent + "/cancel", ""),
                stranger("GET", "/v1/charges/" + paid.text("/latest_charge"), null),
                stranger("POST", "/v1/refunds", "charge=" + paid.text("/latest_charge")), stranger("POST", "/v1/refunds", "payment_intent=" + paid.id()));
        assertThat(refused).allMatch(answer -> answer.status() == 404 && "resource_missing".equals(answer.text("/error/code")));
        assertThat(stranger("GET", "/v1/payment_intents?limit=100", null).body().toString()).doesNotContain(paid.id());
        assertThat(stranger("GET", "/v1/events?limit=100", null).body().toString()).doesNotContain(paid.id());
        assertThat(world.get(intent).text("/status")).isEqualTo("requires_capture");
    }

    private Answer stranger(String method, String path, @Nullable String body) {
        return world.send(method, path, body, PaymentWorld.STRANGER);
    }

    @Test
    void one_key_of_two_accounts_is_two_keys() {
        Answer mine = world.payWithKey("shared", "amount=1000&currency=eur");
        Answer theirs = world.send("POST", "/v1/payment_intents", "amount=1000&currency=eur", PaymentWorld.STRANGER, "Idempotency-Key", "shared");
        assertThat(theirs.status()).isEqualTo(200);
        assertThat(theirs.id()).isNotEqualTo(mine.id());
    }

    @Test
    void a_form_and_json_say_the_same() {
        String method = world.method("4242424242424242");
        String form = "amount=1000&currency=eur&payment_method_types[0]=card&metadata[order]=7&description=Two+shoes&capture_method=manual";
        String json = "{\"amount\":1000,\"currency\":\"eur\",\"payment_method_types\":[\"card\"],\"metadata\":{\"order\":\"7\"},"
                + "\"description\":\"Two shoes\",\"capture_method\":\"manual\"}";
        Answer first = world.post("/v1/payment_intents", form);
        ObjectNode same = world.post("/v1/payment_intents", json).body();
        List.of("id", "client_secret", "created", "charges").forEach(own -> same.set(own, first.body().get(own)));
        assertThat(same).isEqualTo(first.body());
        Answer confirmed = world.post("/v1/payment_intents/" + first.id() + "/confirm", "{\"payment_method\":\"" + method + "\"}");
        assertThat(confirmed.text("/status")).isEqualTo("requires_capture");
        assertThat(world.post("/v1/payment_intents/" + first.id() + "/capture", "{\"amount_to_capture\":400}").text("/amount_received")).isEqualTo("400");
        assertThat(world.post("/v1/refunds", "{\"payment_intent\":\"" + first.id() + "\",\"amount\":150}").text("/status")).isEqualTo("succeeded");
    }

    @Test
    void a_key_used_for_something_else_is_refused() {
        String body = "amount=1000&currency=eur&confirm=true&payment_method=" + world.method("4242424242424242");
        Answer paid = world.payWithKey("other", body);
        long asked = world.paymentsAsked(0);
        assertThat(world.payWithKey("other", body + "&description=x").text("/error/type")).isEqualTo("idempotency_error");
        assertThat(world.post("/v1/refunds", "payment_intent=" + paid.id(), "Idempotency-Key", "other").text("/error/type")).isEqualTo("idempotency_error");
        assertThat(world.paymentsAsked(0)).isEqualTo(asked);
        assertThat(world.get("/v1/charges/" + paid.text("/latest_charge")).text("/amount_refunded")).isEqualTo("0");
    }
}
