package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardinityConfigTest {
    @TempDir
    Path folder;

    @Test
    void a_file_is_read() throws IOException {
        var config = CardinityConfig.fromProperties(file("""
                cardinity.consumerKey = key
                cardinity.consumerSecret = very secret
                cardinity.baseUrl = http://localhost:8091/v1
                cardinity.socketTimeout = 1500
                cardinity.proxy.uri = http://proxy.example:3128
                other.setting = 1
                """));
        assertThat(config.consumerKey()).isEqualTo("key");
        assertThat(config.connection().socketTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.connection().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.connection().proxy()).isPresent();
        assertThat(config.toString()).doesNotContain("very secret");
    }

    @Test
    void all_mistakes_are_reported_at_once() throws IOException {
        Path file = file("""
                cardinity.consumerSecret = very secret
                cardinity.baseUrl = ftp://x
                cardinity.connectTimeout = 30s
                cardinity.maxConnections = 0
                cardinity.connectionReuse = yes
                cardinity.proxy.username = me
                cardinity.conumerKey = key
                """);
        assertThatThrownBy(() -> CardinityConfig.fromProperties(file))
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> {
                    assertThat(e.problems()).hasSize(7).contains("cardinity.connectTimeout is '30s', expected a whole number of milliseconds"
                            + " above zero such as 30000 (cardinity.properties)");
                    assertThat(e.getMessage()).contains("cardinity.consumerKey is missing", "cardinity.conumerKey is not a setting",
                            "baseUrl", "maxConnections", "connectionReuse", "proxy.username").doesNotContain("very secret");
                });
    }

    @Test
    void a_file_that_is_not_there_is_a_configuration_mistake() {
        assertThatThrownBy(() -> CardinityConfig.fromProperties(folder.resolve("none"))).isInstanceOf(ConfigurationException.class);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cardinity.properties"), text);
    }
}
