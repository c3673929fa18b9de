package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowAndBrokenClientsTest {
    private static final Duration GENEROUS = FrontDoor.PATIENCE.multipliedBy(5);

    private FrontDoor door;

    @BeforeAll
    void open() {
        door = new FrontDoor();
    }

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void a_port_that_somebody_has_is_said_to_be_taken() throws IOException {
        try (var somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> door.at(somebody.getLocalPort())).isInstanceOf(HttpServer.PortTakenException.class)
                    .hasMessageContaining("127.0.0.1:" + somebody.getLocalPort());
        }
    }

    @Test
    void a_body_that_never_comes_is_cut_off() {
        long began = System.nanoTime();
        try (RawHttp http = door.connect()) {
            http.send(FrontDoor.head("POST", "/v1/things") + "Content-Length: 100\r\n\r\nname=");
            http.read(true).ifPresent(answer -> assertThat(answer.error()).isEqualTo("408 invalid_request_error - -"));
            assertThat(http.closed()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(GENEROUS);
    }

    @Test
    void half_a_request_is_cut_off() {
        long began = System.nanoTime();
        try (RawHttp http = door.connect()) {
            http.send("GET /v1/things HTTP/1.1\r\nHost: loc");
            assertThat(http.read(true).map(RawHttp.Response::status)).isIn(Optional.empty(), Optional.of(400), Optional.of(408));
            assertThat(http.closed()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(GENEROUS);
    }

    @Test
    void a_slow_client_holds_nobody_up() {
        try (RawHttp slow = door.connect()) {
            slow.send(FrontDoor.head("POST", "/v1/things") + "Content-Length: 100\r\n\r\nna");
            assertThat(door.once(FrontDoor.get("/v1/things")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET /v1/things\r\n\r\n",
        "GET /v1/things HTTP/9.9\r\n\r\n",
        "GET /v1/things HTTP/1.1\r\nno colon here\r\n\r\n",
        "GET /v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
        "POST /v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
    })
    void a_broken_head_gets_the_envelope_or_a_closed_connection(String head) {
        try (RawHttp http = door.connect()) {
            http.send(head).read(true).ifPresent(answer -> {
                assertThat(answer.status()).isBetween(400, 499);
                assertEnvelope(answer);
            });
            assertThat(http.closed()).isTrue();
        }
    }

    @Test
    void a_broken_chunk_is_refused() {
        try (RawHttp http = door.connect()) {
            http.send(FrontDoor.head("POST", "/v1/things") + "Transfer-Encoding: chunked\r\n\r\nzz\r\nname=a\r\n0\r\n\r\n");
            http.read(true).ifPresent(answer -> assertThat(answer.error()).isEqualTo("400 invalid_request_error - -"));
            assertThat(http.read(true)).isEmpty();
            assertThat(http.closed()).isTrue();
        }
    }

    @Test
    void chunked_bodies_are_read() {
        RawHttp.Response answer = door.once(FrontDoor.head("POST", "/v1/things") + "Transfer-Encoding: chunked\r\n\r\n4\r\nname\r\n3\r\n=ab\r\n0\r\n\r\n");

        assertThat(answer.json().path("name").asString()).isEqualTo("ab");
    }

    @Test
    void an_oversized_head_gets_the_envelope() {
        RawHttp.Response answer = door.once(FrontDoor.head("GET", "/v1/things") + "X-Long: " + "x".repeat(20_000) + "\r\n\r\n");

        assertThat(answer.status()).isBetween(400, 499);
        assertEnvelope(answer);
    }

    @Test
    void an_oversized_body_is_told_before_it_is_read() {
        try (RawHttp http = door.connect()) {
            http.send(FrontDoor.head("POST", "/v1/things") + "Content-Length: 5000000\r\n\r\nname=a");
            assertThat(http.read().error()).isEqualTo("413 invalid_request_error - -");
        }
    }

    @Test
    void who_sends_an_oversized_body_to_its_end_still_reads_the_answer() {
        String body = "n".repeat(20 << 20);
        try (RawHttp http = door.connect()) {
            http.send(FrontDoor.head("POST", "/v1/things") + "Content-Length: " + body.length() + "\r\n\r\n").send(body);
            assertThat(http.read().error()).isEqualTo("413 invalid_request_error - -");
            assertThat(http.closed()).isTrue();
        }
    }

    @Test
    void who_sends_oversized_chunks_to_their_end_still_reads_the_answer() {
        String chunk = "10000\r\n" + "n".repeat(0x10000) + "\r\n";
        try (RawHttp http = door.connect()) {
            http.send(FrontDoor.head("POST", "/v1/things") + "Transfer-Encoding: chunked\r\n\r\n");
            http.send(chunk.repeat(320)).send("0\r\n\r\n");
            assertThat(http.read().error()).isEqualTo("413 invalid_request_error - -");
            assertThat(http.closed()).isTrue();
        }
    }

    @Test
    void who_asks_before_sending_an_oversized_body_is_told_at_once() {
        try (RawHttp http = door.connect()) {
            http.send(FrontDoor.head("POST", "/v1/things") + "Expect: 100-continue\r\nContent-Length: 5000000\r\n\r\n");
            assertThat(http.read().error()).isEqualTo("413 invalid_request_error - -");
            assertThat(http.closed()).isTrue();
        }
    }

    @Test
    void a_connection_goes_on_after_an_error() {
        try (RawHttp http = door.connect()) {
            assertThat(http.send(FrontDoor.post("/v1/things", "nmae=a")).read().status()).isEqualTo(400);
            assertThat(http.send(FrontDoor.get("/v1/nothing")).read().status()).isEqualTo(404);
            assertThat(http.send(FrontDoor.get("/v1/things")).read().status()).isEqualTo(200);
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() {
        try (RawHttp http = door.connect()) {
            http.send(FrontDoor.get("/v1/things") + FrontDoor.post("/v1/things", "name=a") + FrontDoor.get("/v1/nothing"));

            assertThat(http.read().status()).isEqualTo(200);
            assertThat(http.read().json().path("name").asString()).isEqualTo("a");
            assertThat(http.read().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata[a]=b", "metadata%5Ba%5D=b", "metadata%5ba%5d=%62", "metadata[a%5D=b"})
    void brackets_in_a_query_may_be_raw_or_encoded(String query) {
        assertThat(door.once(FrontDoor.get("/v1/things?" + query)).json().path("metadata").asString()).isEqualTo("{a=b}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "PUT", "PATCH", "TRACE", "DELETE"})
    void other_methods_get_the_envelope(String method) {
        RawHttp.Response answer = door.once(FrontDoor.head(method, "/v1/things") + "\r\n");

        assertThat(answer.error()).isEqualTo("405 invalid_request_error - -");
        assertThat(answer.header("Allow")).isEqualTo("GET, POST");
        assertEnvelope(answer);
    }

    @Test
    void head_is_answered_without_a_body() {
        try (RawHttp http = door.connect()) {
            RawHttp.Response answer = http.send(FrontDoor.head("HEAD", "/v1/things") + "\r\n").read(false).orElseThrow();

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Request-Id")).startsWith("req_");
            // What follows is the next answer, not a body.
            assertThat(http.send(FrontDoor.get("/v1/things")).read().status()).isEqualTo(200);
        }
    }

    @Test
    void every_answer_carries_its_id_type_and_cost() {
        RawHttp.Response answer = door.once(FrontDoor.post("/v1/things", "name=a", "Idempotency-Key: once-and-only"));

        assertThat(answer.header("Request-Id")).startsWith("req_");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Server-Timing")).matches("total;dur=[0-9]+\\.[0-9]");
        assertThat(answer.header("Idempotency-Key")).isEqualTo("once-and-only");
    }

    @Test
    void a_key_on_a_read_is_ignored() {
        RawHttp.Response answer = door.once(FrontDoor.head("GET", "/v1/things") + "Idempotency-Key: " + "k".repeat(300) + "\r\n\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Idempotency-Key")).isNull();
    }

    private static void assertEnvelope(RawHttp.Response answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Server-Timing")).startsWith("total");
        assertThat(answer.json().at("/error/message").asString()).isNotBlank();
        assertThat(answer.json().at("/error/request_id").asString().toLowerCase(Locale.ROOT)).isEqualTo(
                String.valueOf(answer.header("Request-Id")).toLowerCase(Locale.ROOT));
    }
}
