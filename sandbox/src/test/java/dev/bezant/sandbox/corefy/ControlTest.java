package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import dev.bezant.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The control API as far as it concerns this provider. */
@RunningSandbox
class ControlTest {
    private final Control control;
    private final Shop shop;

    ControlTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control);
    }

    @AfterEach
    void removeFaults() {
        control.delete("faults");
    }

    private Exchange chargeback(String id, String amount) {
        return control.post("chargebacks", "{\"provider\":\"corefy\",\"provider_id\":\"" + id + "\"" + amount + "}");
    }

    private Exchange complete(String id, String result) {
        return control.post("complete", "{\"provider\":\"corefy\",\"provider_id\":\"" + id + "\",\"result\":\"" + result + "\"}");
    }

    private void fault(String operation, String fault) {
        control.fault("{\"provider\":\"corefy\",\"account\":\"" + shop.account() + "\",\"operation\":\"" + operation + "\",\"fault\":\"" + fault + "\"}");
    }

    @Test
    void an_account_has_the_credentials_of_the_contract_and_tells_where_the_card_gate_is() {
        assertThat(shop.credentials().propertyNames()).contains("account_id", "api_key", "callback_secret", "card_gate_url", "secret_key", "public_key");
        assertThat(shop.credential("account_id")).matches("coma_[A-Za-z0-9]{16}");
        assertThat(shop.credential("callback_secret")).startsWith("sk_test_");
        assertThat(shop.credential("card_gate_url")).isEqualTo(shop.uri() + "/cardgate");
        assertThat(control.get("accounts?provider=corefy&account=default").at("/data/0/credentials/card_gate_url")).isEqualTo(shop.uri() + "/cardgate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"acount_id\":\"x\"}", "{\"duplicate_status\":\"418\"}", "{\"opening_balance\":\"much\"}", "{\"account_id\":\"a:b\"}",
        "{\"callback_url\":\"nowhere\"}", "{\"api_key\":\"\"}"})
    void unusable_credentials_and_settings_are_refused(String credentials) {
        assertThat(control.post("accounts", "{\"provider\":\"corefy\",\"credentials\":" + credentials + "}").status()).isEqualTo(400);
    }

    @Test
    void a_revoked_account_that_is_made_again_is_the_same_merchant() {
        var id = shop.paid(new InvoiceBody());
        control.delete("accounts?provider=corefy&account=" + shop.account());
        var again = Shop.of(control, control.post("accounts", "{\"provider\":\"corefy\",\"account\":\"" + shop.account() + "\"}").json());
        assertThat(again.credential("account_id")).isEqualTo(shop.credential("account_id"));
        assertThat(again.status(id)).isEqualTo("processed");
        assertThat(shop.get("/account").status()).isEqualTo(401);
    }

    @Test
    void a_payment_is_charged_back_in_parts_up_to_what_is_left() {
        var id = shop.paid(new InvoiceBody());
        shop.refund(id, "10", "REF-1");
        assertThat(chargeback(id, ",\"amount\":1500").at("/data/attributes/status")).isEqualTo("partially_charged_back");
        assertThat(chargeback(id, ",\"amount\":2501").status()).isEqualTo(400);
        assertThat(chargeback(id, "").json().at("/data/attributes/charged_back_amount").asInt()).isEqualTo(40);
        assertThat(chargeback(id, "").status()).isEqualTo(409);
        assertThat(chargeback("cpi_none", "").status()).isEqualTo(404);
        assertThat(shop.movements()).containsExactly("sale 5000 eur", "refund 1000 eur", "chargeback 1500 eur", "chargeback 2500 eur");
    }

    @Test
    void an_open_invoice_is_completed_and_a_failed_one_corrected_by_hand() {
        var open = shop.created(new InvoiceBody()).at("/data/id");
        assertThat(complete(open, "approved").at("/data/attributes/status")).isEqualTo("processed");
        assertThat(complete(open, "approved").status()).isEqualTo(409);
        var failed = shop.created(new InvoiceBody());
        shop.sale(failed, "4302912837020000", "0933");
        assertThat(complete(failed.at("/data/id"), "declined").status()).isEqualTo(409);
        assertThat(complete(failed.at("/data/id"), "approved").at("/data/attributes/status")).isEqualTo("processed");
        assertThat(complete("nothing", "approved").status()).isEqualTo(404);
        assertThat(shop.movements()).containsExactly("sale 5000 eur", "sale 5000 eur");
    }

    @ParameterizedTest
    @CsvSource({"createPaymentInvoice", "POST /payment-invoices", "POST /api/payment-invoices"})
    void a_fault_strikes_a_call_by_its_id_or_its_path(String operation) {
        fault(operation, "error_before_effect");
        var body = new InvoiceBody();
        var failed = shop.create(body);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.at("/errors/0/status")).isEqualTo("500");
        assertThat(shop.create(body).status()).isEqualTo(201);
    }

    @Test
    void a_sale_that_is_answered_with_an_error_may_have_charged() {
        var created = shop.created(new InvoiceBody());
        fault("sale", "error_after_effect");
        assertThat(shop.sale(created, "5519283812030000", "1240").status()).isEqualTo(500);
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("processed");
        assertThat(control.get("faults").json().at("/data/0/hits").asInt()).isEqualTo(1);
    }

    @Test
    void card_data_is_masked_in_what_was_seen() {
        shop.pay(new InvoiceBody(), "5519283812030000");
        var seen = control.get("requests?provider=corefy&limit=1000&account=" + shop.account());
        assertThat(seen.body()).contains("551928******0000").doesNotContain("5519283812030000").doesNotContain("\"cvv\":\"123\"");
    }

    @Test
    void everything_survives_a_restart(@TempDir Path data) {
        var options = new Sandbox.Options(0, data, null);
        String paid;
        Exchange open;
        Shop first;
        try (var sandbox = Sandbox.start(options, Clock.systemUTC())) {
            var its = new Control(sandbox.controlUri());
            first = Shop.of(its, "{\"opening_balance\":\"0\"}");
            paid = first.paid(new InvoiceBody().customer("C-1").tokenize());
            first.refund(paid, "10", "REF-1");
            first.refund(paid, "5", "REF-2", "sim-pending");
            open = first.created(new InvoiceBody().returning());
            first.payout("{\"reference_id\":\"OUT-1\",\"service\":\"test_usd\",\"currency\":\"USD\",\"amount\":5,\"fields\":{\"account\":\"1\"},"
                    + "\"options\":{\"auto_process\":false}}");
        }
        try (var sandbox = Sandbox.start(options, Clock.systemUTC())) {
            var its = new Control(sandbox.controlUri());
            var again = Shop.of(its, its.get("accounts?provider=corefy&account=" + first.account()).json().at("/data/0"));
            assertThat(again.status(paid)).isEqualTo("refund_pending");
            assertThat(again.get("/account/balances").at("/data/attributes/currency_accounts/EUR/active_balance")).isEqualTo("35.00");
            assertThat(again.sale(open, "5519283812030000", "1240").at("/status")).as("the old token still works").isEqualTo("processed");
            var token = again.invoice(paid).at("/data/attributes/payload/token");
            assertThat(again.created(new InvoiceBody().customer("C-1").instant(token)).at("/data/attributes/status")).isEqualTo("processed");
            its.post("clock", "{\"advance\":\"PT61M\"}");
            assertThat(again.status(paid)).isEqualTo("partially_refunded");
            assertThat(Shop.texts(again.get("/payout-invoices").json().path("data"), "/attributes/status")).isEqualTo(List.of("created"));
            assertThat(again.movements()).containsExactly("sale 5000 eur", "refund 1000 eur", "sale 5000 eur", "sale 5000 eur", "refund 500 eur");
        }
    }

    @Test
    void a_reset_forgets_everything_but_the_default_account() {
        try (var sandbox = Sandbox.start(new Sandbox.Options(0, null, null), Clock.systemUTC())) {
            var its = new Control(sandbox.controlUri());
            var standard = Shop.of(its, its.get("accounts?provider=corefy&account=default").json().at("/data/0"));
            var id = standard.paid(new InvoiceBody());
            its.post("reset", "");
            assertThat(standard.invoice(id).status()).isEqualTo(404);
            assertThat(standard.movements()).isEmpty();
            assertThat(standard.get("/account/balances").at("/data/attributes/currency_accounts/EUR/active_balance")).isEqualTo("1000000.00");
        }
    }
}
