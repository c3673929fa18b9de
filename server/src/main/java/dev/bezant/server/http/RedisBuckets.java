package dev.bezant.server.http;

import dev.bezant.server.kernel.Secret;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets that all nodes share, in a Redis: one counter a window, one round trip a request. While Redis cannot be asked each node
 * counts for itself: a limit is no reason to refuse payments.
 */
public final class RedisBuckets implements Buckets, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBuckets.class);
    private static final String PREFIX = "bezant:limit:";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** How long nobody asks a Redis that did not answer. */
    private static final Duration REST = Duration.ofSeconds(2);

    /** Counts one, begins the window with the first, and tells the count and how many milliseconds are left. */
    private static final String COUNT = """
            local count = redis.call('incr', KEYS[1])
            local left = redis.call('pttl', KEYS[1])
            if left < 0 then
                redis.call('pexpire', KEYS[1], ARGV[1])
                left = tonumber(ARGV[1])
            end
            return {count, left}
            """;

    private final RedisClient client;
    private final Buckets meanwhile;
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
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
                // Counting a request is not worth waiting for a connection.
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
            List<Long> counted = connection().sync().eval(COUNT, ScriptOutputType.MULTI, new String[] {PREFIX + name + "/" + limit},
                    String.valueOf(WINDOW.toMillis()));
            long count = counted.getFirst();
            return new Taken(count <= limit, Math.max(0, limit - count), Duration.ofMillis(counted.get(1)));
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

    private StatefulRedisConnection<String, String> connection() {
        StatefulRedisConnection<String, String> present = connection;
        if (present == null) {
            synchronized (this) {
                present = connection;
                if (present == null) {
                    present = client.connect();
                    connection = present;
                }
            }
        }
        return present;
    }
}
