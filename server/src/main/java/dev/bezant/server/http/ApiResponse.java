package dev.bezant.server.http;

import dev.bezant.server.kernel.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer: always a JSON object, also for deletions.
 *
 * @param providerNanos how long a provider was waited for; 0 if none was asked
 */
public record ApiResponse(int status, String json, Map<String, String> headers, long providerNanos) {
    /** Tells a replay from a first execution. */
    public static final String REPLAYED = "Idempotent-Replayed";

    public static ApiResponse ok(JsonNode body) {
        return of(200, Json.write(body));
    }

    public static ApiResponse of(int status, String json) {
        return new ApiResponse(status, json, Map.of(), 0);
    }

    public static ApiResponse replayed(int status, String json) {
        return new ApiResponse(status, json, Map.of(REPLAYED, "true"), 0);
    }

    public ApiResponse afterProvider(long nanos) {
        return new ApiResponse(status, json, headers, nanos);
    }

    public ApiResponse withJson(String other) {
        return new ApiResponse(status, other, headers, providerNanos);
    }
}
