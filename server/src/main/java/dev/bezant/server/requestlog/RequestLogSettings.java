package dev.bezant.server.requestlog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the log is kept.
 *
 * @param kept how long a request is kept at least
 * @param publicUrl where the API is reached, if that is known for sure: it gets into answers that must stay the same; no trailing slash
 */
public record RequestLogSettings(Keep keep, Duration kept, @Nullable String publicUrl) {
    /** What is kept of a request. */
    public enum Keep {
        ALL,
        /** Neither parameters nor answers. */
        WITHOUT_BODIES,
        NOTHING
    }

    public static final RequestLogSettings STANDARD = new RequestLogSettings(Keep.ALL, Duration.ofDays(30), null);
}
