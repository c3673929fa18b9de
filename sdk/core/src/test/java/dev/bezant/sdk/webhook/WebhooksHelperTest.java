package dev.bezant.sdk.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import dev.bezant.sdk.error.UnknownKeyException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The shape with a key id and Base64. */
class WebhooksHelperTest {
    private static final byte[] BODY = """
            {
              "apiVersion": "v1",
              "id": "8ee793f6-4553-4749-85dc-f2ef095c5ab0",
              "created": "2017-02-02T11:24:14.040+0100",
              "merchantId": "20000",
              "type": "payment.paid"
            }""".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "6sFZob2yfSpd25MiutFRgBdx8dfbgxs+ZFp5kza1QR8=";

    private final InMemorySecretKeyStore keys = new InMemorySecretKeyStore().store("dummy-key-id", SecretText.of("hello+world"));
    private final WebhooksHelper helper = new WebhooksHelper(keys, "X-GCS-Signature", "X-GCS-KeyId", SignatureEncoding.BASE64);

    @Test
    void a_genuine_one_passes() {
        assertThatCode(() -> helper.verify(BODY, headers("dummy-key-id", SIGNATURE))).doesNotThrowAnyException();
    }

    @Test
    void others_do_not() {
        for (var headers : new Headers[] {headers("other", SIGNATURE), headers("dummy-key-id", "1" + SIGNATURE), Headers.empty()}) {
            assertThatThrownBy(() -> helper.verify(BODY, headers)).isInstanceOf(SignatureException.class);
        }
        var unknown = catchThrowableOfType(UnknownKeyException.class, () -> helper.verify(BODY, headers("other", SIGNATURE)));
        assertThat(unknown.keyId()).isEqualTo("other");
        keys.remove("dummy-key-id");
        assertThatThrownBy(() -> helper.verify(BODY, headers("dummy-key-id", SIGNATURE))).isInstanceOf(SignatureException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // What a store written without null checks does.
    void a_store_that_answers_null_does_not_know_the_key() {
        var careless = new WebhooksHelper(keyId -> null, "X-GCS-Signature", "X-GCS-KeyId", SignatureEncoding.BASE64);
        assertThatThrownBy(() -> careless.verify(BODY, headers("dummy-key-id", SIGNATURE))).isInstanceOf(UnknownKeyException.class);
    }

    @Test
    void a_cleared_store_knows_nothing() {
        keys.clear();
        assertThat(keys.secretKeys("dummy-key-id")).isEmpty();
    }

    private static Headers headers(String keyId, String signature) {
        return Headers.of("X-GCS-KeyId", keyId, "X-GCS-Signature", signature);
    }
}
