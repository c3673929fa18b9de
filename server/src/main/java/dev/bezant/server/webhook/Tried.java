package dev.bezant.server.webhook;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one try went.
 *
 * @param url where it went
 * @param headers what was sent beside the body
 * @param status null if there was no answer
 * @param answer the beginning of the answer's body; null if there was none
 * @param error what went wrong, for people; null if it was answered whole
 */
record Tried(String url, Map<String, String> headers, @Nullable Integer status, @Nullable String answer, @Nullable String error, Duration took) {
    /** Any 2xx, whatever came of its body. A redirect is a failure: what is signed for one address is not carried to another. */
    boolean delivered() {
        return status != null && status >= 200 && status < 300;
    }

    /** Whether somebody was there. */
    boolean answered() {
        return status != null;
    }

    /** For metrics. */
    String word() {
        return delivered() ? "delivered" : answered() ? "refused" : "unanswered";
    }
}
