package dev.bezant.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RawConnection;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RunningSandbox
class ControlApiTest {
    private final Control control;
    private final Merchant merchant;

    ControlApiTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    @Test
    void health_tells_the_instance_and_where_providers_are() {
        var health = control.get("health");
        assertThat(health.at("/status")).isEqualTo("ready");
        assertThat(health.at("/instance")).hasSize(36);
        assertThat(health.at("/providers/cardinity")).isEqualTo(merchant.uri().toString());
    }

    @Test
    void a_ledger_entry_has_exactly_the_fields_of_the_contract() {
        var payment = merchant.paid(new PaymentBody().order("ORD-1"));
        merchant.post("/payments/" + payment + "/refunds", "{\"amount\":\"5.00\",\"description\":\"back\"}");
        var entries = control.ledger("account=" + merchant.account());
        assertThat(entries.getFirst().propertyNames()).containsExactly("seq", "provider", "account", "kind", "provider_id", "parent_id",
                "reference", "amount", "currency", "at");
        var refund = entries.get(1);
        assertThat(refund.path("kind").asString()).isEqualTo("refund");
        assertThat(refund.path("parent_id").asString()).isEqualTo(payment);
        assertThat(refund.path("reference").asString()).isEqualTo("back");
        assertThat(refund.path("amount").isInt()).isTrue();
        assertThat(refund.path("currency").asString()).isEqualTo("eur");
        assertThat(Instant.parse(refund.path("at").asString())).isNotNull();
    }

    @Test
    void the_ledger_is_read_page_by_page() {
        for (int i = 0; i < 5; i++) {
            merchant.paid(new PaymentBody());
        }
        var seqs = new ArrayList<Long>();
        long after = 0;
        boolean more = true;
        while (more) {
            var page = control.get("ledger?limit=2&after=" + after + "&account=" + merchant.account()).json();
            assertThat(page.path("data").size()).isBetween(1, 2);
            for (var entry : page.path("data")) {
                after = entry.path("seq").asLong();
                seqs.add(after);
            }
            more = page.path("has_more").asBoolean();
        }
        assertThat(seqs).hasSize(5).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_ledger_is_filtered_by_kind_reference_and_provider() {
        var payment = merchant.paid(new PaymentBody().authorization().order("REF-1"));
        merchant.post("/payments/" + payment + "/settlements", "{\"amount\":\"1.00\",\"description\":\"CAP-1\"}");
        assertThat(control.ledger("reference=CAP-1")).hasSize(1);
        assertThat(control.ledger("kind=authorization&reference=REF-1")).hasSize(1);
        assertThat(control.ledger("provider=corefy&reference=REF-1")).isEmpty();
        assertThat(control.get("ledger?kind=gift").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "after=-1"})
    void a_page_outside_its_limits_is_refused(String query) {
        assertThat(control.get("ledger?" + query).status()).isEqualTo(400);
        assertThat(control.get("requests?" + query).status()).isEqualTo(400);
    }

    @Test
    void requests_are_shown_with_card_data_masked() {
        merchant.pay(new PaymentBody().pan("4242424242424242").with("payment_instrument.cvc", "\"987\""));
        var page = control.get("requests?provider=cardinity&account=" + merchant.account());
        assertThat(page.body()).doesNotContain("4242424242424242").doesNotContain("987\"").contains("424242******4242");
        var seen = page.json().path("data").path(0);
        assertThat(seen.propertyNames()).containsExactly("seq", "at", "provider", "account", "method", "path", "status", "request",
                "response", "fault");
        assertThat(seen.at("/request/payment_instrument/cvc").asString()).isEqualTo("***");
        assertThat(seen.at("/response/status").asString()).isEqualTo("approved");
        assertThat(seen.path("status").asInt()).isEqualTo(201);
    }

    @Test
    void an_account_is_made_with_given_or_fresh_credentials() {
        var made = control.post("accounts", "{\"provider\":\"cardinity\",\"account\":\"shop-9\",\"credentials\":{\"consumer_key\":\"key-9\"}}");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.json().propertyNames()).containsExactly("provider", "account", "url", "credentials");
        assertThat(made.at("/credentials/consumer_key")).isEqualTo("key-9");
        assertThat(made.at("/credentials/consumer_secret")).isNotEmpty();
        assertThat(made.at("/credentials/project_id")).isNotEmpty();
        assertThat(made.at("/credentials/project_secret")).isNotEmpty();
        assertThat(control.post("accounts", "{\"provider\":\"cardinity\",\"account\":\"shop-9\"}").status()).isEqualTo(409);
        assertThat(control.post("accounts", "{\"provider\":\"cardinity\",\"credentials\":{\"consumer_key\":\"key-9\"}}").status())
                .isEqualTo(409);
        assertThat(control.post("accounts", "{\"provider\":\"cardinity\",\"credentials\":{\"api_key\":\"x\"}}").status())
                .isEqualTo(400);
        assertThat(control.post("accounts", "{\"provider\":\"cardinity\"}").at("/account")).startsWith("account-");
        assertThat(control.post("accounts", "").at("/error/message")).contains("provider is required");
    }

