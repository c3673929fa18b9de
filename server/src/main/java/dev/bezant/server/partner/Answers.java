package dev.bezant.server.partner;

import dev.bezant.server.http.ApiResponse;
import dev.bezant.server.http.Caller;
import dev.bezant.server.kernel.Json;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts what our API answered into this one's envelope: {@code {"status":"success","message":"...","data":{...}}}. */
final class Answers {
    private final Failures failures;

    Answers(Failures failures) {
        this.failures = failures;
    }

    static ObjectNode success(String message, JsonNode data) {
        ObjectNode answer = Json.object();
        answer.put("status", "success");
        answer.put("message", message);
        answer.set("data", data);
        return answer;
    }

    /**
     * @param status of a success
     * @param shown the object as it is shown; may refuse what is no success after all
     */
    ApiResponse of(Caller caller, ApiResponse answer, int status, String message, Function<ObjectNode, ObjectNode> shown) {
        ObjectNode body = Json.readObject(answer.json());
        if (answer.status() != 200) {
            return with(answer, failures.failure(caller, answer.status(), body, answer.headers()));
        }
        return with(answer, ApiResponse.of(status, Json.write(success(message, shown.apply(body)))));
    }

    /** A 504 that carries the object, when nobody knows what became of it. */
    ApiResponse unknown(Caller caller, ApiResponse answer, String requestId, ObjectNode data, String message) {
        return with(answer, failures.failure(caller, 504, Failures.unknown(data, message).body(requestId), answer.headers()));
    }

    /** Whether it is a repeat, and how long a provider was waited for. */
    private static ApiResponse with(ApiResponse of, ApiResponse shown) {
        return new ApiResponse(shown.status(), shown.json(), of.headers(), of.providerNanos());
    }
}
