package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.http.TlsVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectConfigTest {
    private static final SecretText SECRET = SecretText.of("very secret");

    @TempDir
    Path folder;

    @Test
    void a_file_with_everything_is_read() throws IOException {
        var config = read("""
                onlinePayments.api.endpoint.host = localhost
                onlinePayments.api.endpoint.scheme = http
                onlinePayments.api.endpoint.port = 8080
                onlinePayments.api.authorizationType = V1HMAC
                onlinePayments.api.connectTimeout = 5000
                onlinePayments.api.socketTimeout = 300000
                onlinePayments.api.connectionRequestTimeout = 2000
                onlinePayments.api.totalTimeout = 310000
                onlinePayments.api.maxConnections = 20
                onlinePayments.api.connectionReuse = false
                onlinePayments.api.https.protocols = TLSv1.2, TLSv1.3
                onlinePayments.api.proxy.uri = http://proxy.example:3128
                onlinePayments.api.proxy.username = me
                onlinePayments.api.proxy.password = pass
                onlinePayments.api.integrator = Shop Ltd
                onlinePayments.api.shoppingCartExtension.creator = Maker
                onlinePayments.api.shoppingCartExtension.name = Cart
                onlinePayments.api.shoppingCartExtension.version = 1.0
                onlinePayments.api.shoppingCartExtension.extensionId = ext-1
                other.setting = 1
                """);
        assertThat(config.endpoint()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(config.connection().socketTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.connection().leaseTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.connection().maxConnections()).isEqualTo(20);
        assertThat(config.connection().connectionReuse()).isFalse();
        assertThat(config.connection().proxy()).isPresent();
        assertThat(config.connection().tlsVersions()).containsExactlyInAnyOrder(TlsVersion.values());
        assertThat(config.shoppingCartExtension()).isEqualTo(new ShoppingCartExtension("Maker", "Cart", "1.0", "ext-1"));
        assertThat(config.toString()).doesNotContain("very secret");
    }

    @Test
    void host_and_integrator_are_enough() throws IOException {
        var config = read("onlinePayments.api.endpoint.host=payment.direct.worldline-solutions.com\nonlinePayments.api.integrator=x\n");
        assertThat(config.endpoint()).isEqualTo(DirectConfig.LIVE_ENDPOINT);
        assertThat(config.connection().maxConnections()).isEqualTo(10);
        assertThat(config.connection().leaseTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.shoppingCartExtension()).isNull();
        try (var client = DirectClient.of(config)) {
            assertThat(client.merchant("1")).isNotNull();
        }
    }

    /** Lower case, a doubled dot, a head and comments: as the vendor's page for other languages shows it. */
    @Test
    void the_spellings_of_the_vendors_pages_are_read() throws IOException {
        var config = read("""
                [OnlinePaymentsSDK]
                onlinepayments.api.integrator=integrator
                onlinepayments.api.endpoint.host=localhost
                ; The following keys are optional
                onlinepayments.api..endpoint.scheme=http
                onlinepayments.api..endpoint.port=-1
                onlinepayments.api.maxConnections=10
                onlinepayments.api.authorizationType=v1HMAC
                """);
        assertThat(config.endpoint()).isEqualTo(URI.create("http://localhost"));
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        assertThatThrownBy(() -> DirectConfig.fromProperties(file("""
                        onlinePayments.api.endpoint.host = https://host/path
                        onlinePayments.api.authorizationType = OAuth
                        onlinePayments.api.connectTimeout = 5
                        onlinePayments.api.socketTimeout = 300s
                        onlinePayments.api.maxConnections = 0
                        onlinePayments.api.connectionReuse = yes
                        onlinePayments.api.https.protocols = TLSv1.1,TLSv1.2
                        onlinePayments.api.proxy.username = me
                        onlinePayments.api.shoppingCartExtension.name = Cart
                        onlinepayments.api.conectTimeout = 5000
                        """), " ", SECRET))
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> {
                    assertThat(e.problems()).hasSize(13);
                    assertThat(e.getMessage()).contains("apiKeyId and secretApiKey are given in code", "endpoint.host is 'https://host/path'",
                            "authorizationType is 'OAuth', expected v1HMAC", "connectTimeout is 5 milliseconds, expected at least 100",
                            "socketTimeout is '300s'", "maxConnections is '0'", "connectionReuse is 'yes'", "names 'TLSv1.1'", "proxy.username",
                            "shoppingCartExtension.creator is missing", "shoppingCartExtension.version is missing", "integrator is missing",
                            "onlinePayments.api.conectTimeout is not a setting").doesNotContain("very secret");
                });
    }

    @ParameterizedTest
    @CsvSource({"::1, https://[::1]", "[::1], https://[::1]", "localhost, https://localhost"})
    void hosts_may_be_addresses(String host, String endpoint) throws IOException {
        assertThat(read("onlinePayments.api.endpoint.host=" + host + "\nonlinePayments.api.integrator=x\n").endpoint())
                .isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host/path", "user@host", "host?query", "host#fragment", "ho st"})
    void hosts_are_nothing_else(String host) {
        assertThatThrownBy(() -> read("onlinePayments.api.endpoint.host=" + host + "\nonlinePayments.api.integrator=x\n"))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("endpoint.host is '" + host + "'");
    }

    @Test
    void a_builder_reports_all_mistakes_at_once_too() {
        var builder = DirectClient.builder().endpoint(URI.create("https://user@host/v2?x#y")).additionalHeaders(Headers.of(
                "authorization", "x", "X-GCS-ClientMetaInfo", "x", "Dummy", "1", "dummy", "2"));
        assertThatThrownBy(builder::build).asInstanceOf(type(ConfigurationException.class)).satisfies(e -> assertThat(e.problems()).containsExactly(
                "endpoint is 'https://user@host/v2?x#y', expected scheme, host and port alone, such as " + DirectConfig.TEST_ENDPOINT,
                "apiKeyId is missing", "secretApiKey is missing", "integrator is missing: the name of your company or software",
                "the additional header authorization is one that the SDK sets itself",
                "the additional header X-GCS-ClientMetaInfo is one that the SDK sets itself: use withClientMetaInfo",
                "the additional header dummy is given twice"));
        assertThatThrownBy(() -> DirectClient.builder().build()).hasMessageContaining("endpoint is missing: DirectConfig.TEST_ENDPOINT");
    }

    private DirectConfig read(String text) throws IOException {
        return DirectConfig.fromProperties(file(text), "key", SECRET);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("direct.properties"), text);
    }
}
