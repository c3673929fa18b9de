package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.corefy.Card;
import dev.bezant.corefy.CorefyClient;
import dev.bezant.corefy.CorefyConfig;
import dev.bezant.corefy.PaymentInvoice;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.PayersBrowser.Form;
import dev.bezant.server.PaymentWorld.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is Corefy's own: the two steps of a payment, and how one is found by our reference. Nobody settles here but the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorefyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final PaymentWorld world = PaymentWorld.setup().providers("corefy", "cardinity").sendWindow(Duration.ofSeconds(2))
            .providerTimeout(Duration.ofMillis(1500)).withoutSettling().start();
    private final PayersBrowser browser = new PayersBrowser(world);

    @AfterAll
    void close() {
        world.close();
    }

    @AfterEach
    void answersAgain() {
        world.sandbox().call("DELETE", "/control/faults", null);
    }

    private Answer lost(String fault, String token, String... more) {
        world.fault("\"operation\":\"sale\",\"fault\":\"" + fault + "\"");
        Answer lost = world.pay(15_00, token, more);
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("processing");
        return lost;
    }

    private static String charge(Answer intent) {
        return String.valueOf(intent.text("/latest_charge"));
    }

    private String column(Answer intent, String column) {
        return String.valueOf(world.column("charge", charge(intent), "(" + column + ")"));
    }

    private void awaitColumn(Answer intent, String column, String value) {
        Awaitility.await(column + " " + value).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world.settled(() -> value.equals(column(intent, column))));
    }

    @Test
    void what_is_to_be_captured_later_goes_to_the_next_account() {
        Answer authorized = world.pay(20_00, "pm_card_visa", "capture_method=manual");
        assertThat(authorized.text("/status")).as(authorized.body().toString()).isEqualTo("requires_capture");
        Answer read = world.get("/v1/payment_intents/" + authorized.id());
        assertThat(read.text("/charges/data/0/provider")).isEqualTo("cardinity");
        assertThat(read.text("/charges/data/1/provider")).isEqualTo("corefy");
        assertThat(read.text("/charges/data/1/outcome/seller_message")).contains("captured at once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_before_effect", "reset_after_effect", "error_after_effect", "garbage"})
    void without_its_invoice_nothing_is_paid_so_the_next_account_is_asked(String fault) {
        world.fault("\"operation\":\"createPaymentInvoice\",\"fault\":\"" + fault + "\"");
        Answer paid = world.pay(21_00, "pm_card_visa");
        assertThat(paid.text("/status")).as(paid.body().toString()).isEqualTo("succeeded");
        assertThat(paid.text("/charges/data/0/provider")).isEqualTo("cardinity");
        assertThat(world.movementsOf(paid)).containsExactly("sale 2100");
    }

    @Test
    void a_lost_sale_is_believed_as_soon_as_it_is_seen() {
        Answer lost = lost("reset_after_effect", "pm_card_visa");
        Answer paid = world.await(lost.id(), "succeeded");
        assertThat(world.movementsOf(paid)).containsExactly("sale 1500");
        assertThat(world.eventTypes(lost.id())).containsExactly("payment_intent.created", "payment_intent.processing", "payment_intent.succeeded");
    }

    @Test
    void absence_is_no_proof_while_the_sale_may_still_be_sent() {
        Answer lost = lost("reset_before_effect", "pm_card_visa");
        Awaitility.await().atMost(PATIENCE).until(() -> column(lost, "now() > created_at + interval '2100 milliseconds'").equals("true"));
        world.settle();
        assertThat(column(lost, "state = 'pending' or now() >= give_up_at + interval '200 milliseconds'")).isEqualTo("true");
        world.await(lost.id(), "requires_payment_method");
        assertThat(column(lost, "resolved_at >= give_up_at + interval '200 milliseconds'")).isEqualTo("true");
        assertThat(column(lost, "failure ->> 'provider_text'")).contains("Proved absent");
        assertThat(world.movementsOf(lost)).isEmpty();
    }

    @Test
    void what_was_absent_and_arrives_all_the_same_is_given_back() {
        Answer lost = lost("reset_before_effect", "pm_card_visa");
        world.await(lost.id(), "requires_payment_method");
        assertThat(column(lost, "watch_until > now() + interval '23 hours'")).isEqualTo("true");
        arrivesLate(column(lost, "reference"));
        assertThat(world.movementsOf(lost)).containsExactly("sale 1500");
        awaitColumn(lost, "state", "reversed");
        assertThat(world.movementsOf(lost)).containsExactly("sale 1500", "refund 1500");
        assertThat(world.get("/v1/payment_intents/" + lost.id()).text("/status")).isEqualTo("requires_payment_method");
    }

    /** What was sent long ago, and comes to the gate now. */
    private void arrivesLate(String reference) {
        JsonNode credentials = world.credentials();
        var config = CorefyConfig.builder()
                .baseUrl(URI.create(world.sandbox().address("corefy")))
                .cardGateUrl(URI.create(credentials.path("card_gate_url").asString()))
                .accountId(credentials.path("account_id").asString())
                .apiKey(SecretText.of(credentials.path("api_key").asString()))
                .testMode(true)
                .build();
        try (CorefyClient client = CorefyClient.of(config)) {
            PaymentInvoice invoice = client.paymentInvoices().find(reference).orElseThrow();
            client.cardGate().sale(invoice, new Card(SecretText.of("4242424242424242"), 12, 2035, SecretText.of("123"), null), null);
        }
    }

    @Test
    void a_challenge_that_was_lost_with_its_answer_can_be_passed_by_nobody_and_has_failed() {
        Answer lost = lost("reset_after_effect", "pm_card_threeDSecure2Required", "return_url=https://shop.example/back");
        Answer failed = world.await(lost.id(), "requires_payment_method");
        assertThat(failed.text("/last_payment_error/code")).isEqualTo("payment_intent_authentication_failure");
        Answer again = world.post("/v1/payment_intents/" + lost.id() + "/confirm", "payment_method=pm_card_visa");
        assertThat(again.text("/status")).isEqualTo("succeeded");
        assertThat(world.movementsOf(again)).containsExactly("sale 1500");
    }

    @Test
    void a_payer_who_passes_and_never_comes_back_has_paid() {
        Answer waiting = challenged();
        browser.decideAndLeave(waiting, "pass");
        // Payers are given a while before anybody asks.
        set(waiting, "resolved_at = now() - interval '20 seconds'");
        assertThat(world.movementsOf(world.await(waiting.id(), "succeeded"))).containsExactly("sale 1500");
    }

    private Answer challenged(String... more) {
        Answer waiting = world.pay(15_00, "pm_card_threeDSecure2Required", "return_url=https://shop.example/back", String.join("&", more));
        assertThat(waiting.text("/status")).as(waiting.body().toString()).isEqualTo("requires_action");
        return waiting;
    }

    private void set(Answer intent, String columns) {
        world.direct().sql("update charge set " + columns + " where id = :id").bind("id", charge(intent)).update();
    }

    private void complete(Answer intent) {
        world.sandbox().post("/control/complete", "{\"provider\":\"corefy\",\"provider_id\":\"" + column(intent, "provider_id") + "\",\"result\":\"approved\"}");
    }

    private long readings(Answer intent) {
        String id = column(intent, "provider_id");
        return world.requestsSeen().stream().filter(it -> it.path("method").asString().equals("GET") && it.path("path").asString().contains(id)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolved_at = now() - interval '20 seconds'", "action_expires_at = now() - interval '1 second'"})
    void a_payer_who_pays_less_and_never_comes_back_leaves_it_to_an_operator(String away) {
        Answer part = challenged("description=sim-partial");
        browser.decideAndLeave(part, "pass");
        set(part, away);
        awaitColumn(part, "stuck_reason is not null", "true");
        assertThat(column(part, "state")).isEqualTo("completing");
        Answer now = world.get("/v1/payment_intents/" + part.id());
        assertThat(now.text("/status")).isEqualTo("processing");
        assertThat(now.text("/next_action")).isNull();
        assertThat(world.movementsOf(part)).containsExactly("sale 750");
        assertThat(world.eventTypes(part.id())).containsExactly("payment_intent.created", "payment_intent.requires_action", "payment_intent.processing");
        String page = String.valueOf(part.text("/next_action/redirect_to_url/url"));
        for (String url : List.of(page, page.replace("/pay/authenticate/", "/pay/return/"))) {
            assertThat(world.browse("GET", url, null).headers().firstValue("Location").orElseThrow())
                    .startsWith("https://shop.example/back?").endsWith("redirect_status=pending");
        }
    }

    @Test
    void an_expired_challenge_that_corefy_works_on_is_asked_about_with_growing_pauses() {
        Answer pending = challenged("description=sim-pending");
        browser.decideAndLeave(pending, "pass");
        set(pending, "action_expires_at = now() - interval '1 second'");
        for (int round = 0; round < 10; round++) {
            world.settle();
        }
        // A seventh would not come before a minute.
        assertThat(readings(pending)).isBetween(1L, 7L);
        complete(pending);
        assertThat(world.movementsOf(world.await(pending.id(), "succeeded"))).containsExactly("sale 1500");
    }

    @Test
    void what_is_paid_after_all_is_given_back_although_corefy_could_not_be_asked_in_time() {
        Answer canceled = challenged();
        Form bank = browser.open(canceled);
        assertThat(world.post("/v1/payment_intents/" + canceled.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        set(canceled, "watch_until = now() - interval '2 days'");
        world.fault("\"operation\":\"getPaymentInvoice\",\"fault\":\"error_before_effect\",\"count\":50");
        world.settle();
        assertThat(readings(canceled)).isPositive();
        assertThat(column(canceled, "watch_until is not null and stuck_reason is null")).isEqualTo("true");
        browser.post(browser.decide(bank, "pass"));
        answersAgain();
        awaitColumn(canceled, "state = 'reversed' and watch_until is null", "true");
        assertThat(world.movementsOf(canceled)).containsExactly("sale 1500", "refund 1500");
    }

    @Test
    void what_was_absent_is_looked_for_until_corefy_could_be_asked_once_more() {
        Answer lost = lost("reset_before_effect", "pm_card_visa");
        world.await(lost.id(), "requires_payment_method");
        set(lost, "watch_until = now() - interval '2 days'");
        world.fault("\"operation\":\"listPaymentInvoices\",\"fault\":\"error_before_effect\",\"count\":50");
        int before = calls(lost);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> world.settled(() -> calls(lost)) > before + 1);
        assertThat(column(lost, "watch_until is not null")).isEqualTo("true");
        answersAgain();
        arrivesLate(column(lost, "reference"));
        awaitColumn(lost, "state", "reversed");
        assertThat(world.movementsOf(lost)).containsExactly("sale 1500", "refund 1500");
    }

    @Test
    void what_corefy_still_works_on_when_its_watch_ends_is_watched_on() {
        Answer canceled = challenged("description=sim-pending");
        Form bank = browser.open(canceled);
        assertThat(world.post("/v1/payment_intents/" + canceled.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        browser.post(browser.decide(bank, "pass"));
        set(canceled, "watch_until = now() - interval '1 second'");
        world.settle();
        assertThat(readings(canceled)).isPositive();
        complete(canceled);
        awaitColumn(canceled, "state", "reversed");
        assertThat(world.movementsOf(canceled)).containsExactly("sale 1500", "refund 1500");
    }

    @Test
    void what_could_not_be_asked_about_for_a_week_is_an_operators_until_he_has_it_asked_again() {
        Answer canceled = challenged();
        Form bank = browser.open(canceled);
        assertThat(world.post("/v1/payment_intents/" + canceled.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        browser.post(browser.decide(bank, "pass"));
        set(canceled, "watch_until = now() - interval '8 days'");
        world.fault("\"operation\":\"getPaymentInvoice\",\"fault\":\"error_before_effect\",\"count\":50");
        awaitColumn(canceled, "stuck_reason is not null", "true");
        assertThat(column(canceled, "state = 'failed' and watch_until is not null")).isEqualTo("true");
        answersAgain();
        set(canceled, "stuck_reason = null");
        awaitColumn(canceled, "state = 'reversed' and watch_until is null and stuck_reason is null", "true");
        assertThat(world.movementsOf(canceled)).containsExactly("sale 1500", "refund 1500");
    }

    @Test
    void a_watch_ends_in_time_with_an_answer_that_nothing_was_paid() {
        Answer canceled = challenged();
        assertThat(world.post("/v1/payment_intents/" + canceled.id() + "/cancel", "").text("/status")).isEqualTo("canceled");
        world.settle();
        assertThat(column(canceled, "watch_until > now()")).isEqualTo("true");
        set(canceled, "watch_until = now() - interval '1 second'");
        awaitColumn(canceled, "watch_until is null", "true");
        assertThat(column(canceled, "state")).isEqualTo("failed");
    }

    private int calls(Answer intent) {
        return world.get("/v1/provider_calls?limit=100&reference=" + column(intent, "reference")).body().path("data").size();
    }

    @Test
    void no_attempt_is_closed_as_absent_without_being_watched() {
        world.direct().sql("""
                alter table charge add constraint absent_is_watched
                check (state <> 'failed' or watch_until is not null or failure ->> 'provider_text' not like 'Proved absent%') not valid
                """).update();
        try {
            Answer lost = lost("reset_before_effect", "pm_card_visa");
            world.await(lost.id(), "requires_payment_method");
            assertThat(column(lost, "watch_until > now() + interval '23 hours'")).isEqualTo("true");
        } finally {
            world.direct().sql("alter table charge drop constraint absent_is_watched").update();
        }
    }

    @Test
    void what_corefy_works_on_stays_open_until_it_says() {
        Answer pending = world.pay(15_00, "pm_card_visa", "description=sim-pending");
        assertThat(pending.text("/status")).isEqualTo("processing");
        world.settle();
        assertThat(world.get("/v1/payment_intents/" + pending.id()).text("/status")).isEqualTo("processing");
        complete(pending);
        assertThat(world.movementsOf(world.await(pending.id(), "succeeded"))).containsExactly("sale 1500");
    }

    @Test
    void less_than_was_asked_waits_for_an_operator() {
        Answer part = world.pay(15_00, "pm_card_visa", "description=sim-partial");
        assertThat(part.text("/status")).isEqualTo("processing");
        awaitColumn(part, "stuck_reason is not null", "true");
        assertThat(world.get("/v1/payment_intents/" + part.id()).text("/status")).isEqualTo("processing");
    }

    @Test
    void a_token_whose_answer_is_lost_has_paid_once() {
        String customer = world.post("/v1/customers", "").id();
        String method = world.method("4242424242424242");
        String card = "&currency=eur&confirm=true&customer=" + customer + "&payment_method=" + method;
        assertThat(world.post("/v1/payment_intents", "amount=1000&setup_future_usage=off_session" + card).text("/status")).isEqualTo("succeeded");
        world.fault("\"operation\":\"createPaymentInvoice\",\"fault\":\"reset_after_effect\"");
        Answer lost = world.post("/v1/payment_intents", "amount=1100&off_session=true" + card);
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("processing");
        assertThat(world.movementsOf(world.await(lost.id(), "succeeded"))).containsExactly("sale 1100");
    }
}
