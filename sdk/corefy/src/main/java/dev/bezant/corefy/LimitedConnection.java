package dev.bezant.corefy;

import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.PooledConnection;
import dev.bezant.sdk.http.WireRequest;
import dev.bezant.sdk.http.WireResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets every attempt, repetitions included, wait for its turn (docs/protocols/corefy.md, section 14). Closes nothing: the pool is shared. */
final class LimitedConnection implements PooledConnection {
    private static final Duration PAUSE_STANDARD = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    private final Connection connection;
    private final RateLimiter limiter;
    private final Duration waitMax;

    LimitedConnection(Connection connection, RateLimiter limiter, Duration waitMax) {
        this.connection = connection;
        this.limiter = limiter;
        this.waitMax = waitMax;
    }

    @Override
    public WireResponse send(WireRequest request) {
        takeTurn(request);
        WireResponse response = connection.send(request);
        if (response.status() == 429) {
            limiter.pause(asked(response));
        }
        return response;
    }

    private void takeTurn(WireRequest request) {
        Duration patience = request.context().sendDeadline().map(deadline -> deadline.remaining())
                .filter(left -> left.compareTo(waitMax) < 0).orElse(waitMax);
        Duration wait = limiter.reserve(patience);
        if (wait.isNegative()) {
            throw heldBack(request, Reason.RATE_LIMITED_HERE, "this account's limit of calls would be exceeded; a turn comes in "
                    + wait.negated().toMillis() + " ms, and at most " + patience.toMillis()
                    + " ms may be waited. Slow down, or raise rateLimitWait", null);
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw heldBack(request, Reason.INTERRUPTED, "the thread was interrupted while waiting for its turn", e);
        }
    }

    private static CommunicationException heldBack(WireRequest request, Reason reason, String why, @Nullable Throwable cause) {
        return new CommunicationException(Sent.NO, reason, request.method(), request.method() + " " + request.uri().getRawPath()
                + " was not sent: " + why, cause);
    }

    /** {@code Retry-After} in seconds; its other form is left to the retry policy. */
    private static Duration asked(WireResponse response) {
        return response.headers().first("Retry-After").filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : wait)
                .orElse(PAUSE_STANDARD);
    }

    @Override
    public void closeIdleConnections(Duration idle) {
        if (connection instanceof PooledConnection pooled) {
            pooled.closeIdleConnections(idle);
        }
    }

    @Override
    public void closeExpiredConnections() {
        if (connection instanceof PooledConnection pooled) {
            pooled.closeExpiredConnections();
        }
    }

    @Override
    public void close() {
        // The client closes the pool, once, if it is its own.
    }
}
