package dev.bezant.worldline.direct.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.error.UnknownKeyException;
import dev.bezant.sdk.error.UnreadableMessageException;
import dev.bezant.sdk.webhook.HmacSha256;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import dev.bezant.worldline.direct.model.AmountOfMoney;
import dev.bezant.worldline.direct.model.Money;
import dev.bezant.worldline.direct.model.PaymentOutput;
import dev.bezant.worldline.direct.model.PaymentResponse;
import dev.bezant.worldline.direct.model.Progress;
import dev.bezant.worldline.direct.model.WebhookType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of docs/protocols/worldline-direct.md, section 10, and every kind of event. */
class WebhooksTest {
    private static final SecretText SECRET = SecretText.of("hello+world");
    private static final String A = """
            {
              "apiVersion": "v1",
              "id": "8ee793f6-4553-4749-85dc-f2ef095c5ab0",
              "created": "2017-02-02T11:24:14.040+0100",
              "merchantId": "20000",
              "type": "payment.paid"
            }""";
    private static final String B = """
            {
              "apiVersion": "v1",
              "id": "8ee793f6-4553-4749-85dc-f2ef095c5ab0",
              "created": "2017-02-02T11:24:14.040+0100",
              "merchantId": "20000",
              "type": "payment.paid",
              "payment": {
                "id": "00000200000143570012",
                "paymentOutput": {
                  "amountOfMoney": {
                    "amount": 1000,
                    "currencyCode": "EUR"
                  },
                  "references": {
                    "paymentReference": "200001681810"
                  },
                  "paymentMethod": "bankTransfer",
                  "bankTransferPaymentMethodSpecificOutput": {
                    "paymentProductId": 11
                  }
                },
                "status": "PAID",
                "statusOutput": {
                  "isCancellable": false,
                  "statusCategory": "COMPLETED",
                  "statusCode": 1000,
                  "statusCodeChangeDateTime": "20170202112414",
                  "isAuthorized": true
                }
              }
            }""";
    private static final String SIGNATURE_A = "6sFZob2yfSpd25MiutFRgBdx8dfbgxs+ZFp5kza1QR8=";
    private static final String SIGNATURE_B = "2S7doBj/GnJnacIjSJzr5fxGM5xmfQyFAwxv1I53ZEk=";

    private final InMemorySecretKeyStore keys = new InMemorySecretKeyStore().store("dummy-key-id", SECRET);
    private final Webhooks webhooks = Webhooks.of(keys);

