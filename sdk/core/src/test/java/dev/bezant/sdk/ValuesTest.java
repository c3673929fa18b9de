package dev.bezant.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void header_values_are_unfolded_and_nothing_can_be_smuggled_in() {
        assertThat(Headers.of("A", " some value  \r\n \n with  some \r\n  spaces ").first("a")).contains("some value    with  some  spaces");
        assertThat(Headers.of("A", "a\r\nb\r\nc").first("A")).contains("a b c");
        assertThatThrownBy(() -> Headers.of("A\r\nB", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.of("A", "x\ry")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Headers.of("A", "secret").toString()).isEqualTo("Headers[A]");
        assertThat(Headers.of("A", "1", "B", "2").with("a", "3").list()).extracting(Headers.Header::value).containsExactly("2", "3");
    }

    @Test
    void secrets_show_nothing_and_compare_by_content() {
        var secret = SecretText.of("4111111111111111");
        assertThat(secret.toString()).isEqualTo("****");
        assertThat(secret.maskedCardNumber()).isEqualTo("411111******1111");
        assertThat(SecretText.of("123").maskedCardNumber()).isEqualTo("***");
        assertThat(secret).isEqualTo(SecretText.of("4111111111111111")).isNotEqualTo(SecretText.of("4111111111111112"));
        secret.wipe();
        assertThat(secret.reveal()).isEqualTo("\0".repeat(16));
    }

    @Test
    void deadlines_pass() {
        assertThat(Deadline.after(Duration.ofMinutes(1)).hasPassed()).isFalse();
        assertThat(Deadline.after(Duration.ofMinutes(1)).remaining()).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(60));
        assertThat(Deadline.atNanoTime(System.nanoTime() - 1).hasPassed()).isTrue();
        assertThat(Deadline.atNanoTime(System.nanoTime() - 1).remaining()).isZero();
    }

    @Test
    void forms_go_to_the_web_only() {
        assertThatThrownBy(() -> new FormPost(URI.create("javascript:alert(1)"), Map.of())).isInstanceOf(IllegalArgumentException.class);
        var form = new FormPost(URI.create("https://acs.example:8443/x"), Map.of("a", "<\">"));
        assertThat(form.origin()).isEqualTo("https://acs.example:8443");
        assertThat(form.html("n1", "Go")).contains("value=\"&lt;&quot;&gt;\"");
        assertThatThrownBy(() -> form.html("\"", "Go")).isInstanceOf(IllegalArgumentException.class);
    }
}
