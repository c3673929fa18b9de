package dev.bezant.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param method upper-case as sent
 * @param path the raw path, still percent-encoded, beginning with a slash
 * @param query the raw query without the question mark, or null if there was none
 * @param headers names in lower case; several lines of one name are joined by comma and space
 * @param body empty if there was none; unpacked if it came as gzip
 */
public record HttpRequest(String method, String path, @Nullable String query, Map<String, String> headers, byte[] body) {

    /** The header's value, or null. The name in lower case. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Path and query as sent. */
    public String target() {
        return query == null ? path : path + "?" + query;
    }

    /** Decoded query pairs in order. */
    public List<Forms.Pair> queryParameters() {
        return query == null ? List.of() : Forms.decode(query);
    }

    /** The first query value of that name, or null. */
    public @Nullable String queryParameter(String name) {
        return Forms.first(queryParameters(), name);
    }

    /** The body's pairs if it is a form, else nothing. */
    public List<Forms.Pair> form() {
        var type = header("content-type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            return List.of();
        }
        return Forms.decode(bodyText());
    }
}
