package dev.bezant.worldline.acquiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.http.CallObserver;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.http.TlsVersion;
import dev.bezant.worldline.acquiring.model.ApiTechnicalReversalRequest;
import dev.bezant.worldline.acquiring.model.PaymentStatus;
import dev.bezant.worldline.acquiring.model.Progress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What was measured or read to be weak in the vendor's own libraries, and is not here. The numbers are those of the list in
 * docs/protocols/worldline-acquiring.md, section 14.
 */
class WeaknessesTest {
    private TestServer server;
    private AcquiringClient client;
    private PaymentsClient payments;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
        payments = payments(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static PaymentsClient payments(AcquiringClient client) {
        return client.v1().acquirer("1").merchant("2").payments();
    }

    @Test
    void weakness_1_a_redirect_is_refused_and_the_token_goes_to_nobody_else() throws IOException {
        try (var other = new TestServer()) {
            server.answer(302, "", Map.of("Location", other.uri() + "/steal"));
            var e = catchThrowableOfType(CommunicationException.class, () -> payments.getPaymentStatus("p", null));
            assertThat(e.reason()).isEqualTo(Reason.REDIRECT_REFUSED);
            assertThat(e.status()).hasValue(302);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void weakness_2_a_revoked_token_is_renewed_and_the_payment_is_made_once() {
        server.answer(201, Bodies.AUTHORIZED);
        payments.processPayment(Bodies.PAYMENT);
        server.tokens.clear();
        assertThat(payments.processPayment(Bodies.PAYMENT).isApproved()).isTrue();
        assertThat(server.tokenRequests).hasSize(2);
        assertThat(server.requests).extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer token-1", "Bearer token-1", "Bearer token-2");
    }

    @Test
    void weakness_3_any_secret_arrives_and_a_broken_authorization_server_is_told_as_one() {
        server.answer(204, "");
        client.v1().ping().ping();
        assertThat(server.tokenRequests.get(0).body()).contains("client_secret=s%26c%3Dr%2Bt%25%2F%C3%A9%20&");
        for (String body : new String[] {"", "{}", "<html>", "{\"access_token\":\"\"}"}) {
            server.answerToken(body.startsWith("<") ? 500 : 200, body);
            try (var fresh = server.client().build()) {
                assertThatThrownBy(() -> fresh.v1().ping().ping()).isInstanceOfSatisfying(CommunicationException.class,
                        e -> assertThat(e.wasSent()).isEqualTo(Sent.NO)).hasMessageContaining("there is no access token");
            }
        }
    }

    @Test
    void weakness_4_a_call_and_the_wait_for_a_connection_have_limits() throws IOException {
        try (var dropping = new DroppingServer(); var slow = server.client().endpoint(dropping.uri())
                .connectionOptions(ConnectionOptions.builder().maxConnections(1).leaseTimeout(Duration.ofMillis(100)).build()).build()) {
            dropping.trickle();
            var limited = CallContext.builder().totalTimeout(Duration.ofSeconds(5)).build();
            var first = payments(slow).processPaymentAsync(Bodies.PAYMENT, limited);
            await().atMost(Duration.ofSeconds(30)).until(() -> dropping.heads.size() == 1);
            var second = catchThrowableOfType(CommunicationException.class, () -> payments(slow).processPayment(Bodies.PAYMENT));
            assertThat(second.wasSent()).isEqualTo(Sent.NO);
            assertThatThrownBy(first::join).cause().isInstanceOfSatisfying(CommunicationException.class, e -> {
                assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
                assertThat(e.wasSent()).isEqualTo(Sent.MAYBE);
            });
        }
    }

    @Test
    void weakness_5_calls_are_asynchronous() {
        server.answer(201, Bodies.AUTHORIZED);
        var calls = IntStream.range(0, 20).mapToObj(i -> payments.processPaymentAsync(Bodies.PAYMENT, CallContext.none())).toList();
        assertThat(calls).allSatisfy(call -> assertThat(call.join().isApproved()).isTrue());
        assertThat(server.tokenRequests).hasSize(1);
    }

    @Test
    void weakness_6_reading_is_repeated_as_told_and_what_moves_money_never() throws IOException {
        try (var dropping = new DroppingServer();
                var once = server.client().endpoint(dropping.uri()).retryPolicy(RetryPolicy.never()).build();
                var thrice = server.client().endpoint(dropping.uri()).build()) {
            assertThatThrownBy(() -> payments(once).getPaymentStatus("p", null)).isInstanceOf(CommunicationException.class);
            assertThat(dropping.heads).hasSize(1);
            assertThatThrownBy(() -> payments(thrice).processPayment(Bodies.PAYMENT)).isInstanceOf(CommunicationException.class);
            assertThat(dropping.heads).hasSize(2);
            assertThatThrownBy(() -> payments(thrice).getPaymentStatus("p", null)).isInstanceOf(CommunicationException.class);
            assertThat(dropping.heads).hasSize(5);
        }
    }

    @Test
    void weakness_7_a_gateways_error_page_keeps_its_status_in_the_family_of_exceptions() {
        server.answer(503, "<html>busy</html>", Map.of("Content-Type", "text/html"));
        var busy = catchThrowableOfType(PlatformException.class, () -> payments.processPayment(Bodies.PAYMENT));
        assertThat(busy.status()).isEqualTo(503);
        server.answer(400, "{\"title\":");
        var broken = catchThrowableOfType(CommunicationException.class, () -> payments.processPayment(Bodies.PAYMENT));
        assertThat(broken.status()).hasValue(400);
        server.answer(200, "{\"paymentId\":\"p\",\"status\":\"CONFIRMED\",\"statusTimestamp\":\"2026-01-02T03:04:05\"}");
        var read = payments.getPaymentStatus("p", null);
        assertThat(read.status()).contains(PaymentStatus.CONFIRMED);
        assertThat(read.statusTimestamp()).isEmpty();
        assertThat(read.otherFields()).containsEntry("statusTimestamp", "2026-01-02T03:04:05");
    }

    @Test
    void weakness_8_no_exception_prints_a_body() {
        server.answer(400, "{\"title\":\"Wrong\",\"status\":400,\"detail\":\"card 4176669999000104\",\"cardNumber\":\"4176669999000104\"}");
        var e = catchThrowableOfType(ApiException.class, () -> payments.processPayment(Bodies.PAYMENT));
        assertThat(e.toString() + e.problem()).contains("Wrong").doesNotContain("4176669999000104");
    }

    @Test
    void weakness_9_an_id_cannot_reach_another_resource() {
        server.answer(201, Bodies.REVERSED);
        var undo = ApiTechnicalReversalRequest.builder().operationId("op-1-undo").build();
        client.v1().acquirer("{merchantId}").merchant("2").technicalReversals().technicalReversal("../x?y#z", undo);
        assertThat(server.last().target()).isEqualTo("/processing/v1/%7BmerchantId%7D/2/operations/..%2Fx%3Fy%23z/reverse");
        for (String nothing : new String[] {"", " ", ".", ".."}) {
            assertThatThrownBy(() -> payments.getPaymentStatus(nothing, null)).isInstanceOf(InvalidRequestException.class);
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void weakness_10_objects_have_types_and_value_semantics() {
        server.answer(201, Bodies.AUTHORIZED);
        var made = payments.processPayment(Bodies.PAYMENT);
        assertThat(made.progress()).isEqualTo(Progress.WAITS_FOR_MERCHANT);
        assertThat(made.totalAuthorizedAmount().orElseThrow().decimal().orElseThrow()).isEqualByComparingTo("2.00");
        assertThat(made).isEqualTo(payments.processPayment(Bodies.PAYMENT)).isEqualTo(made.toBuilder().build());
        assertThat(made.toString()).contains("status=AUTHORIZED").doesNotContain("V00112233");
    }

    @Test
    void weakness_11_tls_1_3_is_offered_and_the_day_of_the_date_has_two_digits() {
        assertThat(ConnectionOptions.defaults().tlsVersions()).containsExactlyInAnyOrder(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
        server.answer(204, "");
        try (var june = server.client().clock(Clock.fixed(Instant.parse("2026-06-01T08:09:10Z"), ZoneOffset.UTC)).build()) {
            june.v1().ping().ping();
        }
        assertThat(server.last().header("Date")).isEqualTo("Mon, 01 Jun 2026 08:09:10 GMT");
    }

    @Test
    void weakness_12_attempts_are_counted_and_named_as_the_platform_knows_them() {
        var attempts = new ArrayList<CallObserver.Attempt>();
        server.answer(201, Bodies.AUTHORIZED);
        try (var observed = server.client().observer(attempts::add).build()) {
            var context = CallContext.builder().build();
            payments(observed).processPayment(Bodies.PAYMENT, context);
            assertThat(attempts).extracting(CallObserver.Attempt::operation).containsExactly("requestToken", "processPayment");
            assertThat(attempts.get(1).requestId()).isEqualTo(server.last().header("Trace-Id"))
                    .isEqualTo(context.lastResponse().orElseThrow().requestId());
        }
    }

    @Test
    void weakness_13_a_ping_may_say_something_and_documented_settings_are_read() {
        server.answer(200, "null");
        client.v1().ping().ping();
        server.answer(200, "pong", Map.of("Content-Type", "text/plain"));
        client.v1().ping().ping();
        var properties = new Properties();
        Map.of("endpoint.host", "localhost", "oauth2.tokenUri", "https://auth.example/token", "integrator", "x", "authorizationType", "OAuth2",
                "connectTimeout", "-1", "socketTimeout", "-1").forEach((key, value) -> properties.setProperty("acquiring.api." + key, value));
        var config = AcquiringConfig.fromProperties(properties, "id", SecretText.of("secret"));
        assertThat(config.connection().socketTimeout()).isEqualTo(config.connection().totalTimeout());
    }
}
