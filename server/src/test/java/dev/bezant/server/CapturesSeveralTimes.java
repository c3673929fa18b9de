package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of providers that take what they hold in parts. */
interface CapturesSeveralTimes extends CapturesLater {
    private Answer captureOfSeveral(Answer intent, long amount) {
        world().post("/v1/payment_intents/" + intent.id() + "/capture", "final_capture=false&amount_to_capture=" + amount);
        return world().await(intent.id(), "requires_capture");
    }

    @Test
    default void an_authorization_is_captured_in_parts() {
        Answer authorized = authorized(50_00);
        Answer first = captureOfSeveral(authorized, 20_00);
        assertThat(List.of(first.text("/amount_received"), first.text("/amount_capturable"))).isEqualTo(List.of("2000", "3000"));
        assertThat(first.text("/charges/data/0/amount_captured")).isEqualTo("2000");
        assertThat(refund(first, "").error()).isEqualTo("400 invalid_request_error charge_not_refundable charge");
        assertThat(world().post("/v1/payment_intents/" + first.id() + "/capture", "amount_to_capture=3001").error())
                .isEqualTo("400 invalid_request_error amount_too_large amount_to_capture");
        captureOfSeveral(first, 5_00);
        Answer last = capture(first, "amount_to_capture=1000");
        assertThat(last.text("/amount_received")).isEqualTo("3500");
        assertThat(movements(last)).containsExactly("authorization 5000", "capture 2000", "capture 500", "capture 1000");
        assertThat(refund(last, "").text("/amount")).isEqualTo("3500");
    }

    @Test
    default void what_parts_have_left_is_released_by_canceling() {
        Answer part = captureOfSeveral(authorized(50_00), 20_00);
        world().post("/v1/payment_intents/" + part.id() + "/cancel", "");
        Answer done = world().await(part.id(), "succeeded");
        assertThat(done.text("/amount_received")).isEqualTo("2000");
        assertThat(movements(done)).containsExactly("authorization 5000", "capture 2000", "void 3000");
    }

    @Test
    default void parts_whose_answer_is_lost_end_once_and_as_the_provider_has_them() {
        var cases = lost("capture", () -> authorized(15_00),
                intent -> world().post("/v1/payment_intents/" + intent.id() + "/capture", "amount_to_capture=500&final_capture=false"));
        cases.forEach((answer, happens) -> {
            boolean made = happens || profile().repeats();
            Answer settled = world().await(answer.id(), "requires_capture");
            assertThat(settled.text("/amount_received")).isEqualTo(made ? "500" : "0");
            assertThat(movements(settled)).isEqualTo(made ? List.of("authorization 1500", "capture 500") : List.of("authorization 1500"));
        });
    }
}
