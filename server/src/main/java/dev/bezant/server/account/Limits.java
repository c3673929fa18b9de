package dev.bezant.server.account;

import org.jspecify.annotations.Nullable;

/**
 * How much one key of an account may ask for.
 *
 * @param requests requests per minute and key, at least 1; null = no limit
 * @param payments writes of payment intents per minute and key, at least 1; null = no limit
 */
public record Limits(@Nullable Integer requests, @Nullable Integer payments) {
    /** What a new account gets. @see "docs/protocols/payments-api.md, section 1.8" */
    public static final Limits DEFAULT = new Limits(1000, 100);

    public static final Limits NONE = new Limits(null, null);

    public Limits {
        if ((requests != null && requests < 1) || (payments != null && payments < 1)) {
            throw new IllegalArgumentException("A limit is at least 1 per minute, or absent");
        }
    }
}
