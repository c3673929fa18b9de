package dev.bezant.server.ops;

import java.time.Duration;

/** A server that listens. */
public interface RunningServer {
    /** The port it really listens on. */
    int port();

    /** From now on {@code GET /health/ready} is 200. */
    void becomeReady();

    /** Not ready any more, running requests end or are cut off after the grace period, jobs stop, nothing listens. */
    void drainAndStop(Duration grace);
}
