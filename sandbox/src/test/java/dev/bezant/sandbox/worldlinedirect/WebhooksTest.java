package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.DirectSigner;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Listener;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 10. */
@RunningSandbox
class WebhooksTest {
    private final Control control;
    private Listener listener;
    private DirectMerchant merchant;

    WebhooksTest(Control control) {
        this.control = control;
    }

    @BeforeEach
    void listen() throws IOException {
        listener = new Listener();
        merchant = control.direct("{\"webhook_urls\":\"" + listener.url() + "\",\"webhooks_key_id\":\"wh-key\",\"webhooks_secret\":\"hello+world\"}");
    }

    @AfterEach
    void close() {
        control.delete("faults");
        listener.close();
    }

    private static List<String> types(Listener listener) {
        return listener.received().stream().map(request -> Exchange.parse(request.bodyText()).path("type").asString()).toList();
    }

    private void awaitTypes(String... types) {
        Awaitility.await().untilAsserted(() -> assertThat(types(listener)).containsExactly(types));
    }

    @Test
    void the_signatures_fit_the_vectors() {
        assertThat(V1Hmac.sign("", "hello+world")).isEqualTo("FHbwt14Rjkjdn51x5EiyjgVQ7gN6ftgh5Y2l0KpQmLw=");
        var body = """
                {
                  "apiVersion": "v1",
                  "id": "8ee793f6-4553-4749-85dc-f2ef095c5ab0",
                  "created": "2017-02-02T11:24:14.040+0100",
                  "merchantId": "20000",
                  "type": "payment.paid"
                }""";
        assertThat(V1Hmac.sign(body, "hello+world")).isEqualTo("6sFZob2yfSpd25MiutFRgBdx8dfbgxs+ZFp5kza1QR8=");
        assertThat(V1Hmac.sign(body.replace("11:24", "11:25"), "hello+world")).isEqualTo("MG5o5XnimQwa7XkjvwtQcuyiNYqi40CFqCw5okcQq3c=");
    }

    @Test
    void every_change_is_told_in_order_and_signed() {
        var payment = merchant.paid(DirectBody.of(1000).reference("w-1"));
        merchant.post("/payments/" + payment + "/capture", "{\"amount\":600,\"isFinal\":true}");
        merchant.post("/payments/" + payment + "/refund", "{}");
        merchant.post("/payments/" + merchant.paid(DirectBody.of(500)) + "/cancel", "");
        merchant.pay(DirectBody.card("4000000000000002"));
        awaitTypes("payment.pending_capture", "payment.capture_requested", "payment.captured", "refund.refund_requested", "payment.refunded",
                "payment.pending_capture", "payment.cancelled", "payment.rejected");
        var first = listener.received().getFirst();
        assertThat(first.header("x-gcs-keyid")).isEqualTo("wh-key");
        assertThat(first.header("x-gcs-signature")).isEqualTo(DirectSigner.hmacSha256("hello+world", first.bodyText()));
        var event = Exchange.parse(first.bodyText());
        assertThat(event.propertyNames()).containsExactly("apiVersion", "id", "created", "merchantId", "type", "payment");
        assertThat(event.path("apiVersion").asString()).isEqualTo("v1");
        assertThat(event.path("merchantId").asString()).isEqualTo(merchant.id());
        assertThat(OffsetDateTime.parse(event.path("created").asString())).isNotNull();
        assertThat(event.at("/payment/id").asString()).isEqualTo(payment);
        assertThat(event.at("/payment/paymentOutput/references/merchantReference").asString()).isEqualTo("w-1");
        var captured = Exchange.parse(listener.received().get(2).bodyText());
        assertThat(captured.at("/payment/operationOutput/id").asString()).isEqualTo(payment.replace("_0", "_1"));
        assertThat(captured.at("/payment/operationOutput/amountOfMoney/amount").asLong()).isEqualTo(600);
        var refund = Exchange.parse(listener.received().get(3).bodyText());
        assertThat(refund.at("/refund/id").asString()).isEqualTo(payment.replace("_0", "_2"));
        assertThat(refund.at("/refund/statusOutput/statusCode").asInt()).isEqualTo(81);
    }

