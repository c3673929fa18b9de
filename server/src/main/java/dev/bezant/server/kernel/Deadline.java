package dev.bezant.server.kernel;

import java.time.Duration;

/**
 * A moment on the monotonic clock after which nothing may be sent any more.
 *
 * <p>Taken before the commit that grants the time, so that it never lies after what the database was told.
 *
 * @param nanoTime of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public boolean passed() {
        return System.nanoTime() - nanoTime >= 0;
    }
}
