package dev.bezant.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one call may be given beyond its arguments, and what is known of its answer afterwards ({@link #lastResponse()}). Otherwise immutable;
 * {@link #none()} is the usual one.
 */
public final class CallContext {
    private static final CallContext NONE = new CallContext(builder(), false);

    private final @Nullable String idempotenceKey;
    private final @Nullable Deadline sendDeadline;
    private final @Nullable Duration responseTimeout;
    private final @Nullable Duration totalTimeout;
    private final @Nullable Consumer<ResponseInfo> responseListener;
    private final boolean compressesBody;
    private final boolean remembers;
    private volatile @Nullable ResponseInfo lastResponse;

    private CallContext(Builder builder, boolean remembers) {
        this.remembers = remembers;
        idempotenceKey = builder.idempotenceKey;
        sendDeadline = builder.sendDeadline;
        responseTimeout = builder.responseTimeout;
        totalTimeout = builder.totalTimeout;
        responseListener = builder.responseListener;
        compressesBody = builder.compressesBody;
    }

    public static CallContext none() {
        return NONE;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Used by providers that have idempotence keys; the others ignore it. */
    public Optional<String> idempotenceKey() {
        return Optional.ofNullable(idempotenceKey);
    }

    /**
     * Checked immediately before the first byte is written, after a connection was obtained: when it has passed, nothing is sent and the call
     * fails with {@code CommunicationException}, {@code wasSent() == NO}.
     */
    public Optional<Deadline> sendDeadline() {
        return Optional.ofNullable(sendDeadline);
    }

    /** The longest silence while the answer is awaited or read; instead of the connection's socket timeout. */
    public Optional<Duration> responseTimeout() {
        return Optional.ofNullable(responseTimeout);
    }

    /** The longest that one attempt may take in all, however steadily bytes trickle in; instead of the connection's total timeout. */
    public Optional<Duration> totalTimeout() {
        return Optional.ofNullable(totalTimeout);
    }

    /** Told of every answer, before it is interpreted. */
    public Optional<Consumer<ResponseInfo>> responseListener() {
        return Optional.ofNullable(responseListener);
    }

    /** Whether the request's body is sent compressed. */
    public boolean compressesBody() {
        return compressesBody;
    }

    /**
     * The answer to the last call with this context, an error's too: its request id, its headers. Empty before the first, when there was none, and
     * always for {@link #none()}. Give each call a context of its own where this is read.
     */
    public Optional<ResponseInfo> lastResponse() {
        return Optional.ofNullable(lastResponse);
    }

    /** For communicators: remembers an answer, or forgets the one before when a call begins. */
    public void remember(@Nullable ResponseInfo response) {
        if (remembers) {
            lastResponse = response;
        }
    }

    /** Collects the parts of a context; each is optional. */
    public static final class Builder {
        private @Nullable String idempotenceKey;
        private @Nullable Deadline sendDeadline;
        private @Nullable Duration responseTimeout;
        private @Nullable Duration totalTimeout;
        private @Nullable Consumer<ResponseInfo> responseListener;
        private boolean compressesBody;

        private Builder() {}

        public Builder idempotenceKey(String key) {
            if (key.isBlank()) {
                throw new IllegalArgumentException("the idempotence key is blank");
            }
            idempotenceKey = key;
            return this;
        }

        /** A random key of 36 characters; read it with {@link CallContext#idempotenceKey()} and keep it with what is being paid. */
        public Builder newIdempotenceKey() {
            return idempotenceKey(UUID.randomUUID().toString());
        }

        public Builder sendDeadline(Deadline deadline) {
            sendDeadline = deadline;
            return this;
        }

        public Builder responseTimeout(Duration timeout) {
            responseTimeout = positive(timeout);
            return this;
        }

        public Builder totalTimeout(Duration timeout) {
            totalTimeout = positive(timeout);
            return this;
        }

        public Builder onResponse(Consumer<ResponseInfo> listener) {
            responseListener = listener;
            return this;
        }

        /** With {@code Content-Encoding: gzip}, for large bodies at providers that take it. */
        public Builder compressBody() {
            compressesBody = true;
            return this;
        }

        public CallContext build() {
            return new CallContext(this, true);
        }

        private static Duration positive(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("a timeout of " + timeout + ": it must be longer than zero");
            }
            return timeout;
        }
    }
}
