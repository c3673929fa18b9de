package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** A request that is refused with a problem object (section 5); nothing has happened. */
final class ProblemException extends RuntimeException {
    private final int status;
    private final String detail;
    private final transient @Nullable ArrayNode errors;

    ProblemException(int status, String detail, @Nullable ArrayNode errors) {
        super(detail);
        this.status = status;
        this.detail = detail;
        this.errors = errors;
    }

    static ProblemException invalid(ArrayNode errors) {
        return new ProblemException(400, "The request contains " + errors.size()
                + (errors.size() == 1 ? " validation error" : " validation errors"), errors);
    }

    static ProblemException notFound(String what) {
        return new ProblemException(404, what + " was not found", null);
    }

    /** What is wrong, in words for a page: one line per field, or the detail. */
    List<String> complaints() {
        if (errors == null || errors.isEmpty()) {
            return List.of(detail);
        }
        var lines = new ArrayList<String>();
        errors.forEach(error -> lines.add(error.path("field").asString("") + " " + error.path("message").asString("")));
        return lines;
    }

    HttpResponse response() {
        var response = HttpResponse.json(status, body(status, detail, errors));
        return status == 401 ? response.with("WWW-Authenticate", "OAuth") : response;
    }

    static byte[] body(int status, String detail, @Nullable ArrayNode errors) {
        var body = Json.object()
                .put("type", "https://developers.cardinity.com/api/v1/#" + status)
                .put("title", title(status))
                .put("status", status)
                .put("detail", detail);
        if (errors != null) {
            body.set("errors", errors);
        }
        return Json.bytes(body);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Validation Failed";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }
}
