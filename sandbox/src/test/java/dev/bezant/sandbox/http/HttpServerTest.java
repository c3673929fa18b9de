package dev.bezant.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpServerTest {
    private static final HttpLimits LIMITS = new HttpLimits(200, 400, 64, 4, Duration.ofMillis(400));

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HttpServer(0, request -> new HttpReply.Answer(HttpResponse.text(200, request.method() + " " + request.target() + " "
                + request.header("x-test") + " " + request.bodyText())), LIMITS, Clock.systemUTC());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String exchange(String request) throws IOException {
        try (var connection = new RawConnection(server.uri())) {
            connection.write(request);
            return connection.readResponse();
        }
    }

    @Test
    void a_connection_is_kept_for_several_requests() throws IOException {
        try (var connection = new RawConnection(server.uri())) {
            for (int i = 0; i < 3; i++) {
                connection.write("GET /a?b[]=" + i + " HTTP/1.1\r\nHost: x\r\nX-Test: " + i + "\r\n\r\n");
                assertThat(connection.readResponse()).endsWith("GET /a?b[]=" + i + " " + i + " ").contains("\r\nDate: ");
            }
        }
    }

    @Test
    void requests_sent_ahead_are_answered_in_order() throws IOException {
        try (var connection = new RawConnection(server.uri())) {
            connection.write("POST /1 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcPOST /2 HTTP/1.1\r\nContent-Length: 2\r\n\r\nde");
            assertThat(connection.readResponse()).endsWith("POST /1 null abc");
            assertThat(connection.readResponse()).endsWith("POST /2 null de");
        }
    }

    @Test
    void a_chunked_body_is_put_together() throws IOException {
        assertThat(exchange("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")).endsWith("abcde");
    }

    private String exchangePacked(byte[] body) throws IOException {
        try (var connection = new RawConnection(server.uri())) {
            connection.write("POST / HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n");
            connection.write(body);
            return connection.readResponse();
        }
    }

    private static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void a_gzip_body_is_unpacked_within_the_limit() throws IOException {
        assertThat(exchangePacked(gzip("abcde"))).endsWith("POST / null abcde");
        assertThat(exchangePacked(gzip("a".repeat(10_000)))).startsWith("HTTP/1.1 413");
        assertThat(exchangePacked("not gzip".getBytes(StandardCharsets.UTF_8))).startsWith("HTTP/1.1 400");
    }

    @Test
    void no_content_has_no_length() throws IOException {
        try (var empty = new HttpServer(0, _ -> new HttpReply.Answer(new HttpResponse(204, Map.of(), new byte[0])), LIMITS, Clock.systemUTC());
                var connection = new RawConnection(empty.uri())) {
            empty.start();
            connection.write("DELETE / HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(connection.readAll()).startsWith("HTTP/1.1 204 No Content").doesNotContain("Content-Length");
        }
    }

    @Test
    void a_folded_header_is_one_line() throws IOException {
        assertThat(exchange("GET / HTTP/1.1\r\nX-Test: a\r\n  b\r\n\r\n")).contains("GET / a b");
    }

    @Test
    void old_clients_and_those_that_say_so_are_closed() throws IOException {
        try (var connection = new RawConnection(server.uri())) {
            connection.write("GET / HTTP/1.0\r\n\r\n");
            assertThat(connection.readAll()).contains("Connection: close");
        }
        try (var connection = new RawConnection(server.uri())) {
            connection.write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(connection.readAll()).contains("Connection: close");
        }
    }

    @Test
    void a_client_that_waits_for_leave_gets_it() throws IOException {
        try (var connection = new RawConnection(server.uri())) {
            connection.write("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
            connection.write("ok");
            assertThat(connection.readAll()).contains("HTTP/1.1 200").endsWith("ok");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/2.0                                                          | 505
            GET /                                                                   | 400
            GET  / HTTP/1.1                                                         | 400
            GET nowhere HTTP/1.1                                                    | 400
            POST / HTTP/1.1~Content-Length: 65                                      | 413
            POST / HTTP/1.1~Content-Length: -1                                      | 400
            POST / HTTP/1.1~Content-Length: 3~Content-Length: 4                     | 400
            POST / HTTP/1.1~Content-Length: 3~Transfer-Encoding: chunked            | 400
            POST / HTTP/1.1~Transfer-Encoding: gzip                                 | 400
            POST / HTTP/1.1~Transfer-Encoding: chunked~~41                          | 413
            GET / HTTP/1.1~No colon                                                 | 400
            GET / HTTP/1.1~Bad name: x                                              | 400
            """)
    void what_is_not_strictly_http_is_refused(String request, int status) throws IOException {
        assertThat(exchange(request.replace("~", "\r\n") + "\r\n\r\n")).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void long_lines_and_many_headers_are_refused() throws IOException {
        assertThat(exchange("GET /" + "a".repeat(300) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 431");
        assertThat(exchange("GET / HTTP/1.1\r\n" + ("X: " + "a".repeat(100) + "\r\n").repeat(5) + "\r\n")).startsWith("HTTP/1.1 431");
    }

    @Test
    void a_silent_connection_is_closed() throws IOException {
        try (var connection = new RawConnection(server.uri())) {
            assertThat(connection.readAll()).isEmpty();
        }
    }

    @Test
    void connections_beyond_the_limit_are_closed_at_once() throws IOException {
        var open = new RawConnection[LIMITS.connectionsMax()];
        for (int i = 0; i < open.length; i++) {
            open[i] = new RawConnection(server.uri());
            open[i].write("GET / HTTP/1.1\r\n\r\n");
            assertThat(open[i].readResponse()).startsWith("HTTP/1.1 200");
        }
        try (var tooMany = new RawConnection(server.uri())) {
            assertThat(tooMany.readAll()).isEmpty();
        }
        for (var connection : open) {
            connection.close();
        }
    }
}
