package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of docs/protocols/payments-api.md, section 6.2. */
class SignatureTest {
    private static final Instant AT = Instant.ofEpochSecond(1640995200);
    private static final Secret SECRET = Secret.of("whsec_bezant_test_secret_0001");

    private static String header(String body, Secret... secrets) {
        return Signature.header(AT, body.getBytes(StandardCharsets.UTF_8), List.of(secrets));
    }

    @Test
    void a_whole_event_is_signed() throws NoSuchAlgorithmException {
        String body = "{\"id\":\"evt_1234567890abcdef\",\"object\":\"event\",\"api_version\":\"2026-07-29.dahlia\",\"created\":1640995200,"
                + "\"type\":\"payment_intent.succeeded\",\"livemode\":false,\"pending_webhooks\":1,\"request\":{\"id\":\"req_1234567890abcdef\","
                + "\"idempotency_key\":\"order_12345_payment\"},\"data\":{\"object\":{\"id\":\"pi_1234567890abcdef\",\"object\":\"payment_intent\","
                + "\"amount\":2000,\"currency\":\"usd\",\"status\":\"succeeded\"}}}";
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));

        assertThat(HexFormat.of().formatHex(hash)).isEqualTo("53b16298a227dbc10b88e22fe06b1198b3ee518c5730ca858484619f33be648c");
        assertThat(header(body, SECRET)).isEqualTo("t=1640995200,v1=8e00990acc770bf60e47f0d253e24ca5b96fc1b6a459b877afe32f7f7b1e2531");
    }

    @Test
    void two_secrets_sign_side_by_side_while_one_is_rolled() {
        assertThat(header("{\"id\":\"evt_1\",\"object\":\"event\"}", Secret.of("whsec_test"), Secret.of("whsec_old"))).isEqualTo("t=1640995200"
                + ",v1=8a8aa6c3bb426454b7512a248d4a7f6a4d2f0cd8da99c9452231103889c9c58a"
                + ",v1=233cccecd94d0f683bfe0b9a3322a7f132ea019a8110b09ceedf381f9db73a41");
    }

    @Test
    void bytes_are_signed_not_characters() {
        assertThat(header("{\"name\":\"Zoë €\"}", SECRET)).endsWith("v1=4d5ced7b616f548f066832a4c3f6f2bbde257ee8c066968bad69fd636e954291");
    }

    @Test
    void an_empty_body_is_signed_too() {
        assertThat(header("", SECRET)).endsWith("v1=d0a1a7d4501c99e163963845d9030acc3df5c1e5d3e0222e1f4376db3c5c02d3");
    }
}
