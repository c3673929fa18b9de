package dev.bezant.corefy;

import dev.bezant.sdk.http.ApacheConnection;
import dev.bezant.sdk.http.Authenticator;
import dev.bezant.sdk.http.Communicator;
import dev.bezant.sdk.http.Connection;
import dev.bezant.sdk.http.MetadataProvider;
import dev.bezant.sdk.http.RetryPolicy;
import dev.bezant.sdk.json.JacksonMarshaller;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the communicators of one client: one per host, over one pool of connections, each host with its own share of calls. */
final class Hosts {
    private final CorefyConfig config;
    private final Parts parts;
    private final Connection pool;

    /** What a client's builder may have been given. */
    static final class Parts {
        @Nullable Connection connection;
        @Nullable Executor executor;
        @Nullable RateLimiter rateLimiter;
        Clock clock = Clock.systemUTC();
    }

    Hosts(CorefyConfig config, Parts parts) {
        this.config = config;
        this.parts = parts;
        this.pool = parts.connection == null ? ApacheConnection.open(config.connection()) : parts.connection;
    }

    /** To be closed with the client; null when it was handed in. */
    @Nullable Connection ownPool() {
        return parts.connection == null ? pool : null;
    }

    /** The host on which the account's limit of calls is counted. */
    Communicator api(URI url, Authenticator authenticator) {
        RateLimiter limiter = parts.rateLimiter == null ? RateLimiter.perMinute(config.callsPerMinute()) : parts.rateLimiter;
        return communicator(url, authenticator, limiter);
    }

    Communicator other(URI url) {
        return communicator(url, Authenticator.none(), RateLimiter.perMinute(config.callsPerMinute()));
    }

    /** Half a second, doubling, at most eight. */
    RetryPolicy retryPolicy() {
        return config.retryCount() == 0
                ? RetryPolicy.never()
                : RetryPolicy.of(config.retryCount() + 1, Duration.ofMillis(500), Duration.ofSeconds(8));
    }

    Doubt doubt() {
        return new Doubt(config.retryCount() + 1, config.connection().socketTimeout().multipliedBy(2));
    }

    private Communicator communicator(URI url, Authenticator authenticator, RateLimiter limiter) {
        var builder = Communicator.builder(url)
                .connection(new LimitedConnection(pool, limiter, config.rateLimitWait()))
                .authenticator(authenticator)
                .metadata(MetadataProvider.userAgent("bezant-sdk-corefy", config.integrator()))
                .marshaller(JacksonMarshaller.plain())
                .obfuscator(CorefyObfuscation.rules().build())
                .retryPolicy(retryPolicy())
                .clock(parts.clock);
        if (parts.executor != null) {
            builder.executor(parts.executor);
        }
        return builder.build();
    }
}
