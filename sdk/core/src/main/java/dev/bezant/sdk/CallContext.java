package dev.bezant.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one call may be given beyond its arguments. Immutable; {@link #none()} is the usual one. */
public final class CallContext {
    private static final CallContext NONE = builder().build();

    private final @Nullable String idempotenceKey;
    private final @Nullable Deadline sendDeadline;
    private final @Nullable Duration responseTimeout;
    private final @Nullable Duration totalTimeout;
    private final @Nullable Consumer<ResponseInfo> responseListener;

    private CallContext(Builder builder) {
        idempotenceKey = builder.idempotenceKey;
        sendDeadline = builder.sendDeadline;
        responseTimeout = builder.responseTimeout;
        totalTimeout = builder.totalTimeout;
        responseListener = builder.responseListener;
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

    /** Collects the parts of a context; each is optional. */
    public static final class Builder {
        private @Nullable String idempotenceKey;
        private @Nullable Deadline sendDeadline;
        private @Nullable Duration responseTimeout;
        private @Nullable Duration totalTimeout;
        private @Nullable Consumer<ResponseInfo> responseListener;

        private Builder() {}

        public Builder idempotenceKey(String key) {
            if (key.isBlank()) {
                throw new IllegalArgumentException("the idempotence key is blank");
            }
            idempotenceKey = key;
            return this;
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

        public CallContext build() {
            return new CallContext(this);
        }

        private static Duration positive(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("a timeout of " + timeout + ": it must be longer than zero");
            }
            return timeout;
        }
    }
}
