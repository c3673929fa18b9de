package dev.bezant.sdk.logging;

import java.time.Duration;

/**
 * A request without a response, as it may be logged.
 *
 * @param requestId the same as in the message of the request
 * @param elapsed since the request was begun
 */
public record FailureLogMessage(String requestId, Duration elapsed, Throwable thrown) {
    public String text() {
        return "Error occurred for outgoing request (requestId='" + requestId + "', " + elapsed.toMillis() + " ms)";
    }
}
