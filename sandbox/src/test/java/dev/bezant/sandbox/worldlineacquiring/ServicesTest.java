package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What asks something and moves nothing. */
@RunningSandbox
class ServicesTest {
    private final Control control;
    private final Acquirer acquirer;

    ServicesTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control);
    }

    @ParameterizedTest
    @CsvSource({"4176669999000104,0,APPROVED", "4000000000000341,0,APPROVED", "4000000000000002,5,DECLINED", "4000000000000127,82,DECLINED",
        "4000002760003184,65,DECLINED"})
    void a_card_is_verified_without_an_amount(String number, String code, String category) {
        var answer = acquirer.post("/account-verifications", PaymentRequest.card(number).without("amount").toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/responseCode")).isEqualTo(code);
        assertThat(answer.at("/responseCodeCategory")).isEqualTo(category);
        assertThat(answer.json().has("authorizationCode")).isEqualTo(category.equals("APPROVED"));
        assertThat(answer.at("/references/schemeTransactionId")).isNotEmpty();
        assertThat(acquirer.movements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4176669999000104,10000,GBP", "4000003920000003,100,JPY", "4000000000009995,0,USD"})
    void the_balance_is_in_the_cards_own_currency(String number, long amount, String currency) {
        var answer = acquirer.post("/balance-inquiries", PaymentRequest.card(number).without("amount").toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/availableAmount/amount").asLong()).isEqualTo(amount);
        assertThat(answer.at("/availableAmount/currencyCode")).isEqualTo(currency);
    }

    private Exchange rate(String members) {
        return acquirer.send("POST", "/services/v1/" + acquirer.credential("acquirer_id") + "/" + acquirer.credential("merchant_id") + "/dcc-rates",
                "{\"operationId\":\"d\",\"pointOfSaleData\":{\"terminalId\":\"12345678\"},\"transaction\":{\"amount\":{\"amount\":200,"
                        + "\"currencyCode\":\"GBP\",\"numberOfDecimals\":2},\"transactionType\":\"PAYMENT\"}," + members + "}");
    }

    /** What the vendor's integration test asserts (section 11). */
    @Test
    void a_rate_is_offered_and_can_be_used_again() {
        var offer = rate("\"targetCurrency\":\"EUR\",\"cardPaymentData\":{\"brand\":\"VISA\",\"bin\":\"41766699\"}");
        assertThat(offer.status()).isEqualTo(200);
        assertThat(offer.json().at("/proposal/originalAmount").toString())
                .isEqualTo("{\"amount\":200,\"currencyCode\":\"GBP\",\"numberOfDecimals\":2}");
        assertThat(offer.at("/proposal/resultingAmount/currencyCode")).isEqualTo("EUR");
        assertThat(offer.json().at("/proposal/resultingAmount/amount").asLong()).isEqualTo(238);
        assertThat(offer.json().at("/proposal/rate/exchangeRate").decimalValue()).isEqualByComparingTo("1.191860");
        var again = rate("\"targetCurrency\":\"EUR\",\"cardPaymentData\":{},\"rateReferenceId\":\"" + offer.at("/proposal/rateReferenceId") + "\"");
        assertThat(again.json().path("proposal")).isEqualTo(offer.json().path("proposal"));
        assertThat(rate("\"targetCurrency\":\"EUR\",\"cardPaymentData\":{},\"rateReferenceId\":\"none\"").status()).isEqualTo(400);
    }

    @Test
    void the_cards_number_tells_its_currency_and_some_are_not_converted() {
        assertThat(rate("\"cardPaymentData\":{\"bin\":\"400000392000\"}").at("/proposal/resultingAmount/currencyCode")).isEqualTo("JPY");
        assertThat(rate("\"cardPaymentData\":{\"bin\":\"400000392000\"}").json().at("/proposal/resultingAmount/amount").asLong()).isEqualTo(386);
        assertThat(rate("\"cardPaymentData\":{\"cardCountryCode\":\"GB\"}").at("/result")).isEqualTo("NOT_AVAILABLE");
        assertThat(rate("\"cardPaymentData\":{\"bin\":\"12\"}").status()).isEqualTo(400);
    }

    @Test
    void a_conversion_goes_with_the_payment() {
        var paid = acquirer.pay(new PaymentRequest().with("dynamicCurrencyConversion",
                "{\"amount\":238,\"currencyCode\":\"EUR\",\"numberOfDecimals\":2,\"conversionRate\":1.19186}"));
        assertThat(paid.status()).isEqualTo(201);
        assertThat(control.movements(acquirer.account())).containsExactly("authorization 200 gbp");
    }
}
