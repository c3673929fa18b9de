package dev.bezant.sdk.http;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When a call is repeated without asking the caller: only if that cannot do anything twice. That is, a reading method after any passing failure
 * (no answer, 429, 502, 503, 504), and any method whose request is proven unsent. On demand also a call with an idempotence key that the provider
 * honours for this operation ({@link #repeatingKeyedCalls()}).
 *
 * @param attemptsMax the first one included; 1 for never repeating
 * @param delayBase the wait before the second attempt is between half of this and this, doubling each time
 * @param delayMax never waits longer; a provider that asks for more ({@code Retry-After}) ends the repeating instead
 * @param random from 0 to 1, for the jitter
 * @param keyedCalls whether changing calls with an idempotence key are repeated as reading ones are
 */
public record RetryPolicy(int attemptsMax, Duration delayBase, Duration delayMax, DoubleSupplier random, boolean keyedCalls) {
    public RetryPolicy {
        if (attemptsMax < 1 || attemptsMax > 10) {
            throw new IllegalArgumentException("attemptsMax is " + attemptsMax + ", expected 1 to 10");
        }
        if (delayBase.isNegative() || delayMax.compareTo(delayBase) < 0) {
            throw new IllegalArgumentException("delays of " + delayBase + " to " + delayMax + ", expected zero or more and rising");
        }
    }

    /** Three attempts, 200 ms growing to at most 5 s. */
    public static RetryPolicy standard() {
        return of(3, Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    public static RetryPolicy of(int attemptsMax, Duration delayBase, Duration delayMax) {
        return new RetryPolicy(attemptsMax, delayBase, delayMax, () -> java.util.concurrent.ThreadLocalRandom.current().nextDouble(), false);
    }

    public static RetryPolicy never() {
        return of(1, Duration.ZERO, Duration.ZERO);
    }

    /**
     * This policy, and changing calls that carry an idempotence key are repeated too, with that key and the same body, where the provider promises to
     * carry them out once. Off by default: whoever keeps books of payments wants to decide that himself.
     */
    public RetryPolicy repeatingKeyedCalls() {
        return new RetryPolicy(attemptsMax, delayBase, delayMax, random, true);
    }

    /** The wait after so many attempts. */
    Duration delayAfter(int attempts) {
        long ceiling = Math.min(delayMax.toNanos(), delayBase.toNanos() << Math.min(20, attempts - 1));
        long half = ceiling / 2;
        return Duration.ofNanos(half + (long) (half * random.getAsDouble()));
    }
}
