package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.logging.CommunicatorLogger;
import dev.bezant.sdk.logging.ObfuscationRule;
import dev.bezant.sdk.logging.Obfuscator;
import dev.bezant.sdk.logging.RequestLogMessage;
import dev.bezant.sdk.logging.Slf4jCommunicatorLogger;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What is logged, and what never is (docs/protocols/worldline-acquiring.md, section 8). */
class LoggingTest {
    private final List<String> lines = new ArrayList<>();
    private TestServer server;
    private AcquiringClient client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private MerchantClient merchant() {
        return client.v1().acquirer("1").merchant("2");
    }

    @Test
    void a_call_its_answer_and_the_token_before_it() {
        client.enableLogging(recorder());
        server.answer(201, Bodies.AUTHORIZED);
        merchant().payments().simpleCaptureOfPayment("p", Bodies.CAPTURE.toBuilder().operationId("op-1").build());
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains("  method:       'POST'", "  uri:          '/connect/token'").doesNotContain("s%26c", TestServer.SECRET);
        assertThat(lines.get(1)).contains("\"access_token\":\"********\"");
        assertThat(normalized(lines.get(2))).isEqualTo("""
                Outgoing request (requestId='ID'):
                  method:       'POST'
                  uri:          '/processing/v1/1/2/payments/p/captures'
                  headers:      'Accept="application/json", User-Agent="AGENT", X-WL-ServerMetaInfo="META", Date="DATE", \
                Content-Type="application/json", Trace-Id="ID", Authorization="********"'
                  content-type: 'application/json'
                  body:         '{"operationId":"op-1"}'""");
        assertThat(normalized(lines.get(3))).contains("Incoming response (requestId='ID', N ms):\n  status-code:  '201'\n")
                .contains("\"paymentAccountReference\":\"V00112***\"");
    }

    @Test
    void the_id_in_the_log_is_the_one_that_the_platform_was_told() {
        client.enableLogging(recorder());
        server.answer(204, "");
        client.v1().ping().ping();
        assertThat(lines.get(2)).contains("(requestId='" + server.last().header("Trace-Id") + "')");
    }

    @Test
    void logging_can_be_switched_at_any_time() {
        server.answer(204, "");
        client.enableLogging(recorder());
        client.disableLogging();
        client.v1().ping().ping();
        assertThat(lines).isEmpty();
        client.enableLogging(recorder());
        client.v1().ping().ping(CallContext.builder().onResponse(info -> client.disableLogging()).build());
        client.v1().ping().ping();
        assertThat(lines).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"cardNumber\":\"4176669999000104\",\"cardSecurityCode\":\"012\",\"expiryDate\":\"122031\"}"
                + "|{\"cardNumber\":\"************0104\",\"cardSecurityCode\":\"***\",\"expiryDate\":\"**2031\"}",
        "{\"bin\":\"12345678\"}|{\"bin\":\"123456**\"}", "{\"authenticationValue\":\"AAABBEg0VhI0\"}|{\"authenticationValue\":\"AAAB********\"}",
        "{\"cryptogram\":\"ABCDEFGH\"}|{\"cryptogram\":\"ABCD****\"}", "{\"address\":\"Main St 1\"}|{\"address\":\"*********\"}",
        "{\"name\":true}|{\"name\":\"****\"}", "{\"name\":{}}|{\"name\":{}}", "{\"a\":[1.50,null,true]}|{\"a\":[1.50,null,true]}",
        "{\"cardNumber\":\"1234\",\"bin\":\"4176\"}|{\"cardNumber\":\"****\",\"bin\":\"****\"}",
        "{\"bin\":41766699}|{\"bin\":\"417666**\"}", "{\"name\":[\"ab\",\"c\"]}|{\"name\":[\"**\",\"*\"]}",
        "{\"name\":\"ab\\\\\",\"cardSecurityCode\":\"123\"}|{\"name\":\"***\",\"cardSecurityCode\":\"***\"}",
        "{\"track2Data\":\";4176669999000104=3112\",\"emvData\":[{\"tag\":\"5A\",\"value\":\"4176669999000104\"}]}"
                + "|{\"track2Data\":\"********\",\"emvData\":[{\"tag\":\"5A\",\"value\":\"********\"}]}",
        "{\"encryptedPinBlock\":\"ABCD\",\"maskedIdentifier\":\"417666******0104\"}"
                + "|{\"encryptedPinBlock\":\"********\",\"maskedIdentifier\":\"************0104\"}"})
    void weakness_8_bodies_are_masked_by_structure_and_short_values_wholly(String body, String expected) {
        assertThat(logged(AcquiringObfuscation.rules().build(), body)).isEqualTo(expected);
    }

    @Test
    void rules_can_be_changed_from_what_they_are_at_the_start() {
        var custom = AcquiringObfuscation.rules().property("cardNumber", ObfuscationRule.allBut(6, 4)).property("city", value -> value).build();
        assertThat(logged(custom, "{\"cardNumber\":\"1234567890123456\",\"city\":\"Gent\",\"name\":\"x\"}"))
                .isEqualTo("{\"cardNumber\":\"123456******3456\",\"city\":\"Gent\",\"name\":\"*\"}");
    }

    /** Every logger of the JVM at its most talkative, over calls that succeed and fail. */
    @Test
    void nothing_secret_is_logged_by_anybody() {
        var events = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        events.start();
        root.addAppender(events);
        root.setLevel(Level.TRACE);
        try {
            client.enableLogging(new Slf4jCommunicatorLogger());
            server.answer(201, Bodies.AUTHORIZED);
            merchant().payments().processPayment(Bodies.PAYMENT);
            server.answer(400, Bodies.problem(400, "4176669999000104"));
            assertThatThrownBy(() -> merchant().payments().processPayment(Bodies.PAYMENT)).isInstanceOf(ApiException.class);
        } finally {
            root.detachAppender(events);
            root.setLevel(Level.INFO);
        }
        String all = events.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        assertThat(all).contains("/processing/v1/1/2/payments", "/connect/token")
                .doesNotContain("4176669999000104", "\"012\"", TestServer.SECRET, "s%26c", "token-1");
    }

    private static String logged(Obfuscator obfuscator, String body) {
        var headers = Headers.of("Content-Type", "application/json");
        return RequestLogMessage.of(obfuscator, "id", "POST", URI.create("http://h/"), headers, body.getBytes(StandardCharsets.UTF_8)).body();
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
        return line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("\\d+ ms", "N ms").replaceAll("MetaInfo=\"[^\"]+", "MetaInfo=\"META")
                .replaceAll("Agent=\"[^\"]+", "Agent=\"AGENT").replaceAll("Date=\"[^\"]+", "Date=\"DATE");
    }
}
