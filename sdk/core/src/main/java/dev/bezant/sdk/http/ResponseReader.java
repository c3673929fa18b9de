package dev.bezant.sdk.http;

/** Turns an answer into a result or into the provider's error. */
@FunctionalInterface
public interface ResponseReader<T> {
    /**
     * @throws dev.bezant.sdk.json.MalformedJsonException when the answer cannot be understood; the communicator turns that into a
     *     {@code CommunicationException} that says "may have been sent"
     * @throws dev.bezant.sdk.error.ApiException when the provider says that it did not do it
     */
    T read(WireRequest request, WireResponse response);
}
