package dev.bezant.worldline.direct.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.Violation;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"12.34, EUR, 1234", "1.234, KWD, 1234", "1234, JPY, 1234", "0, EUR, 0", "1.2345, CLF, 12345", "12.30, ISK, ", "12.345, EUR, ",
        "-1, EUR, ", "1, XAU, ", "1, ABC, ", "1, eur, ", "99999999999999999999, EUR, "})
    void amounts_are_exact_or_refused(BigDecimal amount, String currency, Long minor) {
        if (minor == null) {
            assertThatThrownBy(() -> Money.of(amount, currency)).isInstanceOf(IllegalArgumentException.class);
        } else {
            AmountOfMoney money = Money.of(amount, currency);
            assertThat(money.amount()).contains(minor);
            assertThat(money.decimal().orElseThrow()).isEqualByComparingTo(amount);
        }
    }

    @Test
    void amounts_in_minor_units_need_no_known_currency() {
        assertThat(Money.of(5, "XCG").currencyCode()).contains("XCG");
        assertThat(AmountOfMoney.builder().amount(5).currencyCode("ABC").build().decimal()).isEmpty();
        assertThatThrownBy(() -> Money.of(-1, "EUR")).hasMessage("an amount of -1, expected zero or more minor units");
        assertThatThrownBy(() -> Money.of(1, "EURO")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_amount_that_was_put_together_by_hand_is_checked_before_it_is_sent() {
        var order = Order.builder().amountOfMoney(AmountOfMoney.builder().amount(-5).currencyCode("eur").build()).build();
        assertThat(CreatePaymentRequest.builder().order(order).build().violations()).containsExactly(
                new Violation("order.amountOfMoney.amount", "is -5, expected 0 or more"),
                new Violation("order.amountOfMoney.currencyCode", "must be an ISO 4217 code in upper case, such as EUR"));
        assertThat(CreatePaymentRequest.builder().build().violations()).containsExactly(new Violation("order", "is missing"));
    }

    @Test
    void what_the_platform_is_known_to_refuse_is_told_with_the_limit() {
        assertThat(SessionRequest.builder().tokens(java.util.Collections.nCopies(11, "t")).build().violations())
                .containsExactly(new Violation("tokens", "has 11 items, expected at most 10"));
        assertThat(HostedCheckoutSpecificInput.builder().allowedNumberOfPaymentAttempts(11).returnUrl("shop.example/back").build().violations())
                .containsExactly(new Violation("allowedNumberOfPaymentAttempts", "is 11, expected 1 to 10"),
                        new Violation("returnUrl", "must be an absolute address with its scheme"));
        assertThat(HostedCheckoutSpecificInput.builder().returnUrl("myapp://back").tokens("a,b").build().violations()).isEmpty();
        assertThat(GetPaymentProductsParams.builder().build().violations()).containsExactly(new Violation("countryCode", "is missing"));
    }

    @Test
    void expiries_are_months() {
        assertThat(ExpiryDate.of(5, 2030).wire()).isEqualTo("0530");
        assertThat(ExpiryDate.of(YearMonth.of(2031, 12)).yearMonth()).contains(YearMonth.of(2031, 12));
        assertThat(ExpiryDate.parse("12/30")).isEqualTo(ExpiryDate.parse("1230")).hasSameHashCodeAs(ExpiryDate.of(12, 2030));
        assertThat(ExpiryDate.ofWire("**30").yearMonth()).isEmpty();
        assertThat(ExpiryDate.of(12, 2030)).hasToString("****");
        assertThatThrownBy(() -> ExpiryDate.of(13, 2030)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExpiryDate.of(1, 30)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1330", "0030", "12-30", "122030", "", "invalid"})
    void nothing_else_is_an_expiry(String text) {
        assertThatThrownBy(() -> ExpiryDate.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Card.builder().expiryDate(ExpiryDate.ofWire(text)).build().violations()).hasSize(1);
    }

    @Test
    void locales_name_a_language() {
        assertThat(LocaleCode.of(Locale.UK).wire()).isEqualTo("en_GB");
        assertThat(LocaleCode.of(Locale.FRENCH)).isEqualTo(LocaleCode.of("fr")).hasSameHashCodeAs(LocaleCode.of("fr")).hasToString("fr");
        assertThat(LocaleCode.of("en-GB").wire()).isEqualTo("en-GB");
        assertThatThrownBy(() -> LocaleCode.of("invalid_locale")).hasMessageContaining("'invalid_locale'");
        assertThat(Customer.builder().locale(LocaleCode.ofWire("english")).build().violations()).hasSize(1);
    }

    @Test
    void cards_are_checked_without_being_quoted() {
        var card = Card.builder().cardNumber(SecretText.of("123")).cvv(SecretText.of("12")).expiryDate(ExpiryDate.ofWire("1399")).build();
        assertThat(card.violations()).containsExactly(
                new Violation("cardNumber", "must be 12 to 19 digits"), new Violation("cvv", "must be 3 or 4 digits"),
                new Violation("expiryDate", "must be a month and a year as MMYY, such as 1230"));
        assertThat(card).hasToString("Card[cardNumber=****, cvv=****, expiryDate=****]");
    }

    @ParameterizedTest
    @EnumSource(PaymentStatus.class)
    void every_status_has_its_progress(PaymentStatus status) {
        PaymentResponse payment = PaymentResponse.builder().statusText(status == PaymentStatus.UNRECOGNIZED ? "NEW" : status.wire()).build();
        assertThat(payment.progress() == Progress.UNKNOWN).isEqualTo(status == PaymentStatus.UNRECOGNIZED);
        assertThat(payment.isPaid()).isEqualTo(status == PaymentStatus.CAPTURED || status == PaymentStatus.PAID);
        assertThat(payment.isDeclined()).isEqualTo(status == PaymentStatus.REJECTED || status == PaymentStatus.REJECTED_CAPTURE);
    }

    @Test
    void a_word_of_tomorrow_passes_through_and_is_nothing_that_is_known() {
        PaymentResponse payment = PaymentResponse.builder().statusText("SPARKLING").build();
        assertThat(payment.status()).contains(PaymentStatus.UNRECOGNIZED);
        assertThat(payment.statusText()).contains("SPARKLING");
        assertThat(PaymentResponse.builder().build().progress()).isEqualTo(Progress.UNKNOWN);
        assertThatThrownBy(() -> PaymentResponse.builder().status(PaymentStatus.UNRECOGNIZED)).isInstanceOf(IllegalStateException.class);
        assertThat(PayoutResponse.builder().status(PayoutStatus.ACCOUNT_CREDITED).build().isPaidOut()).isTrue();
        assertThat(RefundResponse.builder().status(PaymentStatus.REFUNDED).build().isRefunded()).isTrue();
    }

    @Test
    void the_next_action_is_exactly_one() {
        assertThat(CreatePaymentResponse.builder().build().nextAction()).isEqualTo(new NextAction.None());
        assertThat(next(MerchantAction.builder().actionType(ActionType.SHOW_TRANSACTION_RESULTS))).isInstanceOf(NextAction.ShowResults.class);
        assertThat(next(MerchantAction.builder().actionType(ActionType.CALL_THIRD_PARTY))).isInstanceOf(NextAction.ThirdParty.class);
        assertThat(next(MerchantAction.builder().actionType(ActionType.SHOW_FORM).showFormData(ShowFormData.builder().build())))
                .isInstanceOf(NextAction.ShowForm.class);
        assertThat(next(MerchantAction.builder().actionType(ActionType.SHOW_INSTRUCTIONS)
                .showInstructionsData(ShowInstructionsData.builder().showData("Pay").build()))).isEqualTo(new NextAction.ShowInstructions("Pay"));
        assertThat(next(MerchantAction.builder().actionType(ActionType.MOBILE_THREEDS_CHALLENGE)
                .mobileThreeDSecureChallengeParameters(MobileThreeDSecureChallengeParameters.builder().build())))
                .isInstanceOf(NextAction.AppChallenge.class);
        for (MerchantAction.Builder odd : List.of(MerchantAction.builder(), MerchantAction.builder().actionTypeText("DANCE"),
                MerchantAction.builder().actionType(ActionType.REDIRECT), MerchantAction.builder().actionType(ActionType.REDIRECT)
                        .redirectData(RedirectData.builder().returnMac(SecretText.of("m")).redirectUrl("javascript:alert(1)").build()))) {
            assertThat(next(odd)).isInstanceOf(NextAction.Unrecognized.class);
        }
    }

    @Test
    void pages_are_found_by_their_whole_address_or_the_rest_of_it() {
        assertThat(CreateHostedCheckoutResponse.builder().redirectUrl("https://payment.x/a").partialRedirectUrl("y/b").build().pageUrl())
                .hasValueSatisfying(url -> assertThat(url).hasToString("https://payment.x/a"));
        assertThat(CreateHostedCheckoutResponse.builder().partialRedirectUrl("preprod.example/hostedcheckout/1").build().pageUrl())
                .hasValueSatisfying(url -> assertThat(url).hasToString("https://payment.preprod.example/hostedcheckout/1"));
        assertThat(CreateHostedCheckoutResponse.builder().redirectUrl("javascript:alert(1)").build().pageUrl()).isEmpty();
    }

    private static NextAction next(MerchantAction.Builder action) {
        return CreatePaymentResponse.builder().merchantAction(action.build()).build().nextAction();
    }
}
