package dev.bezant.server.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrandsTest {
    @ParameterizedTest
    @CsvSource({
        "4242424242424242, visa", "5555555555554444, mastercard", "2223003122003222, mastercard", "5105105105105100, mastercard",
        "378282246310005, amex", "348282246310005, amex", "6011111111111117, discover", "6440000000000000, discover",
        "6500000000000000, discover", "3056930009020004, diners", "36227206271667, diners", "3900000000000000, diners",
        "3566002020360505, jcb", "3528000000000000, jcb", "6200000000000005, unionpay", "8100000000000000, unionpay",
        "5000000000000000, maestro", "6759000000000000, maestro", "6304000000000000, maestro", "5600000000000000, maestro",
        "5019000000000000, unknown", "9000000000000000, unknown", "1000000000000000, unknown"
    })
    void the_prefix_tells_the_brand(String number, String brand) {
        assertThat(Brands.of(number).word()).isEqualTo(brand);
    }

    @ParameterizedTest
    @CsvSource({"2220990000000000, unknown", "2221000000000000, mastercard", "2720990000000000, mastercard", "2721000000000000, unknown",
        "5099000000000000, maestro", "5100000000000000, mastercard", "5599000000000000, mastercard", "5600000000000000, maestro",
        "3527000000000000, unknown", "3589000000000000, jcb", "3590000000000000, unknown", "6430000000000000, unknown",
        "6490000000000000, discover", "3060000000000000, unknown"})
    void ranges_end_where_they_end(String number, String brand) {
        assertThat(Brands.of(number).word()).isEqualTo(brand);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "424"})
    void fewer_than_four_digits_tell_nothing(String digits) {
        assertThat(Brands.of(digits).word()).isEqualTo("unknown");
    }

    @Test
    void american_express_has_fifteen_digits_and_a_cvc_of_four() {
        assertThat(Brands.of("378282246310005").lengths()).containsExactly(15);
        assertThat(Brands.of("378282246310005").cvcLengths()).containsExactly(4);
    }

    @Test
    void one_wrong_digit_fails_the_check_digit() {
        assertThat(Brands.luhn("4242424242424242")).isTrue();
        for (int digit = 0; digit < 10; digit++) {
            assertThat(Brands.luhn("424242424242424" + digit)).isEqualTo(digit == 2);
        }
    }
}
