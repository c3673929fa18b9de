package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 3-D Secure and redirect methods: the payer leaves and comes back (sections 2.4, 11). */
@RunningSandbox
class RedirectTest {
    private final Control control;
    private final DirectMerchant merchant;

    RedirectTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private static Exchange challenged(Exchange made) {
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.at("/payment/status")).isEqualTo("REDIRECTED");
        assertThat(made.at("/payment/statusOutput/statusCode")).isEqualTo("46");
        assertThat(made.at("/merchantAction/actionType")).isEqualTo("REDIRECT");
        return made;
    }

    private String decide(Exchange made, String decision) {
        return Page.post(made.at("/merchantAction/redirectData/redirectURL"), Map.of("decision", decision)).header("Location");
    }

    private Exchange payment(Exchange made) {
        return merchant.get("/payments/" + made.at("/payment/id"));
    }

    @Test
    void a_passed_challenge_authorizes_and_leads_back_with_the_mac() {
        var made = challenged(merchant.pay(DirectBody.card("4567350000427977").threeDs("challenge-requested").reference("o-3")));
        assertThat(control.movements(merchant.account())).isEmpty();
        var page = Page.get(made.at("/merchantAction/redirectData/redirectURL"));
        assertThat(page.html()).contains("Your bank asks: is it you?").contains("10.00 EUR").contains("7977");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        var back = Page.post(merchant.uri() + page.action(), Map.of("decision", "pass"));
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("https://shop.example/3ds?order=7&RETURNMAC="
                + made.at("/merchantAction/redirectData/RETURNMAC") + "&paymentId=" + made.at("/payment/id") + "#top");
        var read = payment(made);
        assertThat(read.at("/status")).isEqualTo("PENDING_CAPTURE");
        var results = read.json().at("/paymentOutput/cardPaymentMethodSpecificOutput/threeDSecureResults");
        assertThat(results.path("flow").asString() + results.path("authenticationStatus").asString() + results.path("eci").asString()
                + results.path("liability").asString()).isEqualTo("challengeY5issuer");
        assertThat(control.ledger("reference=o-3&account=" + merchant.account())).hasSize(1);
        assertThat(decide(made, "fail")).as("coming back twice").isEqualTo(back.header("Location"));
        assertThat(payment(made).at("/status")).isEqualTo("PENDING_CAPTURE");
    }

    @ParameterizedTest
    @CsvSource({"fail,REJECTED,2,40001134", "error,REJECTED,2,40001135", "cancel,CANCELLED,1,30171001"})
    void a_challenge_that_is_not_passed_ends_the_payment(String decision, String status, String code, String errorCode) {
        var made = challenged(merchant.pay(DirectBody.card("4000002760003184").threeDs("no-preference")));
        assertThat(decide(made, decision)).contains("RETURNMAC=").contains("paymentId=" + made.at("/payment/id"));
        var read = payment(made);
        assertThat(read.at("/status")).isEqualTo(status);
        assertThat(read.at("/statusOutput/statusCode")).isEqualTo(code);
        assertThat(read.at("/statusOutput/errors/0/errorCode")).isEqualTo(errorCode);
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void an_abandoned_challenge_is_given_up_after_three_hours_or_what_the_account_says() {
        var made = challenged(merchant.pay(DirectBody.card("4000000000003220").threeDs("no-preference")));
        var quick = control.direct("{\"redirect_minutes\":\"10\"}");
        var other = challenged(quick.pay(DirectBody.card("4000000000003220").threeDs("no-preference")));
        control.post("clock", "{\"advance\":\"PT11M\"}");
        assertThat(quick.get("/payments/" + other.at("/payment/id")).at("/status")).isEqualTo("REJECTED");
        assertThat(payment(made).at("/status")).isEqualTo("REDIRECTED");
        control.post("clock", "{\"advance\":\"PT3H\"}");
        assertThat(payment(made).at("/status")).isEqualTo("REJECTED");
        decide(made, "pass");
        assertThat(payment(made).at("/status")).isEqualTo("REJECTED");
    }

    @Test
    void what_is_at_the_bank_cannot_be_cancelled_or_captured_but_completed_by_hand() {
        var made = challenged(merchant.pay(DirectBody.card("4000000000003220").threeDs("no-preference")));
        assertThat(merchant.post("/payments/" + made.at("/payment/id") + "/cancel", "").status()).isEqualTo(400);
        assertThat(merchant.post("/payments/" + made.at("/payment/id") + "/capture", "{}").status()).isEqualTo(400);
        control.post("complete", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + made.at("/payment/id") + "\",\"result\":\"approved\"}");
        assertThat(payment(made).at("/status")).isEqualTo("PENDING_CAPTURE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4012000033330026 | no-challenge-requested | Y | frictionless | 5
            4000000032200000 | no-preference          | Y | frictionless | 5
            4242424242424242 | challenge-requested    | A | frictionless | 6
            378282246310005  | challenge-requested    | U | frictionless | 7
            """)
    void without_a_challenge_the_result_is_there_at_once(String number, String indicator, String status, String flow, String eci) {
        var made = merchant.pay(DirectBody.card(number).threeDs(indicator));
        assertThat(made.at("/payment/status")).isEqualTo("PENDING_CAPTURE");
        var results = made.json().at("/payment/paymentOutput/cardPaymentMethodSpecificOutput/threeDSecureResults");
        assertThat(results.path("authenticationStatus").asString()).isEqualTo(status);
        assertThat(results.path("flow").asString()).isEqualTo(flow);
        assertThat(results.path("eci").asString()).isEqualTo(eci);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4000002500003155 | PENDING_CAPTURE |
            4000002760003184 | PENDING_CAPTURE |
            4000003800000446 | PENDING_CAPTURE |
            4000000000003220 | PENDING_CAPTURE |
            4000008400000027 | PENDING_CAPTURE |
            4000000000003055 | PENDING_CAPTURE |
            4000008260003178 | REJECTED        | 30511001
            4000008400001629 | REJECTED        | 30041001
            """)
    void common_challenge_cards_are_challenged_and_then_end_by_their_table(String number, String status, String errorCode) {
        var made = challenged(merchant.pay(DirectBody.card(number).threeDs("no-challenge-requested")));
        decide(made, "pass");
        assertThat(payment(made).at("/status")).isEqualTo(status);
        assertThat(payment(made).at("/statusOutput/errors/0/errorCode")).isEqualTo(errorCode == null ? "" : errorCode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000002500003155", "4000002760003184", "4000000000003220", "4000008400000027", "4000008260003178",
        "4000008400001629", "4000008400001280"})
    void without_3d_secure_they_ask_for_it(String number) {
        for (var body : new DirectBody[] {DirectBody.card(number), DirectBody.card(number).threeDs("no-preference")
                .card("threeDSecure.skipAuthentication", "true")}) {
            var declined = merchant.pay(body);
            assertThat(declined.status()).isEqualTo(402);
            assertThat(declined.at("/errors/0/errorCode")).isEqualTo("40001139");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000003800000446", "4000000000003055", "4000000000003097"})
    void cards_that_need_no_authentication_pass_without(String number) {
        merchant.paid(DirectBody.card(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000008400001280", "4000000000003097"})
    void cards_whose_look_up_fails_are_declined(String number) {
        var declined = merchant.pay(DirectBody.card(number).threeDs("no-preference"));
        assertThat(declined.at("/errors/0/errorCode")).isEqualTo("40001135");
        assertThat(declined.at("/paymentResult/payment/paymentOutput/cardPaymentMethodSpecificOutput/threeDSecureResults/authenticationStatus"))
                .isEqualTo("U");
    }

    @Test
    void a_payer_authenticated_elsewhere_is_not_asked_again() {
        var made = merchant.pay(DirectBody.card("4000002760003184").card("threeDSecure",
                "{\"externalCardholderAuthenticationData\":{\"eci\":5,\"cavv\":\"AAABBEg0VhI0VniQEjRWAAAAAAA=\"}}"));
        assertThat(made.at("/payment/status")).isEqualTo("PENDING_CAPTURE");
    }

    @Test
    void a_challenge_needs_a_way_back() {
        var refused = merchant.pay(DirectBody.card("4000002760003184").card("threeDSecure", "{}"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/propertyName")).isEqualTo("cardPaymentMethodSpecificInput.threeDSecure.redirectionData.returnUrl");
        var relative = merchant.pay(DirectBody.card("4000002760003184").card("threeDSecure", "{\"redirectionData\":{\"returnUrl\":\"shop/back\"}}"));
        assertThat(relative.status()).isEqualTo(400);
        var app = merchant.pay(DirectBody.card("4000002760003184").card("threeDSecure", "{\"redirectionData\":{\"returnUrl\":\"shop://back\"}}"));
        assertThat(decide(app, "pass")).startsWith("shop://back?RETURNMAC=");
    }

    @ParameterizedTest
    @CsvSource({"809,iDEAL,redirect", "840,PayPal,redirect", "3012,Bancontact,redirect"})
    void a_redirect_method_is_paid_at_its_own_page(int product, String label, String method) {
        var made = challenged(merchant.pay(DirectBody.redirect(product).reference("r-" + product)));
        var page = Page.get(made.at("/merchantAction/redirectData/redirectURL"));
        assertThat(page.html()).contains("Pay with " + label);
        assertThat(decide(made, "pass")).startsWith("https://shop.example/return?order=7&RETURNMAC=");
        var read = payment(made);
        assertThat(read.at("/status")).isEqualTo("CAPTURED");
        assertThat(read.at("/paymentOutput/paymentMethod")).isEqualTo(method);
        assertThat(read.at("/paymentOutput/redirectPaymentMethodSpecificOutput/paymentProductId")).isEqualTo(Integer.toString(product));
        assertThat(control.movements(merchant.account())).containsExactly("sale 1000 eur");
        assertThat(merchant.post("/payments/" + made.at("/payment/id") + "/refund", "{}").at("/refundOutput/paymentMethod")).isEqualTo("redirect");
    }

    @ParameterizedTest
    @CsvSource({"fail,REJECTED", "cancel,CANCELLED", "error,REJECTED", "pending,AUTHORIZATION_REQUESTED"})
    void a_redirect_method_may_end_otherwise(String decision, String status) {
        var made = challenged(merchant.pay(DirectBody.redirect(809)));
        assertThat(Exchange.send("GET", URI.create(made.at("/merchantAction/redirectData/redirectURL") + "?auto=" + decision), null, Map.of())
                .status()).isEqualTo(303);
        assertThat(payment(made).at("/status")).isEqualTo(status);
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void a_payer_who_decides_later_pays_in_the_end() {
        var made = merchant.pay(DirectBody.redirect(809));
        decide(made, "pending");
        control.post("clock", "{\"advance\":\"PT1H1S\"}");
        assertThat(payment(made).at("/status")).isEqualTo("CAPTURED");
    }

    @Test
    void some_methods_can_be_captured_later() {
        var made = merchant.pay(DirectBody.redirect(840).with("redirectPaymentMethodSpecificInput.requiresApproval", "true"));
        decide(made, "pass");
        assertThat(payment(made).at("/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(merchant.post("/payments/" + made.at("/payment/id") + "/capture", "{}").status()).isEqualTo(201);
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1000 eur", "capture 1000 eur");
    }

    @Test
    void bancontact_as_a_card_without_a_number_is_a_page_too() {
        var made = challenged(merchant.pay(new DirectBody().without("cardPaymentMethodSpecificInput").with("cardPaymentMethodSpecificInput",
                "{\"paymentProductId\":3012,\"threeDSecure\":{\"redirectionData\":{\"returnUrl\":\"https://shop.example/return\"}}}")));
        decide(made, "pass");
        assertThat(payment(made).at("/paymentOutput/paymentMethod")).isEqualTo("card");
        assertThat(payment(made).at("/status")).isEqualTo("CAPTURED");
    }

    @Test
    void a_method_is_had_in_its_own_currencies_and_needs_a_way_back() {
        assertThat(merchant.pay(DirectBody.redirect(809).currency("USD")).at("/errors/0/id")).isEqualTo("PAYMENT_PRODUCT_NOT_AVAILABLE");
        assertThat(merchant.pay(DirectBody.redirect(1)).status()).isEqualTo(400);
        assertThat(merchant.pay(DirectBody.redirect(809).with("redirectPaymentMethodSpecificInput", "{\"paymentProductId\":809}")).status())
                .isEqualTo(400);
        assertThat(merchant.pay(DirectBody.redirect(809).amount(0)).status()).isEqualTo(400);
    }

    @Test
    void one_method_waits_for_the_merchant_to_complete() {
        var made = merchant.pay(DirectBody.redirect(3203).with("redirectPaymentMethodSpecificInput.paymentProduct3203SpecificInput",
                "{\"checkoutType\":\"expressCheckout\"}"));
        decide(made, "pass");
        assertThat(payment(made).at("/status")).isEqualTo("PENDING_COMPLETION");
        var completed = merchant.post("/payments/" + made.at("/payment/id") + "/complete",
                "{\"order\":{\"amountOfMoney\":{\"amount\":1000,\"currencyCode\":\"EUR\"}}}");
        assertThat(completed.status()).isEqualTo(201);
        assertThat(completed.at("/payment/status")).isEqualTo("CAPTURED");
        assertThat(control.movements(merchant.account())).containsExactly("sale 1000 eur");
    }

    @Test
    void an_account_may_authenticate_whoever_says_nothing_of_it() {
        var careful = control.direct("{\"three_ds_by_default\":\"true\"}");
        var made = careful.pay(DirectBody.card("4000002760003184").card("returnUrl", "\"https://shop.example/3ds\""));
        assertThat(made.at("/payment/status")).isEqualTo("REDIRECTED");
        assertThat(careful.pay(DirectBody.card("4000000032200000")).at(
                "/payment/paymentOutput/cardPaymentMethodSpecificOutput/threeDSecureResults/flow")).isEqualTo("frictionless");
    }

    @Test
    void a_page_nobody_waits_for_is_not_found() {
        assertThat(Page.get(merchant.uri() + "/redirect/0123").status()).isEqualTo(404);
    }
}
