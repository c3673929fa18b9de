package dev.bezant.server.http;

import dev.bezant.server.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Takes the key out of {@code Authorization}: as a bearer token, or as the user name of HTTP Basic, which is how curl sends it.
 *
 * @see "docs/protocols/payments-api.md, section 7.2"
 */
final class ApiKeyHeader {
    private ApiKeyHeader() {}

    /** @throws ApiException 401 if there is none, or it is not written in either way */
    static Secret read(RawRequest raw) {
        String header = raw.header("Authorization");
        if (header == null || header.isBlank()) {
            throw new ApiException(ErrorCode.INVALID_API_KEY, null, "You did not provide an API key. Send it as 'Authorization: Bearer sk_...',"
                    + " or as the user name of HTTP Basic with an empty password.").header("WWW-Authenticate", "Bearer realm=\"Bezant\"");
        }
        int space = header.indexOf(' ');
        String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
        String rest = header.substring(space + 1).trim();
        return switch (scheme) {
            case "bearer" -> Secret.of(rest);
            case "basic" -> Secret.of(userName(rest));
            default -> throw new ApiException(ErrorCode.INVALID_API_KEY, null, "Unknown Authorization scheme. Send 'Authorization: Bearer sk_...'.");
        };
    }

    private static String userName(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.INVALID_API_KEY, null, "The Basic credentials are not base64.");
        }
    }
}
