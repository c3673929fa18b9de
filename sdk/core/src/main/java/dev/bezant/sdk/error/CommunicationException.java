package dev.bezant.sdk.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** No usable answer: the connection failed, time ran out, or what came back cannot be understood. */
public final class CommunicationException extends SdkException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for metrics and for people. */
    public enum Reason {
        UNKNOWN_HOST,
        CONNECT_FAILED,
        CONNECT_TIMEOUT,
        TLS_FAILED,
        POOL_EXHAUSTED,
        PROXY_REFUSED,
        SEND_DEADLINE_PASSED,
        /** Held back on this side: the provider's limit of calls would have been exceeded. */
        RATE_LIMITED_HERE,
        TIMEOUT,
        CONNECTION_LOST,
        UNREADABLE_RESPONSE,
        REDIRECT_REFUSED,
        INTERRUPTED,
        OTHER
    }

    private final Sent sent;
    private final Reason reason;
    private final boolean changesSomething;
    private final int status;

    /** @param method the HTTP method of the failed request */
    public CommunicationException(Sent sent, Reason reason, String method, String message, @Nullable Throwable cause) {
        this(sent, reason, method, 0, message, cause);
    }

    /** @param status the HTTP status of an answer that cannot be used; 0 when there was none */
    public CommunicationException(Sent sent, Reason reason, String method, int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.reason = reason;
        this.changesSomething = Methods.changeSomething(method);
        this.status = status;
    }

    public Sent wasSent() {
        return sent;
    }

    public Reason reason() {
        return reason;
    }

    /** The HTTP status, where there was an answer but not one of the provider's own: an error page, a redirect, half a JSON text. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    @Override
    public boolean mayHaveTakenEffect() {
        return sent == Sent.MAYBE && changesSomething;
    }
}
