package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Authorizations that nobody captures are given back. */
final class ForgottenAuthorizationsTest {
    @Test
    void an_authorization_that_was_not_captured_in_time_is_released_and_its_intent_canceled() {
        try (PaymentWorld world = PaymentWorld.setup().authorizationExpiry(Duration.ofSeconds(2)).start()) {
            Answer held = world.pay(3000, "pm_card_visa", "capture_method=manual");
            String reference = String.valueOf(held.text("/charges/data/0/reference"));
            Answer canceled = Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> {
                world.job("release forgotten authorizations");
                return world.get("/v1/payment_intents/" + held.id());
            }, it -> "canceled".equals(it.text("/status")));
            assertThat(canceled.text("/cancellation_reason")).isEqualTo("automatic");
            assertThat(canceled.text("/amount_capturable")).isEqualTo("0");
            assertThat(world.movements(reference)).containsExactly("authorization 3000");
            assertThat(world.movements()).contains("void 3000");
            assertThat(world.eventTypes(String.valueOf(held.text("/latest_charge")))).containsExactly("charge.succeeded", "charge.expired");
        }
    }

    @Test
    void one_that_still_has_time_is_left_alone() {
        try (PaymentWorld world = PaymentWorld.start()) {
            Answer held = world.pay(3000, "pm_card_visa", "capture_method=manual");
            world.job("release forgotten authorizations");
            assertThat(world.post("/v1/payment_intents/" + held.id() + "/capture", "amount_to_capture=1000&metadata[box]=7").text("/status"))
                    .isEqualTo("succeeded");
            assertThat(world.get("/v1/payment_intents/" + held.id()).text("/metadata/box")).isEqualTo("7");
        }
    }
}
