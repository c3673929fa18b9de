package dev.bezant.sdk.logging;

import dev.bezant.sdk.Headers;
import java.time.Duration;

/** A response as it may be logged: every part is already obfuscated. */
public record ResponseLogMessage(String requestId, Duration elapsed, int status, String headers, String contentType, String body) {
    public static ResponseLogMessage of(
            Obfuscator obfuscator, String requestId, Duration elapsed, int status, Headers headers, byte[] body) {
        String contentType = headers.first("Content-Type").orElse("");
        return new ResponseLogMessage(
                requestId, elapsed, status, obfuscator.headers(headers), contentType, obfuscator.body(contentType, body));
    }

    public String text() {
        return """
                Incoming response (requestId='%s', %d ms):
                  status-code:  '%d'
                  headers:      '%s'
                  content-type: '%s'
                  body:         '%s'""".formatted(requestId, elapsed.toMillis(), status, headers, contentType, body);
    }
}
