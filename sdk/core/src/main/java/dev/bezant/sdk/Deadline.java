package dev.bezant.sdk;

import java.time.Duration;

/**
 * A moment of this process's monotonic clock after which something must no longer be started. Wall clocks jump; a promise such as "never sent
 * after the moment at which another node may take over" needs a clock that does not.
 *
 * @param nanoTime a value of {@link System#nanoTime()}; only differences mean anything
 */
public record Deadline(long nanoTime) {
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public static Deadline atNanoTime(long nanoTime) {
        return new Deadline(nanoTime);
    }

    public boolean hasPassed() {
        return System.nanoTime() - nanoTime >= 0;
    }

    /** What is left; zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }
}
