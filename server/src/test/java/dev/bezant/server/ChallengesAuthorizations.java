package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import org.junit.jupiter.api.Test;

/** Of providers with 3-D Secure that hold an amount first. */
interface ChallengesAuthorizations extends Challenges3ds, CapturesLater {
    @Test
    default void a_passed_challenge_of_an_authorization_leaves_it_to_be_captured() {
        Answer waiting = challenged("capture_method=manual");
        browser().complete(waiting, "pass");
        assertThat(world().get("/v1/payment_intents/" + waiting.id()).text("/status")).isEqualTo("requires_capture");
        assertThat(movements(capture(waiting, ""))).containsExactly("authorization 2000", "capture 2000");
    }
}
