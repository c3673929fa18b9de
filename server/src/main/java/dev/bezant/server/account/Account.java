package dev.bezant.server.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One user of the platform: a merchant, or one of its shops.
 *
 * @param defaultApiVersion what its webhook endpoints speak unless they say otherwise; null = our own dialect
 */
public record Account(String id, String name, Status status, Limits limits, @Nullable String defaultApiVersion, Instant createdAt) {
    /** Whether its keys work. */
    public enum Status {
        ACTIVE,
        SUSPENDED
    }
}
