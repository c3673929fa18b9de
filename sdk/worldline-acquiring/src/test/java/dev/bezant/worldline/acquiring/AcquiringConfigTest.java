package dev.bezant.worldline.acquiring;

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

class AcquiringConfigTest {
    private static final SecretText SECRET = SecretText.of("very secret");

    private static final String REQUIRED = """
            acquiring.api.endpoint.host=%s
            acquiring.api.oauth2.tokenUri=https://auth.example/t
            acquiring.api.integrator=x
            """;

    @TempDir
    Path folder;

    @Test
    void a_file_with_everything_is_read() throws IOException {
        var config = read("""
                acquiring.api.endpoint.host = localhost
                acquiring.api.endpoint.scheme = http
                acquiring.api.endpoint.port = 8080
                acquiring.api.authorizationType = OAUTH2
                acquiring.api.oauth2.tokenUri = http://localhost:8080/connect/token
                acquiring.api.oauth2.scopes = processing_payment services_ping
                acquiring.api.connectTimeout = 5000
                acquiring.api.socketTimeout = 300000
                acquiring.api.connectionRequestTimeout = 2000
                acquiring.api.totalTimeout = 310000
                acquiring.api.maxConnections = 20
                acquiring.api.connectionReuse = false
                acquiring.api.https.protocols = TLSv1.2, TLSv1.3
                acquiring.api.proxy.uri = http://proxy.example:3128
                acquiring.api.proxy.username = me
                acquiring.api.proxy.password = pass
                acquiring.api.integrator = Shop Ltd
                acquiring.api.shoppingCartExtension.creator = Maker
                acquiring.api.shoppingCartExtension.name = Cart
                acquiring.api.shoppingCartExtension.version = 1.0
                acquiring.api.shoppingCartExtension.extensionId = ext-1
                other.setting = 1
                """);
        assertThat(config.endpoint()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(config.tokenUri()).isEqualTo(URI.create("http://localhost:8080/connect/token"));
        assertThat(config.scopes()).containsExactly("processing_payment", "services_ping");
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
    void host_token_address_and_integrator_are_enough() throws IOException {
        var config = read(REQUIRED.formatted("api.preprod.acquiring.worldline-solutions.com"));
        assertThat(config.endpoint()).isEqualTo(AcquiringConfig.TEST_ENDPOINT);
        assertThat(config.scopes()).isEqualTo(Scope.all());
        assertThat(config.connection().maxConnections()).isEqualTo(10);
        assertThat(config.connection().leaseTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.shoppingCartExtension()).isNull();
        try (var client = AcquiringClient.of(config)) {
            assertThat(client.v1()).isNotNull();
        }
    }

    /** A head, seconds, comments behind values, no limit: as the vendor's page for other languages shows it. */
    @Test
    void a_file_of_another_language_is_read_as_it_is_meant_there() throws IOException {
        var config = read("""
                [AcquiringSDK]
                # comment
                acquiring.api.integrator=My shop
                acquiring.api.endpoint.host=localhost ; the host
                acquiring.api.authorizationType=OAuth2
                acquiring.api.oauth2.tokenUri=https://auth.example/token
                acquiring.api.connectTimeout=-1 # no limit
                acquiring.api.socketTimeout=300
                acquiring.api.maxConnections=10
                """);
        assertThat(config.endpoint()).isEqualTo(URI.create("https://localhost"));
        assertThat(config.connection().socketTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.connection().totalTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.connection().connectTimeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        assertThatThrownBy(() -> AcquiringConfig.fromProperties(file("""
                        acquiring.api.endpoint.host = https://host/path
                        acquiring.api.authorizationType = V1HMAC
                        acquiring.api.oauth2.tokenUri = auth.example
                        acquiring.api.connectTimeout = 5
                        acquiring.api.socketTimeout = 300s
                        acquiring.api.maxConnections = 0
                        acquiring.api.connectionReuse = yes
                        acquiring.api.https.protocols = TLSv1.1,TLSv1.2
                        acquiring.api.proxy.username = me
                        acquiring.api.shoppingCartExtension.name = Cart
                        acquiring.api.conectTimeout = 5000
                        """), " ", SECRET))
                .asInstanceOf(type(ConfigurationException.class))
                .satisfies(e -> {
                    assertThat(e.problems()).hasSize(14);
                    assertThat(e.getMessage()).contains("oauth2.clientId and its secret are given in code", "endpoint.host is 'https://host/path'",
                            "authorizationType is 'V1HMAC', expected OAuth2", "oauth2.tokenUri", "connectTimeout is 5 milliseconds, expected at least 100",
                            "socketTimeout is '300s'", "maxConnections is '0'", "connectionReuse is 'yes'", "names 'TLSv1.1'", "proxy.username",
                            "shoppingCartExtension.creator is missing", "shoppingCartExtension.version is missing", "integrator is missing",
                            "acquiring.api.conectTimeout is not a setting").doesNotContain("very secret");
                });
    }

    @ParameterizedTest
    @CsvSource({"::1, https://[::1]", "[::1], https://[::1]", "localhost, https://localhost"})
    void hosts_may_be_addresses(String host, String endpoint) throws IOException {
        assertThat(read(REQUIRED.formatted(host)).endpoint())
                .isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host/path", "user@host", "host?query", "host#fragment", "ho st"})
    void hosts_are_nothing_else(String host) {
        assertThatThrownBy(() -> read(REQUIRED.formatted(host)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("endpoint.host is '" + host + "'");
    }

    @Test
    void a_builder_reports_all_mistakes_at_once_too() {
        var builder = AcquiringClient.builder().endpoint(URI.create("https://user@host/v1?x#y")).tokenUri(URI.create("ftp://auth/token"))
                .additionalHeaders(Headers.of("authorization", "x", "X-WL-ServerMetaInfo", "x", "Dummy", "1", "dummy", "2"));
        assertThatThrownBy(builder::build).asInstanceOf(type(ConfigurationException.class)).satisfies(e -> assertThat(e.problems()).containsExactly(
                "endpoint is 'https://user@host/v1?x#y', expected scheme, host and port alone, such as " + AcquiringConfig.TEST_ENDPOINT,
                "tokenUri is 'ftp://auth/token', expected something like " + AcquiringConfig.TEST_TOKEN_URI,
                "clientId is missing", "clientSecret is missing", "integrator is missing: the name of your company or software",
                "the additional header authorization is one that the SDK sets itself",
                "the additional header X-WL-ServerMetaInfo is one that the SDK sets itself",
                "the additional header dummy is given twice"));
        assertThatThrownBy(() -> AcquiringClient.builder().build())
                .hasMessageContaining("endpoint is missing, such as AcquiringConfig.TEST_ENDPOINT")
                .hasMessageContaining("tokenUri is missing, such as AcquiringConfig.TEST_TOKEN_URI");
    }

    private AcquiringConfig read(String text) throws IOException {
        return AcquiringConfig.fromProperties(file(text), "key", SECRET);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("acquiring.properties"), text);
    }
}
