package dev.bezant.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Deadline;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which an exchange can fail, over real sockets, and what is said about whether it was sent. */
class ApacheConnectionTest {
    private static final CallContext SHORT = CallContext.builder().responseTimeout(Duration.ofMillis(150)).build();

    private RawServer server;
    private ApacheConnection connection;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        connection = ApacheConnection.open(ConnectionOptions.builder().connectTimeout(Duration.ofSeconds(2)).build());
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        server.close();
    }

    static Stream<Arguments> brokenAnswers() {
        return Stream.of(
                Arguments.of("cut", RawServer.cut(), Reason.CONNECTION_LOST),
                Arguments.of("half a body", RawServer.raw("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{\"id\":", false), Reason.CONNECTION_LOST),
                Arguments.of("half a head", RawServer.raw("HTTP/1.1 200 X\r\nContent-Le", false), Reason.UNREADABLE_RESPONSE),
                Arguments.of("half a chunk", RawServer.raw("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{", false),
                        Reason.CONNECTION_LOST),
                Arguments.of("garbage", RawServer.raw("\u0001\u0002 what?\r\n\r\n", false), Reason.UNREADABLE_RESPONSE),
                Arguments.of("bad chunk", RawServer.raw("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{", false),
                        Reason.UNREADABLE_RESPONSE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenAnswers")
    void a_broken_answer_may_have_been_sent_and_is_not_repeated(String name, RawServer.Reaction reaction, Reason reason) {
        server.then(reaction);
        fails(connection, post(server.uri(), CallContext.none()), Sent.MAYBE, reason);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void silence_ends_in_a_timeout_and_may_have_been_sent() {
        server.then(server.stall());
        fails(connection, post(server.uri(), SHORT), Sent.MAYBE, Reason.TIMEOUT);
    }

    @Test
    void an_answer_that_trickles_in_is_cut_off_by_the_total_timeout() {
        server.then(server.trickle());
        var context = CallContext.builder().totalTimeout(Duration.ofMillis(300)).build();
        fails(connection, post(server.uri(), context), Sent.MAYBE, Reason.TIMEOUT);
    }

    @Test
    void an_answer_that_is_too_long_may_have_been_sent() {
        server.then(RawServer.answer(200, "", "x".repeat(11)));
        try (var small = ApacheConnection.open(ConnectionOptions.builder().responseBytesMax(10).build())) {
            fails(small, post(server.uri(), CallContext.none()), Sent.MAYBE, Reason.UNREADABLE_RESPONSE);
        }
    }

    @Test
    void a_refused_connection_and_an_unknown_host_are_proven_unsent() throws IOException {
        // Bound and not listening: nobody else can come to listen there meanwhile.
        try (var held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            fails(connection, post(URI.create("http://127.0.0.1:" + held.getLocalPort() + "/"), CallContext.none()), Sent.NO, Reason.CONNECT_FAILED);
        }
        fails(connection, post(URI.create("http://nowhere.invalid/"), CallContext.none()), Sent.NO, Reason.UNKNOWN_HOST);
    }

    @Test
    void a_failed_tls_handshake_is_proven_unsent() {
        server.always(RawServer.raw("HTTP/1.1 400 X\r\n\r\n", false));
        var plain = URI.create("https://localhost:" + server.uri().getPort());
        var failure = catchThrowableOfType(CommunicationException.class, () -> connection.send(post(plain, SHORT)));
        assertThat(failure.wasSent()).isEqualTo(Sent.NO);
    }

    @Test
    void tls_1_3_and_1_2_are_offered_unless_the_choice_is_narrowed() throws Exception {
        assertThat(offeredTlsVersions(ConnectionOptions.defaults())).contains("0304", "0303").doesNotContain("0302", "0301");
        var narrowed = ConnectionOptions.builder().tlsVersions(Set.of(TlsVersion.TLS_1_3)).build();
        assertThat(offeredTlsVersions(narrowed)).containsExactly("0304");
        assertThat(TlsVersion.of("TLSv1.3")).contains(TlsVersion.TLS_1_3);
        assertThat(TlsVersion.of("TLSv1.1")).isEmpty();
    }

    @Test
    void a_stalled_tls_handshake_is_proven_unsent() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var quick = ApacheConnection.open(ConnectionOptions.builder().connectTimeout(Duration.ofMillis(200)).build())) {
            var failure = catchThrowableOfType(CommunicationException.class,
                    () -> quick.send(post(URI.create("https://localhost:" + silent.getLocalPort()), CallContext.none())));
            assertThat(failure.wasSent()).isEqualTo(Sent.NO);
        }
    }

    @Test
    void waiting_in_vain_for_a_pooled_connection_is_proven_unsent() {
        server.then(server.stall());
        var options = ConnectionOptions.builder().maxConnections(1).leaseTimeout(Duration.ofMillis(100)).build();
        try (var narrow = ApacheConnection.open(options)) {
            var first = CompletableFuture.supplyAsync(() -> narrow.send(post(server.uri(), CallContext.none())));
            await().until(() -> server.requests.size() == 1);
            fails(narrow, post(server.uri(), CallContext.none()), Sent.NO, Reason.POOL_EXHAUSTED);
            server.release();
            assertThat(first.join().status()).isEqualTo(200);
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void a_deadline_that_has_passed_sends_nothing() {
        var passed = CallContext.builder().sendDeadline(Deadline.after(Duration.ZERO)).build();
        fails(connection, post(server.uri(), passed), Sent.NO, Reason.SEND_DEADLINE_PASSED);
        assertThat(server.connections).hasValue(0);
    }

    /** The kernel's accept queue is full at first, so connecting takes until the first SYN is repeated, after a second. */
    @Test
    void a_deadline_that_passes_while_connecting_sends_nothing() throws IOException {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> fillers = fill(busy);
            var context = CallContext.builder().sendDeadline(Deadline.after(Duration.ofMillis(400))).build();
            var uri = URI.create("http://localhost:" + busy.getLocalPort());
            var call = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    CommunicationException.class, () -> connection.send(post(uri, context))));
            await().until(() -> context.sendDeadline().orElseThrow().hasPassed());
            for (int i = 0; i < fillers.size(); i++) {
                busy.accept().close();
            }
            Socket late = busy.accept();
            late.setSoTimeout(2_000);
            assertThat(call.join().wasSent()).isEqualTo(Sent.NO);
            assertThat(call.join().reason()).isEqualTo(Reason.SEND_DEADLINE_PASSED);
            assertThat(received(late)).isZero();
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void a_connect_timeout_is_proven_unsent() throws IOException {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var quick = ApacheConnection.open(ConnectionOptions.builder().connectTimeout(Duration.ofMillis(200)).build())) {
            List<Socket> fillers = fill(busy);
            fails(quick, post(URI.create("http://localhost:" + busy.getLocalPort()), CallContext.none()), Sent.NO, Reason.CONNECT_TIMEOUT);
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void a_pooled_connection_that_the_server_closed_is_noticed_before_use() throws IOException {
        server.then(RawServer.raw("HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n", false));
        try (var careful = ApacheConnection.open(ConnectionOptions.builder().validateAfterIdle(Duration.ZERO).build())) {
            careful.send(post(server.uri(), CallContext.none()));
            await().untilAsserted(() -> assertThat(careful.send(post(server.uri(), CallContext.none())).status()).isEqualTo(200));
        }
    }

    @Test
    void a_reused_connection_that_is_cut_may_have_been_sent_and_is_not_repeated() {
        server.then(RawServer.answer(200, "", "{}")).then(RawServer.cut());
        connection.send(post(server.uri(), CallContext.none()));
        fails(connection, post(server.uri(), CallContext.none()), Sent.MAYBE, Reason.CONNECTION_LOST);
        assertThat(server.connections).hasValue(1);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void what_is_given_is_what_is_sent() {
        var uri = URI.create(server.uri() + "/a%2Fb/c?x=%20y&z=1");
        byte[] body = "{\"ä\":1}".getBytes(StandardCharsets.UTF_8);
        connection.send(new WireRequest("PATCH", uri, Headers.of("X-A", "1", "Content-Type", "application/json"), body, CallContext.none()));
        assertThat(server.requests.get(0)).startsWith("PATCH /a%2Fb/c?x=%20y&z=1 HTTP/1.1\r\nX-A: 1\r\nContent-Type: application/json\r\n")
                .endsWith("\r\n\r\n{\"ä\":1}").doesNotContain("User-Agent", "Upgrade", "Cookie", "Accept-Encoding");
    }

    @Test
    void idle_connections_can_be_closed() {
        connection.send(post(server.uri(), CallContext.none()));
        connection.closeIdleConnections(Duration.ZERO);
        connection.closeExpiredConnections();
        connection.send(post(server.uri(), CallContext.none()));
        assertThat(server.connections).hasValue(2);
    }

    @Test
    void a_proxy_is_used_and_given_its_credentials() {
        server.then(RawServer.answer(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n", ""));
        var proxy = new ProxyOptions(server.uri(), "me", SecretText.of("pass"));
        try (var proxied = ApacheConnection.open(ConnectionOptions.builder().proxy(proxy).build())) {
            assertThat(proxied.send(post(URI.create("http://api.example/v1"), CallContext.none())).status()).isEqualTo(200);
        }
        assertThat(server.requests.get(1)).startsWith("POST http://api.example/v1 HTTP/1.1").contains("Proxy-Authorization: Basic bWU6cGFzcw==");
    }

    @Test
    void a_proxy_that_refuses_the_tunnel_leaves_the_request_unsent() {
        server.always(RawServer.answer(502, "", "no"));
        try (var proxied = ApacheConnection.open(ConnectionOptions.builder().proxy(ProxyOptions.of(server.uri())).build())) {
            fails(proxied, post(URI.create("https://api.example/v1"), CallContext.none()), Sent.NO, Reason.PROXY_REFUSED);
        }
    }

    @Test
    void a_closed_connection_says_so() {
        connection.close();
        assertThatThrownBy(() -> connection.send(post(server.uri(), CallContext.none()))).isInstanceOf(ClientClosedException.class);
    }

    /** From the extension "supported versions" (43) of the first message that the client sends (RFC 8446, section 4.2.1). */
    private static List<String> offeredTlsVersions(ConnectionOptions options) throws Exception {
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress()); var tls = ApacheConnection.open(options)) {
            var hello = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = listener.accept()) {
                    byte[] record = socket.getInputStream().readNBytes(5);
                    return socket.getInputStream().readNBytes((record[3] & 255) << 8 | (record[4] & 255));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> tls.send(post(URI.create("https://localhost:" + listener.getLocalPort()), CallContext.none())))
                    .isInstanceOf(CommunicationException.class);
            String hex = HexFormat.of().formatHex(hello.get(60, TimeUnit.SECONDS));
            var extension = Pattern.compile("002b00(..)(..)((?:030[1-4])+)").matcher(hex);
            assertThat(extension.find()).isTrue();
            return List.of(extension.group(3).substring(0, 2 * Integer.parseInt(extension.group(2), 16)).split("(?<=\\G.{4})"));
        }
    }

    private static void fails(Connection connection, WireRequest request, Sent sent, Reason reason) {
        var failure = catchThrowableOfType(CommunicationException.class, () -> connection.send(request));
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        assertThat(failure.wasSent()).as(failure.getMessage()).isEqualTo(sent);
        assertThat(failure.mayHaveTakenEffect()).isEqualTo(sent == Sent.MAYBE);
    }

    private static WireRequest post(URI uri, CallContext context) {
        return new WireRequest("POST", uri, Headers.empty(), "{}".getBytes(StandardCharsets.UTF_8), context);
    }

    private static int received(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (SocketException reset) {
            return 0;
        }
    }

    /** Connects until the accept queue is full. */
    private static List<Socket> fill(ServerSocket busy) throws IOException {
        var fillers = new ArrayList<Socket>();
        while (true) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), busy.getLocalPort()), 150);
                fillers.add(socket);
            } catch (IOException full) {
                socket.close();
                return fillers;
            }
        }
    }
}
