package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RunningSandbox
class HostedCheckoutTest {
    private final Control control;
    private final DirectMerchant merchant;

    HostedCheckoutTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private Exchange create(String more) {
        var created = merchant.post("/hostedcheckouts", "{\"order\":{\"amountOfMoney\":{\"amount\":1234,\"currencyCode\":\"EUR\"},"
                + "\"references\":{\"merchantReference\":\"hc-1\"}},\"hostedCheckoutSpecificInput\":{\"returnUrl\":\"https://shop.example/back\","
                + "\"locale\":\"en_GB\",\"showResultPage\":false" + more + "}}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        return created;
    }

    private Page pay(Exchange created, String number) {
        return Page.post(created.at("/redirectUrl"), Map.of("method", "card", "cardNumber", number, "expiryDate", "12/40", "cvv", "123",
                "cardholderName", "Ona Petraite"));
    }

    private Exchange read(Exchange created) {
        return merchant.get("/hostedcheckouts/" + created.at("/hostedCheckoutId"));
    }

    @Test
    void it_is_created_with_an_address_and_a_mac() {
        var created = create("");
        assertThat(created.at("/hostedCheckoutId")).matches("\\d{10}");
        assertThat(created.at("/RETURNMAC")).hasSize(36);
        assertThat(created.at("/redirectUrl")).matches(merchant.uri() + "/hostedcheckout/PaymentMethods/Selection/[0-9a-f]{32}");
        assertThat("http://" + created.at("/partialRedirectUrl")).isEqualTo(created.at("/redirectUrl"));
        assertThat(created.at("/merchantReference")).isEqualTo("hc-1");
        var read = read(created);
        assertThat(read.at("/status")).isEqualTo("IN_PROGRESS");
        assertThat(read.json().path("createdPaymentOutput").isObject()).isTrue();
        assertThat(merchant.get("/hostedcheckouts/9999999999").status()).isEqualTo(404);
        assertThat(control.direct().get("/hostedcheckouts/" + created.at("/hostedCheckoutId")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"allowedNumberOfPaymentAttempts\":11", ",\"allowedNumberOfPaymentAttempts\":0", ",\"locale\":\"invalid_locale\"",
        ",\"returnUrl\":\"shop.example/back\"", ",\"sessionTimeout\":0", ",\"cardPaymentMethodSpecificInput\":{\"tokenizationMode\":\"x\"}"})
    void what_cannot_be_used_is_refused(String more) {
        var refused = merchant.post("/hostedcheckouts",
                "{\"order\":{\"amountOfMoney\":{\"amount\":1,\"currencyCode\":\"EUR\"}},\"hostedCheckoutSpecificInput\":{" + more.substring(1) + "}}");
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void a_card_pays_and_leads_back_to_the_shop() {
        var created = create("");
        assertThat(Page.get(created.at("/redirectUrl")).html()).contains("12.34 EUR").contains("hc-1").contains("iDEAL").contains("PayPal")
                .contains("Bancontact");
        var back = pay(created, "4242424242424242");
        assertThat(back.status()).as(back.html()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("https://shop.example/back?RETURNMAC=" + created.at("/RETURNMAC") + "&hostedCheckoutId="
                + created.at("/hostedCheckoutId"));
        var read = read(created);
        assertThat(read.at("/status")).isEqualTo("PAYMENT_CREATED");
        assertThat(read.at("/createdPaymentOutput/paymentStatusCategory")).isEqualTo("SUCCESSFUL");
        assertThat(read.at("/createdPaymentOutput/payment/id")).isEqualTo(created.at("/hostedCheckoutId") + "_0");
        assertThat(read.at("/createdPaymentOutput/payment/hostedCheckoutSpecificOutput/hostedCheckoutId")).isEqualTo(created.at("/hostedCheckoutId"));
        assertThat(control.ledger("reference=hc-1&account=" + merchant.account())).hasSize(1);
        assertThat(pay(created, "4242424242424242").header("Location")).as("paying twice").isEqualTo(back.header("Location"));
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1234 eur");
    }

    @Test
    void a_result_page_comes_first_unless_the_shop_says_no() {
        var created = merchant.post("/hostedcheckouts", "{\"order\":{\"amountOfMoney\":{\"amount\":1234,\"currencyCode\":\"EUR\"}},"
                + "\"hostedCheckoutSpecificInput\":{\"returnUrl\":\"https://shop.example/back?a=b\"}}");
        var page = pay(created, "4242424242424242");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("Thank you").contains("https://shop.example/back?a=b&amp;RETURNMAC=");
    }

    @Test
    void a_declined_payer_may_try_again_as_often_as_allowed() {
        var created = create(",\"allowedNumberOfPaymentAttempts\":2");
        var again = pay(created, "4000000000000002");
        assertThat(again.status()).isEqualTo(402);
        assertThat(again.html()).contains("was declined");
        assertThat(read(created).at("/status")).isEqualTo("IN_PROGRESS");
        assertThat(read(created).at("/createdPaymentOutput/paymentStatusCategory")).isEqualTo("REJECTED");
        assertThat(pay(created, "4000000000009995").header("Location")).contains("RETURNMAC");
        assertThat(read(created).at("/status")).isEqualTo("PAYMENT_CREATED");
        assertThat(pay(created, "4242424242424242").header("Location")).contains("RETURNMAC");
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void a_second_attempt_may_succeed() {
        var created = create("");
        pay(created, "4000000000000002");
        pay(created, "4242424242424242");
        assertThat(read(created).at("/createdPaymentOutput/paymentStatusCategory")).isEqualTo("SUCCESSFUL");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1234 eur");
    }

    @Test
    void a_challenge_leads_through_the_bank_and_back() {
        var created = create("");
        var toBank = pay(created, "4000002760003184");
        assertThat(toBank.header("Location")).startsWith(merchant.uri() + "/redirect/");
        assertThat(read(created).at("/createdPaymentOutput/payment/status")).isEqualTo("REDIRECTED");
        var toPage = Page.post(toBank.header("Location"), Map.of("decision", "pass"));
        assertThat(toPage.header("Location")).startsWith(created.at("/redirectUrl") + "/return");
        assertThat(Page.get(toPage.header("Location")).header("Location")).startsWith("https://shop.example/back?RETURNMAC=");
        assertThat(read(created).at("/createdPaymentOutput/payment/status")).isEqualTo("PENDING_CAPTURE");
    }

    @Test
    void a_bank_page_that_was_left_for_another_attempt_is_void() {
        var created = create("");
        var toBank = pay(created, "4000002760003184").header("Location");
        pay(created, "4242424242424242");
        assertThat(Page.post(toBank, Map.of("decision", "pass")).status()).isEqualTo(404);
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1234 eur");
    }

    @ParameterizedTest
    @ValueSource(strings = {"809", "840", "3012"})
    void a_redirect_method_pays(String product) {
        var created = create("");
        var toBank = Page.post(created.at("/redirectUrl"), Map.of("method", product));
        var toPage = Page.post(toBank.header("Location"), Map.of("decision", "pass"));
        assertThat(Page.get(toPage.header("Location")).header("Location")).startsWith("https://shop.example/back");
        assertThat(read(created).at("/createdPaymentOutput/payment/status")).isEqualTo("CAPTURED");
        assertThat(control.movements(merchant.account())).containsExactly("sale 1234 eur");
    }

    @Test
    void a_payer_who_cancels_leaves_a_cancelled_payment() {
        var created = create("");
        assertThat(Page.post(created.at("/redirectUrl"), Map.of("method", "cancel")).header("Location")).contains("hostedCheckoutId");
        var read = read(created);
        assertThat(read.at("/status")).isEqualTo("CANCELLED_BY_CONSUMER");
        assertThat(read.at("/createdPaymentOutput/paymentStatusCategory")).isEqualTo("REJECTED");
        assertThat(read.at("/createdPaymentOutput/payment/status")).isEqualTo("CANCELLED");
        assertThat(read.at("/createdPaymentOutput/payment/statusOutput/statusCode")).isEqualTo("1");
        assertThat(read.at("/createdPaymentOutput/payment/statusOutput/errors/0/id")).isEqualTo("CANCELLED_BY_CUSTOMER");
    }

    @Test
    void mistakes_are_told_and_nothing_happens() {
        var created = create("");
        var wrong = Page.post(created.at("/redirectUrl"), Map.of("method", "card", "cardNumber", "42", "expiryDate", "99/99", "cvv", "1"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.html()).contains("Card number must be").contains("Expiry (MM/YY) must be").contains("CVV must be");
        assertThat(read(created).at("/status")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void what_the_shop_filters_is_not_offered() {
        var created = create(",\"paymentProductFilters\":{\"restrictTo\":{\"products\":[809]}}");
        var page = Page.get(created.at("/redirectUrl")).html();
        assertThat(page).contains("iDEAL").doesNotContain("PayPal").doesNotContain("Card number");
        var excluded = create(",\"paymentProductFilters\":{\"exclude\":{\"groups\":[\"cards\"]}}");
        assertThat(Page.get(excluded.at("/redirectUrl")).html()).contains("PayPal").doesNotContain("Card number").doesNotContain("Bancontact");
    }

    @Test
    void a_saved_card_pays_and_a_new_one_is_saved() {
        var created = create(",\"cardPaymentMethodSpecificInput\":{\"tokenizationMode\":\"createAlways\"}");
        pay(created, "4242424242424242");
        var token = read(created).at("/createdPaymentOutput/payment/paymentOutput/cardPaymentMethodSpecificOutput/token");
        assertThat(token).hasSize(36);
        var second = create(",\"tokens\":\"" + token + ",unknown\"");
        assertThat(second.at("/invalidTokens/0")).isEqualTo("unknown");
        assertThat(Page.get(second.at("/redirectUrl")).html()).contains("Pay with card ending 4242");
        Page.post(second.at("/redirectUrl"), Map.of("method", "token:" + token));
        assertThat(read(second).at("/createdPaymentOutput/paymentStatusCategory")).isEqualTo("SUCCESSFUL");
    }

    @Test
    void a_session_ends_with_its_time() {
        var created = create(",\"sessionTimeout\":10");
        control.post("clock", "{\"advance\":\"PT11M\"}");
        assertThat(Page.get(created.at("/redirectUrl")).header("Location")).contains("hostedCheckoutId");
        assertThat(pay(created, "4242424242424242").header("Location")).contains("hostedCheckoutId");
        assertThat(read(created).at("/status")).isEqualTo("CANCELLED_BY_CONSUMER");
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void a_sale_with_the_shops_own_settings_is_made_as_asked() {
        var created = merchant.post("/hostedcheckouts", "{\"order\":{\"amountOfMoney\":{\"amount\":99,\"currencyCode\":\"EUR\"}},"
                + "\"cardPaymentMethodSpecificInput\":{\"authorizationMode\":\"SALE\",\"threeDSecure\":{\"skipAuthentication\":true}},"
                + "\"hostedCheckoutSpecificInput\":{}}");
        assertThat(pay(created, "4012000033330026").html()).contains("Thank you");
        assertThat(control.movements(merchant.account())).containsExactly("sale 99 eur");
    }

    @Test
    void what_a_payer_types_is_shown_masked() {
        var created = create("");
        for (var typed : new String[] {"4242 4242 4242 4242", "4242-4242-4242-4242", "4242424242424242"}) {
            pay(created, typed);
        }
        assertThat(control.get("requests?limit=1000").body()).contains("424242******4242").doesNotContain("4242424242424242")
                .doesNotContain("4242+4242").doesNotContain("4242-4242").doesNotContain("cvv=123");
    }

    @Test
    void a_page_that_is_not_there_is_not_found() {
        assertThat(Page.get(merchant.uri() + "/hostedcheckout/PaymentMethods/Selection/0123").status()).isEqualTo(404);
    }
}