    @Test
    void the_bodies_are_those_of_the_vectors() throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");
        assertThat(HexFormat.of().formatHex(sha256.digest(bytes(A)))).isEqualTo("48996347f02eda0a16cc8468de7b57c062cff8cae51daa61cd0575e558ae20b3");
        assertThat(HexFormat.of().formatHex(sha256.digest(bytes(B)))).isEqualTo("2882e2ba85e87c14a16cff1ff9351d79336bb6eaf998608d2e8d95b06ae72189");
    }

    @Test
    void an_event_without_an_object() {
        WebhookEvent event = webhooks.parse(bytes(A), headers("dummy-key-id", SIGNATURE_A));
        assertThat(event).isInstanceOf(WebhookEvent.Other.class);
        assertThat(event.id()).isEqualTo("8ee793f6-4553-4749-85dc-f2ef095c5ab0");
        assertThat(event.type()).isEqualTo(WebhookType.PAYMENT_PAID);
        assertThat(event.merchantId()).isEqualTo("20000");
        assertThat(event.created()).contains(Instant.parse("2017-02-02T10:24:14.040Z"));
    }

    @Test
    void an_event_about_a_payment_keeps_what_is_not_known() {
        assertThat(webhooks.parse(bytes(B), headers("dummy-key-id", SIGNATURE_B))).isInstanceOfSatisfying(WebhookEvent.OfPayment.class, event -> {
            assertThat(event.payment().progress()).isEqualTo(Progress.PAID);
            PaymentOutput output = event.payment().paymentOutput().orElseThrow();
            assertThat(output.amountOfMoney()).contains(Money.of(1000, "EUR"));
            assertThat(output.otherFields()).containsEntry("bankTransferPaymentMethodSpecificOutput", Map.of("paymentProductId", 11L));
        });
    }

    @Test
    void what_is_not_provably_genuine_is_refused() {
        var genuine = headers("dummy-key-id", SIGNATURE_A);
        String changed = A.replace("11:24", "11:25");
        assertThatThrownBy(() -> webhooks.parse(bytes(changed), genuine)).isInstanceOf(SignatureException.class);
        assertThat(webhooks.parse(bytes(changed), headers("dummy-key-id", "MG5o5XnimQwa7XkjvwtQcuyiNYqi40CFqCw5okcQq3c="))).isNotNull();
        assertThatThrownBy(() -> webhooks.parse(bytes(A), headers("dummy-key-id", "1" + SIGNATURE_A))).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> webhooks.parse(bytes(A), genuine.and(genuine))).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> webhooks.parse(bytes(A), Headers.empty())).isInstanceOf(SignatureException.class);
        var unknown = catchThrowableOfType(UnknownKeyException.class, () -> webhooks.parse(bytes(A), headers("other", SIGNATURE_A)));
        assertThat(unknown.keyId()).isEqualTo("other");
        keys.clear();
        assertThatThrownBy(() -> webhooks.parse(bytes(A), genuine)).isInstanceOf(UnknownKeyException.class);
        keys.store("dummy-key-id", SecretText.of("1hello+world"));
        assertThatThrownBy(() -> webhooks.parse(bytes(A), genuine)).isInstanceOf(SignatureException.class);
    }

    @Test
    void a_key_being_rotated_has_two_secrets_and_header_names_no_case() {
        keys.store("dummy-key-id", SecretText.of("newer"));
        assertThat(webhooks.parse(bytes(A), Headers.of("x-gcs-keyid", "dummy-key-id", "X-GCS-SIGNATURE", SIGNATURE_A))).isNotNull();
        assertThat(webhooks.parse(bytes(A), headers("dummy-key-id", signature(A, "newer")))).isNotNull();
    }

    @Test
    void another_version_is_told() {
        String v0 = A.replace("\"v1\"", "\"v0\"");
        var mismatch = catchThrowableOfType(ApiVersionMismatchException.class, () -> parse(v0));
        assertThat(mismatch.eventApiVersion()).isEqualTo("v0");
        assertThat(mismatch.sdkApiVersion()).isEqualTo("v1");
        assertThatThrownBy(() -> parse("{}")).isInstanceOf(ApiVersionMismatchException.class).isInstanceOf(UnreadableMessageException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"``", "x", "[]", "[{},{}]", "1", "null", "{\"apiVersion\":"})
    void a_genuine_body_that_is_no_event_is_unreadable(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(UnreadableMessageException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "payment.captured|\"payment\":{\"id\":\"1_0\"}|OfPayment", "refund.refund_requested|\"refund\":{\"id\":\"1_1\"}|OfRefund",
        "payout.x|\"payout\":{\"id\":\"4_0\"}|OfPayout", "token.x|\"token\":{\"id\":\"t\"}|OfToken",
        "paymentlink.paid|\"paymentLink\":{\"paymentLinkId\":\"l\"}|OfPaymentLink", "batch.x|\"directBatch\":{\"status\":\"DONE\"}|OfBatch",
        "mandate.x|\"mandate\":{}|Other"})
    void every_kind_of_event_has_its_type(String type, String member, String kind) {
        WebhookEvent event = parse("{\"apiVersion\":\"v1\",\"id\":\"e\",\"type\":\"" + type + "\"," + member + "}");
        assertThat(event.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(event.raw().typeText()).contains(type);
        assertThat(event.type() == WebhookType.UNRECOGNIZED).isEqualTo(type.endsWith(".x"));
    }

    @Test
    void equal_keys_of_two_merchants_are_two_keys() {
        var stores = Map.of("20000", keys, "30000", new InMemorySecretKeyStore().store("dummy-key-id", SecretText.of("other")));
        Webhooks both = Webhooks.ofMerchants(stores::get);
        assertThat(both.parse(bytes(A), headers("dummy-key-id", SIGNATURE_A)).merchantId()).isEqualTo("20000");
        String other = A.replace("20000", "30000");
        assertThat(both.parse(bytes(other), headers("dummy-key-id", signature(other, "other"))).merchantId()).isEqualTo("30000");
        assertThatThrownBy(() -> both.parse(bytes(other), headers("dummy-key-id", signature(other, "hello+world"))))
                .isInstanceOf(SignatureException.class);
        String nobody = A.replace("20000", "40000");
        assertThatThrownBy(() -> both.parse(bytes(nobody), headers("dummy-key-id", signature(nobody, "hello+world"))))
                .isInstanceOf(SignatureException.class).hasMessageContaining("40000");
    }

    @Test
    void credentials_are_checked_by_the_signature_of_nothing() {
        var request = Webhooks.credentials("dummy-key-id", SECRET);
        assertThat(request.key()).contains("dummy-key-id");
        assertThat(request.secret()).contains(SecretText.of("FHbwt14Rjkjdn51x5EiyjgVQ7gN6ftgh5Y2l0KpQmLw="));
    }

    @Test
    void a_repetition_is_told_by_what_happened_and_only_the_latest_are_remembered() {
        var seen = new SeenWebhooks(2);
        WebhookEvent first = payment("e1", 100);
        assertThat(seen.isFirst(first)).isTrue();
        assertThat(seen.isFirst(payment("e2", 100))).isFalse();
        assertThat(seen.isFirst(payment("e3", 101))).isTrue();
        seen.forget(first);
        assertThat(seen.isFirst(first)).isTrue();
        assertThat(seen.isFirst(payment("e4", 102))).isTrue();
        assertThat(seen.isFirst(payment("e5", 101))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2023-01-23T09:51:27.9529667+01:00, 2023-01-23T08:51:27.952966700Z", "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z", "yesterday,"})
    void times_are_read_in_the_forms_seen(String text, Instant time) {
        WebhookEvent event = parse("{\"apiVersion\":\"v1\",\"created\":\"" + text + "\"}");
        assertThat(event.created()).isEqualTo(java.util.Optional.ofNullable(time));
        assertThat(event.raw().created()).contains(text);
    }

    private WebhookEvent payment(String id, long amount) {
        AmountOfMoney money = Money.of(amount, "EUR");
        return WebhookEvent.of(webhooks.parse(bytes(A), headers("dummy-key-id", SIGNATURE_A)).raw().toBuilder().id(id).created(id)
                .payment(PaymentResponse.builder().paymentOutput(PaymentOutput.builder().amountOfMoney(money).build()).build()).build());
    }

    private WebhookEvent parse(String body) {
        return webhooks.parse(bytes(body), headers("dummy-key-id", signature(body, "hello+world")));
    }

    private static String signature(String body, String secret) {
        return Base64.getEncoder().encodeToString(HmacSha256.sign(bytes(body), SecretText.of(secret)));
    }

    private static Headers headers(String keyId, String signature) {
        return Headers.of("X-GCS-KeyId", keyId, "X-GCS-Signature", signature);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
