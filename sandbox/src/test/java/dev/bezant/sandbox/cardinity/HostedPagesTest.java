package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Listener;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class HostedPagesTest {
    private final Control control;
    private final Merchant merchant;

    HostedPagesTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private Map<String, String> order() {
        return new LinkedHashMap<>(Map.of("amount", "50.00", "currency", "EUR", "country", "LT", "order_id", "PS-01", "description", "Order <1>",
                "project_id", merchant.credential("project_id"), "return_url", "https://shop.example/return",
                "cancel_url", "https://shop.example/cancel"));
    }

    private Page open(Map<String, String> fields) {
        var signed = new LinkedHashMap<>(fields);
        signed.put("signature", HostedSignature.of(fields, merchant.credential("project_secret")));
        return Page.post(merchant.uri() + "/", signed);
    }

    private Page pay(Page form, String pan) {
        return Page.post(merchant.uri() + form.action(),
                Map.of("holder", "Ona Petraite", "pan", pan, "exp_month", "12", "exp_year", "2040", "cvc", "123"));
    }

    private void assertSigned(Map<String, String> fields) {
        assertThat(fields.get("signature")).isEqualTo(HostedSignature.of(fields, merchant.credential("project_secret")));
    }

    @Test
    void the_signatures_fit_the_vectors() {
        assertThat(HostedSignature.of(Map.of("amount", "50.00", "cancel_url", "https://shop.example/cancel", "country", "LT", "currency", "EUR",
                "description", "PS1", "order_id", "01", "project_id", "pr_demo", "return_url", "https://shop.example/return",
                "signature", "ignored"), "project_secret_demo"))
                .isEqualTo("7717a9f04f10b4328233f91211e0943b71f1495c63d971f8453242c2eb81b693");
        var back = new LinkedHashMap<>(Map.of("amount", "50.00", "country", "LT", "created", "2024-05-21T12:54:19.896Z", "currency", "EUR",
                "description", "PS1", "id", "90095d47-11bb-468b-8764-fd4fbb49a9f9", "live", "", "order_id", "01", "payment_method", "card",
                "project_id", "pr_demo"));
        back.putAll(Map.of("status", "approved", "type", "purchase"));
        assertThat(HostedSignature.of(back, "project_secret_demo"))
                .isEqualTo("7740cedfa5a312e6230c70fa33dc7b5006cc0faed9ccf4e465846e5775fe30dd");
    }

    @ParameterizedTest
    @CsvSource({"4242424242424242,approved", "4000000000000002,declined"})
    void a_card_payment_returns_to_the_shop_with_a_signed_result(String pan, String status) {
        var back = pay(open(order()), pan);
        assertThat(back.action()).isEqualTo("https://shop.example/return");
        assertThat(back.fields()).containsEntry("status", status).containsEntry("order_id", "PS-01").containsEntry("live", "")
                .containsEntry("description", "Order <1>").containsEntry("amount", "50.00");
        assertThat(back.fields().keySet()).containsExactlyInAnyOrder("amount", "country", "created", "currency", "description", "id", "live",
                "order_id", "payment_method", "project_id", "signature", "status", "type");
        assertSigned(back.fields());
        assertThat(merchant.get("/payments/" + back.field("id")).at("/status")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"pass,approved", "fail,declined"})
    void a_challenged_payment_goes_through_the_issuers_page(String decision, String status) {
        var toIssuer = pay(open(order()), "4000002760003184");
        assertThat(toIssuer.action()).isEqualTo(merchant.uri() + "/acs/v2");
        var choice = Page.post(toIssuer.action(), toIssuer.fields());
        var decided = new LinkedHashMap<>(choice.fields());
        decided.put("decision", decision);
        var toPage = Page.post(merchant.uri() + choice.action(), decided);
        var back = Page.post(toPage.action(), toPage.fields());
        assertThat(back.fields()).containsEntry("status", status);
        assertSigned(back.fields());
        assertThat(Page.post(toPage.action(), toPage.fields()).fields()).as("coming back twice").isEqualTo(back.fields());
    }

    @Test
    void a_technical_error_goes_on_with_version_1() {
        var toIssuer = pay(open(order()), "4000002760003184");
        var toPage = Page.post(toIssuer.action() + "?auto=error", toIssuer.fields());
        var again = Page.post(toPage.action(), toPage.fields());
        assertThat(again.action()).isEqualTo(merchant.uri() + "/acs/v1");
        var toPageAgain = Page.post(again.action() + "?auto=pass", again.fields());
        assertThat(Page.post(toPageAgain.action(), toPageAgain.fields()).fields()).containsEntry("status", "approved");
    }

    @Test
    void the_shop_is_notified_once_and_again_if_it_fails() throws IOException {
        try (var listener = new Listener()) {
            listener.failing(1);
            var order = order();
            order.put("notification_url", listener.url());
            var back = pay(open(order), "4242424242424242");
            Awaitility.await().untilAsserted(() -> assertThat(listener.received()).hasSize(2));
            assertThat(listener.form(1)).isEqualTo(back.fields());
            assertSigned(listener.form(1));
        }
    }

    @Test
    void a_notification_can_be_badly_signed() throws IOException {
        try (var listener = new Listener()) {
            control.fault("{\"fault\":\"webhook_bad_signature\",\"operation\":\"notification\",\"account\":\"" + merchant.account() + "\"}");
            var order = order();
            order.put("notification_url", listener.url());
            pay(open(order), "4242424242424242");
            Awaitility.await().untilAsserted(() -> assertThat(listener.received()).hasSize(1));
            var fields = listener.form(0);
            assertThat(fields.get("signature")).isNotEqualTo(HostedSignature.of(fields, merchant.credential("project_secret")));
        }
    }

    @Test
    void the_page_is_also_at_its_other_address_and_shows_escaped_text() {
        var fields = order();
        fields.put("signature", HostedSignature.of(fields, merchant.credential("project_secret")));
        var page = Page.post(merchant.uri() + "/v1/payment", fields);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("Order &lt;1&gt;").contains("50.00 EUR").contains("https://shop.example/cancel");
    }

    @Test
    void a_changed_or_foreign_order_is_refused() {
        var fields = order();
        fields.put("signature", HostedSignature.of(fields, merchant.credential("project_secret")));
        fields.put("amount", "0.50");
        assertThat(Page.post(merchant.uri() + "/", fields).status()).isEqualTo(400);
        fields.put("project_id", "pr_unknown");
        assertThat(Page.post(merchant.uri() + "/", fields).html()).contains("not known");
    }

    @Test
    void a_mistaken_order_is_refused_with_every_mistake() {
        var fields = order();
        fields.put("order_id", "a_b");
        fields.put("amount", "1,234.50");
        fields.remove("return_url");
        assertThat(open(fields).html()).contains("order_id must", "amount must", "return_url must");
    }

    @Test
    void a_mistyped_card_may_be_corrected_but_only_one_is_charged() {
        var form = open(order());
        var wrong = pay(form, "4242424242424241");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.html()).contains("invalid card number").doesNotContain("4242424242424241");
        assertThat(pay(wrong, "4242 4242 4242 4242").fields()).containsEntry("status", "approved");
        assertThat(pay(form, "4242424242424242").status()).isEqualTo(409);
        assertThat(control.ledger("account=" + merchant.account())).hasSize(1);
    }

    @Test
    void an_answer_for_another_checkout_is_refused() {
        var mine = pay(open(order()), "4000002760003184");
        var other = pay(open(order()), "4000002760003184");
        var toPage = Page.post(other.action() + "?auto=pass", other.fields());
        var minePage = Page.post(mine.action() + "?auto=pass", mine.fields());
        assertThat(Page.post(minePage.action(), toPage.fields()).status()).isEqualTo(400);
    }
}
