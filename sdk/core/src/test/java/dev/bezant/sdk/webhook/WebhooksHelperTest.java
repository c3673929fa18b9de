package dev.bezant.sdk.webhook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
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
        keys.remove("dummy-key-id");
        assertThatThrownBy(() -> helper.verify(BODY, headers("dummy-key-id", SIGNATURE))).isInstanceOf(SignatureException.class);
    }

    private static Headers headers(String keyId, String signature) {
        return Headers.of("X-GCS-KeyId", keyId, "X-GCS-Signature", signature);
    }
}
