package dev.bezant.server.http;

import dev.bezant.server.kernel.CardNumbers;
import dev.bezant.server.kernel.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that failed, in the API's own words. Thrown by features, turned into the error envelope at the edge.
 *
 * <p>The message says what, where and how to mend it, and never holds card data.
 */
public final class ApiException extends RuntimeException {
    private final int status;
    private final ErrorCode.Type type;
    private final @Nullable String code;
    private final @Nullable String param;
    private final Map<String, JsonNode> extras = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    public ApiException(int status, ErrorCode.Type type, @Nullable String code, @Nullable String param, String message) {
        // No stack trace: these are answers, and common ones. What was sent is often repeated in them, so card numbers end here.
        super(CardNumbers.masked(message), null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param == null ? null : CardNumbers.masked(param);
    }

    public ApiException(ErrorCode code, @Nullable String param, String message) {
        this(code.status(), code.type(), code.wireName(), param, message);
    }

    public static ApiException missing(String param) {
        return new ApiException(ErrorCode.PARAMETER_MISSING, param, "Missing required param: " + param + ".");
    }

    public static ApiException invalid(String param, String message) {
        return new ApiException(ErrorCode.PARAMETER_INVALID, param, message);
    }

    /** Unknown, of another account, or of the other mode: told alike, so that ids cannot be probed. */
    public static ApiException noSuch(String what, String id, String param) {
        return new ApiException(ErrorCode.RESOURCE_MISSING, param, "No such " + what + ": '" + id + "'. Ids belong to one account and to"
                + " either test or live mode; check the id and the key's mode.");
    }

    /** Adds a member of the error object, such as the payment intent concerned. */
    public ApiException with(String member, JsonNode value) {
        extras.put(member, value);
        return this;
    }

    public ApiException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public @Nullable String code() {
        return code;
    }

    public @Nullable String param() {
        return param;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The envelope: {@code {"error":{...}}}. */
    public ObjectNode body(String requestId) {
        ObjectNode error = Json.object();
        error.put("type", type.wireName());
        if (code != null) {
            error.put("code", code);
        }
        error.put("message", getMessage());
        if (param != null) {
            error.put("param", param);
        }
        extras.forEach(error::set);
        error.put("request_id", requestId);
        ObjectNode body = Json.object();
        body.set("error", error);
        return body;
    }
}
