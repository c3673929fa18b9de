package dev.bezant.sdk.http;

import dev.bezant.sdk.error.CommunicationException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Told of every attempt of every call of a communicator: for metrics and traces. Whatever it throws is swallowed. */
@FunctionalInterface
public interface CallObserver {
    void attempted(Attempt attempt);

    /**
     * One request and what became of it.
     *
     * @param requestId the id that the log messages of this attempt carry
     * @param operation the provider's name for what was called, one of few
     * @param number 1 for the first attempt of a call
     * @param status the HTTP status; 0 when there is no complete answer
     * @param failure why there is none; null when there is one
     */
    record Attempt(String requestId, String operation, int number, int status, @Nullable Reason failure, Duration elapsed) {}

    static CallObserver none() {
        return attempt -> {};
    }
}
