package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.ApiException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.ConfigurationException;
import dev.bezant.sdk.error.IdempotenceException;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.PlatformException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.error.UnknownKeyException;
import dev.bezant.sdk.error.UnreadableMessageException;
import dev.bezant.sdk.http.CallObserver;
import dev.bezant.sdk.http.ConnectionOptions;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.http.TlsVersion;
import dev.bezant.sdk.webhook.HmacSha256;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import dev.bezant.worldline.direct.model.CapturePaymentRequest;
import dev.bezant.worldline.direct.model.CreatePaymentLinkRequest;
import dev.bezant.worldline.direct.model.Feedbacks;
import dev.bezant.worldline.direct.model.GetPaymentProductsParams;
import dev.bezant.worldline.direct.model.NextAction;
import dev.bezant.worldline.direct.model.PaymentStatus;
import dev.bezant.worldline.direct.model.Progress;
import dev.bezant.worldline.direct.model.StatusCategory;
import dev.bezant.worldline.direct.webhook.SeenWebhooks;
import dev.bezant.worldline.direct.webhook.WebhookEvent;
import dev.bezant.worldline.direct.webhook.Webhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What was measured or read to be weak in the vendor's own libraries, and is not here. The numbers are those of the list in
 * docs/protocols/worldline-direct.md, section 14.
 */
class WeaknessesTest {
    private TestServer server;
    private DirectClient client;
    private MerchantClient merchant;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = server.client().build();
        merchant = client.merchant("PSPID");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void weakness_1_a_redirect_is_refused_and_the_signature_goes_to_nobody_else() throws IOException {
        try (var other = new TestServer()) {
            server.answer(302, "", Map.of("Location", other.uri() + "/steal"));
            var e = catchThrowableOfType(CommunicationException.class, () -> merchant.payments().getPayment("1_0"));
            assertThat(e.reason()).isEqualTo(Reason.REDIRECT_REFUSED);
            assertThat(e.status()).hasValue(302);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void weakness_2_an_id_cannot_reach_another_resource() {
        server.answer(200, "{\"refunds\":[]}");
        merchant.refunds().getRefunds("1_0/refunds");
        merchant.refunds().getRefunds("../payments/1_0");
        assertThat(server.requests).extracting(TestServer.Request::target).containsExactly(
                "/v2/PSPID/payments/1_0%2Frefunds/refunds", "/v2/PSPID/payments/..%2Fpayments%2F1_0/refunds");
        assertThatThrownBy(() -> merchant.payments().getPayment("")).isInstanceOf(InvalidRequestException.class);
        assertThat(server.badSignatures).isEmpty();
    }

    @Test
    void weakness_3_what_is_signed_is_what_is_sent_and_a_value_stays_one() {
        server.answer(200, "{\"tokens\":[]}");
        merchant.tokenization().getCardDataByTokens(List.of("a&tokens=b", "c d+e", "ü"));
        assertThat(server.last().target()).endsWith("?tokens=a%26tokens%3Db&tokens=c%20d%2Be&tokens=%C3%BC");
        assertThat(server.badSignatures).isEmpty();
    }

    @Test
    void weakness_4_a_concurrent_duplicate_is_an_idempotence_exception_and_still_an_api_exception() {
        server.answer(409, Bodies.error("DUPLICATE_REQUEST_IN_PROGRESS", ""));
        var context = CallContext.builder().idempotenceKey("k").build();
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT, context))
                .isInstanceOf(IdempotenceException.class).isInstanceOf(ApiException.class);
    }

    @Test
    void weakness_5_repeating_is_a_setting_and_a_deletion_is_never_repeated() throws IOException {
        try (var dropping = new DroppingServer();
                var once = server.client().endpoint(dropping.uri()).retryPolicy(RetryPolicy.never()).build();
                var thrice = server.client().endpoint(dropping.uri()).build()) {
            assertThatThrownBy(() -> once.merchant("1").payments().getPayment("1_0")).isInstanceOf(CommunicationException.class);
            assertThat(dropping.heads).hasSize(1);
            assertThatThrownBy(() -> thrice.merchant("1").tokens().deleteToken("t")).isInstanceOf(CommunicationException.class);
            assertThat(dropping.heads).hasSize(2);
            assertThatThrownBy(() -> thrice.merchant("1").payments().getPayment("1_0")).isInstanceOf(CommunicationException.class);
            assertThat(dropping.heads).hasSize(5);
        }
    }

