package dev.bezant.server.http;

import dev.bezant.server.kernel.Secret;

/** Tells whose a key is. Implemented by the accounts; warm keys cost no round trip. */
@FunctionalInterface
public interface Keyring {
    /**
     * @param ip the caller's address
     * @throws ApiException 401 if the key is malformed, unknown, revoked or expired, 403 if its account is suspended or it may not
     *     be used from that address
     */
    Caller authenticate(Secret key, String ip);
}
