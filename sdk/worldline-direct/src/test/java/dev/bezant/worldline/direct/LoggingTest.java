package dev.bezant.worldline.direct;

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
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What is logged, and what never is (docs/protocols/worldline-direct.md, section 8). */
class LoggingTest {
    private final List<String> lines = new ArrayList<>();
    private TestServer server;
    private DirectClient client;

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

    @Test
    void a_call_with_a_body_and_its_answer() {
        client.enableLogging(recorder());
        server.answer(201, Bodies.AUTHORIZED.replaceAll("\\s*\n\\s*", ""));
        client.merchant("1").payments().createPayment(Bodies.PAYMENT);
        assertThat(normalized(lines.get(0))).isEqualTo("""
                Outgoing request (requestId='ID'):
                  method:       'POST'
                  uri:          '/v2/1/payments'
                  headers:      'Accept="application/json", User-Agent="AGENT", X-GCS-ServerMetaInfo="META", Content-Type="application/json", \
                Date="DATE", Authorization="********"'
                  content-type: 'application/json'
                  body:         '{"cardPaymentMethodSpecificInput":{"card":{"cardholderName":"***","cardNumber":"************0026","cvv":"***",\
                "expiryDate":"**30"},"paymentProductId":1},"order":{"amountOfMoney":{"amount":1000,"currencyCode":"EUR"}}}'""");
        assertThat(normalized(lines.get(1))).contains("Incoming response (requestId='ID', N ms):\n  status-code:  '201'\n")
                .contains("\"cardNumber\":\"************0026\",\"expiryDate\":\"**30\",\"bin\":\"******\"", "\"token\":\"********\"");
        assertThat(lines.get(0).substring(28, 64)).isEqualTo(lines.get(1).substring(29, 65));
    }

    @Test
    void reading_and_deleting_are_logged_without_a_body_and_with_masked_tokens() {
        client.enableLogging(recorder());
        server.answer(200, "{\"tokens\":[{\"token\":\"secret-token\"}]}");
        client.merchant("1").tokenization().getCardDataByTokens(List.of("secret-token"));
        server.answer(204, "", Map.of());
        client.merchant("1").tokens().deleteToken("secret-token");
        assertThat(lines).hasSize(4).noneSatisfy(line -> assertThat(line).contains("secret-token"));
        assertThat(lines.get(0)).contains("  uri:          '/v2/1/detokenize/tokens?tokens=********'").doesNotContain("body:");
        assertThat(lines.get(2)).contains("  method:       'DELETE'", "  uri:          '/v2/1/tokens/********'").doesNotContain("content-type:");
        assertThat(lines.get(3)).contains("  status-code:  '204'", "  content-type: ''", "  body:         ''");
    }

    @Test
    void logging_can_be_switched_at_any_time() {
        server.answer(200, "{\"result\":\"OK\"}");
        client.enableLogging(recorder());
        client.disableLogging();
        client.merchant("1").services().testConnection();
        assertThat(lines).isEmpty();
        client.enableLogging(recorder());
        client.merchant("1").services().testConnection(CallContext.builder().onResponse(info -> client.disableLogging()).build());
        client.merchant("1").services().testConnection();
        assertThat(lines).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"cvv\":\"123\",\"cardNumber\":\"1234567890123456\",\"expiryDate\":\"1220\"}"
                + "|{\"cvv\":\"***\",\"cardNumber\":\"************3456\",\"expiryDate\":\"**20\"}",
        "{\"iban\":\"NL00INGB0001234567\"}|{\"iban\":\"**************4567\"}", "{\"bin\":\"12345678\"}|{\"bin\":\"123456**\"}",
        "{\"keyId\":\"k\",\"secretKey\":\"sssssssssssss\",\"publicKey\":\"\"}"
                + "|{\"keyId\":\"********\",\"secretKey\":\"********\",\"publicKey\":\"********\"}",
        "{\"value\":true}|{\"value\":\"****\"}", "{\"a\":[1.50,null,true]}|{\"a\":[1.50,null,true]}",
        "{\"value\":\"ab\\\\\",\"cvv\":\"123\"}|{\"value\":\"***\",\"cvv\":\"***\"}",
        "{\"cardNumber\":4111111111111111}|{\"cardNumber\":\"************1111\"}",
        "{\"cardNumber\":\"411\",\"bin\":\"12345\"}|{\"cardNumber\":\"***\",\"bin\":\"*****\"}",
        "{\"value\":[\"a\",{\"b\":\"cd\"}]}|{\"value\":[\"*\",{\"b\":\"**\"}]}",
        "{\"RETURNMAC\":\"m\",\"surname\":\"Jones\",\"redirectURL\":\"https://x\"}"
                + "|{\"RETURNMAC\":\"********\",\"surname\":\"*****\",\"redirectURL\":\"********\"}"})
    void weakness_6_bodies_are_masked_by_structure_and_short_values_wholly(String body, String expected) {
        assertThat(logged(DirectObfuscation.rules().build(), body)).isEqualTo(expected);
    }

    @Test
    void rules_can_be_changed_from_what_they_are_at_the_start() {
        var custom = DirectObfuscation.rules().property("cardNumber", ObfuscationRule.allBut(6, 4)).property("city", value -> value).build();
        assertThat(logged(custom, "{\"cardNumber\":\"1234567890123456\",\"city\":\"Gent\",\"cvv\":\"1\"}"))
                .isEqualTo("{\"cardNumber\":\"123456******3456\",\"city\":\"Gent\",\"cvv\":\"*\"}");
    }

    @Test
    void credentials_in_headers_are_masked_to_a_fixed_length() {
        var headers = Headers.of("x-gcs-authentication-token", "a", "X-GCS-CallerPassword", "b", "AUTHORIZATION", "Basic QWxhZGRpbjpPcGVuU2VzYW1l",
                "WWW-Authenticate", "c", "Proxy-Authenticate", "d", "Proxy-Authorization", "e", "Dummy", "f");
        assertThat(RequestLogMessage.of(DirectObfuscation.rules().build(), "id", "GET", URI.create("http://h/"), headers, null).headers()).isEqualTo(
                "x-gcs-authentication-token=\"********\", X-GCS-CallerPassword=\"********\", AUTHORIZATION=\"********\", "
                        + "WWW-Authenticate=\"********\", Proxy-Authenticate=\"********\", Proxy-Authorization=\"********\", Dummy=\"f\"");
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
            client.merchant("1").payments().createPayment(Bodies.PAYMENT);
            server.answer(400, Bodies.error("X", ",\"message\":\"4012000033330026\""));
            assertThatThrownBy(() -> client.merchant("1").payments().createPayment(Bodies.PAYMENT)).isInstanceOf(ApiException.class);
        } finally {
            root.detachAppender(events);
            root.setLevel(Level.INFO);
        }
        String all = events.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        assertThat(all).contains("/v2/1/payments")
                .doesNotContain("4012000033330026", "\"123\"", "A B", "0ca4f1a4-token", TestServer.SECRET, "v1HMAC");
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
