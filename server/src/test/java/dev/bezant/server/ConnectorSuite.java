package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every connector must do, over real HTTP through the whole payment path: the client's API on one side, the simulated provider and
 * its ledger on the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectorSuite implements ProviderTests {
    /** Longer than 24 payments take on any machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Profile profile;
    private final PaymentWorld world;
    private final PayersBrowser browser;

    ConnectorSuite(Profile profile) {
        this.profile = profile;
        this.world = ProviderTests.impatient(profile).start();
        this.browser = new PayersBrowser(world);
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public PaymentWorld world() {
        return world;
    }

    @Override
    public PayersBrowser browser() {
        return browser;
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void a_sale_is_captured_at_once() {
        Answer paid = paid(12_34);
        assertThat(paid.text("/amount_received")).isEqualTo("1234");
        assertThat(paid.text("/charges/data/0/provider")).isEqualTo(profile.name());
        assertThat(movements(paid)).containsExactly("sale 1234");
    }

    @Test
    void parts_are_given_back_and_never_more_than_was_taken() {
        Answer paid = paid(30_00);
        assertThat(refund(paid, "&amount=1000").text("/status")).isEqualTo("succeeded");
        assertThat(refund(paid, "&amount=2001").error()).isEqualTo("400 invalid_request_error amount_too_large amount");
        assertThat(refund(paid, "&amount=1000").text("/status")).isEqualTo("succeeded");
        assertThat(refund(paid, "").text("/amount")).isEqualTo("1000");
        assertThat(movements(paid)).containsExactly("sale 3000", "refund 1000", "refund 1000", "refund 1000");
    }

    @Test
    void a_payment_without_a_challenge_needs_no_payer() {
        Answer paid = world.pay(20_00, "pm_card_threeDSecureOptional");
        assertThat(paid.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_visa_chargeDeclined,generic_decline", "pm_card_visa_chargeDeclinedInsufficientFunds,insufficient_funds",
        "pm_card_visa_chargeDeclinedLostCard,lost_card", "pm_card_visa_chargeDeclinedStolenCard,stolen_card",
        "pm_card_visa_chargeDeclinedVelocityLimitExceeded,card_velocity_exceeded", "pm_card_chargeDeclinedExpiredCard,expired_card",
        "pm_card_chargeDeclinedIncorrectCvc,incorrect_cvc", "pm_card_chargeDeclinedProcessingError,processing_error",
        "pm_card_radarBlock,fraudulent"})
    void declines_are_told_in_our_words(String token, String code) {
        Answer declined = world.pay(15_00, token);
        assertThat(declined.status()).as(declined.body().toString()).isEqualTo(402);
        assertThat(declined.text("/error/decline_code")).isEqualTo(code);
        assertThat(movements(declined.intent())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eur", "jpy", "kwd"})
    void amounts_of_every_exponent_are_exact_or_refused_before_anything_is_sent(String currency) {
        int decimals = currency.equals("kwd") ? 3 : currency.equals("jpy") ? 0 : 2;
        Answer answer = world.post("/v1/payment_intents", "amount=98760&currency=" + currency + "&confirm=true&payment_method=pm_card_visa");
        if (decimals <= profile.decimalsMax()) {
            assertThat(answer.text("/status")).isEqualTo("succeeded");
            assertThat(movements(answer)).containsExactly("sale 98760");
        } else {
            assertThat(answer.status()).isEqualTo(402);
            assertThat(movements(answer.intent())).isEmpty();
        }
    }

    @Test
    void payments_whose_answer_is_lost_end_once_and_as_the_provider_has_them() {
        var cases = lost("pay", () -> world.pay(15_00, "pm_card_visa"));
        cases.forEach((answer, happens) -> {
            List<String> made = switch (profile.lost()) {
                case FOUND -> happens ? List.of("sale 1500") : List.of();
                case REPEATED -> List.of("sale 1500");
                case TAKEN_BACK -> happens ? List.of("sale 1500", "void 1500") : List.of();
            };
            String end = made.equals(List.of("sale 1500")) ? "succeeded" : "requires_payment_method";
            assertThat(answer.text("/status")).as("until it is known, it is said to be open").isIn("processing", end);
            Answer settled = world.await(answer.id(), end);
            assertThat(movements(settled)).isEqualTo(made);
        });
    }

    @Test
    void refunds_whose_answer_is_lost_end_once_and_as_the_provider_has_them() {
        var cases = lost("refund", () -> paid(15_00), intent -> world.post("/v1/refunds", "payment_intent=" + intent.id()));
        cases.forEach((answer, happens) -> {
            boolean made = happens || profile.repeats();
            Answer refund = world.awaitRefund(answer.id(), made ? "succeeded" : "failed");
            Answer intent = world.get("/v1/payment_intents/" + refund.text("/payment_intent"));
            assertThat(movements(intent)).isEqualTo(made ? List.of("sale 1500", "refund 1500") : List.of("sale 1500"));
        });
    }

    @TestFactory
    Stream<DynamicTest> methods_without_a_card() {
        String operation = profile.operations().getOrDefault("page", String.valueOf(profile.operations().get("pay")));
        return new RedirectPayments(world, browser, operation, profile.repeats()).tests();
    }

    @Test
    void a_refused_connection_is_a_failure_at_once_because_nothing_was_sent() {
        try (PaymentWorld other = ProviderTests.impatient(profile).start()) {
            other.sandbox().post("/control/faults", "{\"provider\":\"" + profile.name() + "\",\"fault\":\"refuse\"}");
            try {
                Answer refused = other.pay(15_00, "pm_card_visa");
                assertThat(refused.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
                assertThat(other.movementsOf(refused.intent())).isEmpty();
            } finally {
                other.sandbox().call("DELETE", "/control/faults", null);
            }
            assertThat(other.pay(15_00, "pm_card_visa").text("/status")).isEqualTo("succeeded");
        }
    }

    @Test
    void a_revoked_key_is_told_and_nothing_happens() {
        try (PaymentWorld other = PaymentWorld.setup().providers(profile.name()).start()) {
            other.revokeCredentials();
            Answer refused = other.pay(15_00, "pm_card_visa");
            assertThat(refused.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
            assertThat(other.movements()).isEmpty();
        }
    }

    @Test
    void a_wrong_secret_is_told_and_nothing_happens() {
        try (PaymentWorld other = PaymentWorld.setup().providers(profile.name()).providerCredential(0, profile.secret(), "bm90IHRoZSBzZWNyZXQ=").start()) {
            Answer refused = other.pay(15_00, "pm_card_visa");
            assertThat(refused.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
            assertThat(other.movements()).isEmpty();
        }
    }

    @Test
    void a_saved_card_is_charged_again_without_its_cvc_while_its_payer_is_away() {
        String customer = world.post("/v1/customers", "").id();
        String method = world.method("4242424242424242");
        Answer first = world.post("/v1/payment_intents", "amount=1000&currency=eur&confirm=true&customer=" + customer + "&payment_method=" + method
                + "&setup_future_usage=off_session");
        assertThat(first.text("/status")).isEqualTo("succeeded");
        Answer second = world.post("/v1/payment_intents", "amount=1100&currency=eur&confirm=true&off_session=true&customer=" + customer
                + "&payment_method=" + method);
        assertThat(second.text("/status")).as(second.body().toString()).isEqualTo("succeeded");
        assertThat(movements(second)).containsExactly("sale 1100");
    }

    @Test
    void many_payments_at_once_are_each_made_once() throws InterruptedException {
        try (PaymentWorld patient = PaymentWorld.setup().providers(profile.name()).sendWindow(PATIENCE).providerTimeout(PATIENCE).start();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 24).mapToObj(i -> (Callable<Answer>) () -> patient.pay(10_00L + i, "pm_card_visa")).toList();
            for (var call : clients.invokeAll(calls)) {
                Answer made = call.resultNow();
                assertThat(made.text("/status")).as(made.body().toString()).isEqualTo("succeeded");
                assertThat(patient.movementsOf(made)).containsExactly("sale " + made.text("/amount"));
            }
        }
    }
}
