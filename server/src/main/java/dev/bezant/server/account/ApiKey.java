package dev.bezant.server.account;

import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an API key; never the key.
 *
 * @param prefix for people: {@code sk_test_...Ab3d}
 * @param expiresAt when it stops working; null = not by itself
 * @param revokedAt when it was stopped; null = it was not
 */
public record ApiKey(
        String accountId,
        String id,
        Mode mode,
        KeyKind kind,
        String prefix,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {
    /** A key just made, with its text: the only moment it can be shown. */
    public record Fresh(ApiKey key, Secret text) {}

    /** Whether it opens anything at that moment, as far as the key itself is concerned. */
    public boolean worksAt(Instant moment) {
        return revokedAt == null && (expiresAt == null || moment.isBefore(expiresAt));
    }
}
