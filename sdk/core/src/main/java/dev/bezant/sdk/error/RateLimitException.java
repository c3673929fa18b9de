package dev.bezant.sdk.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Too many calls (429). */
public final class RateLimitException extends ApiException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public RateLimitException(Problem problem, @Nullable Duration retryAfter) {
        super(problem);
        this.retryAfter = retryAfter;
    }

    /** How long the provider asked us to wait, where it said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
