package dev.bezant.sdk.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How connections are made, kept and given up. Immutable. */
public final class ConnectionOptions {
    private final Builder values;

    private ConnectionOptions(Builder values) {
        this.values = values;
    }

    public static ConnectionOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Duration connectTimeout() {
        return values.connectTimeout;
    }

    public Duration socketTimeout() {
        return values.socketTimeout;
    }

    public Duration totalTimeout() {
        return values.totalTimeout;
    }

    public Duration leaseTimeout() {
        return values.leaseTimeout;
    }

    public Duration validateAfterIdle() {
        return values.validateAfterIdle;
    }

    public int maxConnections() {
        return values.maxConnections;
    }

    public boolean connectionReuse() {
        return values.connectionReuse;
    }

    public int responseBytesMax() {
        return values.responseBytesMax;
    }

    public Set<TlsVersion> tlsVersions() {
        return values.tlsVersions;
    }

    public Optional<ProxyOptions> proxy() {
        return Optional.ofNullable(values.proxy);
    }

    public Optional<SSLContext> sslContext() {
        return Optional.ofNullable(values.sslContext);
    }

    /** Collects the options; each has a default. */
    public static final class Builder implements Cloneable {
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration socketTimeout = Duration.ofSeconds(60);
        private Duration totalTimeout = Duration.ofMinutes(2);
        private Duration leaseTimeout = Duration.ofSeconds(5);
        private Duration validateAfterIdle = Duration.ofMillis(250);
        private int maxConnections = 50;
        private boolean connectionReuse = true;
        private int responseBytesMax = 8 * 1024 * 1024;
        private Set<TlsVersion> tlsVersions = Set.of(TlsVersion.values());
        private @Nullable ProxyOptions proxy;
        private @Nullable SSLContext sslContext;

        private Builder() {}

        /** Longest wait for TCP, and again for the TLS handshake; default 10 s. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive("connectTimeout", timeout);
            return this;
        }

        /** Longest silence while the answer is awaited or read; default 60 s. */
        public Builder socketTimeout(Duration timeout) {
            socketTimeout = positive("socketTimeout", timeout);
            return this;
        }

        /** Longest duration of one attempt in all, however steadily bytes trickle in; default 120 s. */
        public Builder totalTimeout(Duration timeout) {
            totalTimeout = positive("totalTimeout", timeout);
            return this;
        }

        /** Longest wait for a free connection of the pool; default 5 s. */
        public Builder leaseTimeout(Duration timeout) {
            leaseTimeout = positive("leaseTimeout", timeout);
            return this;
        }

        /**
         * A pooled connection unused for longer than this is tested before use, which costs about a millisecond; default 250 ms. Zero tests
         * always.
         */
        public Builder validateAfterIdle(Duration idle) {
            if (idle.isNegative()) {
                throw new IllegalArgumentException("validateAfterIdle is " + idle + ", expected zero or more");
            }
            validateAfterIdle = idle;
            return this;
        }

        /** Most connections open at once, to one host and in all; default 50. */
        public Builder maxConnections(int connections) {
            if (connections < 1) {
                throw new IllegalArgumentException("maxConnections is " + connections + ", expected 1 or more");
            }
            maxConnections = connections;
            return this;
        }

        /** False closes the socket after each answer; default true. */
        public Builder connectionReuse(boolean reuse) {
            connectionReuse = reuse;
            return this;
        }

        /** A longer answer counts as unreadable; default 8 MiB. */
        public Builder responseBytesMax(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("responseBytesMax is " + bytes + ", expected 1 or more");
            }
            responseBytesMax = bytes;
            return this;
        }

        public Builder proxy(ProxyOptions options) {
            proxy = options;
            return this;
        }

        /** Which versions of TLS are offered; default 1.2 and 1.3. */
        public Builder tlsVersions(Set<TlsVersion> versions) {
            if (versions.isEmpty()) {
                throw new IllegalArgumentException("no version of TLS is allowed: name one or two");
            }
            tlsVersions = Set.copyOf(versions);
            return this;
        }

        /** Own trust or client certificates; default the JVM's. Host names are verified in any case. */
        public Builder sslContext(SSLContext context) {
            sslContext = context;
            return this;
        }

        public ConnectionOptions build() {
            return new ConnectionOptions(copy());
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }

        private static Duration positive(String name, Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException(name + " is " + timeout + ", expected longer than zero");
            }
            return timeout;
        }
    }
}
