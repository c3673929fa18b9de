package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Worldline Direct tells by itself, and what is made of it. Nothing is settled here but by notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NoticesTest {
    private final PaymentWorld world = PaymentWorld.setup().providers("worldline-direct").providerTimeout(Duration.ofMillis(800))
            .sendWindow(Duration.ofSeconds(1)).withoutSettling().start();

    @AfterAll
    void close() {
        world.close();
    }

    private void acted() {
        world.job("act upon notices");
    }

    private Answer awaitByNotices(Answer intent, String status) {
        return Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
            acted();
            return world.get("/v1/payment_intents/" + intent.id());
        }, now -> status.equals(now.text("/status")));
    }

    private List<String> states(Answer intent) {
        return world.direct().sql("""
                        select n.state from provider_notice n join charge c on c.reference = n.reference
                         where c.payment_intent_id = :intent order by n.id
                        """)
                .bind("intent", intent.id())
                .list(row -> row.text("state"));
    }

    @Test
    void a_lost_answer_is_known_as_soon_as_the_provider_tells_of_the_payment() {
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"createPayment\"");
        Answer unknown = world.pay(15_00, "pm_card_visa");
        assertThat(unknown.text("/status")).isEqualTo("processing");
        Answer paid = awaitByNotices(unknown, "succeeded");
        assertThat(world.movementsOf(paid)).containsExactly("sale 1500");
        assertThat(world.eventTypes(unknown.id())).containsExactly("payment_intent.created", "payment_intent.processing", "payment_intent.succeeded");
    }

    @Test
    void a_payer_who_never_comes_back_has_paid_all_the_same() {
        Answer waiting = world.pay(15_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back");
        new PayersBrowser(world).decideAndLeave(waiting, "pass");
        assertThat(world.movementsOf(awaitByNotices(waiting, "succeeded"))).containsExactly("sale 1500");
    }

    @Test
    void what_an_intent_does_not_want_any_more_is_given_back() {
        Answer waiting = world.pay(15_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back");
        var browser = new PayersBrowser(world);
        String bank = browser.bank(waiting);
        Answer canceled = world.post("/v1/payment_intents/" + waiting.id() + "/cancel", "");
        assertThat(canceled.text("/status")).isEqualTo("canceled");
        browser.decide(bank, "pass");
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
            acted();
            world.settle();
            return world.column("charge", String.valueOf(waiting.text("/latest_charge")), "state");
        }, "reversed"::equals);
        assertThat(world.movementsOf(waiting)).containsExactly("sale 1500", "refund 1500");
    }

    @Test
    void the_same_news_twice_changes_nothing() {
        world.fault("\"fault\":\"webhook_duplicate\",\"operation\":\"payment.captured\"");
        Answer paid = world.pay(15_00, "pm_card_visa");
        Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> states(paid), states -> states.contains("duplicate"));
        acted();
        assertThat(states(paid)).doesNotContain("received").contains("processed");
        assertThat(world.eventTypes(paid.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
    }

    @Test
    void a_notice_that_nobody_signed_is_refused_and_noted() {
        String door = world.url() + "/notices/test/acct_world/" + world.providerAccount(0);
        HttpResponse<String> refused = world.browse("POST", door, "{\"apiVersion\":\"v1\",\"type\":\"payment.captured\"}");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(world.direct().sql("select count(*) as n from provider_notice where state = 'refused' and body is null").one(row -> row.number("n")))
                .hasValueSatisfying(count -> assertThat(count).isPositive());
    }

    @Test
    void notices_for_nobody_are_not_found() {
        for (String door : List.of("/notices/test/acct_world/pa_none", "/notices/live/acct_none/pa_none", "/notices/prod/acct_world/" + world.providerAccount(0))) {
            assertThat(world.browse("POST", world.url() + door, "{}").statusCode()).as(door).isEqualTo(404);
        }
    }

    @Test
    void a_wrong_signature_is_refused_and_the_payment_is_found_by_other_ways() {
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"createPayment\"");
        world.fault("\"fault\":\"webhook_bad_signature\",\"operation\":\"payment.captured\",\"count\":1");
        Answer unknown = world.pay(15_00, "pm_card_visa");
        assertThat(world.await(unknown.id(), "succeeded").text("/amount_received")).isEqualTo("1500");
    }

    @Test
    void a_refund_that_takes_its_time_is_told_when_it_is_done() {
        try (PaymentWorld slow = PaymentWorld.setup().providers("worldline-direct").simulator("refund_seconds", "3600").withoutSettling().start()) {
            Answer paid = slow.pay(15_00, "pm_card_visa");
            Answer refund = slow.post("/v1/refunds", "payment_intent=" + paid.id());
            assertThat(refund.text("/status")).isEqualTo("pending");
            slow.sandbox().post("/control/complete", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + refund.text("/provider_reference")
                    + "\",\"result\":\"approved\"}");
            Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> {
                slow.job("act upon notices");
                return slow.get("/v1/refunds/" + refund.id()).text("/status");
            }, "succeeded"::equals);
        }
    }
}
