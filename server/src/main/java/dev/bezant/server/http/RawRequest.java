package dev.bezant.server.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came from the wire, free of any server library.
 *
 * @param rawPath percent-encoded, without the query
 * @param rawQuery percent-encoded or not; null if there is none
 * @param header by any-case name; null if absent
 * @param ip of the peer
 */
record RawRequest(
        String method,
        String rawPath,
        @Nullable String rawQuery,
        Function<String, @Nullable String> header,
        byte[] body,
        String ip) {
    @Nullable String header(String name) {
        return header.apply(name);
    }
}
