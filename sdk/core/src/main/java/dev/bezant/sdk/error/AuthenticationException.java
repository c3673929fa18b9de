package dev.bezant.sdk.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The credentials or the signature were not accepted (401); nothing happened. */
public class AuthenticationException extends ApiException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration clockSkew;

    public AuthenticationException(Problem problem, @Nullable Duration clockSkew) {
        super(problem);
        this.clockSkew = clockSkew;
    }

    /** @param message instead of the problem's own text; without credentials */
    protected AuthenticationException(Problem problem, String message) {
        super(problem, message);
        this.clockSkew = null;
    }

    /** How far our clock is ahead of the provider's {@code Date} header, where it sent one: signatures carry the time. Negative: behind. */
    public final Optional<Duration> clockSkew() {
        return Optional.ofNullable(clockSkew);
    }
}
