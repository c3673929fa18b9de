package dev.bezant.sdk.error;

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

    /** @param method the HTTP method of the failed request */
    public CommunicationException(Sent sent, Reason reason, String method, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.reason = reason;
        this.changesSomething = Methods.changeSomething(method);
    }

    public Sent wasSent() {
        return sent;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public boolean mayHaveTakenEffect() {
        return sent == Sent.MAYBE && changesSomething;
    }
}
