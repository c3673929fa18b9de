package dev.bezant.worldline.direct;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.webhook.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.TreeMap;

/**
 * v1HMAC signatures as pure functions.
 *
 * @see "docs/protocols/worldline-direct.md, section 3"
 */
final class V1Hmac {
    private V1Hmac() {}

    /**
     * @param contentType of the body; empty when there is none
     * @param date exactly what the Date header says
     * @param headers all of the request; those that begin with {@code X-GCS} are signed
     * @param resource path, with {@code ?} and query where there is one
     * @throws IllegalArgumentException when a signed header is there twice, since its order would be a guess
     */
    static String dataToSign(String method, String contentType, String date, Headers headers, String resource) {
        var signed = new TreeMap<String, String>();
        for (Headers.Header header : headers.list()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-gcs") && signed.put(name, header.value()) != null) {
                throw new IllegalArgumentException("the header " + header.name() + " is there twice, and cannot be signed");
            }
        }
        var data = new StringBuilder(256)
                .append(method.toUpperCase(Locale.ROOT)).append('\n')
                .append(contentType).append('\n')
                .append(date).append('\n');
        signed.forEach((name, value) -> data.append(name).append(':').append(value).append('\n'));
        return data.append(resource).append('\n').toString();
    }

    /** @return Base64 */
    static String sign(String data, SecretText secret) {
        return Base64.getEncoder().encodeToString(HmacSha256.sign(data.getBytes(StandardCharsets.UTF_8), secret));
    }
}
