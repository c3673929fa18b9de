package dev.bezant.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    private final Secret secret = Secret.of("sk_test_verysecret");

    @Test
    void it_is_masked_wherever_text_is_made_of_it() {
        record Holder(String name, Secret key) {}

        assertThat(secret).hasToString("***");
        assertThat(String.valueOf(new Holder("a", secret))).doesNotContain("verysecret");
        assertThat("%s".formatted(secret)).isEqualTo("***");
    }

    @Test
    void its_content_has_one_door() {
        assertThat(secret.reveal()).isEqualTo("sk_test_verysecret");
        assertThat(secret.length()).isEqualTo(18);
    }

    @Test
    void equal_content_is_an_equal_secret() {
        assertThat(secret).isEqualTo(Secret.of("sk_test_verysecret")).hasSameHashCodeAs(Secret.of("sk_test_verysecret"));
        assertThat(secret).isNotEqualTo(Secret.of("sk_test_verysecreT")).isNotEqualTo(Secret.of(""));
    }

    @Test
    void its_hash_tells_nothing() {
        assertThat(secret).hasSameHashCodeAs(Secret.of("other"));
    }
}
