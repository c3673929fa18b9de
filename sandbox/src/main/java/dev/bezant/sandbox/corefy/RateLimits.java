package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.http.HttpResponse;
import dev.bezant.sandbox.world.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts an account's calls of the last 60 seconds of real time (section 14). Thread-safe. */
final class RateLimits {
    private static final int PER_MINUTE_STANDARD = 600;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource wall;
    private final Map<String, ArrayDeque<Instant>> calls = new ConcurrentHashMap<>();

    RateLimits(InstantSource wall) {
        this.wall = wall;
    }

    /** How long to wait before the call may be made; null if it is allowed, and then counted. */
    @Nullable Duration excess(Account account) {
        long limit = Credentials.number(account, "rate_limit_per_minute", PER_MINUTE_STANDARD);
        if (limit == 0) {
            return null;
        }
        var now = wall.instant();
        var recent = calls.computeIfAbsent(account.name(), _ -> new ArrayDeque<>());
        synchronized (recent) {
            while (!recent.isEmpty() && !recent.getFirst().plus(WINDOW).isAfter(now)) {
                recent.removeFirst();
            }
            if (recent.size() >= limit) {
                return Duration.between(now, recent.getFirst().plus(WINDOW));
            }
            recent.addLast(now);
            return null;
        }
    }

    static HttpResponse withRetryAfter(HttpResponse response, Duration wait) {
        return response.with("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    void forget() {
        calls.clear();
    }
}
