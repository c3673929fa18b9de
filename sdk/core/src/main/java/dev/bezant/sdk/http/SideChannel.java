package dev.bezant.sdk.http;

/**
 * How an authenticator asks for what it needs, such as a token: through the communicator's own connection, logged and observed like any attempt,
 * but neither authenticated nor repeated.
 */
@FunctionalInterface
public interface SideChannel {
    /**
     * @param operation for {@link CallObserver}
     * @param request complete; of its context the time limits count
     * @return whatever was answered
     * @throws dev.bezant.sdk.error.CommunicationException when there is no complete answer
     * @throws dev.bezant.sdk.error.ClientClosedException when the communicator is closed
     */
    WireResponse send(String operation, WireRequest request);
}
