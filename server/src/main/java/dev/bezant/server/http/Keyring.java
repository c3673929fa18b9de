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

    /**
     * The same for a pair, of which the secret key says what may be done: the public one must be its other half, or another of the account's
     * for the same mode.
     *
     * @throws ApiException as {@link #authenticate} does; 401 too if the two do not belong together
     */
    default Caller authenticatePair(Secret publicKey, Secret secretKey, String ip) {
        Caller caller = authenticate(secretKey, ip);
        Caller other = authenticate(publicKey, ip);
        if (caller.publishable() || !other.publishable() || !other.accountId().equals(caller.accountId()) || other.mode() != caller.mode()) {
            throw new ApiException(ErrorCode.INVALID_API_KEY, null, "The two API keys do not belong together. Send a public key (pk_...) and"
                    + " the secret key (sk_...) that it was made with, or those of one account and mode.");
        }
        return caller;
    }
}
