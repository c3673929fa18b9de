package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of providers that hold an amount first, and take it later. */
interface CapturesLater extends ProviderTests {
    default Answer authorized(long amount) {
        Answer authorized = world().pay(amount, "pm_card_visa", "capture_method=manual");
        assertThat(authorized.text("/status")).as(authorized.body().toString()).isEqualTo("requires_capture");
        return authorized;
    }

    default Answer capture(Answer intent, String body) {
        world().post("/v1/payment_intents/" + intent.id() + "/capture", body);
        return world().await(intent.id(), "succeeded");
    }

    @Test
    default void an_authorization_is_captured_whole() {
        Answer authorized = authorized(50_00);
        assertThat(authorized.text("/amount_capturable")).isEqualTo("5000");
        Answer captured = capture(authorized, "");
        assertThat(captured.text("/amount_received")).isEqualTo("5000");
        assertThat(movements(captured)).containsExactly("authorization 5000", "capture 5000");
    }

    @Test
    default void a_part_is_captured_and_the_rest_is_released() {
        Answer captured = capture(authorized(50_00), "amount_to_capture=1999");
        assertThat(captured.text("/amount_received")).isEqualTo("1999");
        assertThat(movements(captured)).containsExactly("authorization 5000", "capture 1999");
        assertThat(world().post("/v1/payment_intents/" + captured.id() + "/capture", "").status()).isEqualTo(400);
    }

    @Test
    default void an_authorization_is_released() {
        Answer authorized = authorized(50_00);
        world().post("/v1/payment_intents/" + authorized.id() + "/cancel", "");
        Answer canceled = world().await(authorized.id(), "canceled");
        assertThat(movements(canceled)).containsExactly("authorization 5000", "void 5000");
    }

    /** The API counts hundredths of a krona, which nobody else has. */
    @Test
    default void captures_are_told_in_the_units_of_the_provider() {
        Answer paid = world().post("/v1/payment_intents", "amount=98700&currency=isk&confirm=true&payment_method=pm_card_visa&capture_method=manual");
        assertThat(paid.text("/status")).as(paid.body().toString()).isEqualTo("requires_capture");
        Answer captured = capture(paid, "amount_to_capture=98600");
        assertThat(captured.text("/amount_received")).isEqualTo("98600");
        assertThat(refund(captured, "&amount=100").text("/status")).isEqualTo("succeeded");
        assertThat(movements(captured)).containsExactly("authorization 987", "capture 986", "refund 1");
    }

    @Test
    default void captures_whose_answer_is_lost_end_once_and_as_the_provider_has_them() {
        movementsWhoseAnswerIsLost("capture", "/capture", "capture 1500", "succeeded");
    }

    @Test
    default void releases_whose_answer_is_lost_end_once_and_as_the_provider_has_them() {
        movementsWhoseAnswerIsLost("void", "/cancel", "void 1500", "canceled");
    }

    private void movementsWhoseAnswerIsLost(String operation, String path, String movement, String done) {
        var cases = lost(operation, () -> authorized(15_00), intent -> world().post("/v1/payment_intents/" + intent.id() + path, ""));
        cases.forEach((answer, happens) -> {
            boolean made = happens || profile().repeats();
            Answer settled = world().await(answer.id(), made ? done : "requires_capture");
            assertThat(movements(settled)).isEqualTo(made ? List.of("authorization 1500", movement) : List.of("authorization 1500"));
        });
    }
}
