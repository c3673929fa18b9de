package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.Test;

/** Of providers whose requests are signed with the time. */
interface SignsWithTheTime extends ProviderTests {
    @Test
    default void a_skewed_clock_is_told_and_nothing_happens() {
        world().fault("\"fault\":\"clock_skew\",\"delay_ms\":3600000,\"operation\":\"" + profile().operations().get("pay") + "\"");
        Answer refused = world().pay(15_00, "pm_card_visa");
        assertThat(refused.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
        assertThat(movements(refused.intent())).isEmpty();
    }
}
