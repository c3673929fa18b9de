package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making and reading payments, as the vendor's own integration tests see it (section 1.1), and the test cards. */
@RunningSandbox
class PaymentsTest {
    private final Control control;
    private final DirectMerchant merchant;

    PaymentsTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private void assertDeclined(Exchange made, String errorCode) {
        assertThat(made.status()).as(made.body()).isEqualTo(402);
        assertThat(made.at("/errors/0/errorCode")).isEqualTo(errorCode);
        assertThat(made.at("/errors/0/httpStatusCode")).isEqualTo("402");
        assertThat(made.at("/errors/0/category")).isEqualTo("PAYMENT_PLATFORM_ERROR");
        assertThat(made.at("/paymentResult/payment/status")).isEqualTo("REJECTED");
        assertThat(made.at("/paymentResult/payment/statusOutput/statusCode")).isEqualTo("2");
        assertThat(made.at("/paymentResult/payment/statusOutput/statusCategory")).isEqualTo("UNSUCCESSFUL");
        assertThat(made.at("/paymentResult/payment/statusOutput/errors/0/errorCode")).isEqualTo(errorCode);
        assertThat(made.at("/paymentResult/payment/paymentOutput/acquiredAmount/amount")).isEqualTo("0");
    }

    @Test
    void the_default_payment_is_authorized_and_read_again() {
        var made = merchant.pay(new DirectBody().reference("o-1"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.at("/creationOutput/externalReference")).isEqualTo("o-1");
        assertThat(made.at("/payment/id")).matches("\\d{10}_0");
        assertThat(made.at("/payment/status")).isEqualTo("PENDING_CAPTURE");
        var read = merchant.get("/payments/" + made.at("/payment/id"));
        assertThat(read.json()).isEqualTo(made.json().path("payment"));
        assertThat(read.at("/statusOutput/statusCode")).isEqualTo("5");
        assertThat(read.at("/statusOutput/statusCategory")).isEqualTo("PENDING_MERCHANT");
        assertThat(read.at("/statusOutput/isAuthorized") + read.at("/statusOutput/isCancellable") + read.at("/statusOutput/isRefundable"))
                .isEqualTo("truetruefalse");
        assertThat(read.at("/paymentOutput/references/merchantReference")).isEqualTo("o-1");
        assertThat(read.at("/paymentOutput/acquiredAmount/amount")).isEqualTo("1000");
        assertThat(read.at("/paymentOutput/cardPaymentMethodSpecificOutput/card/cardNumber")).isEqualTo("************0026");
        assertThat(read.at("/paymentOutput/cardPaymentMethodSpecificOutput/paymentProductId")).isEqualTo("1");
        assertThat(read.json().at("/paymentOutput/cardPaymentMethodSpecificOutput").has("threeDSecureResults")).isFalse();
        var entry = control.ledger("account=" + merchant.account()).getFirst();
        assertThat(entry.path("reference").asString()).isEqualTo("o-1");
        assertThat(entry.path("provider_id").asString()).isEqualTo(made.at("/payment/id"));
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1000 eur");
    }

    @Test
    void a_sale_is_captured_at_once() {
        var made = merchant.pay(DirectBody.sale(1500));
        assertThat(made.at("/payment/status")).isEqualTo("CAPTURED");
        assertThat(made.at("/payment/statusOutput/statusCode")).isEqualTo("9");
        assertThat(control.movements(merchant.account())).containsExactly("sale 1500 eur");
        var captures = merchant.get("/payments/" + made.at("/payment/id") + "/captures");
        assertThat(captures.at("/captures/0/id")).isEqualTo(made.at("/payment/id"));
        assertThat(captures.at("/captures/0/captureOutput/amountOfMoney/amount")).isEqualTo("1500");
    }

    @ParameterizedTest
    @CsvSource({"JPY,1234,jpy", "KWD,1234,kwd", "EUR,1,eur"})
    void amounts_are_minor_units_of_every_exponent(String currency, long amount, String lower) {
        merchant.paid(DirectBody.sale(amount).currency(currency));
        assertThat(control.movements(merchant.account())).containsExactly("sale " + amount + " " + lower);
    }

    @Test
    void the_bare_base_means_the_payment_too() {
        var id = merchant.paid(new DirectBody());
        assertThat(merchant.get("/payments/" + id.replace("_0", "")).at("/id")).isEqualTo(id);
        assertThat(merchant.get("/payments/" + id.replace("_0", "_7")).status()).isEqualTo(404);
    }

    @Test
    void an_invalid_number_is_one_error_and_more_mistakes_are_more() {
        var one = merchant.pay(DirectBody.card("123"));
        assertThat(one.status()).isEqualTo(400);
        assertThat(one.json().path("errors")).hasSize(1);
        assertThat(one.at("/errors/0/id")).isEqualTo("INVALID_VALUE");
        assertThat(one.at("/errors/0/errorCode")).isEqualTo("50001111");
        assertThat(one.at("/errors/0/propertyName")).isEqualTo("cardPaymentMethodSpecificInput.card.cardNumber");
        var three = merchant.pay(DirectBody.card("123").card("card.cvv", "\"\"").card("card.expiryDate", "\"invalid\""));
        assertThat(three.json().path("errors")).hasSize(3).allMatch(error -> error.path("httpStatusCode").asInt() == 400);
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            order.amountOfMoney.amount                       | -1
            order.amountOfMoney.amount                       | 1.5
            order.amountOfMoney.amount                       | "10"
            order.amountOfMoney.currencyCode                 | "INVALID"
            cardPaymentMethodSpecificInput.authorizationMode | "LATER"
            cardPaymentMethodSpecificInput.transactionChannel| "POST"
            cardPaymentMethodSpecificInput.token             | "none"
            cardPaymentMethodSpecificInput.paymentProductId  | 3
            cardPaymentMethodSpecificInput.card.expiryDate   | "1340"
            cardPaymentMethodSpecificInput.threeDSecure      | {"challengeIndicator":"perhaps"}
            order.amountOfMoney                              | null
            """)
    void what_cannot_be_used_is_refused(String path, String json) {
        var refused = merchant.pay(new DirectBody().with(path, json));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.at("/errors/0/propertyName")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "\"x\"", "{}"})
    void a_body_that_is_no_request_is_refused(String body) {
        assertThat(merchant.post("/payments", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"4321456998744563,30041001", "1234567890123452,30041001", "4242424242424241,30141001"})
    void some_numbers_are_always_declined(String number, String errorCode) {
        var declined = merchant.pay(DirectBody.card(number).reference("o-2"));
        assertDeclined(declined, errorCode);
        assertThat(declined.at("/paymentResult/creationOutput/externalReference")).isEqualTo("o-2");
        var read = merchant.get("/payments/" + declined.at("/paymentResult/payment/id"));
        assertThat(read.at("/status")).isEqualTo("REJECTED");
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/details", "/captures", "/refunds"})
    void an_unknown_payment_is_not_found(String path) {
        var unknown = merchant.get("/payments/9999999999_0" + path);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.at("/errors/0/id")).isEqualTo("UNKNOWN_PAYMENT_ID");
        assertThat(unknown.at("/errors/0/errorCode")).isEqualTo("50001130");
        assertThat(unknown.at("/errors/0/code")).isEqualTo("1002");
    }

    @Test
    void a_malformed_id_is_another_status_outside_than_inside() {
        var malformed = merchant.get("/payments/abc");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.at("/errors/0/httpStatusCode")).isEqualTo("404");
        assertThat(malformed.at("/errors/0/id")).isEqualTo("UNKNOWN_PAYMENT_ID");
    }

    @Test
    void another_merchants_payment_is_unknown() {
        var id = control.direct().paid(new DirectBody());
        assertThat(merchant.get("/payments/" + id).status()).isEqualTo(404);
        assertThat(merchant.post("/payments/" + id + "/capture", "{}").status()).isEqualTo(404);
    }

    @Test
    void as_a_sale_13_02_euro_is_declined() {
        assertDeclined(merchant.pay(DirectBody.sale(1302)), "30041001");
        merchant.paid(DirectBody.of(1302));
        merchant.paid(DirectBody.sale(1302).currency("USD"));
        merchant.paid(DirectBody.sale(1302).number("4242424242424242"));
    }

    @ParameterizedTest
    @CsvSource({"1251,51", "1252,52"})
    void some_amounts_wait_until_they_are_completed(long amount, String code) {
        var made = merchant.pay(DirectBody.of(amount));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/payment/status")).isEqualTo("AUTHORIZATION_REQUESTED");
        assertThat(made.at("/payment/statusOutput/statusCode")).isEqualTo(code);
        assertThat(control.movements(merchant.account())).isEmpty();
        var id = made.at("/payment/id");
        var body = "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + id + "\",\"result\":\"approved\"}";
        assertThat(control.post("complete", body).at("/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(control.post("complete", body).status()).isEqualTo(409);
        assertThat(merchant.get("/payments/" + id).at("/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(control.movements(merchant.account())).containsExactly("authorization " + amount + " eur");
    }

    @Test
    void a_slow_merchants_payments_wait_for_the_clock() {
        var slow = control.direct("{\"authorization_seconds\":\"600\"}");
        var made = slow.pay(DirectBody.sale(500).number("4242424242424242"));
        assertThat(made.at("/payment/status")).isEqualTo("AUTHORIZATION_REQUESTED");
        control.post("clock", "{\"advance\":\"PT11M\"}");
        assertThat(slow.get("/payments/" + made.at("/payment/id")).at("/status")).isEqualTo("CAPTURED");
        var another = slow.pay(DirectBody.sale(500));
        control.post("complete", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + another.at("/payment/id") + "\",\"result\":\"declined\"}");
        assertThat(slow.get("/payments/" + another.at("/payment/id")).at("/status")).isEqualTo("REJECTED");
        assertThat(control.movements(slow.account())).containsExactly("sale 500 eur");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4000000000000002 | 30041001 |
            4000000000009995 | 30511001 | retryLater
            4000000000009987 | 30411001 | neverRetry
            4000000000009979 | 30431001 | neverRetry
            4000000000006975 | 30651001 | retryLater
            4000000000000069 | 30541001 | updateBeforeRetry
            4000000000000127 | 30821001 | updateBeforeRetry
            4000000000000119 | 30961001 | retryLater
            4100000000000019 | 30591001 | neverRetry
            4000000000000341 | 30041001 |
            """)
    void common_cards_are_declined_in_this_providers_words(String number, String errorCode, String advice) {
        var declined = merchant.pay(DirectBody.card(number));
        assertDeclined(declined, errorCode);
        assertThat(declined.at("/paymentResult/payment/paymentOutput/cardPaymentMethodSpecificOutput/reattemptInstructions/indicator"))
                .isEqualTo(advice == null ? "" : advice);
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4242424242424242,1,US,Credit", "5555555555554444,3,US,Credit", "378282246310005,2,US,Credit", "6011111111111117,128,US,Credit",
        "3056930009020004,132,US,Credit", "3566002020360505,125,US,Credit", "6200000000000005,56,US,Credit", "4000056655665556,1,US,Debit",
        "5105105105105100,3,US,Prepaid", "4000004400000000,1,LT,Credit", "4000058260000005,1,GB,Debit", "4000000000000101,1,US,Credit"})
    void common_cards_are_approved_whatever_the_amount(String number, int product, String country, String type) {
        var made = merchant.pay(DirectBody.sale(1302).number(number));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var output = made.json().at("/payment/paymentOutput/cardPaymentMethodSpecificOutput");
        assertThat(output.path("paymentProductId").asInt()).isEqualTo(product);
        assertThat(output.at("/card/countryCode").asString()).isEqualTo(country);
        assertThat(output.at("/card/cardType").asString()).isEqualTo(type);
        assertThat(output.at("/fraudResults/cvvResult").asString()).isEqualTo(number.equals("4000000000000101") ? "N" : "M");
    }