    @Test
    void weakness_7_no_exception_prints_a_body() {
        server.answer(400, Bodies.error(
                "INVALID_VALUE", ",\"message\":\"card 4012000033330026\",\"rejected\":{\"cvv\":\"123\",\"street\":\"Main\"}"));
        var e = catchThrowableOfType(ApiException.class, () -> merchant.payments().createPayment(Bodies.PAYMENT));
        assertThat(e.toString() + e.problem()).contains("INVALID_VALUE").doesNotContain("4012000033330026", "Main", "\"123\"");
    }

    @Test
    void weakness_8_one_odd_value_fails_nothing_and_a_status_is_never_lost() {
        server.answer(200, "{\"id\":\"1_0\",\"status\":\"CAPTURED\",\"paymentOutput\":{\"transactionDate\":\"2026-01-15T10:00:00\"}}",
                Map.of("X-GCS-Idempotence-Request-Timestamp", "yesterday"));
        var payment = merchant.payments().getPayment("1_0");
        assertThat(payment.isPaid()).isTrue();
        assertThat(payment.paymentOutput().orElseThrow().transactionDate()).isEmpty();
        assertThat(payment.paymentOutput().orElseThrow().otherFields()).containsEntry("transactionDate", "2026-01-15T10:00:00");
        server.answer(400, "{\"errorId\":");
        var broken = catchThrowableOfType(CommunicationException.class, () -> merchant.payments().createPayment(Bodies.PAYMENT));
        assertThat(broken.status()).hasValue(400);
        var keys = new InMemorySecretKeyStore().store("k", SecretText.of("s"));
        var headers = Headers.of(Webhooks.KEY_ID_HEADER, "k", Webhooks.SIGNATURE_HEADER,
                Base64.getEncoder().encodeToString(HmacSha256.sign(new byte[0], SecretText.of("s"))));
        assertThatThrownBy(() -> Webhooks.of(keys).parse(new byte[0], headers)).isInstanceOf(UnreadableMessageException.class);
    }

