package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorefyConfigTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("corefy.properties"), text);
    }

    @Test
    void a_file_is_read() throws IOException {
        var config = CorefyConfig.fromProperties(file("""
                corefy.accountId = coma_0000000000000001
                corefy.apiKey = very secret
                corefy.baseUrl = https://brand.example/api
                corefy.cardGateUrl = https://checkout.brand.example
                corefy.callbackSecrets = sk_test_new, sk_test_old
                corefy.testMode = true
                corefy.retryCount = 0
                corefy.callsPerMinute = 100
                corefy.rateLimitWait = 500
                corefy.socketTimeout = 1500
                corefy.proxy.uri = http://proxy.example:3128
                other.setting = 1
                """));
        assertThat(config.dialect()).isEqualTo(Dialect.INVOICES);
        assertThat(config.publicUrl()).isEqualTo(URI.create("https://brand.example/public-api"));
        assertThat(config.callbackSecrets()).containsExactly(SecretText.of("sk_test_new"), SecretText.of("sk_test_old"));
        assertThat(config.rateLimitWait()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.connection().socketTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.connection().totalTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.connection().proxy()).isPresent();
        assertThat(config.toString()).doesNotContain("very secret", "sk_test");
    }

    @Test
    void environment_variables_are_read_by_their_own_names() {
        var config = CorefyConfig.fromEnvironment(Map.of("COREFY_DIALECT", "intents", "COREFY_API_KEY", "key", "COREFY_SECRET_KEY", "secret",
                "COREFY_CLIENT_KEY", "client", "COREFY_WEBHOOK_SECRET", "whsec_1", "COREFY_TIMEOUT_SECONDS", "45", "COREFY_RETRY_COUNT", "5",
                "COREFY_RATE_LIMIT_PER_MINUTE", "300", "COREFY_SANDBOX_MODE", "True", "COREFY_SERVICE_MAP", "not ours"));
        assertThat(config.baseUrl()).isEqualTo(CorefyConfig.INTENTS_SANDBOX_URL);
        assertThat(config.accountId()).isEqualTo("client");
        assertThat(config.secretKey()).contains(SecretText.of("secret"));
        assertThat(config.callbackSecrets()).containsExactly(SecretText.of("whsec_1"));
        assertThat(config.connection().socketTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.callsPerMinute()).isEqualTo(300);
        assertThat(config.testMode()).isTrue();
    }

    @Test
    void a_secret_key_signs_callbacks_where_no_other_is_set() {
        var config = CorefyConfig.fromEnvironment(Map.of("COREFY_API_KEY", "key", "COREFY_SECRET_KEY", "sk_live_1", "COREFY_CLIENT_KEY", "coma_1",
                "COREFY_BASE_URL", "https://api.brand.example", "COREFY_SANDBOX_MODE", "False"));
        assertThat(config.callbackSecrets()).containsExactly(SecretText.of("sk_live_1"));
    }

    @Test
    void all_mistakes_are_reported_at_once() throws IOException {
        Path file = file("""
                corefy.dialect = soap
                corefy.apiKey = very secret
                corefy.baseUrl = ftp://x
                corefy.testMode = yes
                corefy.publicKey = pk_test_1
                corefy.callbackSecrets = sk_test_very_secret
                corefy.capturePath = capture
                corefy.retryCount = 10
                corefy.callsPerMinute = 0
                corefy.connectTimeout = 30s
                corefy.proxy.username = me
                corefy.acountId = coma_1
                """);
        assertThatThrownBy(() -> CorefyConfig.fromProperties(file)).asInstanceOf(type(ConfigurationException.class)).satisfies(e -> {
            assertThat(e.problems()).hasSize(12).allMatch(problem -> problem.contains("corefy.properties"));
            assertThat(e.getMessage()).contains("dialect", "baseUrl is 'ftp://x'", "testMode", "publicKey is a test key",
                    "callbackSecrets hold a test key", "capturePath", "retryCount is '10', expected a whole number from 0 to 9",
                    "callsPerMinute", "connectTimeout", "proxy.username",
                    "corefy.accountId is missing", "corefy.acountId is not a setting").doesNotContain("very");
        });
    }

    @Test
    void mistakes_in_code_are_reported_in_the_same_way() {
        var builder = CorefyConfig.builder().dialect(Dialect.INTENTS).accountId("a:b").retryCount(-1).callsPerMinute(0)
                .rateLimitWait(Duration.ofSeconds(-1)).testMode(true).publicKey("pk_live_1").callbackSecrets(List.of(SecretText.of(" ")));
        assertThatThrownBy(builder::build).asInstanceOf(type(ConfigurationException.class)).satisfies(e -> assertThat(e.problems()).hasSize(8));
    }

    @Test
    void each_dialect_has_its_client() {
        var invoices = CorefyConfig.builder().baseUrl(URI.create("https://api.brand.example")).accountId("coma_1").apiKey(SecretText.of("k")).build();
        var intents = CorefyConfig.builder().dialect(Dialect.INTENTS).accountId("c").apiKey(SecretText.of("k")).secretKey(SecretText.of("s")).build();
        assertThat(intents.baseUrl()).isEqualTo(CorefyConfig.INTENTS_URL);
        try (var one = Corefy.of(invoices); var other = Corefy.of(intents)) {
            assertThat(one).isInstanceOf(CorefyClient.class);
            assertThat(other).isInstanceOf(CorefyIntentsClient.class);
            assertThat(other.dialect()).isEqualTo(Dialect.INTENTS);
        }
        assertThatThrownBy(() -> CorefyClient.of(intents)).isInstanceOf(ConfigurationException.class).hasMessageContaining("CorefyIntentsClient");
        assertThatThrownBy(() -> CorefyIntentsClient.of(invoices)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void a_file_that_is_not_there_is_a_configuration_mistake() {
        assertThatThrownBy(() -> CorefyConfig.fromProperties(folder.resolve("none"))).isInstanceOf(ConfigurationException.class);
    }
}
