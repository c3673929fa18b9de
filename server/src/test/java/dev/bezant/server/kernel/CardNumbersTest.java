package dev.bezant.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {
    @ParameterizedTest
    @ValueSource(strings = {"4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "4242%204242%204242%204242", "378282246310005", "order 4000056655665556!"})
    void a_card_number_is_recognized_and_masked_however_it_is_grouped(String text) {
        assertThat(CardNumbers.maybeIn(text)).isTrue();
        assertThat(CardNumbers.surelyIn(text)).isTrue();
        assertThat(CardNumbers.masked(text)).contains("...").doesNotContainPattern("[0-9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order-1001", "pi_0VbZ9yD4JCBoSB4Y5C7l", "2026-11-21", "Cannot capture 5000 of 4210", "999999999999"})
    void ids_dates_and_amounts_are_left_as_they_are(String text) {
        assertThat(CardNumbers.maybeIn(text)).isFalse();
        assertThat(CardNumbers.masked(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4242424242424241", "1795223766123", "1795223766123456", "8f14e45f-ceea-467f-a1d2-91b6c3d4e5f6", "1234567890128",
        "9e944430-20fb-4569-8995-685276472acf", "refund_9e944430-20fb-4569-8995-685276472acf", "a4242424242424242b00000000000000"})
    void what_has_no_brand_or_a_wrong_check_digit_is_surely_no_card_number(String text) {
        assertThat(CardNumbers.surelyIn(text)).isFalse();
    }

    @Test
    void no_uuid_is_surely_a_card_number() {
        assertThat(Stream.generate(UUID::randomUUID).limit(100_000).map(Object::toString))
                .noneMatch(CardNumbers::surelyIn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key4242424242424242", "4242424242424242a", "4242-4242-4242-4242-a", "9e944430-20fb-4569-8995-685276472acf 4242424242424242"})
    void letters_beside_it_do_not_hide_a_card_number(String text) {
        assertThat(CardNumbers.surelyIn(text)).isTrue();
    }

    @Test
    void a_mistyped_card_number_is_masked_all_the_same() {
        assertThat(CardNumbers.masked("No such customer: '4242424242424241'.")).isEqualTo("No such customer: '...'.");
    }
}
