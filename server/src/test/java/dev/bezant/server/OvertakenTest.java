package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A request that has read what another one changes before it writes: told so, and nothing done twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OvertakenTest {
    private final Overtaking overtaking = new Overtaking();
    private final PaymentWorld world = new PaymentWorld.Setup().checkpoint(overtaking).start();

    /** Lets something happen at a named place, once. */
    private static final class Overtaking implements Checkpoint {
        private final Map<String, Runnable> waiting = new HashMap<>();

        synchronized void at(String place, Runnable work) {
            waiting.put(place, work);
        }

        @Override
        public void reached(String name) {
            Runnable work;
            synchronized (this) {
                work = waiting.remove(name);
            }
            if (work != null) {
                work.run();
            }
        }
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Answer authorized() {
        return world.pay(50_00, "pm_card_visa", "capture_method=manual");
    }

    private Answer send(Answer intent, String action) {
        return world.post("/v1/payment_intents/" + intent.id() + "/" + action, "");
    }

    @Test
    void a_capture_that_a_cancellation_overtakes_is_refused() {
        Answer intent = authorized();
        overtaking.at("capture.before_commit_1", () -> send(intent, "cancel"));
        Answer late = send(intent, "capture");
        assertThat(late.error()).isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
        assertThat(world.get("/v1/payment_intents/" + intent.id()).text("/status")).isEqualTo("canceled");
    }

    @Test
    void a_cancellation_that_a_capture_overtakes_is_refused() {
        Answer intent = authorized();
        overtaking.at("void.before_commit_1", () -> send(intent, "capture"));
        assertThat(send(intent, "cancel").error()).isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
        assertThat(world.get("/v1/payment_intents/" + intent.id()).text("/amount_received")).isEqualTo("5000");
    }

    @Test
    void a_capture_that_another_one_overtakes_is_refused() {
        Answer intent = authorized();
        overtaking.at("capture.before_commit_1", () -> world.post("/v1/payment_intents/" + intent.id() + "/capture", "amount_to_capture=1999"));
        assertThat(send(intent, "capture").error()).isEqualTo("400 invalid_request_error payment_intent_unexpected_state intent");
        assertThat(world.get("/v1/payment_intents/" + intent.id()).text("/amount_received")).isEqualTo("1999");
    }

    @Test
    void a_refund_before_capture_that_a_cancellation_overtakes_is_told_of_the_charge() {
        Answer intent = authorized();
        overtaking.at("void.before_commit_1", () -> send(intent, "cancel"));
        Answer late = world.post("/v1/refunds", "payment_intent=" + intent.id());
        assertThat(late.error()).isEqualTo("400 invalid_request_error charge_already_refunded charge");
    }

    @Test
    void a_refund_before_capture_that_a_capture_overtakes_can_be_tried_again() {
        Answer intent = authorized();
        overtaking.at("void.before_commit_1", () -> send(intent, "capture"));
        Answer late = world.post("/v1/refunds", "payment_intent=" + intent.id());
        assertThat(late.error()).isEqualTo("409 invalid_request_error lock_timeout charge");
        assertThat(world.post("/v1/refunds", "payment_intent=" + intent.id()).text("/amount")).isEqualTo("5000");
    }

    @Test
    void a_refund_that_another_one_overtakes_is_told_what_is_left() {
        Answer paid = world.pay(20_00, "pm_card_visa");
        overtaking.at("refund.before_commit_1", () -> world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=1500"));
        Answer late = world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=1000");
        assertThat(late.error()).isEqualTo("400 invalid_request_error amount_too_large amount");
        assertThat(world.get("/v1/charges/" + paid.text("/latest_charge")).text("/amount_refunded")).isEqualTo("1500");
    }
}
