package dev.bezant.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests per minute and key: one figure for all, another for writes of payment intents.
 *
 * @see "docs/protocols/payments-api.md, section 1.8"
 */
final class RateLimits {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int KEYS_MAX = 100_000;

    private final Cache<String, Bucket> requests = buckets();
    private final Cache<String, Bucket> payments = buckets();

    /** @throws ApiException 429, with when to come back */
    void check(Caller caller, String method, String path) {
        take(requests, caller, caller.limitRequests(), ErrorCode.RATE_LIMIT, "requests");
        if (method.equals("POST") && path.contains("/payment_intents")) {
            take(payments, caller, caller.limitPayments(), ErrorCode.PAYMENT_INTENT_RATE_LIMIT_EXCEEDED, "writes of payment intents");
        }
    }

    private static void take(Cache<String, Bucket> buckets, Caller caller, @Nullable Integer limit, ErrorCode code, String what) {
        if (limit == null) {
            return;
        }
        // The limit is part of the name: a changed limit is a new bucket.
        Bucket bucket = buckets.get(caller.keyId() + "/" + limit, key -> Bucket.builder()
                .addLimit(Bandwidth.builder().capacity(limit).refillIntervally(limit, WINDOW).build())
                .build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1);
            throw new ApiException(code, null, "Too many " + what + ": this key may make " + limit + " per minute. Try again in " + seconds + " s.")
                    .header("Retry-After", String.valueOf(seconds));
        }
    }

    private static Cache<String, Bucket> buckets() {
        return Caffeine.newBuilder().maximumSize(KEYS_MAX).expireAfterAccess(WINDOW.multipliedBy(2)).build();
    }
}
