package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A commit that happened, and whose acknowledgement never came: the client sees nothing of it, and nothing happens twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LostAcknowledgementTest {
    private static final String FIRST = "charge_written as (";
    private static final String SECOND = "charge_moved as (";

    private final CuttingProxy proxy = new CuttingProxy();
    private final PaymentWorld world = PaymentWorld.setup().providerAccounts(2).through(proxy::through).start();

    @AfterAll
    void close() throws IOException {
        world.close();
        proxy.close();
    }

    @AfterEach
    void every_cut_took_place() {
        assertThat(proxy.cuts()).isPositive();
    }

    private Answer pay(String token, String... headers) {
        return world.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true&payment_method=" + token, headers);
    }

    private static String reference(Answer intent) {
        return String.valueOf(intent.text("/charges/data/0/reference"));
    }

    @ParameterizedTest
    @CsvSource({FIRST + ", 1", FIRST + ", 2", SECOND + ", 1", SECOND + ", 2"})
    void a_payment_goes_on_as_if_nothing_had_been_lost(String statement, int times) {
        for (String key : new String[] {"", "key-" + statement + times}) {
            String method = world.method("4242424242424242");
            proxy.cut(statement, times);
            Answer paid = key.isEmpty() ? pay(method) : pay(method, "Idempotency-Key", key);
            assertThat(proxy.cuts()).isPositive();
            assertThat(paid.status()).isEqualTo(200);
            assertThat(paid.text("/status")).isEqualTo("succeeded");
            assertThat(paid.body().at("/charges/data")).hasSize(1);
            assertThat(world.movements(reference(paid))).containsExactly("sale 1500");
            assertThat(world.eventTypes(paid.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
            assertThat(world.eventTypes(String.valueOf(paid.text("/latest_charge")))).containsExactly("charge.succeeded");
            if (!key.isEmpty()) {
                assertThat(pay(method, "Idempotency-Key", key).body()).isEqualTo(paid.body());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({FIRST, SECOND})
    void a_confirmation_of_an_existing_intent_goes_on_too(String statement) {
        Answer intent = world.post("/v1/payment_intents", "amount=1500&currency=eur&payment_method=" + world.method("4242424242424242"));
        proxy.cut(statement, 1);
        Answer paid = world.post("/v1/payment_intents/" + intent.id() + "/confirm", "");
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(world.movements(reference(paid))).containsExactly("sale 1500");
        assertThat(world.eventTypes(intent.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
    }

    @Test
    void a_decline_stays_that_decline() {
        String method = world.method("4000000000009995");
        proxy.cut(SECOND, 1);
        Answer declined = pay(method, "Idempotency-Key", "lost-decline");
        assertThat(declined.error()).isEqualTo("402 card_error card_declined payment_method");
        assertThat(pay(method, "Idempotency-Key", "lost-decline").body()).isEqualTo(declined.body());
        assertThat(world.eventTypes(String.valueOf(declined.text("/error/payment_intent/id"))))
                .containsExactly("payment_intent.created", "payment_intent.payment_failed");
    }

    @Test
    void an_unknown_outcome_is_told_once() {
        world.fault("\"fault\":\"garbage\",\"operation\":\"createPayment\"");
        proxy.cut(SECOND, 1);
        Answer unknown = pay(world.method("4242424242424242"));
        assertThat(unknown.text("/status")).isEqualTo("processing");
        world.await(unknown.id(), "succeeded");
        assertThat(world.eventTypes(unknown.id())).containsExactly("payment_intent.created", "payment_intent.processing", "payment_intent.succeeded");
    }

    @Test
    void a_challenge_is_asked_for_once() {
        proxy.cut(SECOND, 1);
        Answer waiting = pay("pm_card_threeDSecure2Required");
        assertThat(waiting.text("/status")).isEqualTo("requires_action");
        assertThat(new PayersBrowser(world).complete(waiting, "pass").statusCode()).isEqualTo(200);
        assertThat(world.movements(reference(waiting))).containsExactly("sale 1500");
        assertThat(world.eventTypes(waiting.id())).containsExactly("payment_intent.created", "payment_intent.requires_action", "payment_intent.succeeded");
    }

    @Test
    void a_failover_makes_one_second_attempt() {
        assertThat(pay("pm_card_visa").status()).isEqualTo(200);
        world.sandbox().post("/control/faults", "{\"provider\":\"cardinity\",\"fault\":\"clock_skew\",\"operation\":\"createPayment\",\"account\":\"" + world.sandboxAccount(0) + "\"}");
        proxy.cut("next_written as (", 1);
        Answer paid = pay(world.method("4242424242424242"));
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.body().at("/charges/data")).hasSize(2);
        assertThat(world.sandbox().kinds(world.sandboxAccount(1))).containsExactly("sale 1500");
        assertThat(world.eventTypes(paid.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
    }

    @ParameterizedTest
    @CsvSource({"operation_written as (", "operation_moved as ("})
    void a_capture_happens_once(String statement) {
        Answer authorized = world.pay(15_00, "pm_card_visa", "capture_method=manual");
        proxy.cut(statement, 1);
        Answer captured = world.post("/v1/payment_intents/" + authorized.id() + "/capture", "amount_to_capture=1100", "Idempotency-Key", "capture" + statement);
        assertThat(captured.text("/status")).isEqualTo("succeeded");
        assertThat(captured.text("/amount_received")).isEqualTo("1100");
        assertThat(world.movements().stream().filter("capture 1100"::equals)).hasSize(1 + (statement.contains("moved") ? 1 : 0));
        assertThat(world.eventTypes(authorized.id()))
                .containsExactly("payment_intent.created", "payment_intent.amount_capturable_updated", "payment_intent.succeeded");
    }

    @Test
    void a_capture_of_unknown_outcome_is_told_once() {
        Answer authorized = world.pay(15_00, "pm_card_visa", "capture_method=manual");
        world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"createSettlement\"");
        proxy.cut("operation_moved as (", 1);
        assertThat(world.post("/v1/payment_intents/" + authorized.id() + "/capture", "").text("/status")).isEqualTo("processing");
        world.await(authorized.id(), "succeeded");
        assertThat(world.eventTypes(authorized.id())).containsExactly("payment_intent.created", "payment_intent.amount_capturable_updated",
                "payment_intent.processing", "payment_intent.succeeded");
    }

    @ParameterizedTest
    @CsvSource({"refund_written as (", "amount_refunded = amount_refunded +"})
    void a_refund_happens_once(String statement) {
        Answer paid = world.pay(15_00, "pm_card_visa");
        proxy.cut(statement, 1);
        Answer refund = world.post("/v1/refunds", "charge=" + paid.text("/latest_charge") + "&amount=600");
        assertThat(refund.status()).isEqualTo(200);
        assertThat(refund.text("/status")).isEqualTo("succeeded");
        assertThat(world.movements(String.valueOf(refund.text("/reference")))).containsExactly("refund 600");
        assertThat(world.get("/v1/charges/" + paid.text("/latest_charge")).text("/amount_refunded")).isEqualTo("600");
        assertThat(world.eventTypes(refund.id())).containsExactly("refund.created", "refund.updated");
    }

    @Test
    void a_payers_page_asks_to_be_loaded_again_while_the_database_is_away() {
        Answer waiting = pay("pm_card_threeDSecure2Required");
        String url = String.valueOf(waiting.text("/next_action/redirect_to_url/url"));
        proxy.cut("select * from charge where account_id", 1);
        var page = world.browse("GET", url, null);
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("Load this page again");
        assertThat(world.browse("GET", url, null).statusCode()).isEqualTo(200);
    }

    @Test
    void a_read_is_refused_as_worth_repeating_while_the_database_is_away() {
        Answer paid = pay("pm_card_visa");
        proxy.cut("select * from payment_intent", 1);
        Answer refused = world.get("/v1/payment_intents/" + paid.id());
        assertThat(refused.error()).isEqualTo("503 api_error null null");
        assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");
    }
}
