package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A provider that misbehaves: the answer at once, and what settling makes of it, which must be what really happened. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProviderFaultsTest {
    /** Fault to whether the movement takes place all the same. */
    private static final Map<String, Boolean> UNKNOWN = new LinkedHashMap<>();

    static {
        UNKNOWN.put("\"fault\":\"stall\"", false);
        UNKNOWN.put("\"fault\":\"reset_before_effect\"", false);
        UNKNOWN.put("\"fault\":\"reset_after_effect\"", true);
        UNKNOWN.put("\"fault\":\"error_before_effect\"", false);
        UNKNOWN.put("\"fault\":\"error_after_effect\"", true);
        UNKNOWN.put("\"fault\":\"half_response\"", true);
        UNKNOWN.put("\"fault\":\"garbage\"", true);
        UNKNOWN.put("\"fault\":\"delay_after_effect\",\"delay_ms\":1500", true);
        UNKNOWN.put("\"fault\":\"slow_body\",\"delay_ms\":2500", true);
        UNKNOWN.put("\"fault\":\"delay\",\"delay_ms\":1200", true);
    }

    private final Crash crash = new Crash();
    private final PaymentWorld world = PaymentWorld.setup()
            .sendWindow(Duration.ofSeconds(1)).providerTimeout(Duration.ofMillis(600)).checkpoint(crash).withoutSettling().start();

    @AfterAll
    void close() {
        world.close();
    }

    private record Case(String fault, boolean happens, Answer answer, String replayPath, String replayBody, String key) {}

    private Case strike(String fault, boolean happens, String operation, String path, String body) {
        world.fault(fault + ",\"operation\":\"" + operation + "\"");
        String key = operation + fault.hashCode();
        return new Case(fault, happens, world.post(path, body, "Idempotency-Key", key), path, body, key);
    }

    private void repeatIsEqual(Case it) {
        Answer again = world.post(it.replayPath(), it.replayBody(), "Idempotency-Key", it.key());
        assertThat(again.status()).as(it.fault()).isEqualTo(it.answer().status());
        assertThat(again.body()).as(it.fault()).isEqualTo(it.answer().body());
    }

    private String reference(Answer intent) {
        return String.valueOf(intent.text("/charges/data/0/reference"));
    }

    @Test
    void payments_of_unknown_outcome_end_as_the_provider_has_them() {
        var cases = new ArrayList<Case>();
        UNKNOWN.forEach((fault, happens) ->
                cases.add(strike(fault, happens, "createPayment", "/v1/payment_intents", "amount=1500&currency=eur&confirm=true&payment_method=pm_card_visa")));
        for (Case it : cases) {
            assertThat(it.answer().status()).as(it.fault()).isEqualTo(200);
            assertThat(it.answer().text("/status")).as(it.fault()).isEqualTo("processing");
            repeatIsEqual(it);
        }
        for (Case it : cases) {
            Answer settled = world.await(it.answer().id(), it.happens() ? "succeeded" : "requires_payment_method");
            assertThat(world.movements(reference(settled))).as(it.fault()).isEqualTo(it.happens() ? List.of("sale 1500") : List.of());
            assertThat(settled.body().at("/charges/data")).hasSize(1);
            assertThat(world.eventTypes(settled.id())).as(it.fault()).containsExactly("payment_intent.created", "payment_intent.processing",
                    it.happens() ? "payment_intent.succeeded" : "payment_intent.payment_failed");
            repeatIsEqual(it);
        }
    }

    @Test
    void absence_is_believed_only_after_everybody_has_given_up() {
        world.fault("\"fault\":\"reset_before_effect\",\"operation\":\"createPayment\"");
        Answer unknown = world.pay(15_00, "pm_card_visa");
        Instant giveUp = Instant.parse(String.valueOf(world.direct().sql("select to_char(give_up_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as it from charge where id = :id")
                .bind("id", unknown.text("/latest_charge")).one(row -> row.text("it")).orElseThrow()));
        world.await(unknown.id(), "requires_payment_method");
        Instant resolved = world.direct().sql("select resolved_at from charge where id = :id")
                .bind("id", unknown.text("/latest_charge")).one(row -> row.moment("resolved_at")).orElseThrow();
        assertThat(resolved).isAfterOrEqualTo(giveUp.plusMillis(200));
    }

    @Test
    void a_refused_connection_is_a_failure_at_once_because_nothing_was_sent() {
        String method = world.method("4242424242424242");
        Answer authorized = world.pay(15_00, "pm_card_visa", "capture_method=manual");
        Answer paid = world.pay(15_00, "pm_card_visa");
        world.sandbox().post("/control/faults", "{\"provider\":\"cardinity\",\"fault\":\"refuse\"}");
        try {
            Awaitility.await("idle connections are found closed").until(() -> world.pay(15_00, "pm_card_visa").status() == 402);
            assertThat(world.pay(15_00, method).error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
            assertThat(world.post("/v1/payment_intents/" + authorized.id() + "/capture", "").status()).isEqualTo(503);
            assertThat(world.post("/v1/refunds", "charge=" + paid.text("/latest_charge")).status()).isEqualTo(503);
        } finally {
            world.sandbox().call("DELETE", "/control/faults", null);
        }
        // The CVC of what was never sent is not used up.
        assertThat(world.pay(15_00, method).text("/status")).isEqualTo("succeeded");
        assertThat(world.post("/v1/payment_intents/" + authorized.id() + "/capture", "").text("/status")).isEqualTo("succeeded");
        assertThat(world.post("/v1/refunds", "charge=" + paid.text("/latest_charge")).text("/status")).isEqualTo("succeeded");
    }

    @Test
    void captures_of_unknown_outcome_end_as_the_provider_has_them() {
        movementsEndAsTheProviderHasThem("createSettlement", "/capture", "capture", "succeeded");
    }

    @Test
    void voids_of_unknown_outcome_end_as_the_provider_has_them() {
        movementsEndAsTheProviderHasThem("createVoid", "/cancel", "void", "canceled");
    }

    private void movementsEndAsTheProviderHasThem(String operation, String path, String kind, String done) {
        var cases = new ArrayList<Case>();
        UNKNOWN.forEach((fault, happens) -> {
            Answer authorized = world.pay(15_00, "pm_card_visa", "capture_method=manual");
            cases.add(strike(fault, happens, operation, "/v1/payment_intents/" + authorized.id() + path, ""));
        });
        for (Case it : cases) {
            assertThat(it.answer().status() + " " + it.answer().text("/status")).as(it.fault()).isEqualTo("200 processing");
        }
        for (Case it : cases) {
            Answer settled = world.await(it.answer().id(), it.happens() ? done : "requires_capture");
            assertThat(childrenOf(settled, kind)).as(it.fault()).isEqualTo(it.happens() ? 1 : 0);
            assertThat(world.eventTypes(settled.id())).as(it.fault()).hasSize(4);
            repeatIsEqual(it);
            if (!it.happens()) {
                assertThat(world.post("/v1/payment_intents/" + settled.id() + path, "").text("/status")).isEqualTo(done);
            }
        }
    }

    private long childrenOf(Answer intent, String kind) {
        String payment = String.valueOf(intent.text("/charges/data/0/provider_reference"));
        return world.sandbox().ledger(world.sandboxAccount(0)).stream()
                .filter(entry -> entry.path("kind").asString().equals(kind) && entry.path("parent_id").asString("").equals(payment))
                .count();
    }

    @Test
    void refunds_of_unknown_outcome_end_as_the_provider_has_them() {
        var cases = new ArrayList<Case>();
        UNKNOWN.forEach((fault, happens) -> {
            Answer paid = world.pay(15_00, "pm_card_visa");
            cases.add(strike(fault, happens, "createRefund", "/v1/refunds", "amount=700&charge=" + paid.text("/latest_charge")));
        });
        for (Case it : cases) {
            assertThat(it.answer().status() + " " + it.answer().text("/status")).as(it.fault()).isEqualTo("200 pending");
            String wanted = it.happens() ? "succeeded" : "failed";
            Awaitility.await(it.fault()).atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100))
                    .until(() -> wanted.equals(world.settled(() -> world.get("/v1/refunds/" + it.answer().id())).text("/status")));
            assertThat(world.movements(String.valueOf(it.answer().text("/reference")))).as(it.fault()).hasSize(it.happens() ? 1 : 0);
            Answer charge = world.get("/v1/charges/" + it.answer().text("/charge"));
            assertThat(charge.text("/amount_refunded")).isEqualTo(it.happens() ? "700" : "0");
            assertThat(world.column("charge", charge.id(), "amount_refunding")).isEqualTo("0");
            repeatIsEqual(it);
        }
    }

    @Test
    void a_repeat_while_the_first_is_under_way_is_told_to_wait() throws Exception {
        String body = "amount=1500&currency=eur&confirm=true&payment_method=" + world.method("4242424242424242");
        world.fault("\"fault\":\"delay\",\"operation\":\"createPayment\",\"delay_ms\":300");
        long asked = world.paymentsAsked(0);
        try (var clients = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var first = clients.submit(() -> world.payWithKey("while", body));
            Awaitility.await().until(() -> world.direct().sql("select 1 from idempotency_key where key = 'while'").one(row -> true).isPresent());
            Answer second = world.payWithKey("while", body);
            assertThat(second.error()).isEqualTo("409 invalid_request_error idempotency_key_in_use null");
            assertThat(second.raw().headers().firstValue("Stripe-Should-Retry")).hasValue("true");
            assertThat(world.payWithKey("while", body.replace("1500", "1600")).text("/error/type")).isEqualTo("idempotency_error");
            assertThat(first.get().text("/status")).isEqualTo("succeeded");
            assertThat(world.payWithKey("while", body).body()).isEqualTo(first.get().body());
        }
        assertThat(world.paymentsAsked(0)).isEqualTo(asked + 1);
    }

    @Test
    void what_a_crash_leaves_behind_is_settled_and_its_repeat_answered() {
        String body = "amount=1500&currency=eur&confirm=true&payment_method=";
        String before = body + world.method("4242424242424242");
        String after = body + world.method("4242424242424242");
        crashed("payment.after_commit_1", "/v1/payment_intents", before, "crash-1");
        crashed("payment.before_commit_2", "/v1/payment_intents", after, "crash-2");
        assertThat(world.payWithKey("crash-1", before).status()).isEqualTo(409);
        assertThat(answered("/v1/payment_intents", after, "crash-2").text("/status")).isEqualTo("succeeded");
        Answer never = answered("/v1/payment_intents", before, "crash-1");
        assertThat(never.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
        assertThat(world.movements(String.valueOf(never.text("/error/payment_intent/charges/data/0/reference")))).isEmpty();
    }

    @Test
    void a_crash_during_a_capture_and_a_refund_is_settled_too() {
        String capture = "/v1/payment_intents/" + world.pay(15_00, "pm_card_visa", "capture_method=manual").id() + "/capture";
        String refund = "amount=500&charge=" + world.pay(15_00, "pm_card_visa").text("/latest_charge");
        crashed("capture.before_commit_2", capture, "", "crash-3");
        crashed("refund.before_commit_2", "/v1/refunds", refund, "crash-4");
        assertThat(answered(capture, "", "crash-3").text("/status")).isEqualTo("succeeded");
        assertThat(answered("/v1/refunds", refund, "crash-4").text("/status")).isEqualTo("succeeded");
    }

    private void crashed(String place, String path, String body, String key) {
        crash.at(place);
        assertThat(world.raw("POST", path, body, PaymentWorld.SECRET, "Idempotency-Key", key).statusCode()).isEqualTo(500);
    }

    private Answer answered(String path, String body, String key) {
        return Awaitility.await(key).atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100))
                .until(() -> world.settled(() -> world.post(path, body, "Idempotency-Key", key)), answer -> answer.status() != 409);
    }
}
