package dev.bezant.server.providerlog;

import java.time.Duration;

/**
 * How calls are kept.
 *
 * @param kept how long a call is kept at least
 */
public record ProviderLogSettings(Keep keep, Duration kept) {
    /** What is kept of a call. */
    public enum Keep {
        ALL,
        /** Neither what was sent nor what was answered. */
        WITHOUT_BODIES,
        NOTHING
    }

    public static final ProviderLogSettings STANDARD = new ProviderLogSettings(Keep.ALL, Duration.ofDays(30));
}
