package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RunningSandbox;
import dev.bezant.sandbox.card.TestCard;
import dev.bezant.sandbox.world.Luhn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6 of the page, row by row, and the test cards that every simulated provider knows. */
@RunningSandbox
class MagicValuesTest {
    private final Control control;
    private final Merchant merchant;

    MagicValuesTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private static void assertApproved(Exchange made) {
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.at("/status")).isEqualTo("approved");
        assertThat(made.json().has("error")).isFalse();
    }

    private static void assertDeclined(Exchange made, String error) {
        assertThat(made.status()).as(made.body()).isEqualTo(402);
        assertThat(made.at("/status")).isEqualTo("declined");
        assertThat(made.at("/error")).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111111111111111", "4222222222222", "5555555555554444"})
    void ordinary_cards_below_150_are_approved_with_and_without_3ds_data(String pan) {
        assertApproved(merchant.pay(PaymentBody.of("149.99").pan(pan)));
        assertApproved(merchant.pay(PaymentBody.of("149.99").pan(pan).threeDs()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"150.00", "150.01", "160.00", "200.00"})
    void ordinary_cards_from_150_are_declined(String amount) {
        assertDeclined(merchant.pay(PaymentBody.of(amount)), "3000: Do not Honor");
    }

    @Test
    void stored_cards_follow_the_amount_too() {
        var first = merchant.paid(PaymentBody.of("10.00"));
        var again = merchant.pay(PaymentBody.recurring(first));
        assertApproved(again);
        assertThat(again.at("/payment_method")).isEqualTo("card");
        assertThat(again.at("/payment_instrument/pan")).isEqualTo("1111");
        assertDeclined(merchant.pay(PaymentBody.recurring(first).with("amount", "\"160.00\"")), "3000: Do not Honor");
    }

    @Test
    void nothing_can_be_authorized_to_verify_a_card_and_moves_no_money() {
        assertApproved(merchant.pay(PaymentBody.of("0.00").pan("5555555555554444").authorization()));
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void the_challenge_card_passes_with_its_own_request() {
        var pending = merchant.pay(PaymentBody.card("5454545454545454").threeDs());
        assertThat(pending.status()).isEqualTo(202);
        assertThat(pending.at("/status")).isEqualTo("pending");
        assertThat(pending.at("/threeds2_data/acs_url")).isEqualTo(merchant.uri() + "/acs/v2");
        assertThat(control.movements(merchant.account())).isEmpty();
        assertApproved(merchant.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq")));
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur");
    }

    @Test
    void the_failing_challenge_card_fails() {
        var pending = merchant.pay(PaymentBody.card("4200000000000000").threeDs());
        assertThat(pending.status()).isEqualTo(202);
        assertDeclined(merchant.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq")),
                "33333: 3D Secure Authorization Failed.");
    }

    @Test
    void the_card_that_fails_authentication_says_why() {
        var declined = merchant.pay(PaymentBody.of("150.23").pan("5454545454540109"));
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.at("/threeds_status_reason")).isEqualTo("01: Card authentication failed");
    }

    @Test
    void the_card_that_must_not_be_retried_says_so() {
        var declined = merchant.pay(PaymentBody.of("150.23").pan("5454545454540018"));
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.at("/merchant_advice_code")).isEqualTo("03: Do not try again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3ds2-pass", "3ds2-fail"})
    void described_version_2_challenges_end_as_the_word_says(String word) {
        var pending = merchant.pay(new PaymentBody().described(word).threeDs());
        assertThat(pending.status()).isEqualTo(202);
        var ended = merchant.complete(pending.at("/id"), "cres", word);
        assertThat(ended.status()).isEqualTo(word.endsWith("pass") ? 201 : 402);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3d-pass", "3d-fail"})
    void described_version_1_challenges_end_as_the_word_says(String word) {
        var pending = merchant.pay(new PaymentBody().described(word));
        assertThat(pending.status()).isEqualTo(202);
        assertThat(pending.at("/authorization_information/data")).isEqualTo(word);
        assertThat(pending.at("/authorization_information/url")).isEqualTo(merchant.uri() + "/acs/v1");
        assertThat(pending.json().has("threeds2_data")).isFalse();
        var ended = merchant.complete(pending.at("/id"), "authorize_data", word);
        assertThat(ended.status()).isEqualTo(word.endsWith("pass") ? 201 : 402);
    }

    @ParameterizedTest
    @CsvSource({"sim-insufficient,3001: Insufficient funds", "sim-cvc,3013: Invalid CVV", "sim-sca,3014: SCA Required"})
    void described_declines_carry_their_code(String description, String error) {
        assertDeclined(merchant.pay(new PaymentBody().described(description)), error);
    }

    @ParameterizedTest
    @CsvSource({"sim-500,500", "sim-503,503"})
    void described_failures_have_no_effect(String description, int status) {
        assertThat(merchant.pay(new PaymentBody().described(description)).status()).isEqualTo(status);
        assertThat(merchant.get("/payments").json()).isEmpty();
    }

    @Test
    void a_processing_payment_is_finished_through_the_control_api() {
        var made = merchant.pay(new PaymentBody().described("sim-processing"));
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.at("/status")).isEqualTo("processing");
        control.post("complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + made.at("/id") + "\",\"result\":\"approved\"}");
        assertThat(merchant.get("/payments/" + made.at("/id")).at("/status")).isEqualTo("approved");
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222", "5200828282828210",
        "5105105105105100", "378282246310005", "371449635398431", "6011111111111117", "6011000990139424", "3056930009020004",
        "36227206271667", "3566002020360505", "6200000000000005", "4000000000000077", "4000003720000278", "4000000032200000",
        "4000000000005423", "4000000000004954", "4000000000009235", "4000000000000101", "4000000000000036", "4000004400000000"})
    void common_cards_are_approved_whatever_the_amount(String pan) {
        assertApproved(merchant.pay(PaymentBody.of("200.00").pan(pan)));
        assertApproved(merchant.pay(PaymentBody.of("200.00").pan(pan).threeDs()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4000000000000002 | 3000: Do not Honor           |
            4000000000009995 | 3001: Insufficient funds     |
            4000000000009987 | 3041: Lost Card              | 03: Do not try again
            4000000000009979 | 3043: Stolen Card            | 03: Do not try again
            4000000000006975 | 3065: Exceeds Frequency Limit |
            4000000000000069 | 3054: Expired Card           |
            4000000000000127 | 3013: Invalid CVV            |
            4000000000000119 | 3096: System Malfunction     |
            4100000000000019 | 3059: Suspected Fraud        | 03: Do not try again
            4000000000000341 | 3000: Do not Honor           |
            """)
    void common_cards_are_declined_in_this_providers_words(String pan, String error, String advice) {
        var declined = merchant.pay(PaymentBody.of("10.00").pan(pan));
        assertDeclined(declined, error);
        assertThat(declined.at("/merchant_advice_code")).isEqualTo(advice == null ? "" : advice);
        assertThat(control.movements(merchant.account())).isEmpty();
    }

    @Test
    void the_card_whose_charges_fail_can_be_verified() {
        assertApproved(merchant.pay(PaymentBody.of("0.00").pan("4000000000000341").authorization()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4000002500003155 | 201 |
            4000002760003184 | 201 |
            4000003800000446 | 201 |
            4000000000003220 | 201 |
            4000008400000027 | 201 |
            4000000000003055 | 201 |
            4000008260003178 | 402 | 3001: Insufficient funds
            4000008400001629 | 402 | 3000: Do not Honor
            """)
    void common_challenge_cards_are_challenged_and_then_end_by_their_table(String pan, int status, String error) {
        var pending = merchant.pay(PaymentBody.of("200.00").pan(pan).threeDs());
        assertThat(pending.status()).isEqualTo(202);
        var ended = merchant.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq"));
        assertThat(ended.status()).isEqualTo(status);
        assertThat(ended.at("/error")).isEqualTo(error == null ? "" : error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000002500003155", "4000002760003184", "4000000000003220", "4000008400000027", "4000008260003178",
        "4000008400001629", "4000008400001280"})
    void without_3ds_data_they_ask_for_it(String pan) {
        assertDeclined(merchant.pay(PaymentBody.card(pan)), "3014: SCA Required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000003800000446", "4000000000003055", "4000000000003097"})
    void cards_that_need_no_authentication_pass_without_3ds_data(String pan) {
        assertApproved(merchant.pay(PaymentBody.card(pan)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000008400001280", "4000000000003097"})
    void cards_whose_look_up_fails_are_declined(String pan) {
        var declined = merchant.pay(PaymentBody.card(pan).threeDs());
        assertDeclined(declined, "3000: Do not Honor");
        assertThat(declined.at("/threeds_status_reason")).startsWith("14:");
    }

    @Test
    void a_set_up_card_is_charged_without_the_payer_but_one_that_always_asks_is_not() {
        assertThat(merchant.pay(PaymentBody.recurring(challenged("4000002500003155"))).status()).isEqualTo(201);
        assertDeclined(merchant.pay(PaymentBody.recurring(challenged("4000002760003184"))), "3014: SCA Required");
    }

    private String challenged(String pan) {
        var pending = merchant.pay(PaymentBody.card(pan).threeDs());
        merchant.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq"));
        return pending.at("/id");
    }

    @ParameterizedTest
    @CsvSource({"4000000000000259,approved,10.4: Fraud", "4000000000002685,approved,13.1: Merchandise not received",
        "4000000000001976,initiated,10.4: Fraud"})
    void dispute_cards_are_charged_back(String pan, String status, String reason) {
        var payment = merchant.paid(PaymentBody.card(pan));
        var chargeback = merchant.get("/payments/" + payment + "/chargebacks").json().path(0);
        assertThat(chargeback.path("status").asString()).isEqualTo(status);
        assertThat(chargeback.path("reason").asString()).isEqualTo(reason);
        assertThat(control.movements(merchant.account())).hasSize(status.equals("approved") ? 2 : 1);
    }

    @Test
    void an_authorization_is_disputed_only_once_captured() {
        var payment = merchant.paid(PaymentBody.card("4000000000000259").authorization());
        assertThat(merchant.get("/payments/chargebacks").json()).isEmpty();
        merchant.post("/payments/" + payment + "/settlements", "{\"amount\":\"20.00\"}");
        assertThat(merchant.get("/payments/chargebacks").at("/0/amount")).isEqualTo("20.00");
    }

    @Test
    void every_listed_number_is_a_number_a_card_could_have() {
        for (var card : TestCard.values()) {
            assertThat(card.pans()).allSatisfy(pan -> assertThat(Luhn.holds(pan)).as(pan).isTrue());
        }
        for (var card : CardBehaviour.Own.values()) {
            assertThat(card.pans()).allSatisfy(pan -> assertThat(Luhn.holds(pan)).as(pan).isTrue());
        }
    }
}
