package dev.bezant.sdk.http;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks the communicator for.
 *
 * @param path encoded, from {@link Paths#of}; appended to the endpoint
 * @param query names and values unencoded
 * @param headers beyond those of metadata and authentication
 * @param body marshalled as JSON; bytes are sent as they are, with the content type that {@code headers} gives; null for none
 */
public record ApiRequest(
        String method, String path, Map<String, String> query, Headers headers, @Nullable Object body, CallContext context) {
    public ApiRequest {
        query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    public static ApiRequest get(String path, CallContext context) {
        return new ApiRequest("GET", path, Map.of(), Headers.empty(), null, context);
    }

    public static ApiRequest get(String path, Map<String, String> query, CallContext context) {
        return new ApiRequest("GET", path, query, Headers.empty(), null, context);
    }

    public static ApiRequest delete(String path, CallContext context) {
        return new ApiRequest("DELETE", path, Map.of(), Headers.empty(), null, context);
    }

    public static ApiRequest post(String path, @Nullable Object body, CallContext context) {
        return new ApiRequest("POST", path, Map.of(), Headers.empty(), body, context);
    }

    public static ApiRequest put(String path, @Nullable Object body, CallContext context) {
        return new ApiRequest("PUT", path, Map.of(), Headers.empty(), body, context);
    }

    public static ApiRequest patch(String path, @Nullable Object body, CallContext context) {
        return new ApiRequest("PATCH", path, Map.of(), Headers.empty(), body, context);
    }

    public ApiRequest withHeaders(Headers more) {
        return new ApiRequest(method, path, query, headers.and(more), body, context);
    }

    @Override
    public String toString() {
        return "ApiRequest[" + method + " " + path + "]";
    }
}
