package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.error.UnreadableMessageException;
import dev.bezant.sdk.webhook.HmacSha256;
import dev.bezant.sdk.webhook.InMemorySecretKeyStore;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vector of docs/protocols/cardinity.md, section 8. */
class WebhooksTest {
    private static final SecretText SECRET = SecretText.of("whsec_demo");
    private static final byte[] BODY =
            bytes("{\"type\":\"payment.approved\",\"data\":{\"id\":\"test_payment_123\",\"status\":\"approved\",\"amount\":\"25.99\"}}");
    private static final String SIGNATURE = "017fae6877c8633e6f8cea2d3722af81342fb0a1f006218e831ce57bf96270b4";

    private final Webhooks webhooks = new Webhooks(new InMemorySecretKeyStore().store("", SecretText.of("older")).store("", SECRET));

    @Test
    void the_vector_is_read_also_while_a_second_secret_is_active() {
        WebhookEvent event = webhooks.parse(BODY, Headers.of("x-cardinity-signature", SIGNATURE));
        assertThat(event.type()).isEqualTo(WebhookEvent.Type.PAYMENT_APPROVED);
        assertThat(event.resourceId()).isEqualTo("test_payment_123");
        assertThat(event.amount()).isEqualTo("25.99");
    }

    @Test
    void a_changed_body_or_a_missing_repeated_or_malformed_signature_is_refused() {
        byte[] changed = bytes(new String(BODY, StandardCharsets.UTF_8).replace("25.99", "25.98"));
        var once = Headers.of(Webhooks.SIGNATURE_HEADER, SIGNATURE);
        assertThatThrownBy(() -> webhooks.parse(changed, once)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> webhooks.parse(BODY, Headers.empty())).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> webhooks.parse(BODY, once.and(once))).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> webhooks.parse(BODY, Headers.of(Webhooks.SIGNATURE_HEADER, "zz"))).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> new Webhooks(new InMemorySecretKeyStore()).parse(BODY, once)).isInstanceOf(SignatureException.class);
    }

    @Test
    void an_unknown_type_is_kept_and_a_genuine_body_without_data_is_unreadable() {
        byte[] unknown = bytes("{\"type\":\"payment.dreamt\",\"data\":{}}");
        assertThat(webhooks.parse(unknown, signed(unknown)).type()).isEqualTo(WebhookEvent.Type.UNRECOGNIZED);
        byte[] empty = bytes("");
        assertThatThrownBy(() -> webhooks.parse(empty, signed(empty))).isInstanceOf(UnreadableMessageException.class);
    }

    private static Headers signed(byte[] body) {
        return Headers.of(Webhooks.SIGNATURE_HEADER, HexFormat.of().formatHex(HmacSha256.sign(body, SECRET)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
