package dev.bezant.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoded request.
 *
 * @param pathParams the {@code {id}}s of the route's pattern, percent-decoded
 * @param params the body of a POST, the query of a GET or DELETE
 * @param idempotencyKey of a POST; null if none was sent
 * @param requestId {@code req_...}, also in the answer's Request-Id header
 * @param payer what the request's headers tell about a browser, for our own pages
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> pathParams,
        Params params,
        Caller caller,
        @Nullable String idempotencyKey,
        String requestId,
        PayerHeaders payer) {
    /** The headers of a browser that a 3-D Secure server asks for; null where not sent. */
    public record PayerHeaders(@Nullable String userAgent, @Nullable String accept, @Nullable String acceptLanguage, String ip) {}

    public String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no {" + name + "}");
        }
        return value;
    }

    /** For comparing idempotent requests and naming the first one. */
    public String methodPath() {
        return method + " " + path;
    }
}
