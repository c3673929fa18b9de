package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Of providers with a 3-D Secure of their own. */
interface Challenges3ds extends ProviderTests {
    default Answer challenged(String more) {
        Answer waiting = world().pay(20_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back", more);
        assertThat(waiting.text("/status")).as(waiting.body().toString()).isEqualTo("requires_action");
        return waiting;
    }

    @Test
    default void a_passed_challenge_makes_the_payment() {
        Answer waiting = challenged("");
        HttpResponse<String> back = browser().complete(waiting, "pass");
        assertThat(back.headers().firstValue("Location").orElseThrow()).startsWith("https://shop.example/back?").contains("redirect_status=succeeded");
        Answer paid = world().get("/v1/payment_intents/" + waiting.id());
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(movements(paid)).containsExactly("sale 2000");
    }

    @Test
    default void a_failed_challenge_fails_the_attempt_and_another_one_can_be_made() {
        Answer waiting = challenged("");
        HttpResponse<String> back = browser().complete(waiting, "fail");
        assertThat(back.headers().firstValue("Location").orElseThrow()).contains("redirect_status=failed");
        Answer failed = world().get("/v1/payment_intents/" + waiting.id());
        assertThat(failed.text("/status")).isEqualTo("requires_payment_method");
        assertThat(failed.text("/last_payment_error/code")).isEqualTo("payment_intent_authentication_failure");
        assertThat(movements(failed)).isEmpty();
        Answer again = world().post("/v1/payment_intents/" + waiting.id() + "/confirm", "payment_method=pm_card_visa");
        assertThat(again.text("/status")).isEqualTo("succeeded");
    }

    @Test
    default void who_comes_back_with_anothers_answer_changes_nothing() {
        Answer mine = challenged("");
        Answer other = challenged("");
        HttpResponse<String> refused = browser().comeBackWithAnothers(mine, other, "pass");
        assertThat(refused.statusCode()).isIn(303, 400);
        assertThat(world().get("/v1/payment_intents/" + mine.id()).text("/status")).isEqualTo("requires_action");
        assertThat(movements(mine)).isEmpty();
    }

    @Test
    default void an_abandoned_challenge_expires_and_another_attempt_can_be_made() {
        try (PaymentWorld hasty = ProviderTests.impatient(profile()).actionExpiry(Duration.ofSeconds(2)).start()) {
            Answer waiting = hasty.pay(20_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back");
            assertThat(waiting.text("/status")).isEqualTo("requires_action");
            Answer expired = hasty.await(waiting.id(), "requires_payment_method");
            assertThat(expired.text("/last_payment_error/code")).isEqualTo("payment_intent_authentication_failure");
            assertThat(expired.text("/next_action")).isNull();
            assertThat(hasty.movementsOf(expired)).isEmpty();
            assertThat(hasty.eventTypes(waiting.id())).containsExactly("payment_intent.created", "payment_intent.requires_action", "payment_intent.payment_failed");
            assertThat(hasty.post("/v1/payment_intents/" + waiting.id() + "/confirm", "payment_method=pm_card_visa").text("/status")).isEqualTo("succeeded");
            assertThat(hasty.movementsOf(waiting)).containsExactly("sale 2000");
        }
    }
}
