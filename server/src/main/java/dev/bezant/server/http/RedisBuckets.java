package dev.bezant.server.http;

import dev.bezant.server.kernel.Secret;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets that all nodes share, in a Redis. While it cannot be asked each node counts for itself: a limit is no reason to refuse
 * payments.
 */
public final class RedisBuckets implements Buckets, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBuckets.class);
    private static final String PREFIX = "bezant:limit:";
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** How long nobody asks a Redis that did not answer. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final RedisClient client;
    private final Buckets meanwhile;
    private volatile @Nullable ProxyManager<byte[]> shared;
    private volatile long restUntil = System.nanoTime();

    private RedisBuckets(RedisClient client, Buckets meanwhile) {
        this.client = client;
        this.meanwhile = meanwhile;
    }

    /**
     * Connects with the first request that is counted, and again whenever the connection is lost.
     *
     * @param url such as {@code redis://:password@cache.example.com:6379/0}
     * @param meanwhile counts while Redis cannot be asked
     */
    public static RedisBuckets connect(Secret url, Buckets meanwhile) {
        RedisURI address = RedisURI.create(url.reveal());
        address.setTimeout(PATIENCE);
        RedisClient client = RedisClient.create(address);
        client.setOptions(ClientOptions.builder()
                .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                // A request counted here is not worth waiting for a connection.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return new RedisBuckets(client, meanwhile);
    }

    @Override
    public Taken take(String name, int limit) {
        if (System.nanoTime() - restUntil < 0) {
            return meanwhile.take(name, limit);
        }
        try {
            var probe = buckets().builder()
                    .build((PREFIX + name + "/" + limit).getBytes(StandardCharsets.UTF_8), () -> BucketConfiguration.builder()
                            .addLimit(Bandwidth.builder().capacity(limit).refillIntervally(limit, WINDOW).build())
                            .build())
                    .tryConsumeAndReturnRemaining(1);
            return new Taken(probe.isConsumed(), probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForReset()));
        } catch (RuntimeException e) {
            restUntil = System.nanoTime() + REST.toNanos();
            LOG.warn("Redis cannot be asked about rate limits; this node counts its own for {}", REST, e);
            return meanwhile.take(name, limit);
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private ProxyManager<byte[]> buckets() {
        ProxyManager<byte[]> present = shared;
        if (present == null) {
            synchronized (this) {
                present = shared;
                if (present == null) {
                    present = Bucket4jLettuce.casBasedBuilder(client)
                            .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(WINDOW))
                            .requestTimeout(PATIENCE)
                            .build();
                    shared = present;
                }
            }
        }
        return present;
    }
}
