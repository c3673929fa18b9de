package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PaymentsTest {
    private PaymentWorld world = PaymentWorld.start();

    @BeforeAll
    void warm() {
        assertThat(world.get("/v1/payment_intents").status()).isEqualTo(200);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void a_card_payment_in_one_call_succeeds_and_is_one_sale() {
        int before = world.movements().size();
        var paid = world.pay(20_00, "pm_card_visa");
        assertThat(paid.body().toPrettyString()).contains("succeeded");
        assertThat(paid.status()).isEqualTo(200);
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.text("/amount_received")).isEqualTo("2000");
        assertThat(paid.text("/charges/data/0/payment_method/card/last4")).isEqualTo("4242");
        assertThat(world.movements().subList(before, before + 1)).containsExactly("sale 2000");
        assertThat(world.eventTypes(paid.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
        assertThat(world.eventTypes(String.valueOf(paid.text("/latest_charge")))).containsExactly("charge.succeeded");
    }
}
