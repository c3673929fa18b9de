package dev.bezant.worldline.acquiring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.Violation;
import dev.bezant.sdk.json.JacksonMarshaller;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"12.34, EUR, 1234, 2", "1.234, KWD, 1234, 3", "1234, JPY, 1234, 0", "0, EUR, 0, 2", "12.30, ISK, , ", "12.345, EUR, , ",
        "-1, EUR, , ", "1, ABC, , ", "1, eur, , ", "99999999999999999999, EUR, , "})
    void amounts_are_exact_or_refused(BigDecimal amount, String currency, Long minor, Integer digits) {
        if (minor == null) {
            assertThatThrownBy(() -> Money.of(amount, currency)).isInstanceOf(IllegalArgumentException.class);
        } else {
            AmountData money = Money.of(amount, currency);
            assertThat(money.amount()).contains(minor);
            assertThat(money.numberOfDecimals()).contains(digits);
            assertThat(money.decimal().orElseThrow()).isEqualByComparingTo(amount);
            assertThat(Money.of(minor, currency)).isEqualTo(money);
        }
    }

    @Test
    void an_amount_is_read_by_what_it_says_of_its_decimals_and_never_guessed() {
        var odd = AmountData.builder().amount(12345L).currencyCode("EUR");
        assertThat(odd.build().decimal()).contains(new BigDecimal("123.45"));
        assertThat(odd.numberOfDecimals(3).build().decimal()).contains(new BigDecimal("12.345"));
        assertThat(AmountData.builder().amount(1L).currencyCode("ABC").build().decimal()).isEmpty();
        assertThat(AmountData.builder().currencyCode("EUR").build().decimal()).isEmpty();
        assertThatThrownBy(() -> Money.of(-1, "EUR")).hasMessage("an amount of -1, expected zero or more minor units");
    }

    @Test
    void what_is_wrong_with_a_card_is_told_before_it_is_sent_and_without_it() {
        var card = PlainCardData.builder().cardNumber(SecretText.of("4111 1111")).cardSecurityCode(SecretText.of("12"))
                .expiryDate(ExpiryDate.ofWire("132031")).build();
        assertThat(card.violations()).containsExactlyInAnyOrder(new Violation("cardNumber", "must be 12 to 19 digits"),
                new Violation("cardSecurityCode", "must be 3 or 4 digits"),
                new Violation("expiryDate", "must be a month and a year as MMYYYY, such as 122031"));
        assertThat(card.toString()).doesNotContain("4111", "132031");
    }

    @Test
    void an_expiry_is_a_month_of_this_century() {
        assertThat(ExpiryDate.of(12, 2031).wire()).isEqualTo("122031");
        assertThat(ExpiryDate.of(YearMonth.of(2031, 1)).yearMonth()).contains(YearMonth.of(2031, 1));
        assertThat(ExpiryDate.ofWire("1231").yearMonth()).isEmpty();
        assertThat(ExpiryDate.of(12, 2031)).isEqualTo(ExpiryDate.ofWire("122031")).hasSameHashCodeAs(ExpiryDate.ofWire("122031"))
                .hasToString("****");
        assertThatThrownBy(() -> ExpiryDate.of(13, 2031)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExpiryDate.of(1, 31)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(PaymentStatus.class)
    void every_status_calls_for_an_act_and_none_is_taken_for_success_that_is_not_known(PaymentStatus status) {
        boolean known = status != PaymentStatus.UNRECOGNIZED;
        assertThat(Progress.of(status) == Progress.UNKNOWN).isNotEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":\"SPARKLING\",\"responseCodeCategory\":\"MAYBE\"}", "{\"status\":null}"})
    void a_word_that_is_not_known_or_not_there_is_neither_success_nor_failure(String json) {
        var read = JacksonMarshaller.plain().unmarshal(json.getBytes(StandardCharsets.UTF_8), ApiPaymentResponse.class);
        assertThat(read.progress()).isEqualTo(Progress.UNKNOWN);
        assertThat(List.of(read.isApproved(), read.isPartiallyApproved(), read.isDeclined())).containsOnly(false);
    }

    @Test
    void scopes_of_merchants_and_pin_blocks_say_their_kind() {
        assertThat(Merchants.of("1", "2").merchantScopeType()).contains(MerchantScopeType.BY_MERCHANT_IDS);
        assertThat(Merchants.ofAcquirers(List.of("1")).acquirerIds()).containsExactly("1");
        assertThat(Merchants.ofRoots(List.of(MerchantRootIdentifier.builder().acquirerId("1").merchantRootId("r").build())).merchantScopeType())
                .contains(MerchantScopeType.BY_MERCHANT_ROOT_IDS);
        assertThat(PinEncryption.aesUkpt(1, "r").pinEncryptionType()).contains(PinEncryptionType.AES_UKPT);
        assertThat(PinEncryption.dukpt("k").pinEncryptionType()).contains(PinEncryptionType.DUKPT);
        assertThat(PinEncryption.zonePinKey("k").toString()).contains("ZPK").doesNotContain("zonePinKeyId=k");
    }
}