    @Test
    void weakness_9_a_gateways_error_page_has_its_status_at_hand() {
        server.answer(503, "<html>busy</html>", Map.of("Content-Type", "text/html"));
        var busy = catchThrowableOfType(PlatformException.class, () -> merchant.payments().createPayment(Bodies.PAYMENT));
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.mayHaveTakenEffect()).isTrue();
        server.answer(403, "<html>blocked</html>", Map.of("Content-Type", "text/html"));
        var blocked = catchThrowableOfType(CommunicationException.class, () -> merchant.payments().createPayment(Bodies.PAYMENT));
        assertThat(blocked.status()).hasValue(403);
    }

    @Test
    void weakness_10_tls_1_3_is_offered_from_the_start() {
        assertThat(ConnectionOptions.defaults().tlsVersions()).containsExactlyInAnyOrder(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    }

    @Test
    void weakness_11_the_day_of_the_date_has_two_digits() {
        server.answer(200, "{\"result\":\"OK\"}");
        try (var june = server.client().clock(Clock.fixed(Instant.parse("2026-06-01T08:09:10Z"), ZoneOffset.UTC)).build()) {
            june.merchant("1").services().testConnection();
        }
        assertThat(server.last().header("Date")).isEqualTo("Mon, 01 Jun 2026 08:09:10 GMT");
    }

    @Test
    void weakness_12_settings_have_defaults_and_mistakes_have_names() {
        var properties = new Properties();
        properties.setProperty("onlinePayments.api.endpoint.host", "localhost");
        properties.setProperty("onlinePayments.api.integrator", "x");
        properties.setProperty("onlinePayments.api.authorizationType", "v1HMAC");
        var config = DirectConfig.fromProperties(properties, "key", SecretText.of("secret"));
        assertThat(config.connection().connectTimeout()).isPositive();
        assertThat(config.connection().socketTimeout()).isPositive();
        properties.setProperty("onlinePayments.api.socketTimeout", "0");
        assertThatThrownBy(() -> DirectConfig.fromProperties(properties, "key", SecretText.of("secret")))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("socketTimeout is '0', expected a whole number of milliseconds");
    }

    @Test
    @SuppressWarnings("NullAway") // What a store written without null checks does.
    void weakness_13_key_stores_are_objects_and_repetitions_and_old_events_can_be_told() {
        var body = "{\"apiVersion\":\"v1\",\"id\":\"e1\",\"created\":\"2026-01-15T10:00:00+01:00\",\"type\":\"payment.test\"}";
        var again = body.replace("\"e1\"", "\"e2\"");
        var mine = new InMemorySecretKeyStore().store("k", SecretText.of("s"));
        assertThatThrownBy(() -> Webhooks.of(new InMemorySecretKeyStore()).parse(bytes(body), signed(body))).isInstanceOf(UnknownKeyException.class);
        assertThatThrownBy(() -> Webhooks.of(keyId -> null).parse(bytes(body), signed(body))).isInstanceOf(UnknownKeyException.class);
        WebhookEvent event = Webhooks.of(mine).parse(bytes(body), signed(body));
        var seen = new SeenWebhooks(10);
        assertThat(seen.isFirst(event)).isTrue();
        assertThat(seen.isFirst(Webhooks.of(mine).parse(bytes(again), signed(again)))).isFalse();
        var tenMinutesLater = Clock.fixed(Instant.parse("2026-01-15T09:10:00Z"), ZoneOffset.UTC);
        assertThat(event.isOlderThan(Duration.ofMinutes(9), tenMinutesLater)).isTrue();
        assertThat(event.isOlderThan(Duration.ofMinutes(11), tenMinutesLater)).isFalse();
    }

    @Test
    void weakness_14_compression_is_asked_for_and_is_what_it_says() {
        server.answer(201, Bodies.AUTHORIZED);
        merchant.payments().createPayment(Bodies.PAYMENT, CallContext.builder().compressBody().build());
        assertThat(server.last().header("Content-Encoding")).isEqualTo("gzip");
        assertThat(server.last().bytes()).startsWith(0x1f, 0x8b);
        merchant.payments().createPayment(Bodies.PAYMENT);
        assertThat(server.last().header("Content-Encoding")).isNull();
        assertThat(server.last().body()).startsWith("{");
        assertThatThrownBy(() -> server.client().additionalHeaders(Headers.of("Content-Encoding", "identity")).build())
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void weakness_15_answers_have_types_helpers_and_value_semantics() {
        server.answer(201, "{\"payment\":{\"id\":\"1_0\",\"status\":\"REDIRECTED\",\"statusOutput\":{\"statusCategory\":\"PENDING_PAYMENT\"}},"
                + "\"merchantAction\":{\"actionType\":\"REDIRECT\","
                + "\"redirectData\":{\"RETURNMAC\":\"mac\",\"redirectURL\":\"https://acs.example/x\"}}}");
        var created = merchant.payments().createPayment(Bodies.PAYMENT);
        var payment = created.payment().orElseThrow();
        assertThat(payment.status()).contains(PaymentStatus.REDIRECTED);
        assertThat(payment.progress()).isEqualTo(Progress.WAITS_FOR_PAYER);
        assertThat(payment.isDeclined()).isFalse();
        assertThat(payment.statusOutput().orElseThrow().statusCategory()).contains(StatusCategory.PENDING_PAYMENT);
        assertThat(created.nextAction()).isInstanceOfSatisfying(NextAction.Redirect.class, redirect -> {
            assertThat(redirect.address()).hasHost("acs.example");
            assertThat(redirect.returnMac().reveal()).isEqualTo("mac");
        });
        assertThat(created).isEqualTo(merchant.payments().createPayment(Bodies.PAYMENT)).isEqualTo(created.toBuilder().build());
        assertThat(created.toString()).contains("status=REDIRECTED").doesNotContain("acs.example", "mac,");
    }

    @Test
    void weakness_16_calls_are_asynchronous_limited_repeatable_named_and_counted() throws IOException {
        var attempts = new ArrayList<CallObserver.Attempt>();
        server.answer(201, Bodies.AUTHORIZED);
        try (var dropping = new DroppingServer();
                var observed = server.client().observer(attempts::add).build();
                var repeating = server.client().endpoint(dropping.uri()).retryPolicy(
                        RetryPolicy.of(3, Duration.ofMillis(1), Duration.ofMillis(5)).repeatingKeyedCalls()).build()) {
            var context = CallContext.builder().newIdempotenceKey().build();
            observed.merchant("1").payments().createPaymentAsync(Bodies.PAYMENT, context).join();
            assertThat(attempts).hasSize(1);
            assertThat(attempts.get(0).operation()).isEqualTo("createPayment");
            assertThat(context.lastResponse().orElseThrow().requestId()).isEqualTo(attempts.get(0).requestId());

            assertThatThrownBy(() -> repeating.merchant("1").payments().createPayment(Bodies.PAYMENT, context)).isInstanceOf(SdkException.class);
            assertThat(dropping.heads).hasSize(3).allSatisfy(head -> assertThat(head).contains(context.idempotenceKey().orElseThrow()));
            assertThatThrownBy(() -> repeating.merchant("1").payments().createPayment(Bodies.PAYMENT)).isInstanceOf(SdkException.class);
            assertThat(dropping.heads).hasSize(4);

            dropping.trickle();
            var limited = CallContext.builder().totalTimeout(Duration.ofMillis(300)).build();
            var e = catchThrowableOfType(
                    CommunicationException.class, () -> repeating.merchant("1").payments().createPayment(Bodies.PAYMENT, limited));
            assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(e.wasSent()).isEqualTo(Sent.MAYBE);
        }
    }

    @Test
    void weakness_17_a_success_that_says_rejected_is_a_decline() {
        server.answer(201, Bodies.payment("REJECTED"));
        assertThatThrownBy(() -> merchant.payments().createPayment(Bodies.PAYMENT)).isInstanceOf(DeclinedPaymentException.class);
    }

    @Test
    void weakness_18_booleans_are_booleans_and_reading_has_no_content_type() {
        server.answer(200, "{\"paymentProducts\":[]}");
        merchant.products().getPaymentProducts(GetPaymentProductsParams.builder().countryCode("BE").isRecurring(true).build());
        assertThat(server.last().target()).endsWith("?countryCode=BE&isRecurring=true");
        assertThat(server.last().header("Content-Type")).isNull();
        assertThat(server.badSignatures).isEmpty();
        String meta = new String(Base64.getDecoder().decode(server.last().header("X-GCS-ServerMetaInfo")), StandardCharsets.UTF_8);
        assertThat(meta).doesNotContain("undefined", "null").contains("Java/");
    }

    @Test
    void weakness_19_keys_fields_and_events_are_read_as_documented_and_as_they_are() {
        var properties = new Properties();
        properties.setProperty("onlinepayments.api..endpoint.host", "localhost");
        properties.setProperty("onlinepayments.api.integrator", "x");
        assertThat(DirectConfig.fromProperties(properties, "key", SecretText.of("secret")).endpoint()).hasHost("localhost");
        server.answer(200, "{}");
        var link = CreatePaymentLinkRequest.builder().feedbacks(Feedbacks.builder().webhooksUrls(List.of("https://shop.example/a")).build()).build();
        merchant.paymentLinks().createPaymentLink(link);
        assertThat(server.last().body()).isEqualTo("{\"feedbacks\":{\"webhooksUrls\":[\"https://shop.example/a\"]}}");
        String array = "[{\"apiVersion\":\"v1\",\"id\":\"e1\",\"type\":\"payment.test\"}]";
        var keys = new InMemorySecretKeyStore().store("k", SecretText.of("s"));
        assertThat(Webhooks.of(keys).parse(bytes(array), signed(array)).id()).isEqualTo("e1");
    }

    @Test
    void an_answer_about_another_payment_is_no_answer() {
        server.answer(200, "{\"id\":\"3254564311_0\",\"status\":\"CAPTURED\"}");
        assertThatThrownBy(() -> merchant.payments().getPayment("3254564310_0")).isInstanceOf(CommunicationException.class);
        assertThat(merchant.payments().getPayment("3254564311").isPaid()).isTrue();
        server.answer(200, "{\"status\":\"CAPTURED\"}");
        assertThatThrownBy(() -> merchant.payments().getPaymentDetails("1_0")).isInstanceOf(CommunicationException.class);
    }

    @Test
    void what_the_platform_is_known_to_refuse_is_not_sent_and_told_all_at_once() {
        var capture = CapturePaymentRequest.builder().amount(-1).build();
        assertThatThrownBy(() -> merchant.payments().capturePayment("1_0", capture)).isInstanceOf(InvalidRequestException.class)
                .hasMessage("Not sent: amount is -1, expected 0 or more");
        assertThat(server.requests).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Headers signed(String body) {
        return Headers.of(Webhooks.KEY_ID_HEADER, "k", Webhooks.SIGNATURE_HEADER,
                Base64.getEncoder().encodeToString(HmacSha256.sign(bytes(body), SecretText.of("s"))));
    }
}
