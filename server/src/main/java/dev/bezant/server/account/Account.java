package dev.bezant.server.account;

import java.time.Instant;

/** One user of the platform: a merchant, or one of its shops. */
public record Account(String id, String name, Status status, Limits limits, Instant createdAt) {
    /** Whether its keys work. */
    public enum Status {
        ACTIVE,
        SUSPENDED
    }
}
