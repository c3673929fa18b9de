package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control API as far as it concerns this provider. */
@RunningSandbox
class ControlTest {
    private final Control control;
    private final Acquirer acquirer;

    ControlTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control);
    }

    @AfterEach
    void clear() {
        control.delete("faults");
    }

    @Test
    void an_account_has_the_credentials_of_the_contract() {
        assertThat(acquirer.credential("acquirer_id")).isEqualTo("100812");
        assertThat(acquirer.credential("merchant_id")).matches("52\\d{7}");
        assertThat(acquirer.credential("client_secret")).isNotEmpty();
        assertThat(acquirer.credential("token_url")).isEqualTo(acquirer.uri() + "/connect/token");
        assertThat(Acquirer.named(control, "default").credential("client_id")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"client\":\"x\"}", "{\"token_seconds\":\"-1\"}", "{\"duplicates\":\"maybe\"}", "{\"scopes\":\"all\"}",
        "{\"client_id\":\"a b\"}", "{\"client_secret\":\"\"}", "{\"token_url\":\"http://x\"}", "{\"state_status\":\"418\"}"})
    void unusable_credentials_and_settings_are_refused(String credentials) {
        assertThat(control.post("accounts", "{\"provider\":\"worldline-acquiring\",\"credentials\":" + credentials + "}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"processPayment", "POST /processing/v1/{acquirer}/{merchant}/payments", "POST /processing/v1/*/*/payments"})
    void a_fault_strikes_a_call_by_its_id_or_its_path(String operation) {
        control.fault("{\"provider\":\"worldline-acquiring\",\"account\":\"" + acquirer.account() + "\",\"operation\":\"" + operation
                + "\",\"fault\":\"error_before_effect\",\"status\":502}");
        var failed = acquirer.pay(new PaymentRequest());
        assertThat(failed.status()).isEqualTo(502);
        assertThat(failed.at("/status")).isEqualTo("502");
        assertThat(acquirer.pay(new PaymentRequest()).status()).isEqualTo(201);
    }

    @Test
    void a_fault_without_an_operation_means_what_moves_money() {
        control.fault("{\"provider\":\"worldline-acquiring\",\"account\":\"" + acquirer.account() + "\",\"fault\":\"error_after_effect\"}");
        acquirer.send("GET", "/services/v1/ping", null);
        acquirer.post("/account-verifications", new PaymentRequest().toString());
        var request = PaymentRequest.of(500);
        assertThat(acquirer.pay(request).status()).isEqualTo(500);
        assertThat(acquirer.pay(request).status()).as("the first answer").isEqualTo(201);
        assertThat(acquirer.movements()).containsExactly("authorization 500 gbp");
    }

    @Test
    void card_data_and_secrets_are_masked_in_what_was_seen() {
        acquirer.pay(PaymentRequest.card("4242424242424242"));
        var seen = control.get("requests?limit=1000&account=" + acquirer.account()).body();
        assertThat(seen).contains("424242******4242", "client_secret=***").doesNotContain("4242424242424242", "\"012\"");
    }

    @Test
    void what_is_not_pending_or_not_there_cannot_be_completed_or_charged_back() {
        var payment = acquirer.paid(PaymentRequest.of(500));
        assertThat(control.post("complete", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + payment + "\",\"result\":\"approved\"}")
                .status()).isEqualTo(409);
        assertThat(control.post("complete", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"none\",\"result\":\"approved\"}").status())
                .isEqualTo(404);
        assertThat(control.post("chargebacks", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + payment + "\"}").status())
                .isEqualTo(409);
        acquirer.capture(payment, "");
        assertThat(control.post("chargebacks", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + payment + "\",\"amount\":501}")
                .status()).isEqualTo(400);
    }

    @Test
    void settings_make_payments_and_refunds_wait() {
        var slow = Acquirer.of(control, "{\"authorization_seconds\":\"60\",\"refund_seconds\":\"60\",\"clearing_seconds\":\"0\"}");
        var payment = slow.pay(PaymentRequest.sale(500)).at("/paymentId");
        assertThat(slow.status(payment)).isEqualTo("PENDING");
        control.post("clock", "{\"advance\":\"PT61S\"}");
        assertThat(slow.status(payment)).isEqualTo("CONFIRMED");
        var refund = slow.refund(payment, "").at("/refund/refundId");
        assertThat(slow.get("/refunds/" + refund).at("/status")).isEqualTo("PENDING");
        control.post("clock", "{\"advance\":\"PT61S\"}");
        assertThat(slow.get("/refunds/" + refund).at("/status")).isEqualTo("CONFIRMED");
    }
}
