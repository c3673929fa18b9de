package dev.bezant.corefy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps the calls of one account below the provider's limit: never more than {@code callsPerMinute} in any 60 seconds. A tenth of them may go at
 * once, the others follow evenly. Who comes too early waits in line, but not longer than allowed. Safe for many threads; several clients of the same
 * credentials share one.
 */
public final class RateLimiter {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final long intervalNanos;
    private final long leadNanos;
    private final LongSupplier nanoTime;
    /** When the next call would go if they were evenly spaced; calls may run ahead of it by the lead. */
    private long next;

    private RateLimiter(int callsPerMinute, LongSupplier nanoTime) {
        if (callsPerMinute < 1) {
            throw new IllegalArgumentException("callsPerMinute is " + callsPerMinute + ", expected 1 or more");
        }
        int burst = Math.max(1, callsPerMinute / 10);
        this.intervalNanos = MINUTE_NANOS / Math.max(1, callsPerMinute - burst);
        this.leadNanos = (burst - 1) * intervalNanos;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    public static RateLimiter perMinute(int calls) {
        return new RateLimiter(calls, System::nanoTime);
    }

    static RateLimiter perMinute(int calls, LongSupplier nanoTime) {
        return new RateLimiter(calls, nanoTime);
    }

    /**
     * Takes a place in line if its turn comes in time.
     *
     * @return how long to wait before sending; negative if that would be longer than {@code most}: then no place was taken, and the value says, with
     *     its sign turned, how long it would be
     */
    synchronized Duration reserve(Duration most) {
        long now = nanoTime.getAsLong();
        long earliest = next - now > 0 ? next : now;
        long wait = Math.max(0, earliest - leadNanos - now);
        if (wait > most.toNanos()) {
            return Duration.ofNanos(-wait);
        }
        next = earliest + intervalNanos;
        return Duration.ofNanos(wait);
    }

    /** The provider says that it is too much: nothing goes for so long. */
    synchronized void pause(Duration duration) {
        long resumed = nanoTime.getAsLong() + duration.toNanos() + leadNanos;
        if (resumed - next > 0) {
            next = resumed;
        }
    }
}
