package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A request that is refused, in the form of RFC 9457 (section 2.8); nothing has happened. */
final class ProblemException extends RuntimeException {
    private final int status;
    private final String kind;
    private final String title;
    private final Map<String, String> headers;

    private ProblemException(int status, String kind, String title, String detail, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.kind = kind;
        this.title = title;
        this.headers = headers;
    }

    private ProblemException(int status, String kind, String title, String detail) {
        this(status, kind, title, detail, Map.of());
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(400, "invalid-request", "The request is not valid", detail);
    }

    /** @param challenge of {@code WWW-Authenticate} (RFC 6750, section 3) */
    static ProblemException unauthorized(String challenge, String detail) {
        return new ProblemException(401, "unauthorized", "No valid access token", detail, Map.of("WWW-Authenticate", challenge));
    }

    static ProblemException forbidden(String detail) {
        return new ProblemException(403, "forbidden", "Not allowed", detail);
    }

    static ProblemException unknown(String what) {
        return new ProblemException(404, "not-found", "Not found", "There is no " + what);
    }

    static ProblemException conflict(String kind, String detail) {
        return new ProblemException(409, kind, "Conflict", detail);
    }

    /** What it is about does not allow it now; 400 or 409, as the account's service does it. */
    static ProblemException state(int status, String detail) {
        return new ProblemException(status, "state-conflict", "Not possible in this state", detail);
    }

    HttpResponse response() {
        var response = HttpResponse.json(status, Json.bytes(body(status, kind, title, String.valueOf(getMessage()))))
                .with("Content-Type", "application/problem+json");
        for (var header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    /** For faults. */
    static ObjectNode body(int status) {
        return body(status, "failure", "Something went wrong", "");
    }

    private static ObjectNode body(int status, String kind, String title, String detail) {
        return Json.object().put("type", "urn:bezant-sandbox:" + kind).put("title", title).put("status", status).put("detail", detail)
                .put("instance", "urn:uuid:" + UUID.randomUUID()).put("requestId", UUID.randomUUID().toString());
    }
}
