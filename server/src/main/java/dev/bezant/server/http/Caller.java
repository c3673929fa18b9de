package dev.bezant.server.http;

import dev.bezant.server.kernel.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Whoever holds the key of a request.
 *
 * @param keyId the key's own id, never the key
 * @param keyPrefix what may be logged of it, such as {@code sk_test_...Ab3d}
 * @param limitRequests requests per minute and key; null = no limit
 * @param limitPayments writes of payment intents per minute and key; null = no limit
 */
public record Caller(
        String accountId,
        Mode mode,
        KeyKind kind,
        String keyId,
        String keyPrefix,
        Permissions permissions,
        @Nullable Integer limitRequests,
        @Nullable Integer limitPayments) {
    /** What a key may do at all. */
    public enum KeyKind {
        SECRET,
        PUBLISHABLE,
        /** A secret key that may do only what it was given. */
        RESTRICTED
    }

    public boolean livemode() {
        return mode.live();
    }

    /** Whether the key is in a payer's browser, where only what a client secret opens may be seen. */
    public boolean publishable() {
        return kind == KeyKind.PUBLISHABLE;
    }
}
