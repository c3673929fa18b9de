package dev.bezant.sdk.http;

import dev.bezant.sdk.Headers;
import dev.bezant.sdk.ResponseInfo;
import dev.bezant.sdk.error.ClientClosedException;
import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.MalformedJsonException;
import dev.bezant.sdk.json.Marshaller;
import dev.bezant.sdk.logging.CommunicatorLogger;
import dev.bezant.sdk.logging.Obfuscator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Marshals, signs, sends, repeats what is safe, logs, classifies. Immutable but for the logging switch, safe for many threads; several clients
 * can share one.
 */
public final class Communicator implements AutoCloseable {
    private static final int RENEWALS_MAX = 5;

    private final String endpoint;
    private final Connection connection;
    private final boolean ownsConnection;
    private final Turnstile turnstile;
    private final Authenticator authenticator;
    private final MetadataProvider metadata;
    private final Marshaller marshaller;
    private final Retrying retrying;
    private final Clock clock;
    private final WireLog log;
    private final CallObserver observer;
    private final @Nullable String idempotenceHeader;
    private final @Nullable String requestIdHeader;
    private final AsyncCalls async;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Communicator(Builder builder) {
        endpoint = builder.endpoint.toString().replaceAll("/+$", "");
        ownsConnection = builder.connection == null;
        connection = builder.connection == null ? ApacheConnection.open(builder.connectionOptions) : builder.connection;
        turnstile = builder.connection == null
                ? new Turnstile(builder.connectionOptions.maxConnections(), builder.connectionOptions.leaseTimeout())
                : Turnstile.open();
        metadata = builder.metadata;
        marshaller = builder.marshaller;
        clock = builder.clock;
        retrying = new Retrying(builder.retryPolicy, clock);
        log = new WireLog(builder.obfuscator);
        observer = builder.observer;
        idempotenceHeader = builder.idempotenceHeader;
        requestIdHeader = builder.requestIdHeader;
        async = new AsyncCalls(builder.executor);
        authenticator = builder.authenticator.apply(this::ask);
    }

    /** @param endpoint scheme, host, port and path prefix of the provider, without query or user info */
    public static Builder builder(URI endpoint) {
        return new Builder(endpoint);
    }

    /**
     * Makes one call. Blocks.
     *
     * @throws CommunicationException when there is no usable answer
     * @throws ClientClosedException after {@link #close()}
     */
    public <T> T call(ApiRequest request, ResponseReader<T> reader) {
        checkOpen();
        var unsigned = unsigned(request);
        boolean keyed = request.keyed() && idempotenceHeader != null && unsigned.headers().first(idempotenceHeader).isPresent();
        var exchange = retrying.run(unsigned, keyed, attempt -> attempt(request.operation(), unsigned, attempt));
        WireResponse response = exchange.response();
        if (response.status() >= 300 && response.status() < 400) {
            throw new CommunicationException(Sent.MAYBE, Reason.REDIRECT_REFUSED, request.method(), response.status(),
                    "The provider answered " + response.status() + ": redirects are never followed, they would carry the credentials elsewhere",
                    null);
        }
        try {
            return reader.read(exchange.request(), response);
        } catch (MalformedJsonException e) {
            throw new CommunicationException(Sent.MAYBE, Reason.UNREADABLE_RESPONSE, request.method(), response.status(),
                    "The provider answered " + response.status() + " with a body that cannot be understood: " + e.getMessage(), e);
        }
    }

    /** The same off the caller's thread. Cancelling the future does not stop a request that is under way. */
    public <T> CompletableFuture<T> callAsync(Supplier<T> call) {
        checkOpen();
        return async.run(call);
    }

    public Marshaller marshaller() {
        return marshaller;
    }

    public Clock clock() {
        return clock;
    }

    /** Logs every call from now on, obfuscated. */
    public void enableLogging(CommunicatorLogger logger) {
        log.enable(logger);
    }

    public void disableLogging() {
        log.disable();
    }

    /** Does nothing for a connection without a pool. */
    public void closeIdleConnections(Duration idle) {
        if (connection instanceof PooledConnection pooled) {
            pooled.closeIdleConnections(idle);
        }
    }

    /** Does nothing for a connection without a pool. */
    public void closeExpiredConnections() {
        if (connection instanceof PooledConnection pooled) {
            pooled.closeExpiredConnections();
        }
    }

    /** Refuses further calls, and closes the connection unless it was handed in from outside. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            async.close();
            if (ownsConnection) {
                connection.close();
            }
        }
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new ClientClosedException("The communicator");
        }
    }

    private WireRequest unsigned(ApiRequest request) {
        URI uri = URI.create(endpoint + request.path() + request.query().encoded());
        Headers accepted = request.headers().first("Accept").isPresent() ? Headers.empty() : Headers.of("Accept", "application/json");
        Headers headers = accepted.and(request.headers()).and(metadata.headers());
        Optional<String> key = request.context().idempotenceKey();
        if (idempotenceHeader != null && key.isPresent() && !request.method().equals("GET")) {
            headers = headers.with(idempotenceHeader, key.get());
        }
        byte[] body = null;
        if (request.body() instanceof byte[] bytes) {
            body = bytes;
        } else if (request.body() != null) {
            body = marshaller.marshal(request.body());
            headers = headers.with("Content-Type", "application/json");
        }
        if (body != null && request.context().compressesBody()) {
            body = Gzip.compress(body);
            headers = headers.with("Content-Encoding", "gzip");
        }
        return new WireRequest(request.method(), uri, headers, body, request.context());
    }

    /** One attempt, and its repetitions where a cached credential was not accepted any more. */
    private Exchange attempt(String operation, WireRequest unsigned, int attempt) {
        var exchange = exchange(operation, unsigned, attempt);
        boolean dropped = false;
        for (int repeated = 0; repeated < RENEWALS_MAX && exchange.response().status() == 401; repeated++) {
            Renewal renewal = authenticator.renew(exchange.request(), exchange.response());
            if (renewal == Renewal.NONE || (renewal == Renewal.DROPPED && dropped)) {
                return exchange;
            }
            dropped |= renewal == Renewal.DROPPED;
            exchange = exchange(operation, unsigned, attempt);
        }
        return exchange;
    }

