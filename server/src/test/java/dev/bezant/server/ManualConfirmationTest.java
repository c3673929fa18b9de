package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Payments whose server has the last word: after the payer was authenticated it confirms again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ManualConfirmationTest {
    private final PaymentWorld world = PaymentWorld.start();
    private final PayersBrowser browser = new PayersBrowser(world);

    @AfterAll
    void close() {
        world.close();
    }

    private Answer challenged() {
        Answer waiting = world.pay(2000, "pm_card_threeDSecure2Required", "confirmation_method=manual", "return_url=https://shop.example/back");
        assertThat(waiting.text("/status")).isEqualTo("requires_action");
        return waiting;
    }

    private Answer confirm(Answer intent, String... headers) {
        return world.post("/v1/payment_intents/" + intent.id() + "/confirm", "", headers);
    }

    private List<String> movements(Answer intent) {
        return world.movements(String.valueOf(intent.text("/charges/data/0/reference")));
    }

    @Test
    void an_authenticated_payer_pays_only_once_the_server_confirms_again() {
        Answer waiting = challenged();
        HttpResponse<String> back = browser.complete(waiting, "pass");
        assertThat(back.headers().firstValue("Location")).hasValueSatisfying(url -> assertThat(url).endsWith("&redirect_status=succeeded"));
        Answer authenticated = world.get("/v1/payment_intents/" + waiting.id());
        assertThat(authenticated.text("/status")).isEqualTo("requires_confirmation");
        assertThat(authenticated.text("/next_action")).isNull();
        assertThat(movements(waiting)).isEmpty();
        Answer paid = confirm(waiting);
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.body().at("/charges/data")).hasSize(1);
        assertThat(movements(waiting)).containsExactly("sale 2000");
    }

    @Test
    void thirty_confirmations_at_once_complete_it_once() throws Exception {
        Answer waiting = challenged();
        browser.complete(waiting, "pass");
        Callable<Answer> confirmation = () -> confirm(waiting, "Idempotency-Key", "again-" + waiting.id());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(IntStream.range(0, 30).mapToObj(i -> confirmation).toList())) {
                assertThat(future.get().status()).isIn(200, 409);
            }
        }
        assertThat(confirm(waiting, "Idempotency-Key", "again-" + waiting.id()).text("/status")).isEqualTo("succeeded");
        assertThat(movements(waiting)).containsExactly("sale 2000");
    }

    @Test
    void a_payer_who_failed_is_declined_at_the_second_confirmation() {
        Answer waiting = challenged();
        browser.complete(waiting, "fail");
        Answer declined = confirm(waiting);
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.text("/error/payment_intent/status")).isEqualTo("requires_payment_method");
        assertThat(movements(waiting)).isEmpty();
    }

    @Test
    void it_can_be_canceled_or_given_another_card_instead() {
        Answer waiting = challenged();
        browser.complete(waiting, "pass");
        assertThat(world.post("/v1/payment_intents/" + waiting.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        assertThat(movements(waiting)).isEmpty();
        Answer other = challenged();
        browser.complete(other, "pass");
        assertThat(world.post("/v1/payment_intents/" + other.id() + "/confirm", "payment_method=pm_card_visa").error())
                .isEqualTo("400 invalid_request_error parameter_invalid payment_method");
        assertThat(world.post("/v1/payment_intents/" + other.id(), "payment_method=pm_card_visa").text("/status")).isEqualTo("requires_confirmation");
        Answer paid = confirm(other);
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(movements(paid)).containsExactly("sale 2000");
        assertThat(movements(other)).isEmpty();
    }

    @Test
    void a_publishable_key_cannot_confirm_it() {
        Answer waiting = challenged();
        browser.complete(waiting, "pass");
        Answer refused = world.send("POST", "/v1/payment_intents/" + waiting.id() + "/confirm", "client_secret=" + waiting.text("/client_secret"),
                PaymentWorld.PUBLISHABLE);
        assertThat(refused.error()).isEqualTo("403 invalid_request_error secret_key_required null");
    }

    @Test
    void a_completion_whose_answer_was_lost_is_looked_up() {
        Answer waiting = challenged();
        browser.complete(waiting, "pass");
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"finalizePayment\"");
        Answer unknown = confirm(waiting, "Idempotency-Key", "lost-" + waiting.id());
        assertThat(unknown.status()).isEqualTo(200);
        Answer paid = Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> world.get("/v1/payment_intents/" + waiting.id()), it -> "succeeded".equals(it.text("/status")));
        assertThat(movements(paid)).containsExactly("sale 2000");
        assertThat(confirm(waiting, "Idempotency-Key", "lost-" + waiting.id()).body()).isEqualTo(unknown.body());
    }
}
