package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is refused with JSON:API errors (section 9); nothing has happened. */
final class RefusedException extends RuntimeException {
    /**
     * @param pointer where in the body, such as {@code /data/attributes/amount}; null for the request as a whole
     */
    record Complaint(@Nullable String pointer, String detail) {}

    private final int status;
    private final transient List<Complaint> complaints;

    RefusedException(int status, List<Complaint> complaints) {
        super(complaints.getFirst().detail());
        this.status = status;
        this.complaints = List.copyOf(complaints);
    }

    RefusedException(int status, String detail) {
        this(status, List.of(new Complaint(null, detail)));
    }

    /** 422 about one attribute. */
    static RefusedException attribute(String name, String detail) {
        return new RefusedException(422, List.of(new Complaint("/data/attributes/" + name, detail)));
    }

    static RefusedException notFound(String what) {
        return new RefusedException(404, what + " was not found");
    }

    List<Complaint> complaints() {
        return complaints;
    }

    int status() {
        return status;
    }

    HttpResponse response() {
        var response = HttpResponse.json(status, body(status, complaints));
        return status == 401 ? response.with("WWW-Authenticate", "Basic realm=\"Commerce API\"") : response;
    }

    static byte[] body(int status, List<Complaint> complaints) {
        var body = Json.object();
        var errors = body.putArray("errors");
        for (var complaint : complaints) {
            var error = errors.addObject().put("status", Integer.toString(status)).put("title", title(status)).put("detail", complaint.detail());
            if (complaint.pointer() != null) {
                error.putObject("source").put("pointer", complaint.pointer());
            }
        }
        return Json.bytes(body);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 422 -> "Unprocessable Entity";
            case 429 -> "Too Many Requests";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> status >= 500 ? "Internal Server Error" : "Error";
        };
    }
}