    private Exchange exchange(String operation, WireRequest unsigned, int attempt) {
        String requestId = UUID.randomUUID().toString();
        unsigned.context().remember(null);
        long started = System.nanoTime();
        enter(operation, unsigned, requestId, attempt);
        try {
            WireRequest named = requestIdHeader == null ? unsigned : unsigned.withHeaders(unsigned.headers().with(requestIdHeader, requestId));
            WireRequest request = named.withHeaders(named.headers().and(authenticator.authenticate(named)));
            return transmit(operation, request, requestId, attempt, started);
        } finally {
            turnstile.leave();
        }
    }

    private void enter(String operation, WireRequest unsigned, String requestId, int attempt) {
        long started = System.nanoTime();
        try {
            turnstile.enter(unsigned);
        } catch (CommunicationException e) {
            failed(operation, requestId, attempt, started, e);
            throw e;
        }
    }

    /** The {@link SideChannel}. */
    private WireResponse ask(String operation, WireRequest request) {
        checkOpen();
        return transmit(operation, request, UUID.randomUUID().toString(), 1, System.nanoTime()).response();
    }

    private Exchange transmit(String operation, WireRequest request, String requestId, int attempt, long started) {
        log.request(requestId, request);
        try {
            WireResponse response = connection.send(request);
            var elapsed = Duration.ofNanos(System.nanoTime() - started);
            log.response(requestId, elapsed, response);
            observe(new CallObserver.Attempt(requestId, operation, attempt, response.status(), null, elapsed));
            var info = new ResponseInfo(requestId, attempt, response.status(), response.headers(), elapsed);
            request.context().remember(info);
            request.context().responseListener().ifPresent(listener -> listener.accept(info));
            return new Exchange(request, response);
        } catch (CommunicationException e) {
            failed(operation, requestId, attempt, started, e);
            throw e;
        }
    }

    private void failed(String operation, String requestId, int attempt, long started, CommunicationException e) {
        var elapsed = Duration.ofNanos(System.nanoTime() - started);
        log.failure(requestId, elapsed, e);
        observe(new CallObserver.Attempt(requestId, operation, attempt, 0, e.reason(), elapsed));
    }

    private void observe(CallObserver.Attempt attempt) {
        try {
            observer.attempted(attempt);
        } catch (RuntimeException ignored) {
            // A payment does not fail because it cannot be counted.
        }
    }

    /** A signed attempt and its answer. */
    record Exchange(WireRequest request, WireResponse response) {}

    /** Collects the parts; all but the endpoint have a default. */
    public static final class Builder {
        private final URI endpoint;
        private @Nullable Connection connection;
        private ConnectionOptions connectionOptions = ConnectionOptions.defaults();
        private Function<SideChannel, ? extends Authenticator> authenticator = channel -> Authenticator.none();
        private MetadataProvider metadata = MetadataProvider.userAgent("bezant-sdk", "");
        private Marshaller marshaller = JacksonMarshaller.plain();
        private RetryPolicy retryPolicy = RetryPolicy.standard();
        private Obfuscator obfuscator = Obfuscator.builder().build();
        private Clock clock = Clock.systemUTC();
        private @Nullable Executor executor;
        private CallObserver observer = CallObserver.none();
        private @Nullable String idempotenceHeader;
        private @Nullable String requestIdHeader;

        private Builder(URI endpoint) {
            boolean http = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
            if (!http || endpoint.getHost() == null || endpoint.getRawUserInfo() != null || endpoint.getRawQuery() != null
                    || endpoint.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "the endpoint is '" + endpoint + "', expected something like https://api.example.com/v1, without user info or query");
            }
            this.endpoint = endpoint;
        }

        /** A connection to share; it is not closed with the communicator. */
        public Builder connection(Connection shared) {
            connection = shared;
            return this;
        }

        /** For a connection of its own, closed with the communicator. Without effect when one is handed in. */
        public Builder connectionOptions(ConnectionOptions options) {
            connectionOptions = options;
            return this;
        }

        public Builder authenticator(Authenticator value) {
            authenticator = channel -> value;
            return this;
        }

        /** An authenticator that must ask somebody first, such as for a token; made with the communicator, which it asks through. */
        public Builder authenticatorOn(Function<SideChannel, ? extends Authenticator> maker) {
            authenticator = maker;
            return this;
        }

        public Builder metadata(MetadataProvider value) {
            metadata = value;
            return this;
        }

        public Builder marshaller(Marshaller value) {
            marshaller = value;
            return this;
        }

        public Builder retryPolicy(RetryPolicy value) {
            retryPolicy = value;
            return this;
        }

        public Builder obfuscator(Obfuscator value) {
            obfuscator = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** Runs the asynchronous forms; default daemon threads of the communicator's own. Not shut down by the communicator. */
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /** Told of every attempt. */
        public Builder observer(CallObserver value) {
            observer = value;
            return this;
        }

        /** Where the provider wants a call's idempotence key, for calls that change something; without it keys are not sent. */
        public Builder idempotenceHeader(String name) {
            idempotenceHeader = name;
            return this;
        }

        /** Where the provider wants an id for each attempt: then it is the one that logs and observers have. */
        public Builder requestIdHeader(String name) {
            requestIdHeader = name;
            return this;
        }

        public Communicator build() {
            return new Communicator(this);
        }
    }
}
