package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.error.ValidationException;
import dev.bezant.sdk.error.Violation;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardinityClientTest {
    private static final String ID = "8e037fbb-fe5b-4781-b109-b3e93d5f2c0d";

    private HttpServer server;
    private CardinityClient client;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile int status = 201;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + received);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        client = CardinityClient.builder()
                .baseUrl(URI.create("http://localhost:" + server.getAddress().getPort() + "/v1"))
                .consumerKey("key")
                .consumerSecret(SecretText.of("secret"))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void an_approved_payment_and_the_exact_body_that_asked_for_it() {
        body = payment("approved", "");
        var outcome = client.payments().create(card(new BigDecimal("50")));
        assertThat(outcome).asInstanceOf(type(PaymentOutcome.Approved.class)).satisfies(approved -> {
            assertThat(approved.payment().amount()).isEqualTo("50.00");
            assertThat(approved.payment().created()).isEqualTo(Instant.parse("2026-01-15T10:00:00.500Z"));
            assertThat(approved.payment().card().orElseThrow().lastFour()).isEqualTo("1111");
        });
        assertThat(seen).containsExactly("POST /v1/payments {\"amount\":\"50.00\",\"currency\":\"EUR\",\"settle\":false,"
                + "\"order_id\":\"ORD-1001\",\"country\":\"LT\",\"payment_method\":\"card\",\"payment_instrument\":"
                + "{\"pan\":\"4111111111111111\",\"exp_year\":2030,\"exp_month\":12,\"cvc\":\"0123\",\"holder\":\"Ona Petraite\"}}");
    }

    @Test
    void a_declined_payment_is_an_outcome_with_its_advice() {
        status = 402;
        body = payment("declined", ",\"error\":\"3000: Do not Honor\",\"merchant_advice_code\":\"03: Do not try again\"");
        assertThat(client.payments().create(card(BigDecimal.TEN))).asInstanceOf(type(PaymentOutcome.Declined.class)).satisfies(declined -> {
            assertThat(declined.decline().code()).contains("3000");
            assertThat(declined.decline().adviceCode()).contains("03");
            assertThat(declined.decline().kind()).isEqualTo(Decline.Kind.HARD);
        });
    }

    @Test
    void pending_with_a_v2_challenge_and_with_the_v1_fallback() {
        status = 202;
        String v2 = ",\"threeds2_data\":{\"acs_url\":\"https://acs.example/v2\",\"creq\":\"eyJ\"}";
        body = payment("pending", v2);
        assertThat(client.payments().create(card(BigDecimal.TEN))).isInstanceOf(PaymentOutcome.Pending3ds2.class);
        body = payment("pending", v2 + ",\"authorization_information\":{\"url\":\"https://acs.example/v1\",\"data\":\"PaReq\"}");
        assertThat(client.payments().finalize3ds2(ID, "cres")).isInstanceOf(PaymentOutcome.Pending3ds1.class);
        body = payment("pending", "");
        assertThat(client.payments().finalize3ds1(ID, "pares")).isInstanceOf(PaymentOutcome.Processing.class);
        assertThat(seen.get(1)).isEqualTo("PATCH /v1/payments/" + ID + " {\"cres\":\"cres\"}");
        assertThat(seen.get(2)).isEqualTo("PATCH /v1/payments/" + ID + " {\"authorize_data\":\"pares\"}");
    }

    @ParameterizedTest
    @CsvSource({"201, sparkling", "402, approved", "402, pending"})
    void a_status_that_is_unknown_or_contradicts_itself_is_neither_approved_nor_declined(int http, String word) {
        status = http;
        body = payment(word, "");
        assertThat(client.payments().create(card(BigDecimal.TEN))).isInstanceOf(PaymentOutcome.Unrecognized.class);
    }

    @Test
    void refunds_settlements_and_voids_tell_their_outcome() {
        body = child("refund", "processing");
        assertThat(client.refunds(ID).create(new BigDecimal("1.5"), "damaged")).isInstanceOf(RefundOutcome.Processing.class);
        body = child("settlement", "approved");
        assertThat(client.settlements(ID).create(BigDecimal.ONE, null)).isInstanceOf(SettlementOutcome.Approved.class);
        status = 402;
        body = child("void", "declined");
        assertThat(client.voids(ID).create("fail")).isInstanceOf(VoidOutcome.Declined.class);
        assertThat(seen).containsExactly("POST /v1/payments/" + ID + "/refunds {\"amount\":\"1.50\",\"description\":\"damaged\"}",
                "POST /v1/payments/" + ID + "/settlements {\"amount\":\"1.00\"}", "POST /v1/payments/" + ID + "/voids {\"description\":\"fail\"}");
    }

    @Test
    void a_problem_body_becomes_a_typed_exception_without_card_data() {
        status = 400;
        body = """
                {"type":"https://developers.cardinity.com/api/v1/#400","title":"Validation Failed","status":400,"detail":"2 errors",
                 "errors":[{"field":"currency","rejected":"EGR","message":"invalid or unsupported currency"},
                           {"field":"payment_instrument.pan","rejected":"4111111111111111","message":"4111 1111 1111 1111 is wrong"}]}""";
        assertThatThrownBy(() -> client.payments().create(card(BigDecimal.TEN)))
                .asInstanceOf(type(ValidationException.class))
                .satisfies(e -> {
                    assertThat(e.mayHaveTakenEffect()).isFalse();
                    assertThat(e.errors().get(0).rejected()).isEqualTo("EGR");
                    assertThat(e.errors().toString() + e.getMessage()).doesNotContain("1111").contains("is wrong");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void a_platform_failure_may_have_taken_effect_for_a_write_and_is_never_repeated(int http) {
        status = http;
        body = "<html>oops</html>";
        assertThatThrownBy(() -> client.payments().create(card(BigDecimal.TEN)))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.mayHaveTakenEffect()).isTrue());
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400, ValidationException, false", "401, AuthenticationException, false", "402, ApiException, false",
        "403, AuthorizationException, false", "404, ReferenceException, false", "405, ApiException, false", "408, ApiException, true",
        "429, RateLimitException, true", "500, PlatformException, true"})
    void each_refusal_has_its_type_and_says_whether_something_may_have_happened(int http, String name, boolean may) {
        status = http;
        body = "{\"type\":\"t\",\"title\":\"No\",\"status\":" + http + ",\"detail\":\"no\"}";
        assertThatThrownBy(() -> client.refunds(ID).create(BigDecimal.ONE, null))
                .asInstanceOf(type(ApiException.class))
                .satisfies(e -> {
                    assertThat(e.getClass().getSimpleName()).isEqualTo(name);
                    assertThat(e.status()).isEqualTo(http);
                    assertThat(e.problem().title()).isEqualTo("No");
                    assertThat(e.mayHaveTakenEffect()).isEqualTo(may);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"201|garbage", "201|''", "201|[]", "201|{\"id\":\"x\"}", "400|<html>", "404|''", "401|{}", "402|oops",
        "201|{\"id\":\"x\",\"amount\":1e999999999,\"currency\":\"EUR\",\"created\":\"2026-01-15T10:00:00Z\",\"status\":\"approved\"}",
        "201|{\"status\":\"approved\"}", "302|''"})
    void what_cannot_be_understood_may_have_happened(int http, String answer) {
        status = http;
        body = answer;
        assertThatThrownBy(() -> client.payments().create(card(BigDecimal.TEN)))
                .asInstanceOf(type(CommunicationException.class))
                .satisfies(e -> {
                    assertThat(e.wasSent()).isEqualTo(Sent.MAYBE);
                    assertThat(e.mayHaveTakenEffect()).isTrue();
                });
        assertThat(seen).hasSize(1);
    }

    @Test
    void an_answer_about_another_payment_is_no_answer() {
        status = 200;
        body = payment("approved", "");
        assertThatThrownBy(() -> client.payments().get("another")).isInstanceOf(CommunicationException.class);
    }

    @Test
    void all_mistakes_are_reported_at_once_and_nothing_is_sent() {
        var terms = new PaymentTerms(new BigDecimal("0.495"), "eur", "LTU", true, "A_1", null, null);
        var card = new Card(SecretText.of("4242424242424241"), 1999, 13, null, "");
        assertThatThrownBy(() -> client.payments().create(CardPayment.of(terms, card)))
                .asInstanceOf(type(InvalidRequestException.class))
                .satisfies(e -> assertThat(e.violations()).extracting(Violation::field).containsExactly("amount", "amount", "currency",
                        "country", "order_id", "payment_instrument.pan", "payment_instrument.exp_year", "payment_instrument.exp_month",
                        "payment_instrument.cvc", "payment_instrument.holder"));
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void a_limit_outside_1_to_100_is_refused(int limit) {
        assertThatThrownBy(() -> client.payments().list(limit)).isInstanceOf(InvalidRequestException.class);
    }

    private static CardPayment card(BigDecimal amount) {
        return CardPayment.of(
                PaymentTerms.of(amount, "EUR", "LT").authorizeOnly().withOrderId("ORD-1001"),
                new Card(SecretText.of("4111111111111111"), 2030, 12, SecretText.of("0123"), "Ona Petraite"));
    }

    static String payment(String word, String more) {
        return """
                {"id":"%s","amount":"50.00","currency":"EUR","created":"2026-01-15T10:00:00.5Z","type":"authorization","live":false,
                 "status":"%s","order_id":"ORD-1001","country":"LT","payment_method":"card","payment_instrument":
                 {"card_brand":"Visa","pan":"1111","exp_year":2030,"exp_month":"12","holder":"Ona Petraite"}%s}"""
                .formatted(ID, word, more);
    }

    private static String child(String kind, String word) {
        return """
                {"id":"c1","amount":"1.50","currency":"EUR","type":"%s","created":"2026-01-15T10:00:00Z","live":false,
                 "parent_id":"%s","status":"%s"}""".formatted(kind, ID, word);
    }
}