    @Test
    void the_default_account_is_there_from_the_start() {
        var standard = control.get("accounts?provider=cardinity&account=default").json().path("data");
        assertThat(standard).hasSize(1);
        control.standard().paid(new PaymentBody());
    }

    @Test
    void a_revoked_account_can_be_made_again_with_new_credentials() {
        var payment = merchant.paid(new PaymentBody());
        control.delete("accounts?provider=cardinity&account=" + merchant.account());
        assertThat(merchant.get("/payments").status()).isEqualTo(401);
        var again = control.post("accounts", "{\"provider\":\"cardinity\",\"account\":\"" + merchant.account() + "\"}");
        assertThat(again.at("/credentials/consumer_key")).isNotEqualTo(merchant.credential("consumer_key"));
        assertThat(control.ledger("account=" + merchant.account()).getFirst().path("provider_id").asString()).isEqualTo(payment);
    }

    @Test
    void the_clock_is_advanced_and_set() {
        var before = Instant.parse(control.get("clock").at("/now"));
        var after = Instant.parse(control.post("clock", "{\"advance\":\"PT24H\"}").at("/now"));
        assertThat(Duration.between(before, after)).isBetween(Duration.ofHours(24), Duration.ofHours(24).plusMinutes(1));
        assertThat(control.post("clock", "{\"set\":\"2031-01-01T00:00:00Z\"}").at("/now")).startsWith("2031-01-01T00:00");
        assertThat(merchant.pay(new PaymentBody()).at("/created")).startsWith("2031-01-01");
        assertThat(control.post("clock", "{\"advance\":\"a day\"}").status()).isEqualTo(400);
        assertThat(control.post("clock", "{}").status()).isEqualTo(400);
        control.post("clock", "{\"set\":\"" + before + "\"}");
    }

    @Test
    void a_chargeback_is_raised_by_hand() {
        var payment = merchant.paid(new PaymentBody());
        var raised = control.post("chargebacks",
                "{\"provider\":\"cardinity\",\"provider_id\":\"" + payment + "\",\"amount\":1500,\"reason\":\"13.1: Not received\"}");
        assertThat(raised.at("/amount")).isEqualTo("15.00");
        assertThat(merchant.get("/payments/chargebacks").at("/0/id")).isEqualTo(raised.at("/id"));
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur", "chargeback 1500 eur");
    }

    @Test
    void what_was_not_captured_cannot_be_charged_back() {
        var payment = merchant.paid(new PaymentBody().authorization());
        assertThat(control.post("chargebacks", "{\"provider\":\"cardinity\",\"provider_id\":\"" + payment + "\"}").status()).isEqualTo(409);
        assertThat(control.post("chargebacks", "{\"provider\":\"cardinity\",\"provider_id\":\"none\"}").status()).isEqualTo(404);
        assertThat(control.post("complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + payment + "\",\"result\":\"approved\"}")
                .status()).isEqualTo(409);
        assertThat(control.post("complete", "{\"provider\":\"cardinity\",\"provider_id\":\"none\",\"result\":\"approved\"}").status())
                .isEqualTo(404);
    }

    @Test
    void an_inquiry_becomes_a_chargeback_when_completed() {
        var payment = merchant.paid(PaymentBody.card("4000000000001976"));
        var inquiry = merchant.get("/payments/" + payment + "/chargebacks").at("/0/id");
        control.post("complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + inquiry + "\",\"result\":\"approved\"}");
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur", "chargeback 5000 eur");
    }

    @Test
    void unknown_calls_are_refused() {
        assertThat(control.get("nothing").status()).isEqualTo(404);
        assertThat(control.delete("faults/fault_0").status()).isEqualTo(404);
        assertThat(Exchange.send("GET", control.uri(), null, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void a_page_from_elsewhere_controls_nothing() throws IOException {
        assertThat(Exchange.send("POST", control.uri().resolve("/control/reset"), "", Map.of("Origin", "https://evil.example")).status())
                .isEqualTo(403);
        for (var host : List.of("evil.example", "127.0.0.1.evil.example:80")) {
            try (var connection = new RawConnection(control.uri())) {
                connection.write("POST /control/reset HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
                assertThat(connection.readResponse()).startsWith("HTTP/1.1 403");
            }
        }
    }
}
