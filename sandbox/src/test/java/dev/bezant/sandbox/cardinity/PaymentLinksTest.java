package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RunningSandbox;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class PaymentLinksTest {
    private final Control control;
    private final Merchant merchant;

    PaymentLinksTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    @AfterEach
    void nowAgain() {
        control.post("clock", "{\"advance\":\"PT" + -control.get("clock").json().path("offset_ms").asLong() / 1000 + "S\"}");
    }

    private Exchange link(String more) {
        return merchant.post("/paymentLinks", "{\"amount\":\"50.00\",\"currency\":\"EUR\",\"description\":\"Invoice 7\",\"country\":\"LT\"" + more + "}");
    }

    private static String in(int days) {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).plus(days, ChronoUnit.DAYS).plusMillis(120).toString();
    }

    private static Page pay(Exchange link, String pan) {
        return Page.post(link.at("/url"),
                Map.of("holder", "Ona Petraite", "pan", pan, "exp_month", "12", "exp_year", "2040", "cvc", "123", "country", "LT"));
    }

    @Test
    void a_link_is_made_read_and_shown() {
        var made = link(",\"expiration_date\":\"" + in(3) + "\"");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/url")).isEqualTo(merchant.uri() + "/link/" + made.at("/id"));
        assertThat(made.at("/amount")).isEqualTo("50.00");
        assertThat(made.at("/expiration_date")).isEqualTo(in(3));
        assertThat(made.json().path("multiple_use").asBoolean()).isFalse();
        assertThat(made.json().path("enabled").asBoolean()).isTrue();
        assertThat(merchant.get("/paymentLinks/" + made.at("/id")).body()).isEqualTo(made.body());
        assertThat(Page.get(made.at("/url")).html()).contains("Invoice 7", "50.00 EUR");
        assertThat(control.merchant().get("/paymentLinks/" + made.at("/id")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ,"amount":"0.49"                                   | amount
            ,"description":""                                  | description
            ,"country":"LTU"                                   | country
            ,"currency":"XXY"                                  | currency
            ,"expiration_date":"2020-01-01T00:00:00Z"          | expiration_date
            ,"expiration_date":"2099-01-01T00:00:00Z"          | expiration_date
            ,"expiration_date":"2027-01-01T00:00:00+02:00"     | expiration_date
            ,"multiple_use":"often"                            | multiple_use
            """)
    void a_mistaken_link_is_refused(String more, String field) {
        var refused = link(more);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void links_may_be_switched_off_for_an_account() {
        var refused = control.merchant("{\"links_enabled\":\"false\"}").post("/paymentLinks", "{}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/detail")).isEqualTo("Payment links are disabled for this account");
    }

    @Test
    void a_link_for_one_payment_is_paid_once() {
        var link = link("");
        assertThat(pay(link, "4000000000000002").status()).isEqualTo(402);
        assertThat(pay(link, "4242424242424242").html()).contains("is paid");
        assertThat(Page.get(link.at("/url")).status()).isEqualTo(410);
        assertThat(pay(link, "4242424242424242").status()).isEqualTo(410);
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur");
    }

    @Test
    void parallel_payers_of_one_link_pay_once() {
        var link = link("");
        Parallel.times(20, () -> pay(link, "4242424242424242"));
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur");
    }

    @Test
    void a_link_for_many_payments_is_paid_many_times() {
        var link = link(",\"multiple_use\":true");
        assertThat(pay(link, "4242424242424242").html()).contains("is paid");
        assertThat(pay(link, "5555555555554444").html()).contains("is paid");
        assertThat(control.movements(merchant.account())).hasSize(2);
    }

    @Test
    void a_challenged_payer_of_a_link_comes_back_to_its_page() {
        var toIssuer = pay(link(""), "4000002760003184");
        var toPage = Page.post(toIssuer.action() + "?auto=pass", toIssuer.fields());
        assertThat(Page.post(toPage.action(), toPage.fields()).html()).contains("is paid");
    }

    @Test
    void a_disabled_or_deleted_or_expired_link_cannot_be_paid() {
        var disabled = link("");
        assertThat(merchant.send("PATCH", "/paymentLinks/" + disabled.at("/id"), "{\"enabled\":false}").json().path("enabled").asBoolean())
                .isFalse();
        assertThat(pay(disabled, "4242424242424242").status()).isEqualTo(410);
        var deleted = link("");
        assertThat(merchant.send("DELETE", "/paymentLinks/" + deleted.at("/id"), null).json().path("deleted").asBoolean()).isTrue();
        assertThat(pay(deleted, "4242424242424242").status()).isEqualTo(404);
        var expiring = link(",\"expiration_date\":\"" + in(3) + "\"");
        control.post("clock", "{\"advance\":\"PT96H\"}");
        assertThat(pay(expiring, "4242424242424242").status()).isEqualTo(410);
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void an_update_needs_something_to_update() {
        var path = "/paymentLinks/" + link("").at("/id");
        assertThat(merchant.send("PATCH", path, "{}").status()).isEqualTo(400);
        assertThat(merchant.send("PATCH", path, "{\"expiration_date\":\"2020-01-01T00:00:00Z\"}").status()).isEqualTo(400);
        assertThat(merchant.send("PATCH", path, "{\"expiration_date\":\"" + in(5) + "\"}").at("/expiration_date")).isEqualTo(in(5));
    }
}
