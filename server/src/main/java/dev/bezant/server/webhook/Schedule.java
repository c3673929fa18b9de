package dev.bezant.server.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again: soon, then less and less often, for three days; in test mode five times in all.
 *
 * @see "docs/protocols/payments-api.md, section 6.3"
 */
final class Schedule {
    /** After an event happened (or was sent again), no try begins later; but one is always made. */
    static final Duration KEPT_UP = Duration.ofDays(3);

    private static final List<Duration> GAPS = List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30),
            Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(12));
    private static final int TRIES_IN_TEST = 5;
    private static final double JITTER = 0.1;

    private Schedule() {}

    /**
     * @param tries how many were made, at least 1
     * @return how long to wait; empty if that was the last one whatever the time
     */
    static Optional<Duration> gapAfter(int tries, boolean livemode, RandomGenerator random) {
        if (!livemode && tries >= TRIES_IN_TEST) {
            return Optional.empty();
        }
        Duration gap = GAPS.get(Math.min(tries, GAPS.size()) - 1);
        // So that what failed together does not come back together.
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Optional.of(Duration.ofMillis(Math.round(gap.toMillis() * factor)));
    }
}
