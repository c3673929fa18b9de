package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which outcomes another provider account may follow. */
final class FailoverTest {
    private PaymentWorld world = PaymentWorld.setup().providerAccounts(2).withoutSettling().start();

    @BeforeEach
    void both_accounts_work() {
        assertThat(world.pay(5_00, "pm_card_visa").status()).isEqualTo(200);
        assertThat(world.pay(5_00, "pm_card_visa", "provider_account=" + world.providerAccount(1)).status()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void revoke(int account) {
        world.sandbox().call("DELETE", "/control/accounts?provider=cardinity&account=" + world.sandboxAccount(account), null);
    }

    @Test
    void refused_credentials_send_the_payment_to_the_second_account_once() {
        revoke(0);
        var paid = world.pay(20_00, "pm_card_visa");
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.body().at("/charges/data")).hasSize(2);
        assertThat(paid.text("/charges/data/0/provider_account")).isEqualTo(world.providerAccount(1));
        assertThat(paid.text("/charges/data/1/status")).isEqualTo("failed");
        assertThat(paid.text("/charges/data/1/outcome/network_status")).isEqualTo("not_sent_to_network");
        assertThat(world.paymentsAsked(1)).isEqualTo(2);
        assertThat(world.sandbox().kinds(world.sandboxAccount(1))).containsExactly("sale 500", "sale 2000");
        assertThat(world.eventTypes(paid.id())).containsExactly("payment_intent.created", "payment_intent.succeeded");
        assertThat(world.get("/v1/payment_intents/" + paid.id()).body()).isEqualTo(paid.body());
    }

    @Test
    void a_card_saved_at_the_second_account_needs_no_cvc_there() {
        String method = world.method("4242424242424242");
        assertThat(world.pay(5_00, method, "provider_account=" + world.providerAccount(1)).text("/status")).isEqualTo("succeeded");
        revoke(0);
        var paid = world.pay(20_00, method);
        assertThat(paid.text("/status")).isEqualTo("succeeded");
        assertThat(paid.text("/charges/data/0/provider_account")).isEqualTo(world.providerAccount(1));
    }

    @Test
    void the_last_account_refusing_too_fails_the_attempt() {
        revoke(0);
        revoke(1);
        var failed = world.pay(20_00, "pm_card_visa");
        assertThat(failed.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
        assertThat(failed.body().at("/error/payment_intent/charges/data")).hasSize(2);
    }

    @Test
    void a_pinned_account_is_the_only_one_asked() {
        revoke(0);
        var failed = world.pay(20_00, "pm_card_visa", "provider_account=" + world.providerAccount(0));
        assertThat(failed.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
        assertThat(world.paymentsAsked(1)).isEqualTo(1);
        assertThat(world.pay(20_00, "pm_card_visa", "provider_account=pa_none").error())
                .isEqualTo("404 invalid_request_error resource_missing provider_account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_before_effect", "reset_after_effect", "error_before_effect", "garbage"})
    void an_unknown_outcome_never_goes_elsewhere(String fault) {
        world.fault("\"fault\":\"" + fault + "\",\"operation\":\"createPayment\"");
        assertThat(world.pay(20_00, "pm_card_visa").text("/status")).isEqualTo("processing");
        assertThat(world.paymentsAsked(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pm_card_visa_chargeDeclined", "pm_card_visa_chargeDeclinedStolenCard", "pm_card_threeDSecure2Required"})
    void a_decline_and_a_challenge_never_go_elsewhere(String token) {
        world.pay(20_00, token);
        assertThat(world.paymentsAsked(1)).isEqualTo(1);
    }
}
