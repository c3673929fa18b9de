package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Cards that come with the request that charges them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CardsWithTheRequestTest {
    private static final String CARD = "payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242"
            + "&payment_method_data[card][exp_month]=12&payment_method_data[card][exp_year]=2035&payment_method_data[card][cvc]=737"
            + "&payment_method_data[billing_details][name]=Ona%20Petraite";

    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    private long rows(String table) {
        return world.direct().sql("select count(*) as n from " + table).one(row -> row.number("n")).orElseThrow();
    }

    private Answer pay(String body, String... headers) {
        return world.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true&" + body, headers);
    }

    @Test
    void a_card_is_charged_and_stored_with_the_payment_and_its_cvc_nowhere() {
        long cvcs = rows("vault_cvc");
        Answer paid = pay(CARD);
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(rows("vault_cvc")).isEqualTo(cvcs);
        Answer method = world.get("/v1/payment_methods/" + paid.text("/payment_method"));
        assertThat(method.text("/card/last4")).isEqualTo("4242");
        assertThat(method.text("/billing_details/name")).isEqualTo("Ona Petraite");
        assertThat(paid.body().at("/charges/data/0/payment_method/card/fingerprint")).isEqualTo(method.body().at("/card/fingerprint"));
        assertThat(world.movements(String.valueOf(paid.text("/charges/data/0/reference")))).containsExactly("sale 1500");
    }

    @Test
    void the_same_card_is_charged_again_later_without_its_cvc() {
        Answer paid = pay(CARD);
        assertThat(pay("payment_method=" + paid.text("/payment_method")).text("/status")).isEqualTo("succeeded");
    }

    @Test
    void a_refused_request_leaves_no_card_behind() {
        long cards = rows("vault_card");
        long methods = rows("payment_method");
        assertThat(pay(CARD + "&customer=cus_none").error()).isEqualTo("404 invalid_request_error resource_missing customer");
        assertThat(pay(CARD + "&provider_account=pa_none").error()).isEqualTo("404 invalid_request_error resource_missing provider_account");
        assertThat(pay(CARD + "&nonsense=1").status()).isEqualTo(400);
        assertThat(rows("vault_card")).isEqualTo(cards);
        assertThat(rows("payment_method")).isEqualTo(methods);
    }

    @Test
    void fifty_repeats_at_once_store_one_card_and_charge_it_once() throws Exception {
        long cards = rows("vault_card");
        long asked = world.paymentsAsked(0);
        Callable<Answer> repeat = () -> pay(CARD, "Idempotency-Key", "card-with-request");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(IntStream.range(0, 50).mapToObj(i -> repeat).toList())) {
                assertThat(future.get().status()).isIn(200, 409);
            }
        }
        assertThat(pay(CARD, "Idempotency-Key", "card-with-request").text("/status")).isEqualTo("succeeded");
        assertThat(rows("vault_card")).isEqualTo(cards + 1);
        assertThat(world.paymentsAsked(0)).isEqualTo(asked + 1);
    }

    @Test
    void an_intent_is_confirmed_with_a_card_that_comes_then() {
        Answer intent = world.post("/v1/payment_intents", "amount=1500&currency=eur");
        Answer paid = world.post("/v1/payment_intents/" + intent.id() + "/confirm", CARD);
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(world.eventTypes(intent.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
    }

    @Test
    void an_intent_that_waits_keeps_the_card_and_its_cvc_for_the_confirmation() {
        Answer intent = world.post("/v1/payment_intents", "amount=1500&currency=eur&" + CARD);
        assertThat(intent.text("/status")).isEqualTo("requires_confirmation");
        assertThat(world.post("/v1/payment_intents/" + intent.id() + "/confirm", "").text("/status")).isEqualTo("succeeded");
        Answer other = world.post("/v1/payment_intents", "amount=1500&currency=eur");
        assertThat(world.post("/v1/payment_intents/" + other.id(), CARD).text("/status")).isEqualTo("requires_confirmation");
        assertThat(world.post("/v1/payment_intents/" + other.id() + "/confirm", "").text("/status")).isEqualTo("succeeded");
    }
}
