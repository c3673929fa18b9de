package dev.bezant.corefy;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.webhook.HmacSha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Signs method, path, body and time with HMAC-SHA256, and sends both keys along.
 *
 * @see "docs/protocols/corefy.md, section 13"
 */
final class IntentsAuthenticator implements Authenticator {
    private final SecretText apiKey;
    private final SecretText secretKey;
    private final String clientKey;
    private final Clock clock;

    IntentsAuthenticator(SecretText apiKey, SecretText secretKey, String clientKey, Clock clock) {
        this.apiKey = apiKey;
        this.secretKey = secretKey;
        this.clientKey = clientKey;
        this.clock = clock;
    }

    @Override
    public Headers authenticate(WireRequest request) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        return Headers.of(
                "Authorization", "Bearer " + apiKey.reveal(),
                "X-API-Key", apiKey.reveal(),
                "X-Timestamp", timestamp,
                "X-Signature", signature(secretKey, request.method(), request.uri().getRawPath(), request.body(), timestamp),
                "X-Client-Key", clientKey);
    }

    /**
     * @param path with the leading slash, as sent, without the query
     * @param body exactly the bytes sent; null counts as empty
     * @param timestamp unix seconds, as in the header
     */
    static String signature(SecretText key, String method, String path, byte @Nullable [] body, String timestamp) {
        var text = new ByteArrayOutputStream();
        text.writeBytes((method + '\n' + path + '\n').getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            text.writeBytes(body);
        }
        text.writeBytes(('\n' + timestamp).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(HmacSha256.sign(text.toByteArray(), key));
    }
}
