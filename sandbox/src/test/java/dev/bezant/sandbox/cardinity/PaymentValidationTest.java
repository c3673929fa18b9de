package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RunningSandbox;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RunningSandbox
class PaymentValidationTest {
    private final Merchant merchant;

    PaymentValidationTest(Merchant merchant) {
        this.merchant = merchant;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            amount                                  | "0.49"       | must be at least 0.50
            amount                                  | "0.00"       | must be at least 0.50
            amount                                  | "a23.24"     | must be a decimal number
            amount                                  | "11.01234"   | must be a decimal number
            amount                                  | "11.012"     | must be a decimal number
            amount                                  | "12345678.0" | must be a decimal number
            amount                                  | -5           | must be a decimal number
            amount                                  | true         | must be a decimal number
            currency                                | "EGR"        | invalid or unsupported currency
            currency                                | "eur"        | invalid or unsupported currency
            currency                                | "KWD"        | invalid or unsupported currency
            country                                 | "XX"         | must be an ISO 3166-1 alpha-2 code
            country                                 | "LTU"        | must be an ISO 3166-1 alpha-2 code
            order_id                                | "1"          | must be between 2 and 50 characters
            order_id                                | "a_b"        | must contain only letters, digits, '.', '-' and apostrophes
            payment_method                          | "cheque"     | unsupported payment method
            payment_instrument                      | null         | must not be empty
            payment_instrument.pan                  | "4242424242424241" | invalid card number
            payment_instrument.pan                  | "411111"     | invalid card number
            payment_instrument.exp_month            | 13           | must be between 1 and 12
            payment_instrument.exp_month            | 0            | must be between 1 and 12
            payment_instrument.exp_year             | 2020         | card expired
            payment_instrument.cvc                  | "12"         | must be 3 or 4 digits
            payment_instrument.cvc                  | "12345"      | must be 3 or 4 digits
            payment_instrument.holder               | ""           | must not be empty
            payment_instrument.holder               | "123456789012345678901234567890123" | must be between 1 and 32 characters
            settle                                  | "maybe"      | must be true or false
            threeds2_data.notification_url          | "ftp://x.example/" | must be an http or https URL
            threeds2_data.browser_info              | {}           | must not be empty
            threeds2_data.browser_info.challenge_window_size | "05" | unsupported value
            threeds2_data.browser_info.time_zone    | 900          | must be between -840 and 720
            threeds2_data.browser_info.color_depth  | "many"       | must be a whole number
            threeds2_data.billing_address           | {}           | must not be empty
            """)
    void a_wrong_value_is_refused_with_its_dotted_path(String path, String value, String message) {
        var refused = merchant.pay(new PaymentBody().threeDs().with(path, value));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/title")).isEqualTo("Validation Failed");
        assertThat(refused.at("/errors/0/field")).startsWith(path);
        assertThat(refused.at("/errors/0/message")).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "currency", "country", "payment_method", "payment_instrument", "payment_instrument.pan",
        "payment_instrument.exp_month", "payment_instrument.exp_year", "payment_instrument.cvc", "payment_instrument.holder",
        "threeds2_data.notification_url", "threeds2_data.browser_info", "threeds2_data.browser_info.accept_header",
        "threeds2_data.browser_info.browser_language", "threeds2_data.browser_info.screen_width",
        "threeds2_data.browser_info.screen_height", "threeds2_data.browser_info.challenge_window_size",
        "threeds2_data.browser_info.user_agent", "threeds2_data.browser_info.color_depth", "threeds2_data.browser_info.time_zone"})
    void a_missing_field_is_refused(String path) {
        var refused = merchant.pay(new PaymentBody().threeDs().without(path));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors")).hasSize(1);
        assertThat(refused.at("/errors/0/field")).isEqualTo(path);
        assertThat(refused.at("/errors/0/message")).isEqualTo("must not be empty");
        assertThat(refused.at("/detail")).contains("1 validation error");
    }

    @Test
    void texts_that_are_too_long_are_refused() {
        var refused = merchant.pay(new PaymentBody().described("x".repeat(256)).with("statement_descriptor_suffix", "\"" + "y".repeat(26) + "\"")
                .order("z".repeat(51)));
        var messages = new ArrayList<String>();
        refused.json().path("errors").forEach(error -> messages.add(error.path("field").asString() + " " + error.path("message").asString()));
        assertThat(messages).containsExactlyInAnyOrder("description must be at most 255 characters",
                "statement_descriptor_suffix must be at most 25 characters", "order_id must be between 2 and 50 characters");
    }

    @Test
    void all_violations_come_at_once_with_what_was_rejected() {
        var refused = merchant.pay(new PaymentBody().with("currency", "\"EGR\"").with("payment_instrument.exp_month", "13"));
        assertThat(refused.at("/detail")).contains("2 validation errors");
        assertThat(refused.json().path("errors")).hasSize(2);
        assertThat(refused.at("/errors/0/rejected")).isEqualTo("EGR");
        assertThat(refused.json().at("/errors/1/rejected").isInt()).isTrue();
    }

    @Test
    void neither_number_nor_code_of_a_card_is_echoed() {
        var refused = merchant.pay(new PaymentBody().pan("4242424242424241").with("payment_instrument.cvc", "\"98765\""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("4242424242424241").doesNotContain("98765");
        assertThat(refused.at("/errors/0/rejected")).isEqualTo("****4241");
    }

    @Test
    void a_stored_card_must_be_of_an_own_approved_payment() {
        var declined = merchant.pay(PaymentBody.of("200.00")).at("/id");
        var refused = merchant.pay(PaymentBody.recurring(declined));
        assertThat(refused.at("/errors/0/field")).isEqualTo("payment_instrument.payment_id");
        assertThat(refused.at("/errors/0/message")).isEqualTo("payment not found or not approved");
        assertThat(merchant.pay(PaymentBody.recurring("8e037fbb-fe5b-4781-b109-b3e93d5f2c0d")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "20.0", "20.00", "\"20\"", "\"20.0000\""})
    void amounts_may_be_numbers_or_strings_and_come_back_with_two_decimals(String amount) {
        assertThat(merchant.pay(new PaymentBody().with("amount", amount)).at("/amount")).isEqualTo("20.00");
    }

    @Test
    void old_callers_numbers_and_unknown_fields_are_tolerated() {
        var made = merchant.pay(new PaymentBody().with("payment_instrument.cvc", "12").with("payment_instrument.exp_year", "\"2040\"")
                .with("payment_instrument.exp_month", "\"01\"").with("junk", "{\"a\":1}"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/payment_instrument/exp_month").isInt()).isTrue();
    }

    @Test
    void mail_and_telephone_orders_need_no_code() {
        assertThat(merchant.pay(new PaymentBody().described("CRD-MOTO order 7").without("payment_instrument.cvc")).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"amount\":", "[]", "\"text\"", "nonsense", "{} {}"})
    void what_is_no_json_object_is_refused(String body) {
        var refused = merchant.post("/payments", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/title")).isEqualTo("Validation Failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "ten", ""})
    void a_limit_outside_one_to_a_hundred_is_refused(String limit) {
        var refused = merchant.get("/payments?limit=" + limit);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field")).isEqualTo("limit");
        assertThat(refused.at("/errors/0/message")).isEqualTo("must be between 1 and 100");
        assertThat(merchant.get("/payments/chargebacks?limit=" + limit).status()).isEqualTo(400);
    }
}
