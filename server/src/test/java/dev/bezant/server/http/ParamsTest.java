package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {
    private static Params form(String text) {
        return Decoder.form(text);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "True,true", "TRUE,true", "false,false", "False,false"})
    void flags_of_forms_are_read_without_regard_to_case(String text, boolean value) {
        assertThat(form("a=" + text).flag("a")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "yes", "on", "%20true", "t"})
    void nothing_else_is_a_flag(String text) {
        assertThatThrownBy(() -> form("a=" + text).flag("a")).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-5,-5", "%2B5,5", "007,7", "9223372036854775807,9223372036854775807"})
    void whole_numbers(String text, long value) {
        assertThat(form("a=" + text).integer("a", Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0", "5,0", "5 000", "5e2", "0x5", "٥", "--5", "+", "9223372036854775808"})
    void what_is_no_whole_number_is_refused(String text) {
        String encoded = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);

        assertThatThrownBy(() -> form("a=" + encoded).integer("a", Long.MIN_VALUE, Long.MAX_VALUE))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo("parameter_invalid_integer"));
    }

    @Test
    void bounds_are_included() {
        assertThat(form("a=1").integer("a", 1, 3)).isEqualTo(1);
        assertThat(form("a=3").integer("a", 1, 3)).isEqualTo(3);
        assertThatThrownBy(() -> form("a=4").integer("a", 1, 3)).hasMessageContaining("not between 1 and 3");
    }

    @Test
    void an_amount_may_be_absent_but_not_empty() {
        assertThat(form("").amount("a")).isNull();
        assertThatThrownBy(() -> form("a=").amount("a")).hasMessageContaining("empty");
    }

    @Test
    void lengths_count_characters_not_chars() {
        assertThat(form("a=" + "\uD83D\uDE00".repeat(5)).text("a", 5)).hasSize(10);
        assertThatThrownBy(() -> form("a=" + "\uD83D\uDE00".repeat(6)).text("a", 5)).hasMessageContaining("longer than 5");
    }

    @Test
    void what_nobody_read_is_unknown_with_its_path() {
        Params params = form("card[number]=1&card[cvv]=2");
        Objects.requireNonNull(params.map("card")).text("number");

        assertThatThrownBy(params::done).isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.param()).isEqualTo("card[cvv]"));
    }

    @Test
    void an_unread_map_is_unknown_as_a_whole() {
        assertThatThrownBy(form("card[number]=1")::done)
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.param()).isEqualTo("card"));
    }

    @Test
    void the_nearest_known_name_is_suggested_even_if_it_was_only_asked_about() {
        Params params = form("descripton=x");
        params.has("description");

        assertThatThrownBy(params::done).hasMessageContaining("Did you mean description?");
    }

    @Test
    void nothing_is_suggested_where_nothing_is_near() {
        assertThat(Suggestion.of("zzz", List.of("amount", "currency"))).isEmpty();
        assertThat(Suggestion.of("x".repeat(1000), List.of("amount"))).isEmpty();
    }

    @Test
    void messages_never_carry_a_card_number() {
        for (String number : List.of("4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242")) {
            assertThat(new ApiException(ErrorCode.PARAMETER_INVALID, number, "Got " + number + "!"))
                    .hasMessage("Got ...!")
                    .extracting(ApiException::param).isEqualTo("...");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example/a?b=c#d", "http://localhost:3000", "HTTPS://shop.example", "http://[::1]:8080/"})
    void absolute_web_addresses_are_urls(String url) {
        assertThat(form("a=" + java.net.URLEncoder.encode(url, java.nio.charset.StandardCharsets.UTF_8)).url("a")).isEqualTo(url);
    }
}
