package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class HostedPageTest {
    private final Control control;
    private final Shop shop;

    HostedPageTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control);
    }

    private Page pay(Page form, String pan) {
        var fields = new LinkedHashMap<>(form.fields());
        fields.putAll(Map.of("card_holder", "Ona Petraite", "card_number", pan, "exp_month", "4", "exp_year", "2040", "cvv", "123"));
        return Page.post(shop.uri().resolve(form.action()).toString(), fields);
    }

    private Page open(InvoiceBody body) {
        return Page.get(shop.created(body).at("/data/attributes/hpp_url"));
    }

    @Test
    void a_card_is_paid_with_and_the_payer_returns() {
        var created = shop.created(new InvoiceBody().returning().described("Order <1>"));
        var form = Page.get(created.at("/data/attributes/hpp_url"));
        assertThat(form.html()).contains("50.00 EUR", "Order &lt;1&gt;").doesNotContain("<script");
        var back = pay(form, "4242 4242 4242 4242");
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("https://shop.example/ok");
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("processed");
        assertThat(pay(form, "4242424242424242").header("Location")).as("a second time").isEqualTo("https://shop.example/ok");
        assertThat(shop.movements()).containsExactly("sale 5000 eur");
    }

    @Test
    void a_declined_card_may_be_followed_by_another_until_too_many_failed() {
        var created = shop.created(new InvoiceBody().returning().with("gateway_options", "{\"cardgate\":{\"retry_limit\":2}}"));
        var form = Page.get(created.at("/data/attributes/hpp_url"));
        var declined = pay(form, "4000000000000002");
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.html()).contains("The payment was declined");
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("process_pending");
        assertThat(shop.invoice(created.at("/data/id")).json().at("/data/relationships/active-payment/data").isNull()).isTrue();
        assertThat(pay(declined, "4000000000009995").header("Location")).isEqualTo("https://shop.example/no");
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("process_failed");
        assertThat(shop.resolution(created.at("/data/id"))).isEqualTo("insufficient_funds");
    }

    @Test
    void a_challenge_leads_through_the_bank_and_a_failed_one_back_to_the_form() {
        var created = shop.created(new InvoiceBody().returning());
        var toBank = pay(Page.get(created.at("/data/attributes/hpp_url")), "5123817234060000");
        assertThat(toBank.action()).isEqualTo(shop.uri() + "/acs");
        var failed = through(toBank, "fail");
        assertThat(failed.status()).isEqualTo(402);
        var again = pay(failed, "5123817234060000");
        assertThat(through(again, "pass").header("Location")).isEqualTo("https://shop.example/ok");
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("processed");
    }

    private Page through(Page toBank, String decision) {
        var choice = Page.post(toBank.action(), toBank.fields());
        var decided = new LinkedHashMap<>(choice.fields());
        decided.put("decision", decision);
        var back = Page.post(shop.uri().resolve(choice.action()).toString(), decided);
        return Page.post(shop.uri().resolve(back.action()).toString(), back.fields());
    }

    @Test
    void a_mistyped_card_is_told_without_repeating_it_and_costs_no_attempt() {
        var form = open(new InvoiceBody().returning());
        var wrong = pay(form, "4242424242424241");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.html()).contains("card number must be a valid card number").doesNotContain("4242424242424241");
        assertThat(pay(wrong, "4242424242424242").status()).isEqualTo(303);
    }

    @Test
    void a_payer_may_leave() {
        var created = shop.created(new InvoiceBody().returning());
        var left = Page.post(created.at("/data/attributes/hpp_url"), Map.of("cpi", created.at("/data/id"), "decision", "cancel"));
        assertThat(left.header("Location")).isEqualTo("https://shop.example/no");
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("terminated");
    }

    @ParameterizedTest
    @CsvSource({"approve,processed,https://shop.example/ok", "pending,process_pending,https://shop.example/wait"})
    void services_without_cards_are_decided_on_the_page(String decision, String status, String location) {
        var created = shop.created(new InvoiceBody().returning().with("service", "\"ideal_eur_hpp\""));
        assertThat(created.json().at("/data/attributes/flow_data/metadata").toString()).isEqualTo("[]");
        var url = created.at("/data/attributes/hpp_url");
        assertThat(Page.get(url).html()).contains("iDEAL");
        assertThat(Page.post(url, Map.of("cpi", created.at("/data/id"), "decision", decision)).header("Location")).isEqualTo(location);
        assertThat(shop.status(created.at("/data/id"))).isEqualTo(status);
    }

    @Test
    void without_a_return_address_the_page_itself_says_how_it_ended() {
        assertThat(pay(open(new InvoiceBody()), "4242424242424242").html()).contains("Thank you, 50.00 EUR is paid");
        var expired = shop.created(new InvoiceBody());
        control.post("clock", "{\"advance\":\"PT25H\"}");
        assertThat(Page.get(shop.uri() + "/hpp/?cpi=" + expired.at("/data/id")).status()).isEqualTo(410);
        assertThat(Page.get(shop.uri() + "/hpp/?cpi=cpi_none").status()).isEqualTo(404);
    }

    @Test
    void a_link_with_the_public_key_makes_an_invoice_where_the_account_allows_it() {
        var link = "/hpp/?public_key=" + shop.credential("public_key") + "&amount=12.50&currency=EUR&description=Gift";
        var made = Page.get(shop.uri() + link);
        assertThat(made.status()).isEqualTo(303);
        assertThat(Page.get(made.header("Location")).html()).contains("12.50 EUR", "Gift");
        var process = Page.post(shop.uri() + "/public-api/payment-invoices/process", Map.of("public_key", shop.credential("public_key"),
                "reference_id", Shop.fresh(), "amount", "3", "currency", "EUR", "service", "ideal_eur_hpp"));
        assertThat(process.header("Location")).contains("/hpp/?cpi=");
        var closed = Shop.of(control, "{\"public_creation\":\"false\"}");
        assertThat(Page.get(closed.uri() + "/hpp/?public_key=" + closed.credential("public_key") + "&amount=1&currency=EUR").status()).isEqualTo(403);
    }
}
