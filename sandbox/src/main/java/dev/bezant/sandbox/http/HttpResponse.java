package dev.bezant.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole response. {@code Content-Length}, {@code Connection} and, unless given here, {@code Date} are added when it is written.
 */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {

    public static HttpResponse json(int status, byte[] body) {
        return new HttpResponse(status, Map.of("Content-Type", "application/json"), body);
    }

    public static HttpResponse text(int status, String text) {
        return new HttpResponse(status, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** An HTML page. */
    public static HttpResponse html(int status, String page) {
        return new HttpResponse(status, Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
                page.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a browser on to another page, by GET. */
    public static HttpResponse redirect(String location) {
        return new HttpResponse(303, Map.of("Location", location, "Cache-Control", "no-store"), new byte[0]);
    }

    public HttpResponse with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, more, body);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
