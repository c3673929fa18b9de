package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.error.UnreadableMessageException;
import dev.bezant.sdk.webhook.HmacSha256;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of docs/protocols/corefy.md, section 10. */
class CallbacksTest {
    private static final SecretText TEST_KEY = SecretText.of("sk_test_example");
    private static final SecretText EVENT_KEY = SecretText.of("whsec_example");

    private final Callbacks invoices = new Callbacks(Dialect.INVOICES,
            new InMemorySecretKeyStore().store("", SecretText.of("sk_test_older")).store("", TEST_KEY));
    private final Callbacks intents = new Callbacks(Dialect.INTENTS, new InMemorySecretKeyStore().store("", EVENT_KEY));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Headers sandwich(byte[] body, SecretText key) {
        return Headers.of("x-signature", Base64.getEncoder().encodeToString(Callbacks.sandwich(body, key)));
    }

    private static Headers hmac(byte[] body) {
        return Headers.of(Callbacks.SIGNATURE_HEADER, HexFormat.of().formatHex(HmacSha256.sign(body, EVENT_KEY)));
    }

    @Test
    void the_signatures_fit_the_vectors() {
        byte[] body = bytes("{\"data\":{\"type\":\"payment-invoices\",\"id\":\"cpi_0000000000000001\",\"attributes\":{\"status\":\"processed\"}}}");
        assertThat(sandwich(body, TEST_KEY).first("X-Signature")).contains("HqjouPOJnxh2oEsZySUyuF3mRTc=");
        byte[] event = bytes("{\"event_type\":\"payment.succeeded\",\"event_id\":\"evt_1\",\"payment_id\":\"pay_1\"}");
        assertThat(intents.parse(event, Headers.of("X-Signature", "baac0fa544b3cec4f43a687d0112f0197b102e52fdcd8d3c3ae0a9ffd760aeed")))
                .asInstanceOf(type(Callback.IntentEvent.class)).satisfies(it -> assertThat(it.paymentId()).isEqualTo("pay_1"));
    }

    @Test
    void an_invoice_is_read_also_while_a_second_secret_is_active() {
        byte[] body = bytes(Fixtures.invoice("ORD-1", "processed"));
        for (String key : List.of("sk_test_example", "sk_test_older")) {
            assertThat(invoices.parse(body, sandwich(body, SecretText.of(key)))).asInstanceOf(type(Callback.Payment.class)).satisfies(callback -> {
                assertThat(callback.invoice().status()).isEqualTo(InvoiceStatus.PROCESSED);
                assertThat(callback.updated()).isEqualTo(Instant.parse("2023-11-14T22:13:27.500Z"));
            });
        }
    }

    @Test
    void a_payout_and_something_new_are_told_apart() {
        byte[] payout = bytes("{\"data\":{\"type\":\"payout-invoice\",\"id\":\"cpoi_1\",\"attributes\":{\"status\":\"processed\",\"amount\":1,"
                + "\"currency\":\"EUR\",\"test_mode\":true}}}");
        assertThat(invoices.parse(payout, sandwich(payout, TEST_KEY))).isInstanceOf(Callback.Payout.class);
        byte[] other = bytes("{\"data\":{\"type\":\"subscriptions\",\"id\":\"sub_1\",\"attributes\":{\"x\":1}}}");
        assertThat(invoices.parse(other, sandwich(other, TEST_KEY))).isEqualTo(new Callback.Unrecognized("subscriptions", "sub_1"));
    }

    @Test
    void an_event_is_read_with_everything_it_tells() {
        byte[] event = bytes("{\"event_type\":\"payment.failed\",\"event_id\":\"evt_2\",\"event_time\":\"2030-01-01T00:00:00Z\",\"amount\":\"10.50\","
                + "\"currency\":\"USD\",\"payment_intent_id\":\"pi_1\",\"more\":true}");
        assertThat(intents.parse(event, hmac(event))).asInstanceOf(type(Callback.IntentEvent.class)).satisfies(it -> {
            assertThat(it.amount()).isEqualTo(new BigDecimal("10.50"));
            assertThat(it.time()).isEqualTo("2030-01-01T00:00:00Z");
            assertThat(it.other()).containsEntry("more", true);
        });
    }

    @Test
    void a_changed_body_another_secret_and_a_missing_or_repeated_signature_are_refused() {
        byte[] body = bytes(Fixtures.invoice("ORD-1", "processed"));
        var genuine = sandwich(body, TEST_KEY);
        byte[] changed = bytes(Fixtures.invoice("ORD-1", "refunded"));
        assertThatThrownBy(() -> invoices.parse(changed, genuine)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> invoices.parse(body, sandwich(body, SecretText.of("sk_test_other")))).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> invoices.parse(body, Headers.empty())).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> invoices.parse(body, genuine.and(genuine))).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> new Callbacks(Dialect.INVOICES, new InMemorySecretKeyStore()).parse(body, genuine))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void a_signature_of_the_other_dialect_is_refused_even_with_the_right_secret() {
        byte[] body = bytes(Fixtures.invoice("ORD-1", "processed"));
        assertThatThrownBy(() -> new Callbacks(Dialect.INVOICES, new InMemorySecretKeyStore().store("", EVENT_KEY)).parse(body, hmac(body)))
                .isInstanceOf(SignatureException.class).hasMessageContaining("dialect invoices");
        assertThatThrownBy(() -> intents.parse(body, sandwich(body, EVENT_KEY)))
                .isInstanceOf(SignatureException.class).hasMessageContaining("dialect intents");
    }

    @Test
    void a_test_key_says_nothing_about_real_money_and_a_live_key_nothing_about_play_money() {
        byte[] live = bytes(Fixtures.invoice("ORD-1", "processed").replace("\"test_mode\":true", "\"test_mode\":false"));
        assertThatThrownBy(() -> invoices.parse(live, sandwich(live, TEST_KEY))).isInstanceOf(SignatureException.class)
                .hasMessageContaining("other mode");
        byte[] test = bytes(Fixtures.invoice("ORD-1", "processed"));
        var key = SecretText.of("sk_live_x");
        assertThatThrownBy(() -> new Callbacks(Dialect.INVOICES, new InMemorySecretKeyStore().store("", key)).parse(test, sandwich(test, key)))
                .isInstanceOf(SignatureException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"data\":{\"type\":\"payment-invoices\",\"id\":\"x\",\"attributes\":[]}}", "\u0000"})
    void a_genuine_body_that_makes_no_sense_is_unreadable(String text) {
        byte[] body = bytes(text);
        assertThatThrownBy(() -> invoices.parse(body, sandwich(body, TEST_KEY))).isInstanceOf(UnreadableMessageException.class);
        assertThatThrownBy(() -> intents.parse(body, hmac(body))).isInstanceOf(UnreadableMessageException.class);
    }

    @Test
    void the_secrets_of_the_settings_are_used() {
        byte[] body = bytes(Fixtures.invoice("ORD-1", "processed"));
        var config = CorefyConfig.builder().baseUrl(URI.create("https://api.example.com")).accountId("coma_1").apiKey(SecretText.of("k"))
                .secretKey(TEST_KEY).testMode(true).build();
        assertThat(Callbacks.of(config).parse(body, sandwich(body, TEST_KEY))).isInstanceOf(Callback.Payment.class);
    }
}
