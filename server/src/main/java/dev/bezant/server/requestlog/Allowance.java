package dev.bezant.server.requestlog;

import java.time.Instant;

/** So many a minute and no more. Thread-safe, never waits. */
final class Allowance {
    private final int perMinute;
    private long minute;
    private int taken;

    Allowance(int perMinute) {
        this.perMinute = perMinute;
    }

    synchronized boolean take(Instant at) {
        long now = at.getEpochSecond() / 60;
        if (now != minute) {
            minute = now;
            taken = 0;
        }
        return taken++ < perMinute;
    }
}
