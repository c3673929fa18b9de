package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of providers that hold more than was authorized first. */
interface HoldsMore extends CapturesLater {
    private Answer increment(Answer intent, String body) {
        return world().post("/v1/payment_intents/" + intent.id() + "/increment_authorization", body);
    }

    @Test
    default void what_is_held_is_increased_and_captured_whole() {
        Answer held = increment(authorized(15_00), "amount=2000&metadata[night]=2");
        assertThat(held.text("/status")).as(held.body().toString()).isEqualTo("requires_capture");
        assertThat(List.of(held.text("/amount"), held.text("/amount_capturable"), held.text("/charges/data/0/amount"))).isEqualTo(List.of("2000", "2000", "2000"));
        assertThat(held.text("/metadata/night")).isEqualTo("2");
        assertThat(world().eventTypes(held.id()).getLast()).isEqualTo("payment_intent.amount_capturable_updated");
        Answer captured = capture(held, "");
        assertThat(captured.text("/amount_received")).isEqualTo("2000");
        assertThat(movements(captured)).containsExactly("authorization 1500", "authorization 500", "capture 2000");
    }

    @Test
    default void what_was_increased_is_released_whole() {
        Answer held = increment(authorized(15_00), "amount=2000");
        world().post("/v1/payment_intents/" + held.id() + "/cancel", "");
        assertThat(movements(world().await(held.id(), "canceled"))).containsExactly("authorization 1500", "authorization 500", "void 2000");
    }

    @Test
    default void an_increment_must_be_more_and_of_what_is_held() {
        Answer held = authorized(15_00);
        assertThat(increment(held, "amount=1500").error()).isEqualTo("400 invalid_request_error parameter_invalid amount");
        assertThat(increment(held, "").error()).isEqualTo("400 invalid_request_error parameter_missing amount");
        assertThat(increment(held, "amount=100000000").error()).isEqualTo("400 invalid_request_error amount_too_large amount");
        assertThat(increment(paid(15_00), "amount=2000").error()).isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
        assertThat(movements(held)).containsExactly("authorization 1500");
    }

    /** 99.51 more is refused by the simulator, but for the test cards that every provider has. */
    @Test
    default void a_declined_increment_leaves_what_is_held() {
        Answer held = world().pay(15_00, world().method("4111111111111111"), "capture_method=manual");
        Answer declined = increment(held, "amount=" + (15_00 + 99_51));
        assertThat(declined.status()).as(declined.body().toString()).isEqualTo(402);
        assertThat(declined.text("/error/payment_intent/status")).isEqualTo("requires_capture");
        assertThat(declined.text("/error/payment_intent/amount")).isEqualTo("1500");
        assertThat(movements(capture(held, ""))).containsExactly("authorization 1500", "capture 1500");
    }

    @Test
    default void increments_whose_answer_is_lost_end_once_and_as_the_provider_has_them() {
        var cases = lost("increment", () -> authorized(15_00), intent -> increment(intent, "amount=2000"));
        cases.forEach((answer, happens) -> {
            Answer settled = world().await(answer.id(), "requires_capture");
            assertThat(settled.text("/amount_capturable")).isEqualTo(happens ? "2000" : "1500");
            assertThat(movements(settled)).isEqualTo(happens ? List.of("authorization 1500", "authorization 500") : List.of("authorization 1500"));
        });
    }

    @Test
    default void of_many_increments_at_once_each_that_is_answered_well_happened() throws InterruptedException {
        Answer held = authorized(10_00);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.rangeClosed(1, 8).mapToObj(i -> Executors.callable(() -> increment(held, "amount=" + (10_00 + i * 10)), true)).toList();
            clients.invokeAll(calls);
        }
        Answer settled = world().await(held.id(), "requires_capture");
        long sum = movements(settled).stream().mapToLong(it -> Long.parseLong(it.substring(it.indexOf(' ') + 1))).sum();
        assertThat(settled.text("/amount")).isEqualTo(String.valueOf(sum));
        assertThat(sum).isGreaterThan(10_00);
    }
}
