package dev.bezant.server.http;

import java.time.Duration;

/** Counts what keys ask for, within windows of a minute. On this node alone, or for all nodes together. Thread-safe. */
public interface Buckets {
    /** How long a window is; a bucket is full again at its end. */
    Duration WINDOW = Duration.ofMinutes(1);

    /**
     * Takes one from a bucket, if there is one left.
     *
     * @param name whose, and of what; another limit is another bucket
     * @param limit how many there are in a window, at least 1
     */
    Taken take(String name, int limit);

    /**
     * @param taken whether there was one
     * @param left how many are left now
     * @param untilFull when the window ends
     */
    record Taken(boolean taken, long left, Duration untilFull) {}
}