    @Test
    void the_way_through_the_bank_a_dispute_a_payout_and_a_link_are_told() {
        var made = merchant.pay(DirectBody.card("4000002760003184").threeDs("no-preference"));
        Page.post(made.at("/merchantAction/redirectData/redirectURL"), Map.of("decision", "pass"));
        merchant.paid(DirectBody.sale(300).number("4000000000000259"));
        merchant.post("/payouts", "{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"},\"cardPayoutMethodSpecificInput\":{\"card\":"
                + "{\"cardNumber\":\"4012000033330026\",\"expiryDate\":\"1240\"}}}");
        var link = merchant.post("/paymentlinks", "{\"order\":{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"}}}");
        merchant.post("/paymentlinks/" + link.at("/paymentLinkId") + "/cancel", "");
        awaitTypes("payment.redirected", "payment.pending_capture", "payment.captured", "payment.chargebacked", "payout.account_credited",
                "paymentlink.created", "paymentlink.cancelled");
    }

    @Test
    void a_request_may_name_its_own_addresses() throws IOException {
        try (var other = new Listener()) {
            merchant.paid(DirectBody.sale(100).with("feedbacks", "{\"webhooksUrls\":[\"" + other.url() + "\"]}"));
            Awaitility.await().untilAsserted(() -> assertThat(types(other)).containsExactly("payment.captured"));
            merchant.paid(DirectBody.sale(100));
            awaitTypes("payment.captured");
        }
        assertThat(merchant.pay(DirectBody.sale(100).with("feedbacks", "{\"webhooksUrls\":[\"nowhere\"]}")).status()).isEqualTo(400);
    }

    @Test
    void several_addresses_get_every_event() throws IOException {
        try (var other = new Listener()) {
            var two = control.direct("{\"webhook_urls\":\"" + listener.url() + "," + other.url() + "\"}");
            two.paid(DirectBody.sale(100));
            awaitTypes("payment.captured");
            Awaitility.await().untilAsserted(() -> assertThat(types(other)).containsExactly("payment.captured"));
        }
    }

    @Test
    void faults_drop_double_reorder_and_spoil_them() {
        var prefix = "{\"provider\":\"worldline-direct\",\"account\":\"" + merchant.account() + "\",\"fault\":\"webhook_";
        control.fault(prefix + "drop\"}");
        merchant.paid(DirectBody.sale(100));
        merchant.pay(DirectBody.card("4000000000000002"));
        awaitTypes("payment.rejected");
        control.fault(prefix + "duplicate\"}");
        merchant.paid(DirectBody.sale(100));
        awaitTypes("payment.rejected", "payment.captured", "payment.captured");
        control.fault(prefix + "bad_signature\"}");
        merchant.paid(DirectBody.of(100));
        awaitTypes("payment.rejected", "payment.captured", "payment.captured", "payment.pending_capture");
        var last = listener.received().getLast();
        assertThat(last.header("x-gcs-signature")).isNotEqualTo(DirectSigner.hmacSha256("hello+world", last.bodyText()));
    }

    @Test
    void a_failed_delivery_is_tried_again() {
        listener.failing(1);
        merchant.paid(DirectBody.sale(100));
        awaitTypes("payment.captured", "payment.captured");
    }

    @Test
    void credentials_are_validated_by_the_signature_of_nothing() {
        var right = "{\"key\":\"wh-key\",\"secret\":\"FHbwt14Rjkjdn51x5EiyjgVQ7gN6ftgh5Y2l0KpQmLw=\"}";
        assertThat(merchant.post("/webhooks/validateCredentials", right).at("/result")).isEqualTo("Valid");
        assertThat(merchant.post("/webhooks/validateCredentials", right.replace("FHbw", "AAAA")).at("/result")).isEqualTo("Invalid");
        assertThat(merchant.post("/webhooks/validateCredentials", right.replace("wh-key", "other")).at("/result")).isEqualTo("Invalid");
    }

    @Test
    void a_test_event_is_sent_where_asked() {
        assertThat(merchant.post("/webhooks/sendtest", "{\"url\":\"" + listener.url() + "\"}").status()).isEqualTo(204);
        awaitTypes("payment.test");
        var event = Exchange.parse(listener.received().getFirst().bodyText());
        assertThat(event.at("/payment/id").asString()).isEqualTo("9999_9");
        assertThat(event.at("/payment/paymentOutput/amountOfMoney/amount").asLong()).isEqualTo(1234);
        assertThat(merchant.post("/webhooks/sendtest", "{}").status()).isEqualTo(400);
        assertThat(merchant.post("/webhooks/sendtest", "{\"url\":\"invalid-url\"}").status()).isEqualTo(400);
    }
}
