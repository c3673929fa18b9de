package dev.bezant.sdk.http;

import dev.bezant.sdk.Headers;

/**
 * Proves who is calling: OAuth 1.0a, OAuth 2 client credentials, v1HMAC, Basic, Bearer, signatures over bodies. Safe for use by many threads.
 */
public interface Authenticator {
    /**
     * Called for every attempt, after all other headers are set, so that nonces and time stamps are never reused.
     *
     * @param request exactly what will be sent, method, URI, headers and body bytes
     * @return the headers to add
     */
    Headers authenticate(WireRequest request);

    /**
     * The provider answered 401.
     *
     * @param rejected the attempt, with the headers that {@link #authenticate} gave it
     * @return whether to repeat the call
     */
    default Renewal renew(WireRequest rejected, WireResponse answer) {
        return Renewal.NONE;
    }

    /** Sends nothing: for providers or endpoints without authentication. */
    static Authenticator none() {
        return request -> Headers.empty();
    }
}
