package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Of providers that tell of payments by themselves: what they tell twice, late, in the wrong order or never changes nothing. */
interface TellsByItself extends Challenges3ds {
    private static List<String> notices(PaymentWorld world, Answer intent) {
        return world.direct().sql("""
                        select n.state from provider_notice n join charge c on c.reference = n.reference
                         where c.payment_intent_id = :intent order by n.id
                        """)
                .bind("intent", intent.id())
                .list(row -> row.text("state"));
    }

    private static void awaitActedUpon(PaymentWorld world, Answer intent, String state) {
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> notices(world, intent), states -> states.contains(state) && !states.contains("received"));
    }

    /** Faults of notices would last beyond a test. */
    private void inAWorldOfItsOwn(String fault, Consumer<PaymentWorld> test) {
        try (PaymentWorld world = ProviderTests.impatient(profile()).start()) {
            world.fault(fault);
            test.accept(world);
        }
    }

    private static Answer challenged(PaymentWorld world, String decision) {
        Answer waiting = world.pay(20_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back");
        new PayersBrowser(world).complete(waiting, decision);
        return waiting;
    }

    private static void assertPaidOnce(PaymentWorld world, Answer intent) {
        assertThat(world.movementsOf(world.await(intent.id(), "succeeded"))).containsExactly("sale 2000");
        assertThat(world.eventTypes(intent.id())).containsExactly("payment_intent.created", "payment_intent.requires_action", "payment_intent.succeeded");
    }

    @Test
    default void notices_that_come_twice_change_nothing() {
        inAWorldOfItsOwn("\"fault\":\"webhook_duplicate\",\"count\":9", world -> {
            Answer paid = challenged(world, "pass");
            awaitActedUpon(world, paid, "duplicate");
            assertPaidOnce(world, paid);
        });
    }

    @Test
    default void notices_in_the_wrong_order_change_nothing() {
        inAWorldOfItsOwn("\"fault\":\"webhook_reorder\",\"count\":1", world -> {
            Answer paid = challenged(world, "pass");
            awaitActedUpon(world, paid, "processed");
            assertPaidOnce(world, paid);
        });
    }

    @Test
    default void a_notice_that_comes_after_the_payment_failed_does_not_revive_it() {
        inAWorldOfItsOwn("\"fault\":\"webhook_delay\",\"delay_ms\":1500,\"count\":9", world -> {
            Answer failed = world.await(challenged(world, "fail").id(), "requires_payment_method");
            awaitActedUpon(world, failed, "processed");
            assertThat(world.get("/v1/payment_intents/" + failed.id()).text("/status")).isEqualTo("requires_payment_method");
            assertThat(world.movementsOf(failed)).isEmpty();
        });
    }

    @Test
    default void news_that_never_comes_is_asked_for() {
        inAWorldOfItsOwn("\"fault\":\"webhook_drop\",\"count\":99", world -> {
            world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"" + profile().operations().get("pay") + "\"");
            Answer lost = world.pay(20_00, "pm_card_visa");
            assertThat(world.movementsOf(world.await(lost.id(), "succeeded"))).containsExactly("sale 2000");
            assertThat(notices(world, lost)).isEmpty();
        });
    }
}
