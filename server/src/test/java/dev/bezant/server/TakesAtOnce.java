package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.Test;

/** Of providers that cannot hold an amount: they take it at once. */
interface TakesAtOnce extends ProviderTests {
    /** The API counts hundredths of a krona, which nobody else has. */
    @Test
    default void sales_are_told_in_the_units_of_the_provider() {
        Answer sold = world().post("/v1/payment_intents", "amount=98700&currency=isk&confirm=true&payment_method=pm_card_visa");
        assertThat(sold.text("/amount_received")).as(sold.body().toString()).isEqualTo("98700");
        assertThat(refund(sold, "&amount=100").text("/status")).isEqualTo("succeeded");
        assertThat(movements(sold)).containsExactly("sale 987", "refund 1");
    }

    @Test
    default void an_authorization_is_refused_before_anything_is_sent() {
        String before = world().latestPayment();
        Answer refused = world().pay(50_00, "pm_card_visa", "capture_method=manual");
        assertThat(refused.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
        assertThat(movements(refused.intent())).isEmpty();
        assertThat(world().latestPayment()).isEqualTo(before);
    }
}
