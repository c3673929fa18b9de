package dev.bezant.server.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One user of the platform: a merchant, or one of its shops.
 *
 * @param defaultApiVersion what its webhook endpoints speak unless they say otherwise; null = our own dialect
 * @param profile what it tells about itself
 */
public record Account(String id, String name, Status status, Limits limits, @Nullable String defaultApiVersion, Profile profile, Instant createdAt) {
    /**
     * What an account tells about itself.
     *
     * @param country ISO 3166-1 alpha-2; null if nobody said
     * @param currency of amounts that name none, lower-case
     */
    public record Profile(@Nullable String email, @Nullable String country, String currency) {
        public static final Profile STANDARD = new Profile(null, null, "eur");
    }

    /** Whether its keys work. */
    public enum Status {
        ACTIVE,
        SUSPENDED
    }
}
