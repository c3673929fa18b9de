package dev.bezant.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Buckets in this node's memory. */
public final class LocalBuckets implements Buckets {
    private static final int NAMES_MAX = 100_000;

    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(NAMES_MAX).expireAfterAccess(WINDOW.multipliedBy(2)).build();

    @Override
    public Taken take(String name, int limit) {
        Bucket bucket = buckets.get(name + "/" + limit, key -> Bucket.builder()
                .addLimit(Bandwidth.builder().capacity(limit).refillIntervally(limit, WINDOW).build())
                .build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Taken(probe.isConsumed(), probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForReset()));
    }
}
