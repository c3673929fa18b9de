package dev.bezant.server.http;

import dev.bezant.server.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /**
     * Both halves of {@code Authorization: Bearer public:secret}, or of {@code X-API-Key: public:secret}.
     *
     * @see "docs/protocols/corefy-integration-api.md, section 1"
     */
    static Pair readPair(RawRequest raw) {
        String header = raw.header("Authorization");
        String pair = header == null || header.isBlank() ? raw.header("X-API-Key") : bearer(header.strip());
        int colon = pair == null ? -1 : pair.strip().indexOf(':');
        if (pair == null || colon <= 0 || colon == pair.strip().length() - 1 || pair.strip().chars().anyMatch(Character::isWhitespace)) {
            throw new ApiException(ErrorCode.INVALID_API_KEY, null, "You did not provide a pair of API keys. Send both as 'Authorization: Bearer"
                    + " pk_...:sk_...', the public key first, with a colon and no space between them.")
                    .header("WWW-Authenticate", "Bearer realm=\"Bezant\"");
        }
        return new Pair(Secret.of(pair.strip().substring(0, colon)), Secret.of(pair.strip().substring(colon + 1)));
    }

    /** The halves as sent: the public one is in no log either, as whoever mixes them up would put the secret there. */
    record Pair(Secret publicKey, Secret secretKey) {}

    private static @Nullable String bearer(String header) {
        return header.regionMatches(true, 0, "bearer ", 0, 7) ? header.substring(7) : null;
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
