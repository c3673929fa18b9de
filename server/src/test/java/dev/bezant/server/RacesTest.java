package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many clients at once, one truth. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RacesTest {
    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    /** Does it from many clients at the same moment. */
    private static List<Answer> together(int clients, IntFunction<Answer> work) throws InterruptedException {
        var start = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = IntStream.range(0, clients).mapToObj(i -> executor.submit((Callable<Answer>) () -> {
                start.await();
                return work.apply(i);
            })).toList();
            start.countDown();
            return futures.stream().map(RacesTest::result).toList();
        }
    }

    private static Answer result(Future<Answer> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private long moved(String kind, String payment) {
        return world.sandbox().ledger(world.sandboxAccount(0)).stream()
                .filter(entry -> entry.path("kind").asString().equals(kind) && entry.path("parent_id").asString("").equals(payment))
                .mapToLong(entry -> entry.path("amount").asLong())
                .sum();
    }

    private static String payment(Answer intent) {
        return String.valueOf(intent.text("/charges/data/0/provider_reference"));
    }

    @Test
    void two_hundred_duplicates_make_one_provider_call() throws InterruptedException {
        String body = "amount=1234&currency=eur&confirm=true&payment_method=" + world.method("4242424242424242");
        long asked = world.paymentsAsked(0);
        List<Answer> answers = together(200, i -> world.payWithKey("two-hundred", body));
        Answer replay = world.payWithKey("two-hundred", body);
        assertThat(replay.text("/status")).isEqualTo("succeeded");
        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() == 409) {
                assertThat(answer.text("/error/code")).isEqualTo("idempotency_key_in_use");
            } else {
                assertThat(answer.body()).isEqualTo(replay.body());
            }
        });
        assertThat(answers).anyMatch(answer -> answer.status() == 200);
        assertThat(world.paymentsAsked(0)).isEqualTo(asked + 1);
    }

    @Test
    void duplicates_of_a_confirmation_make_one_provider_call() throws InterruptedException {
        Answer intent = world.post("/v1/payment_intents", "amount=1300&currency=eur&payment_method=" + world.method("4242424242424242"));
        long asked = world.paymentsAsked(0);
        List<Answer> answers = together(50, i -> world.post("/v1/payment_intents/" + intent.id() + "/confirm", "", "Idempotency-Key", "fifty"));
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
        assertThat(world.paymentsAsked(0)).isEqualTo(asked + 1);
    }

    @Test
    void confirmations_under_different_keys_make_one_sale() throws InterruptedException {
        Answer intent = world.post("/v1/payment_intents", "amount=1400&currency=eur");
        List<String> methods = IntStream.range(0, 16).mapToObj(i -> world.method("4242424242424242")).toList();
        long asked = world.paymentsAsked(0);
        List<Answer> answers = together(16, i ->
                world.post("/v1/payment_intents/" + intent.id() + "/confirm", "payment_method=" + methods.get(i), "Idempotency-Key", "confirm-" + i));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> "lock_timeout".equals(answer.text("/error/code")) || "payment_intent_unexpected_state".equals(answer.text("/error/code")));
        assertThat(world.paymentsAsked(0)).isEqualTo(asked + 1);
        assertThat(world.eventTypes(intent.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
    }

    @Test
    void racing_refunds_never_give_back_more_than_was_captured() throws InterruptedException {
        Answer paid = world.pay(100_00, "pm_card_visa");
        List<Answer> answers = together(64, i -> world.post("/v1/refunds", "charge=" + paid.text("/latest_charge") + "&amount=700"));
        long succeeded = answers.stream().filter(answer -> answer.status() == 200).count();
        assertThat(succeeded).isEqualTo(14);
        assertThat(moved("refund", payment(paid))).isEqualTo(98_00);
        Answer charge = world.get("/v1/charges/" + paid.text("/latest_charge"));
        assertThat(charge.text("/amount_refunded")).isEqualTo("9800");
        assertThat(world.column("charge", charge.id(), "amount_refunding")).isEqualTo("0");
        List<Long> told = world.direct().sql("select (data::jsonb #>> '{object,amount_refunded}')::bigint as it from event"
                        + " where object_id = :id and type = 'charge.refunded' order by id")
                .bind("id", charge.id())
                .list(row -> row.number("it"));
        assertThat(told).hasSize(14).doesNotHaveDuplicates().contains(98_00L);
    }

    @Test
    void racing_captures_take_one_amount() throws InterruptedException {
        Answer authorized = world.pay(50_00, "pm_card_visa", "capture_method=manual");
        List<Answer> answers = together(64, i ->
                world.post("/v1/payment_intents/" + authorized.id() + "/capture", "amount_to_capture=" + (100 + i)));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        Answer now = world.get("/v1/payment_intents/" + authorized.id());
        assertThat(now.text("/amount_received")).isEqualTo(String.valueOf(moved("capture", payment(authorized))));
        assertThat(world.direct().sql("select count(*) as it from charge_operation where charge_id = :id")
                .bind("id", authorized.text("/latest_charge")).one(row -> row.number("it"))).hasValue(1L);
    }

    @Test
    void a_capture_and_a_cancellation_exclude_each_other() throws InterruptedException {
        for (int round = 0; round < 4; round++) {
            Answer authorized = world.pay(50_00, "pm_card_visa", "capture_method=manual");
            List<Answer> answers = together(8, i -> world.post("/v1/payment_intents/" + authorized.id() + (i % 2 == 0 ? "/capture" : "/cancel"), ""));
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            String status = String.valueOf(world.get("/v1/payment_intents/" + authorized.id()).text("/status"));
            assertThat(moved("capture", payment(authorized))).isEqualTo(status.equals("succeeded") ? 50_00 : 0);
            assertThat(moved("void", payment(authorized))).isEqualTo(status.equals("canceled") ? 50_00 : 0);
        }
    }
}
