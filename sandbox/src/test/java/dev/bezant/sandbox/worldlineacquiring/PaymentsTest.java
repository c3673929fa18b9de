package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RunningSandbox
class PaymentsTest {
    private final Control control;
    private final Acquirer acquirer;

    PaymentsTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control);
    }

    /** What the vendor's integration test asserts (section 11). */
    @Test
    void the_vendors_own_payment_is_authorized_and_read() {
        var request = new PaymentRequest();
        var made = acquirer.pay(request);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/operationId")).isEqualTo(request.id());
        assertThat(made.at("/responseCode")).isEqualTo("0");
        assertThat(made.at("/responseCodeCategory")).isEqualTo("APPROVED");
        assertThat(made.at("/responseCodeDescription")).isNotEmpty();
        assertThat(made.at("/status")).isEqualTo("AUTHORIZED");
        assertThat(made.at("/initialAuthorizationCode")).hasSize(6);
        assertThat(made.json().path("totalAuthorizedAmount").toString()).isEqualTo("{\"amount\":200,\"currencyCode\":\"GBP\",\"numberOfDecimals\":2}");
        assertThat(made.at("/references/retrievalReferenceNumber")).matches("\\d{12}");
        assertThat(made.at("/references/schemeTransactionId")).matches("\\d{15}");
        var read = acquirer.get("/payments/" + made.at("/paymentId") + "?returnOperations=true");
        assertThat(read.status()).isEqualTo(200);
        for (var field : new String[] {"/paymentId", "/status", "/initialAuthorizationCode"}) {
            assertThat(read.at(field)).isEqualTo(made.at(field));
        }
        assertThat(read.at("/operations/0/operationType")).isEqualTo("AUTHORIZATION");
        assertThat(read.at("/operations/0/operationId")).isEqualTo(request.id());
        assertThat(acquirer.get("/payments/" + made.at("/paymentId")).json().has("operations")).isFalse();
        assertThat(acquirer.movements()).containsExactly("authorization 200 gbp");
    }

    @Test
    void a_sale_is_captured_at_once_and_confirmed_once_it_has_cleared() {
        var payment = acquirer.paid(PaymentRequest.sale(500).reference("ORD-1"));
        assertThat(acquirer.status(payment)).isEqualTo("PENDING_CAPTURE");
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.status(payment)).isEqualTo("CONFIRMED");
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp");
        assertThat(control.ledger("reference=ORD-1&account=" + acquirer.account())).singleElement()
                .satisfies(entry -> assertThat(entry.path("provider_id").asString()).isEqualTo(payment));
    }

    @ParameterizedTest
    @CsvSource({"4000000000000002,5,ISSUER", "4000000000009995,51,ISSUER", "4000000000009987,41,ISSUER", "4000000000009979,43,ISSUER",
        "4000000000006975,61,ISSUER", "4000000000000069,54,ISSUER", "4000000000000127,82,ISSUER", "4000000000000119,96,SCHEME",
        "4100000000000019,59,ISSUER", "4000000000000341,5,ISSUER", "4000002760003184,65,ISSUER", "4000008260003178,65,ISSUER",
        "4000008400001280,65,ISSUER", "4242424242424241,14,ISSUER"})
    void a_declined_card_is_a_success_that_says_so(String number, String code, String responder) {
        var declined = acquirer.pay(PaymentRequest.card(number).sale());
        assertThat(declined.status()).isEqualTo(201);
        assertThat(declined.at("/responseCode")).isEqualTo(code);
        assertThat(declined.at("/responseCodeCategory")).isEqualTo("DECLINED");
        assertThat(declined.at("/responder")).isEqualTo(responder);
        assertThat(declined.at("/status")).isEqualTo("NOT_AUTHORIZED");
        assertThat(declined.json().has("initialAuthorizationCode")).isFalse();
        assertThat(declined.json().has("totalAuthorizedAmount")).isFalse();
        assertThat(acquirer.status(declined.at("/paymentId"))).isEqualTo("NOT_AUTHORIZED");
        assertThat(acquirer.movements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9905,5", "9914,14", "9951,51", "9954,54", "9959,59", "9965,65", "9970,70", "9991,91", "9996,96", "9910,51"})
    void amounts_decline_cards_that_are_not_in_the_common_table(long amount, String code) {
        assertThat(acquirer.pay(PaymentRequest.of(amount)).at("/responseCode")).isEqualTo(code);
        assertThat(acquirer.pay(PaymentRequest.card("4242424242424242").amount(amount)).at("/responseCode")).isEqualTo("0");
    }

    @Test
    void advice_comes_with_declines_that_have_some() {
        var stolen = acquirer.pay(PaymentRequest.card("4000000000009979"));
        assertThat(stolen.at("/additionalResponseData/merchantAdviceCode")).isEqualTo("03");
        assertThat(acquirer.pay(PaymentRequest.card("4000000000000002")).json().has("additionalResponseData")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4000002500003155,0,0", "4000002760003184,0,65", "4000000000003220,0,0", "4000008260003178,51,51", "4000008400001629,5,5",
        "4000008400001280,0,0"})
    void cards_that_want_the_payer_take_authentication_or_his_absence(String number, String authenticated, String absent) {
        var secure = PaymentRequest.card(number).with("cardPaymentData.ecommerceData", "{\"threeDSecure\":{\"authenticationValue\":\"AAABBEg0VhI0\","
                + "\"eci\":\"05\",\"version\":\"2.2.0\"}}");
        assertThat(acquirer.pay(secure).at("/responseCode")).isEqualTo(authenticated);
        var kept = PaymentRequest.card(number).with("cardPaymentData.cardOnFileData", "{\"isInitialTransaction\":false,\"subsequentCardOnFileData\":"
                + "{\"cardOnFileInitiator\":\"MERCHANT\",\"transactionType\":\"RECURRING_FIXED\",\"initialSchemeTransactionId\":\"123\"}}");
        assertThat(acquirer.pay(kept).at("/responseCode")).isEqualTo(absent);
    }

    @Test
    void a_smaller_amount_is_approved_only_where_that_will_do() {
        var partly = acquirer.pay(PaymentRequest.of(9910).with("cardPaymentData.allowPartialApproval", "true"));
        assertThat(partly.at("/responseCodeCategory")).isEqualTo("PARTIALLY_APPROVED");
        assertThat(partly.json().at("/totalAuthorizedAmount/amount").asLong()).isEqualTo(4955);
        assertThat(acquirer.capture(partly.at("/paymentId"), Acquirer.amount("amount", 4956)).status()).isEqualTo(400);
        assertThat(acquirer.capture(partly.at("/paymentId"), "").status()).isEqualTo(201);
        assertThat(acquirer.movements()).containsExactly("authorization 4955 gbp", "capture 4955 gbp");
    }

    @Test
    void what_is_pending_is_decided_by_hand_or_by_the_clock() {
        var first = acquirer.pay(PaymentRequest.sale(9977));
        assertThat(first.at("/status")).isEqualTo("PENDING");
        assertThat(first.json().propertyNames()).doesNotContain("totalAuthorizedAmount", "responseCode", "responseCodeCategory");
        var second = acquirer.pay(PaymentRequest.of(9977)).at("/paymentId");
        var third = acquirer.pay(PaymentRequest.of(9977)).at("/paymentId");
        assertThat(acquirer.capture(third, "").status()).isEqualTo(400);
        assertThat(complete(second, "declined")).isEqualTo(200);
        assertThat(acquirer.status(second)).isEqualTo("NOT_AUTHORIZED");
        assertThat(complete(third, "approved")).isEqualTo(200);
        assertThat(complete(third, "approved")).isEqualTo(409);
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.status(first.at("/paymentId"))).isEqualTo("PENDING_CAPTURE");
        assertThat(acquirer.movements()).containsExactly("authorization 9977 gbp", "sale 9977 gbp");
    }

    private int complete(String id, String result) {
        return control.post("complete", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + id + "\",\"result\":\"" + result + "\"}")
                .status();
    }

    @Test
    void parts_are_captured_in_their_order_and_the_last_one_releases_the_rest() {
        var payment = acquirer.paid(PaymentRequest.of(800));
        assertThat(acquirer.capture(payment, Acquirer.amount("amount", 300) + ",\"captureSequenceNumber\":2").status()).isEqualTo(400);
        var first = acquirer.capture(payment, Acquirer.amount("amount", 300) + ",\"captureSequenceNumber\":1,\"isFinal\":false");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.at("/payment/status")).isEqualTo("PENDING_CAPTURE");
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.status(payment)).as("more can come").isEqualTo("PENDING_CAPTURE");
        assertThat(acquirer.capture(payment, Acquirer.amount("amount", 400) + ",\"captureSequenceNumber\":2,\"isFinal\":true").status()).isEqualTo(201);
        assertThat(acquirer.capture(payment, Acquirer.amount("amount", 1)).status()).isEqualTo(400);
        assertThat(acquirer.reverse(payment, "").status()).isEqualTo(400);
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.status(payment)).isEqualTo("CONFIRMED");
        assertThat(acquirer.operations("/payments/" + payment)).containsExactly("AUTHORIZATION 800 APPROVED", "CAPTURE 300 APPROVED",
                "CAPTURE 400 APPROVED");
        assertThat(acquirer.movements()).containsExactly("authorization 800 gbp", "capture 300 gbp", "capture 400 gbp");
    }

    @Test
    void an_authorization_is_released_in_parts_and_wholly() {
        var payment = acquirer.paid(PaymentRequest.of(800));
        var part = acquirer.reverse(payment, Acquirer.amount("reversalAmount", 300));
        assertThat(part.status()).isEqualTo(201);
        assertThat(part.json().at("/totalAuthorizedAmount/amount").asLong()).isEqualTo(500);
        assertThat(part.at("/payment/status")).isEqualTo("AUTHORIZED");
        assertThat(acquirer.reverse(payment, Acquirer.amount("reversalAmount", 501)).status()).isEqualTo(400);
        assertThat(acquirer.reverse(payment, "").at("/payment/status")).isEqualTo("REVERSED");
        assertThat(acquirer.capture(payment, "").status()).isEqualTo(400);
        assertThat(acquirer.movements()).containsExactly("authorization 800 gbp", "void 300 gbp", "void 500 gbp");
    }

    @Test
    void only_a_pre_authorization_grows_and_the_issuer_may_say_no() {
        var payment = acquirer.paid(PaymentRequest.of(800));
        var more = acquirer.increment(payment, Acquirer.amount("incrementAmount", 200));
        assertThat(more.status()).isEqualTo(201);
        assertThat(more.json().at("/totalAuthorizedAmount/amount").asLong()).isEqualTo(1000);
        assertThat(more.at("/authorizationCode")).hasSize(6);
        var refused = acquirer.increment(payment, Acquirer.amount("incrementAmount", 9905));
        assertThat(refused.at("/responseCodeCategory")).isEqualTo("DECLINED");
        assertThat(refused.json().at("/totalAuthorizedAmount/amount").asLong()).isEqualTo(1000);
        assertThat(refused.at("/payment/status")).isEqualTo("AUTHORIZED");
        assertThat(acquirer.capture(payment, "").status()).isEqualTo(201);
        assertThat(acquirer.increment(payment, Acquirer.amount("incrementAmount", 1)).status()).isEqualTo(400);
        var last = acquirer.paid(PaymentRequest.of(800).with("authorizationType", "\"FINAL_AUTHORIZATION\""));
        assertThat(acquirer.increment(last, Acquirer.amount("incrementAmount", 1)).status()).isEqualTo(400);
        assertThat(acquirer.movements()).containsExactly("authorization 800 gbp", "authorization 200 gbp", "capture 1000 gbp",
                "authorization 800 gbp");
    }

    @ParameterizedTest
    @CsvSource({"PRE_AUTHORIZATION,P29D,201", "PRE_AUTHORIZATION,P31D,400", "FINAL_AUTHORIZATION,P6D,201", "FINAL_AUTHORIZATION,P8D,400"})
    void an_authorization_can_be_captured_for_its_time(String type, String after, int status) {
        var payment = acquirer.paid(PaymentRequest.of(800).with("authorizationType", "\"" + type + "\""));
        control.post("clock", "{\"advance\":\"" + after + "\"}");
        assertThat(acquirer.capture(payment, "").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operationId", "amount", "amount.amount", "amount.currencyCode", "cardPaymentData", "cardPaymentData.cardData",
        "cardPaymentData.cardData.cardNumber", "cardPaymentData.cardData.expiryDate"})
    void what_is_missing_is_named(String field) {
        var refused = acquirer.pay(new PaymentRequest().without(field));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/detail")).contains(field + " is required");
        assertThat(refused.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(refused.json().propertyNames()).containsExactly("type", "title", "status", "detail", "instance", "requestId");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"amount.amount|0", "amount.amount|1.5", "amount.amount|\"100\"",
        "amount.currencyCode|\"XXQ\"", "amount.numberOfDecimals|3", "transactionTimestamp|\"2026-01-02T03:04:05\"", "authorizationType|\"SALE\"",
        "cardPaymentData.cardData.cardNumber|\"123\"", "cardPaymentData.cardData.expiryDate|\"1240\"",
        "cardPaymentData.cardData.cardSecurityCode|\"1\"", "cardPaymentData.cardholderVerificationMethod|\"NOSE\"",
        "cardPaymentData.ecommerceData.scaExemptionRequest|\"PLEASE\"",
        "dynamicCurrencyConversion|{\"amount\":5,\"currencyCode\":\"EUR\",\"numberOfDecimals\":2}",
        "cardPaymentData.cardOnFileData|{\"subsequentCardOnFileData\":{\"cardOnFileInitiator\":\"MERCHANT\"}}",
        "cardPaymentData.cardOnFileData|{\"subsequentCardOnFileData\":{\"cardOnFileInitiator\":\"CARDHOLDER\",\"transactionType\":\"RECURRING_FIXED\"}}"})
    void what_cannot_be_is_refused(String field, String value) {
        assertThat(acquirer.pay(new PaymentRequest().with(field, value)).status()).isEqualTo(400);
        assertThat(acquirer.movements()).isEmpty();
    }

    @Test
    void another_currency_and_a_body_that_is_none_are_refused() {
        var payment = acquirer.paid(PaymentRequest.of(800));
        assertThat(acquirer.capture(payment, "\"amount\":{\"amount\":5,\"currencyCode\":\"EUR\"}").status()).isEqualTo(400);
        assertThat(acquirer.post("/payments", "[]").status()).isEqualTo(400);
        assertThat(acquirer.post("/payments", "{\"operationId\":").status()).isEqualTo(400);
        assertThat(acquirer.capture("nothing", "").status()).isEqualTo(404);
    }

    @Test
    void what_is_not_possible_may_be_a_conflict_instead() {
        var strict = Acquirer.of(control, "{\"state_status\":\"409\"}");
        var payment = strict.paid(PaymentRequest.sale(800));
        var refused = strict.capture(payment, "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/type")).endsWith("state-conflict");
    }

    @Test
    void a_terminal_reads_stripes_and_chips_and_asks_for_the_pin() {
        var stripe = new PaymentRequest().without("cardPaymentData.cardData").with("cardPaymentData.pointOfSaleData",
                "{\"track2Data\":\"4176669999000104=40121010000000000000\"}");
        assertThat(acquirer.pay(stripe).at("/cardPaymentData/pointOfSaleData/panLast4Digits")).isEqualTo("0104");
        var chip = new PaymentRequest().without("cardPaymentData.cardData").with("cardPaymentData.pointOfSaleData",
                "{\"emvData\":[{\"tag\":\"5A\",\"value\":\"4176669999000104\"},{\"tag\":\"5F24\",\"value\":\"401231\"}]}");
        assertThat(acquirer.pay(chip).at("/responseCode")).isEqualTo("0");
        var wanted = chip.amount(9970).id("pin-1");
        assertThat(acquirer.pay(wanted).at("/responseCode")).isEqualTo("70");
        var retry = wanted.with("cardPaymentData.pointOfSaleData.isRetryWithTheSameOperationId", "true");
        var wrong = retry.with("cardPaymentData.pointOfSaleData.onlinePinData", pin("FFFF"));
        assertThat(acquirer.pay(wrong).at("/responseCode")).isEqualTo("55");
        assertThat(acquirer.pay(wrong).json().at("/cardPaymentData/pointOfSaleData/pinRetryCounter").asInt()).isEqualTo(2);
        assertThat(acquirer.pay(retry.with("cardPaymentData.pointOfSaleData.onlinePinData", pin("A1B2"))).at("/responseCode")).isEqualTo("0");
        assertThat(control.get("requests?limit=1000&account=" + acquirer.account()).body()).doesNotContain("4176669999000104", "=4012101", "A1B2");
    }

    private static String pin(String block) {
        return "{\"encryptedPinBlock\":\"" + block + "\",\"pinBlockFormat\":4,\"pinEncryptionData\":{\"pinEncryptionType\":\"ZPK\","
                + "\"zonePinKeyId\":\"1\"}}";
    }

    @Test
    void code_and_address_are_compared() {
        var request = PaymentRequest.card("4000000000000010").with("cardPaymentData.ecommerceData",
                "{\"addressVerificationData\":{\"cardholderAddress\":\"Main St 1\",\"cardholderPostalCode\":\"12345\"}}");
        var paid = acquirer.pay(request);
        assertThat(paid.at("/cardPaymentData/ecommerceData/addressVerificationResult")).isEqualTo("NO_MATCH");
        assertThat(paid.at("/cardPaymentData/ecommerceData/cardSecurityCodeResult")).isEqualTo("MATCH");
        assertThat(acquirer.pay(PaymentRequest.card("4000000000000101")).at("/cardPaymentData/ecommerceData/cardSecurityCodeResult"))
                .isEqualTo("NO_MATCH");
    }
}
