package dev.bezant.worldline.direct;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.WireRequest;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Dates and signs each attempt anew. What is signed is what is sent, path and query as they are encoded.
 *
 * @see "docs/protocols/worldline-direct.md, section 3"
 */
public final class V1HmacAuthenticator implements Authenticator {
    /** RFC 9110's fixed form, the day with two digits: Java's own RFC 1123 formatter writes one. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);

    private final String apiKeyId;
    private final SecretText secretApiKey;
    private final Clock clock;

    /** @param clock right to five minutes, or the platform refuses */
    public V1HmacAuthenticator(String apiKeyId, SecretText secretApiKey, Clock clock) {
        if (apiKeyId.isBlank() || secretApiKey.isBlank()) {
            throw new IllegalArgumentException("the API key's id or its secret is blank");
        }
        this.apiKeyId = apiKeyId;
        this.secretApiKey = secretApiKey;
        this.clock = clock;
    }

    @Override
    public Headers authenticate(WireRequest request) {
        String date = DATE.format(clock.instant());
        String contentType = request.headers().first("Content-Type").orElse("");
        String data = V1Hmac.dataToSign(request.method(), contentType, date, request.headers(), resource(request.uri()));
        return Headers.of("Date", date, "Authorization", "GCS v1HMAC:" + apiKeyId + ":" + V1Hmac.sign(data, secretApiKey));
    }

    private static String resource(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
