package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.Test;

/** Of providers without a 3-D Secure of their own. */
interface Without3ds extends ProviderTests {
    @Test
    default void a_challenge_is_declined() {
        Answer declined = world().pay(20_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back");
        assertThat(declined.status()).as(declined.body().toString()).isEqualTo(402);
        assertThat(declined.text("/error/code")).isEqualTo("authentication_required");
        assertThat(movements(declined.intent())).isEmpty();
    }
}