    @Test
    void a_code_that_did_not_come_was_not_checked() {
        var made = merchant.pay(new DirectBody().without("cardPaymentMethodSpecificInput.card.cvv"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/payment/paymentOutput/cardPaymentMethodSpecificOutput/fraudResults/cvvResult")).isEqualTo("P");
    }

    @Test
    void nothing_verifies_a_card_and_moves_no_money() {
        var verified = merchant.pay(DirectBody.of(0).number("4000000000000341").card("tokenize", "true"));
        assertThat(verified.at("/payment/status")).isEqualTo("ACCOUNT_VERIFIED");
        assertThat(control.movements(merchant.account())).isEmpty();
        assertDeclined(merchant.pay(DirectBody.token(verified.at("/creationOutput/token"))), "30041001");
    }

    @Test
    void a_token_is_left_by_an_approved_payment_alone_and_pays_again() {
        var first = merchant.pay(DirectBody.sale(700).card("tokenize", "true"));
        var token = first.at("/creationOutput/token");
        assertThat(first.at("/creationOutput/isNewToken")).isEqualTo("true");
        assertThat(first.at("/payment/paymentOutput/cardPaymentMethodSpecificOutput/token")).isEqualTo(token);
        var again = merchant.pay(DirectBody.token(token).sale());
        assertThat(again.at("/payment/paymentOutput/cardPaymentMethodSpecificOutput/card/cardNumber")).isEqualTo("************0026");
        assertThat(merchant.pay(DirectBody.card("4000000000000002").card("tokenize", "true")).json().at("/paymentResult/creationOutput").has("token"))
                .isFalse();
        assertThat(control.direct().pay(DirectBody.token(token)).at("/errors/0/id")).isEqualTo("UNKNOWN_TOKEN_ID");
    }

    @Test
    void a_stored_card_is_charged_without_the_payer_but_one_that_always_asks_is_not() {
        assertThat(merchant.pay(absent(token("4000002500003155"))).status()).isEqualTo(201);
        assertDeclined(merchant.pay(absent(token("4000002760003184"))), "40001139");
        assertDeclined(merchant.pay(DirectBody.token(token("4000002500003155"))), "40001139");
    }

    private String token(String number) {
        return merchant.post("/tokens", "{\"paymentProductId\":1,\"card\":{\"data\":{\"card\":{\"cardNumber\":\"" + number
                + "\",\"expiryDate\":\"1240\"}}}}").at("/token");
    }

    private static DirectBody absent(String token) {
        return DirectBody.token(token).card("unscheduledCardOnFileRequestor", "\"merchantInitiated\"")
                .card("unscheduledCardOnFileSequenceIndicator", "\"subsequent\"");
    }

    @Test
    void a_subsequent_payment_follows_the_first() {
        var first = merchant.paid(DirectBody.sale(500));
        var body = "{\"order\":{\"amountOfMoney\":{\"amount\":300,\"currencyCode\":\"EUR\"},\"references\":{\"merchantReference\":\"s-1\"}},"
                + "\"subsequentcardPaymentMethodSpecificInput\":{\"authorizationMode\":\"SALE\",\"subsequentType\":\"Recurring\"}}";
        var second = merchant.post("/payments/" + first + "/subsequent", body);
        assertThat(second.status()).as(second.body()).isEqualTo(201);
        assertThat(second.at("/payment/id")).isNotEqualTo(first);
        assertThat(second.at("/payment/status")).isEqualTo("CAPTURED");
        assertThat(control.movements(merchant.account())).containsExactly("sale 500 eur", "sale 300 eur");
        assertThat(merchant.post("/payments/9999999999_0/subsequent", body).status()).isEqualTo(404);
        assertThat(merchant.post("/payments/" + first + "/subsequent", body.replace("300", "-300")).status()).isEqualTo(400);
    }

    @Test
    void completing_a_card_payment_is_a_server_error() {
        var id = merchant.paid(new DirectBody());
        var body = "{\"order\":{\"amountOfMoney\":{\"amount\":1000,\"currencyCode\":\"EUR\"}}}";
        var failed = merchant.post("/payments/" + id + "/complete", body);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.at("/errors/0/category")).isEqualTo("DIRECT_PLATFORM_ERROR");
        assertThat(merchant.post("/payments/" + id + "/complete", "{}").status()).isEqualTo(400);
        assertThat(merchant.post("/payments/9999999999_0/complete", body).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"4000000000000259,CHARGEBACKED,2", "4000000000002685,CHARGEBACKED,2", "4000000000001976,CHARGEBACK_NOTIFICATION,1",
        "4000000404000079,CHARGEBACKED,3"})
    void dispute_cards_are_charged_back(String number, String status, int movements) {
        var id = merchant.paid(DirectBody.sale(1000).number(number));
        assertThat(merchant.get("/payments/" + id).at("/status")).isEqualTo(status);
        assertThat(control.movements(merchant.account())).hasSize(movements);
    }

    @Test
    void an_inquiry_is_decided_and_a_chargeback_is_raised_by_hand() {
        var id = merchant.paid(DirectBody.sale(1000).number("4000000000001976"));
        var decided = control.post("complete", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + id.replace("_0", "_1")
                + "\",\"result\":\"approved\"}");
        assertThat(decided.at("/status")).isEqualTo("CHARGEBACKED");
        var other = merchant.paid(DirectBody.sale(900));
        var raised = control.post("chargebacks", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + other + "\",\"amount\":400}");
        assertThat(raised.at("/status")).isEqualTo("CHARGEBACKED");
        assertThat(control.movements(merchant.account()))
                .containsExactly("sale 1000 eur", "chargeback 1000 eur", "sale 900 eur", "chargeback 400 eur");
        var held = merchant.paid(new DirectBody());
        assertThat(control.post("chargebacks", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + held + "\"}").status()).isEqualTo(409);
        assertThat(control.post("chargebacks", "{\"provider\":\"worldline-direct\",\"provider_id\":\"1_0\"}").status()).isEqualTo(404);
    }

    @Test
    void a_wallets_card_and_a_network_token_pay() {
        var decrypted = new DirectBody().without("cardPaymentMethodSpecificInput").with("mobilePaymentMethodSpecificInput",
                "{\"paymentProductId\":302,\"authorizationMode\":\"SALE\",\"decryptedPaymentData\":"
                        + "{\"dpan\":\"4242424242424242\",\"expiryDate\":\"1240\"}}");
        var made = merchant.pay(decrypted);
        assertThat(made.at("/payment/paymentOutput/paymentMethod")).isEqualTo("mobile");
        assertThat(made.at("/payment/paymentOutput/mobilePaymentMethodSpecificOutput/paymentData/dpan")).isEqualTo("************4242");
        var network = new DirectBody().without("cardPaymentMethodSpecificInput.card").card("networkTokenData",
                "{\"networkToken\":\"4000000000009995\",\"tokenExpiryDate\":\"1240\",\"cryptogram\":\"x\",\"eci\":5}");
        assertDeclined(merchant.pay(network), "30511001");
    }

    @Test
    void requests_are_shown_without_card_data() {
        merchant.pay(new DirectBody().card("card.cvv", "\"987\""));
        var log = control.get("requests?account=" + merchant.account());
        assertThat(log.body()).doesNotContain("4012000033330026").doesNotContain("\"987\"").contains("401200******0026");
    }

    @Test
    void ids_are_never_given_twice() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            ids.add(merchant.paid(new DirectBody()));
        }
        assertThat(ids).doesNotHaveDuplicates();
    }
}
