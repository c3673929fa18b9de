package dev.bezant.sdk.http;

import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths whose parts cannot break out of their place. */
public final class Paths {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    private Paths() {}

    /**
     * @param segments each is percent-encoded on its own, so that an id such as {@code 1/refunds} stays one segment
     * @return {@code /a/b/c}
     * @throws InvalidRequestException for a null, blank, {@code .} or {@code ..} segment
     */
    public static String of(@Nullable String... segments) {
        var path = new StringBuilder();
        for (String segment : segments) {
            if (segment == null || segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw new InvalidRequestException(List.of(new Violation("id", "must not be null, blank, '.' or '..'")));
            }
            path.append('/').append(encode(segment));
        }
        return path.toString();
    }

    /** Percent-encodes all but RFC 3986's unreserved characters, as RFC 5849 (section 3.6) demands for signatures too. */
    public static String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }
}
