package dev.bezant.server.http;

import dev.bezant.server.kernel.Secret;

/** Tells whose a key is. Implemented by the accounts; warm keys cost no round trip. */
@FunctionalInterface
public interface Keyring {
    /**
     * @throws ApiException 401 if the key is malformed, unknown, revoked or expired, 403 if its account is suspended
     */
    Caller authenticate(Secret key);
}
