package dev.bezant.sdk.http;

/**
 * Sends bytes and receives bytes. Implementations are safe for use by many threads, never repeat a request by themselves, never follow a redirect,
 * and honour {@code CallContext}'s send deadline at the last moment before the first byte.
 */
public interface Connection extends AutoCloseable {
    /**
     * @return whatever the server answered, errors and redirects included
     * @throws dev.bezant.sdk.error.CommunicationException when there is no complete answer; says whether the request may have been sent
     * @throws dev.bezant.sdk.error.ClientClosedException after {@link #close()}
     */
    WireResponse send(WireRequest request);

    @Override
    void close();
}
