package dev.bezant.sdk.http;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks the communicator for.
 *
 * @param path encoded, from {@link Paths#of}; appended to the endpoint
 * @param headers beyond those of metadata and authentication; an {@code Accept} here takes the place of {@code application/json}
 * @param body marshalled as JSON; bytes are sent as they are, with the content type that {@code headers} gives; null for none
 * @param operation the provider's name for what is called, for {@link CallObserver}; the HTTP method where the client names none
 * @param keyed whether the provider promises to carry out requests with the same idempotence key only once
 */
public record ApiRequest(
        String method, String path, Query query, Headers headers, @Nullable Object body, CallContext context, String operation,
        boolean keyed) {

    public static ApiRequest get(String path, CallContext context) {
        return of("GET", path, null, context);
    }

    public static ApiRequest get(String path, Map<String, String> query, CallContext context) {
        return get(path, context).withQuery(Query.of(query));
    }

    public static ApiRequest delete(String path, CallContext context) {
        return of("DELETE", path, null, context);
    }

    public static ApiRequest post(String path, @Nullable Object body, CallContext context) {
        return of("POST", path, body, context);
    }

    public static ApiRequest put(String path, @Nullable Object body, CallContext context) {
        return of("PUT", path, body, context);
    }

    public static ApiRequest patch(String path, @Nullable Object body, CallContext context) {
        return of("PATCH", path, body, context);
    }

    public static ApiRequest of(String method, String path, @Nullable Object body, CallContext context) {
        return new ApiRequest(method, path, Query.empty(), Headers.empty(), body, context, method, false);
    }

    public ApiRequest withQuery(Query changed) {
        return new ApiRequest(method, path, changed, headers, body, context, operation, keyed);
    }

    public ApiRequest withHeaders(Headers more) {
        return new ApiRequest(method, path, query, headers.and(more), body, context, operation, keyed);
    }

    public ApiRequest named(String name) {
        return new ApiRequest(method, path, query, headers, body, context, name, keyed);
    }

    /** Marks a call that the provider carries out once per idempotence key, so that it may be repeated where the {@link RetryPolicy} says so. */
    public ApiRequest honouringIdempotenceKey() {
        return new ApiRequest(method, path, query, headers, body, context, operation, true);
    }

    @Override
    public String toString() {
        return "ApiRequest[" + method + " " + path + "]";
    }
}
