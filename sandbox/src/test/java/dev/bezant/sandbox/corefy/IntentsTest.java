package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Listener;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The payment-intents dialect. */
@RunningSandbox
class IntentsTest {
    private static final String CARD =
            "\"card_expiry_month\":\"12\",\"card_expiry_year\":\"2040\",\"card_cvv\":\"123\",\"card_holder_name\":\"John Doe\"}";

    private final Control control;
    private final Shop shop;

    IntentsTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control);
    }

    private static Exchange send(Shop shop, String method, String path, @Nullable String body, long timestamp, Map<String, String> changed) {
        var headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json", "Authorization", "Bearer " + shop.credential("api_key"),
                "X-API-Key", shop.credential("api_key"), "X-Client-Key", shop.credential("account_id"), "X-Timestamp", Long.toString(timestamp),
                "X-Signature", IntentSignature.hmacSha256(shop.credential("secret_key"),
                        method + "\n" + path + "\n" + (body == null ? "" : body) + "\n" + timestamp)));
        headers.putAll(changed);
        return Exchange.send(method, shop.uri().resolve(path), body, headers);
    }

    private Exchange call(String method, String path, @Nullable String body) {
        return send(shop, method, "/v1" + path, body, Clock.systemUTC().instant().getEpochSecond(), Map.of());
    }

    private Exchange create(String more) {
        return call("POST", "/payment-intents",
                "{\"amount\":100.00,\"currency\":\"USD\",\"payment_method\":\"card\",\"reference_id\":\"order_123\"" + more + "}");
    }

    private Exchange confirm(String intent, String pan) {
        return call("POST", "/payment-intents/" + intent + "/confirm", "{\"card_number\":\"" + pan + "\"," + CARD);
    }

    @Test
    void signatures_are_made_of_method_path_body_and_time() {
        assertThat(IntentSignature.hmacSha256("signing_key_example", "GET\n/v1/payment-methods/supported\n\n1700000000"))
                .isEqualTo("713446eb4af17e6920208aa69eba496ad5d4ee2cc0338cc9e3d82015e1fed0d2");
        assertThat(IntentSignature.hmacSha256("whsec_example", "{\"event_type\":\"payment.succeeded\",\"event_id\":\"evt_1\",\"payment_id\":\"pay_1\"}"))
                .isEqualTo("baac0fa544b3cec4f43a687d0112f0197b102e52fdcd8d3c3ae0a9ffd760aeed");
    }

    @Test
    void an_intent_is_created_confirmed_read_and_refunded_in_part() {
        var created = create("");
        assertThat(created.status()).isEqualTo(201);
        var intent = created.at("/id");
        assertThat(intent).startsWith("pi_");
        assertThat(created.at("/status")).isEqualTo("requires_payment_method");
        assertThat(created.at("/amount")).isEqualTo("100.00");
        var confirmed = confirm(intent, "4111111111111111");
        assertThat(confirmed.at("/status")).isEqualTo("succeeded");
        assertThat(call("GET", "/payments/" + confirmed.at("/payment_id"), null).at("/id")).isEqualTo(intent);
        var refund = call("POST", "/refunds", "{\"payment_id\":\"" + intent + "\",\"amount\":50.00,\"reason\":\"Customer requested refund\"}");
        assertThat(refund.at("/status")).isEqualTo("succeeded");
        assertThat(call("GET", "/payments/" + intent, null).at("/amount_refunded")).isEqualTo("50.00");
        assertThat(call("POST", "/refunds", "{\"payment_id\":\"" + intent + "\",\"amount\":50.01}").at("/error_code")).isEqualTo("validation_error");
        assertThat(shop.movements()).containsExactly("sale 10000 usd", "refund 5000 usd");
        assertThat(control.ledger("reference=order_123&account=" + shop.account()).getFirst().path("provider_id").asString()).isEqualTo(intent);
    }

    @Test
    void a_declined_card_leaves_the_intent_open_for_another() {
        var intent = create("").at("/id");
        var declined = confirm(intent, "4000000000009995");
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.at("/error_code")).isEqualTo("card_declined");
        assertThat(declined.at("/decline_code")).isEqualTo("insufficient_funds");
        assertThat(declined.at("/payment_intent/last_error/decline_code")).isEqualTo("insufficient_funds");
        assertThat(confirm(intent, "4242424242424242").at("/status")).isEqualTo("succeeded");
        assertThat(confirm(intent, "4242424242424242").status()).isEqualTo(422);
        assertThat(shop.movements()).containsExactly("sale 10000 usd");
    }

    @Test
    void a_challenge_is_a_form_for_the_browser() {
        var created = create(",\"callback_url\":\"https://shop.example/success\",\"failure_url\":\"https://shop.example/failure\"");
        var asked = confirm(created.at("/id"), "5123817234060000");
        assertThat(asked.at("/status")).isEqualTo("requires_action");
        assertThat(asked.at("/next_action/type")).isEqualTo("redirect_form");
        var payload = Exchange.parse("{\"action\":\"" + asked.at("/next_action/url") + "\",\"params\":" + asked.json().at("/next_action/fields") + "}");
        assertThat(Shop.throughChallenge(payload, "pass").header("Location")).isEqualTo("https://shop.example/success");
        assertThat(call("GET", "/payments/" + created.at("/id"), null).at("/status")).isEqualTo("succeeded");
    }

    @Test
    void customers_keep_cards_and_pay_with_them() {
        var customer = call("POST", "/customers",
                "{\"email\":\"customer@example.com\",\"name\":\"John Doe\",\"metadata\":{\"address\":{\"city\":\"Anytown\"}}}");
        assertThat(customer.at("/id")).startsWith("cust_");
        var method = call("POST", "/payment-methods", "{\"customer_id\":\"" + customer.at("/id") + "\",\"type\":\"card\",\"data\":{"
                + "\"card_number\":\"4242424242424242\",\"expiry_month\":\"12\",\"expiry_year\":\"2040\",\"holder_name\":\"John Doe\"}}");
        assertThat(method.at("/card/last4")).isEqualTo("4242");
        var listed = call("GET", "/customers/" + customer.at("/id") + "/payment-methods", null);
        assertThat(Shop.texts(listed.json().path("payment_methods"), "/id")).containsExactly(method.at("/id"));
        assertThat(call("GET", "/customers/" + customer.at("/id"), null).at("/email")).isEqualTo("customer@example.com");
        var intent = create(",\"customer_id\":\"" + customer.at("/id") + "\"").at("/id");
        var paid = call("POST", "/payment-intents/" + intent + "/confirm", "{\"payment_method_id\":\"" + method.at("/id") + "\"}");
        assertThat(paid.at("/status")).isEqualTo("succeeded");
        assertThat(call("GET", "/payment-methods/supported", null).at("/payment_methods/0/code")).isEqualTo("card");
    }

    @Test
    void a_wrong_signature_key_or_time_is_refused() {
        long now = Clock.systemUTC().instant().getEpochSecond();
        for (var wrong : List.of(Map.of("X-Signature", "0".repeat(64)), Map.of("X-API-Key", "other"), Map.of("Authorization", "Bearer other"),
                Map.of("X-Client-Key", "coma_other"))) {
            assertThat(send(shop, "GET", "/v1/payments/pi_1", null, now, wrong).at("/error_code")).isEqualTo("authentication_error");
        }
        assertThat(send(shop, "GET", "/v1/payments/pi_1", null, now - 600, Map.of()).status()).isEqualTo(401);
        assertThat(send(shop, "GET", "/v1/payments/pi_1", null, now, Map.of()).status()).isEqualTo(404);
        control.fault("{\"provider\":\"corefy\",\"operation\":\"getPayment\",\"account\":\"" + shop.account() + "\",\"fault\":\"clock_skew\"}");
        assertThat(send(shop, "GET", "/v1/payments/pi_1", null, now, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void intents_and_invoices_do_not_mix() {
        var intent = create("").at("/id");
        assertThat(shop.get("/payment-invoices").json().path("data").size()).isZero();
        assertThat(call("GET", "/payments/" + shop.created(new InvoiceBody()).at("/data/id"), null).status()).isEqualTo(404);
        assertThat(create("").at("/id")).as("references may repeat").isNotEqualTo(intent);
    }

    @Test
    void mistakes_are_told_in_the_dialects_words() {
        var refused = call("POST", "/payment-intents", "{\"amount\":0,\"currency\":\"USD\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/error_code")).isEqualTo("validation_error");
        assertThat(refused.at("/message")).startsWith("amount ");
        assertThat(call("POST", "/nothing", "{}").at("/error_code")).isEqualTo("not_found");
    }

    @Test
    void events_are_told_in_an_envelope_with_the_other_signature() throws IOException {
        try (var listener = new Listener()) {
            var told = Shop.of(control, "{\"callback_url\":\"" + listener.url() + "\"}");
            long now = Clock.systemUTC().instant().getEpochSecond();
            var intent = send(told, "POST", "/v1/payment-intents", "{\"amount\":100.00,\"currency\":\"USD\"}", now, Map.of()).at("/id");
            send(told, "POST", "/v1/payment-intents/" + intent + "/confirm", "{\"card_number\":\"4000000000000002\"," + CARD, now, Map.of());
            send(told, "POST", "/v1/payment-intents/" + intent + "/confirm", "{\"card_number\":\"4111111111111111\"," + CARD, now, Map.of());
            send(told, "POST", "/v1/refunds", "{\"payment_id\":\"" + intent + "\"}", now, Map.of());
            Awaitility.await().untilAsserted(() -> assertThat(listener.received()).extracting(
                    request -> Exchange.parse(request.bodyText()).path("event_type").asString())
                    .containsExactly("payment.failed", "payment.succeeded", "refund.succeeded"));
            var last = listener.received().getLast();
            assertThat(last.header("x-signature")).isEqualTo(IntentSignature.hmacSha256(told.credential("callback_secret"), last.bodyText()));
            assertThat(Exchange.parse(last.bodyText()).path("payment_intent_id").asString()).isEqualTo(intent);
        }
    }
}
