package dev.bezant.server.requestlog;

import dev.bezant.server.http.ApiException;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.http.Params;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a list shows; null = any.
 *
 * @param path how it begins
 * @param statusFrom the first status shown
 * @param statusTo the last status shown
 * @param keyId of the API key it came with
 * @param objectId an object that it was about
 */
record Filter(
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer statusFrom,
        @Nullable Integer statusTo,
        CreatedFilter created,
        @Nullable String idempotencyKey,
        @Nullable String keyId,
        @Nullable String ip,
        @Nullable String objectId) {
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS");

    static Filter of(Params params) {
        String status = params.text("status", 10);
        return new Filter(params.choice("method", METHODS), params.text("path", 500), first(status), last(status), CreatedFilter.of(params),
                params.text("idempotency_key", 255), params.text("key", 255), params.text("ip", 45), params.text("object", 255));
    }

    /** Spelled out, so that the index of what failed can serve it. */
    String statusSql() {
        return statusFrom == null ? "" : " and status >= " + statusFrom + " and status <= " + statusTo;
    }

    private static @Nullable Integer first(@Nullable String status) {
        if (status == null) {
            return null;
        }
        if (!status.matches("[1-5]([0-9]{2}|xx)")) {
            throw ApiException.invalid("status", "Invalid status: expected a status such as 404, or a class of them such as 4xx.");
        }
        return Integer.valueOf(status.replace('x', '0'));
    }

    private static @Nullable Integer last(@Nullable String status) {
        return status == null ? null : Integer.valueOf(status.replace('x', '9'));
    }
}
