package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.Test;

/** Of providers that take what they hold once, and release the rest. */
interface CapturesOnce extends CapturesLater {
    @Test
    default void what_is_held_is_not_increased() {
        Answer authorized = authorized(50_00);
        assertThat(world().post("/v1/payment_intents/" + authorized.id() + "/increment_authorization", "amount=6000").error())
                .isEqualTo("400 invalid_request_error parameter_invalid amount");
        assertThat(movements(authorized)).containsExactly("authorization 5000");
    }

    @Test
    default void an_authorization_is_not_captured_in_parts() {
        Answer authorized = authorized(50_00);
        assertThat(world().post("/v1/payment_intents/" + authorized.id() + "/capture", "amount_to_capture=2000&final_capture=false").error())
                .isEqualTo("400 invalid_request_error parameter_invalid final_capture");
        assertThat(movements(authorized)).containsExactly("authorization 5000");
    }
}
