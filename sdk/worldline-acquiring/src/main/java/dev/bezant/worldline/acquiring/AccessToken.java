package dev.bezant.worldline.acquiring;

import dev.bezant.sdk.SecretText;
import java.time.Duration;

/**
 * A token and its times, all of a clock that only runs forward.
 *
 * @param renewedFrom from when a new one is asked for, while this one is still used
 * @param usedUntil until when it is put into requests; a little before its end, since requests take time
 * @param endsAt when the server stops taking it
 */
record AccessToken(SecretText value, long renewedFrom, long usedUntil, long endsAt) {
    private static final Duration LIFE_MAX = Duration.ofDays(30);

    /**
     * @param askedAt just before it was asked for
     * @param life as the server told; nothing or less makes a token that only those use who waited for it
     */
    static AccessToken of(SecretText value, long askedAt, Duration life) {
        long nanos = Math.max(0, (life.compareTo(LIFE_MAX) > 0 ? LIFE_MAX : life).toNanos());
        long renewed = nanos - Math.min(nanos / 5, Duration.ofMinutes(1).toNanos());
        long used = nanos - Math.min(nanos / 10, Duration.ofSeconds(10).toNanos());
        return new AccessToken(value, askedAt + renewed, askedAt + used, askedAt + nanos);
    }

    boolean isUsable(long now) {
        return now - usedUntil < 0;
    }

    boolean isDue(long now) {
        return now - renewedFrom >= 0;
    }

    boolean hasEnded(long now) {
        return now - endsAt >= 0;
    }

    String header() {
        return "Bearer " + value.reveal();
    }
}
