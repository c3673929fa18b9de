package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.http.ApacheConnection;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.json.JacksonMarshaller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AcquiringClientTest {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        server.answer(204, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_call_says_which_software_calls() {
        var extension = new ShoppingCartExtension("Maker", "Cart", "1.0", null);
        try (var client = server.client().shoppingCartExtension(extension).additionalHeaders(Headers.of("Dummy", "1", "If-None-Match", "x")).build()) {
            test(client);
        }
        String text = decoded(server.last().header("X-WL-ServerMetaInfo"));
        JsonNode info = JacksonMarshaller.plain().unmarshal(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(info.propertyNames()).containsExactly(
                "platformIdentifier", "sdkIdentifier", "sdkCreator", "integrator", "shoppingCartExtension");
        assertThat(info.get("platformIdentifier").asString()).matches("[^/]+/[^ ]+ Java/[0-9.]+ \\(.+; .+; .+\\)");
        assertThat(info.get("sdkIdentifier").asString()).matches("BezantJavaSDK/v[0-9a-zA-Z.-]+");
        assertThat(info.get("integrator").asString()).isEqualTo("Bezant tests");
        assertThat(info.get("shoppingCartExtension")).hasToString("{\"creator\":\"Maker\",\"name\":\"Cart\",\"version\":\"1.0\"}");
        assertThat(server.last().header("Dummy")).isEqualTo("1");
        assertThat(server.last().header("If-None-Match")).isEqualTo("x");
        assertThat(server.last().header("User-Agent")).startsWith("bezant-sdk-worldline-acquiring/").endsWith("(Bezant tests)");
    }

    @Test
    void an_integrator_of_any_language_is_told_and_breaks_no_header() {
        try (var client = server.client().integrator("Bäckerei (Süd)\r\nX: 1").build()) {
            test(client);
        }
        assertThat(decoded(server.last().header("X-WL-ServerMetaInfo"))).contains("Bäckerei (Süd)");
        assertThat(server.last().header("X")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_extension_has_no_blank_parts(String blank) {
        assertThatThrownBy(() -> new ShoppingCartExtension(blank, "n", "v", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShoppingCartExtension("c", "n", "v", blank)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clients_share_a_communicator_and_a_closed_one_says_so() {
        try (var communicator = server.client().buildCommunicator()) {
            var first = AcquiringClient.on(communicator);
            var second = AcquiringClient.on(communicator);
            first.close();
            assertThatThrownBy(() -> test(first)).isInstanceOf(ClientClosedException.class);
            test(second);
            test(second);
            assertThat(server.tokenRequests).as("a token serves all on one communicator").hasSize(1);
        }
        var owner = server.client().build();
        owner.close();
        assertThatThrownBy(() -> test(owner)).isInstanceOf(ClientClosedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5, 1})
    void calls_at_once_use_no_more_connections_than_allowed(int connections) {
        var options = ConnectionOptions.builder().maxConnections(connections).leaseTimeout(Duration.ofSeconds(60)).build();
        var executor = Executors.newFixedThreadPool(10);
        try (var client = server.client().connectionOptions(options).executor(executor).build()) {
            List<CompletableFuture<?>> calls = IntStream.range(0, 10)
                    .<CompletableFuture<?>>mapToObj(i -> client.v1().ping().pingAsync(CallContext.none())).toList();
            calls.forEach(CompletableFuture::join);
            client.closeIdleConnections(Duration.ZERO);
            client.closeExpiredConnections();
        } finally {
            executor.shutdown();
        }
        assertThat(server.requests).hasSize(10);
    }

    @Test
    void the_parts_can_be_replaced() {
        server.tokens.add("own");
        try (var connection = ApacheConnection.open(ConnectionOptions.defaults());
                var client = AcquiringClient.builder().endpoint(server.uri()).connection(connection)
                        .authenticator(request -> Headers.of("Authorization", "own"))
                        .metadata(() -> Headers.of("X-Own", "1"))
                        .marshaller(JacksonMarshaller.plain()).build()) {
            test(client);
            assertThat(server.last().header("Authorization")).isEqualTo("own");
            assertThat(server.last().header("X-Own")).isEqualTo("1");
            assertThat(server.last().header("X-WL-ServerMetaInfo")).isNull();
        }
    }

    private static void test(AcquiringClient client) {
        client.v1().ping().ping();
    }

    private static String decoded(@org.jspecify.annotations.Nullable String header) {
        return new String(Base64.getDecoder().decode(Objects.requireNonNull(header)), StandardCharsets.UTF_8);
    }
}
