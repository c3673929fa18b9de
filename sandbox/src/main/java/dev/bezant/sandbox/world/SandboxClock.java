package dev.bezant.sandbox.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of lifecycles: when an authorization expires, when a link closes. It runs with the wall clock plus an offset that tests move.
 * Authentication windows use the wall clock instead. Thread-safe.
 */
public final class SandboxClock implements InstantSource {
    private final Clock wall;
    private volatile Duration offset = Duration.ZERO;

    SandboxClock(Clock wall) {
        this.wall = wall;
    }

    @Override
    public Instant instant() {
        return wall.instant().plus(offset);
    }

    /** The real time, which no test moves. */
    public Instant wallTime() {
        return wall.instant();
    }

    public Duration offset() {
        return offset;
    }

    void offset(Duration moved) {
        offset = moved;
    }
}
