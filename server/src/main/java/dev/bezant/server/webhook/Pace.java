package dev.bezant.server.webhook;

import java.time.Duration;

/**
 * How hard an endpoint is tried: with all it allows while somebody answers there, whatever the answer; one at a time and with
 * pauses while nobody does. So an endpoint that is gone or hangs costs little, and is noticed within seconds when it is back.
 *
 * <p>Not thread-safe.
 */
final class Pace {
    private static final int PATIENCE = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 10;

    /** In a row. */
    private int unanswered;
    private long pausedUntil;

    void answered() {
        unanswered = 0;
    }

    /** @param now of {@link System#nanoTime()} */
    void unanswered(long now) {
        unanswered++;
        if (unanswered >= PATIENCE) {
            long pause = FIRST_PAUSE.toNanos() << Math.min(unanswered - PATIENCE, DOUBLINGS_MAX);
            pausedUntil = now + Math.min(pause, LONGEST_PAUSE.toNanos());
        }
    }

    /** How many tries may be under way at once. */
    int allowed(int most, long now) {
        if (unanswered < PATIENCE) {
            return most;
        }
        return now - pausedUntil >= 0 ? 1 : 0;
    }
}
