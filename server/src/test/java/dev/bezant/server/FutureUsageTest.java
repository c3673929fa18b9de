package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Cards that are kept with the customer once they have paid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FutureUsageTest {
    private final PaymentWorld world = PaymentWorld.start();

    @AfterAll
    void close() {
        world.close();
    }

    private String customer() {
        return world.post("/v1/customers", "name=Ona").id();
    }

    private String holder(Answer intent) {
        return String.valueOf(world.get("/v1/payment_methods/" + intent.text("/payment_method")).text("/customer"));
    }

    @Test
    void a_card_that_paid_is_kept_where_that_was_asked_for() {
        String customer = customer();
        Answer paid = world.pay(1000, "pm_card_visa", "customer=" + customer, "setup_future_usage=off_session");
        assertThat(holder(paid)).isEqualTo(customer);
        assertThat(world.eventTypes(String.valueOf(paid.text("/payment_method")))).containsExactly("payment_method.attached");
        Answer again = world.post("/v1/payment_intents", "amount=500&currency=eur&confirm=true&off_session=recurring&customer=" + customer
                + "&payment_method=" + paid.text("/payment_method"));
        assertThat(again.text("/status")).isEqualTo("succeeded");
    }

    @Test
    void it_is_not_kept_without_being_asked_without_a_customer_or_where_the_card_says_otherwise() {
        String customer = customer();
        assertThat(holder(world.pay(1000, "pm_card_visa", "customer=" + customer))).isEqualTo("null");
        assertThat(holder(world.pay(1000, "pm_card_visa", "setup_future_usage=off_session"))).isEqualTo("null");
        assertThat(holder(world.pay(1000, "pm_card_visa", "customer=" + customer, "setup_future_usage=off_session",
                "payment_method_options[card][setup_future_usage]=none"))).isEqualTo("null");
        assertThat(holder(world.pay(1000, "pm_card_visa", "customer=" + customer,
                "payment_method_options[card][setup_future_usage]=on_session"))).isEqualTo(customer);
    }

    @Test
    void a_declined_card_is_not_kept() {
        String customer = customer();
        assertThat(world.pay(1000, "pm_card_chargeDeclined", "customer=" + customer, "setup_future_usage=off_session").status()).isEqualTo(402);
        assertThat(world.get("/v1/payment_methods?customer=" + customer).body().path("data")).isEmpty();
    }

    @Test
    void what_a_crash_kept_from_being_done_is_done_afterwards() {
        String customer = customer();
        Answer paid = world.pay(1000, "pm_card_visa", "customer=" + customer);
        // As a crash between the success and what follows it leaves the row.
        world.direct().sql("update payment_intent set follow_up = true, details = details || '{\"setup_future_usage\":\"off_session\"}' where id = :id")
                .bind("id", paid.id()).update();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> holder(paid).equals(customer));
        assertThat(world.column("payment_intent", paid.id(), "follow_up")).isEqualTo("false");
    }

    @Test
    void a_card_that_was_given_to_somebody_else_meanwhile_stays_there() {
        Answer paid = world.pay(1000, "pm_card_visa", "customer=" + customer());
        String other = customer();
        world.post("/v1/payment_methods/" + paid.text("/payment_method") + "/attach", "customer=" + other);
        world.direct().sql("update payment_intent set follow_up = true, details = details || '{\"setup_future_usage\":\"off_session\"}' where id = :id")
                .bind("id", paid.id()).update();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> "false".equals(world.column("payment_intent", paid.id(), "follow_up")));
        assertThat(holder(paid)).isEqualTo(other);
    }
}
