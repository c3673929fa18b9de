package dev.bezant.sdk.logging;

import dev.bezant.sdk.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request as it may be logged: every part is already obfuscated.
 *
 * @param requestId the same in the messages that belong together
 * @param uri path and query
 */
public record RequestLogMessage(String requestId, String method, String uri, String headers, String contentType, String body) {
    public static RequestLogMessage of(
            Obfuscator obfuscator, String requestId, String method, URI uri, Headers headers, byte @Nullable [] body) {
        String contentType = headers.first("Content-Type").orElse("");
        return new RequestLogMessage(
                requestId, method, obfuscator.uri(uri), obfuscator.headers(headers), contentType, obfuscator.body(contentType, body));
    }

    /** Content type and body only for the methods that have one. */
    public String text() {
        String head = """
                Outgoing request (requestId='%s'):
                  method:       '%s'
                  uri:          '%s'
                  headers:      '%s'""".formatted(requestId, method, uri, headers);
        if (method.equals("GET") || method.equals("DELETE")) {
            return head;
        }
        return """
                %s
                  content-type: '%s'
                  body:         '%s'""".formatted(head, contentType, body);
    }
}
