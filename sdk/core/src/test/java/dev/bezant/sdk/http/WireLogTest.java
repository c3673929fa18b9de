package dev.bezant.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.logging.CommunicatorLogger;
import dev.bezant.sdk.logging.ConsoleCommunicatorLogger;
import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.logging.Obfuscator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireLogTest {
    private static final ResponseReader<Integer> STATUS = (request, response) -> response.status();

    private final List<String> lines = new ArrayList<>();
    private RawServer server;
    private Communicator communicator;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        communicator = Communicator.builder(server.uri())
                .authenticator(request -> Headers.of("Authorization", "OAuth secret-signature"))
                .metadata(() -> Headers.of("User-Agent", "test"))
                .obfuscator(Obfuscator.builder().property("pan", ObfuscationRule.allBut(6, 4)).build())
                .retryPolicy(RetryPolicy.never())
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        communicator.close();
        server.close();
    }

    @Test
    void a_request_and_its_response_as_they_are_logged() {
        communicator.enableLogging(recorder());
        server.then(RawServer.answer(201, "", "{\"id\":1,\"pan\":\"1111\"}"));
        communicator.call(ApiRequest.post("/pay", Map.of("pan", "4111111111111111"), CallContext.none()), STATUS);
        assertThat(lines).hasSize(2);
        assertThat(normalized(lines.get(0))).isEqualTo("""
                Outgoing request (requestId='ID'):
                  method:       'POST'
                  uri:          '/pay'
                  headers:      'Accept="application/json", User-Agent="test", Content-Type="application/json", Authorization="********"'
                  content-type: 'application/json'
                  body:         '{"pan":"411111******1111"}'""");
        assertThat(normalized(lines.get(1))).isEqualTo("""
                Incoming response (requestId='ID', N ms):
                  status-code:  '201'
                  headers:      'Content-Type="application/json", Content-Length="21"'
                  content-type: 'application/json'
                  body:         '{"id":1,"pan":"****"}'""");
    }

    @Test
    void a_request_without_a_body_is_logged_without_one_and_a_compressed_body_readably() {
        communicator.enableLogging(recorder());
        communicator.call(ApiRequest.get("/get", Map.of("pan", "4111111111111111", "x", "1"), CallContext.none()), STATUS);
        assertThat(normalized(lines.get(0))).matches("""
                (?s)Outgoing request \\(requestId='ID'\\):
                  method:       'GET'
                  uri:          '/get\\?.*pan=411111\\*{6}1111.*'
                  headers:      'Accept="application/json", User-Agent="test", Authorization="\\*{8}"'""");
        communicator.call(ApiRequest.post("/x", Map.of("pan", "4111111111111111"), CallContext.builder().compressBody().build()), STATUS);
        assertThat(lines.get(2)).contains("body:         '{\"pan\":\"411111******1111\"}'");
    }

    @Test
    void switched_off_nothing_is_logged_and_a_failure_is_logged_when_on() {
        communicator.enableLogging(recorder());
        communicator.disableLogging();
        communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS);
        assertThat(lines).isEmpty();
        communicator.enableLogging(recorder());
        server.then(RawServer.cut());
        assertThat(catchThrowable(() -> communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS))).isNotNull();
        assertThat(normalized(lines.get(1))).startsWith("Error occurred for outgoing request (requestId='ID', N ms)");
    }

    @Test
    void a_logger_that_fails_does_not_fail_the_call() {
        communicator.enableLogging(new CommunicatorLogger() {
            @Override
            public void log(String message) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public void log(String message, Throwable thrown) {
                throw new IllegalStateException("disk full");
            }
        });
        assertThat(communicator.call(ApiRequest.get("/x", CallContext.none()), STATUS)).isEqualTo(200);
    }

    @Test
    void the_console_logger_writes_the_time_first() {
        var out = new ByteArrayOutputStream();
        var clock = Clock.fixed(Instant.parse("2026-01-15T10:00:00Z"), ZoneOffset.UTC);
        new ConsoleCommunicatorLogger(new PrintStream(out, true, StandardCharsets.UTF_8), clock).log("hello");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("2026-01-15T10:00:00Z hello");
    }

    private CommunicatorLogger recorder() {
        return new CommunicatorLogger() {
            @Override
            public void log(String message) {
                lines.add(message);
            }

            @Override
            public void log(String message, Throwable thrown) {
                lines.add(message + thrown);
            }
        };
    }

    private static String normalized(String line) {
        return line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("\\d+ ms", "N ms");
    }
}
