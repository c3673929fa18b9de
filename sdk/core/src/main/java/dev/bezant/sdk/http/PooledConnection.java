package dev.bezant.sdk.http;

import java.time.Duration;

/** A connection that keeps sockets open between calls. */
public interface PooledConnection extends Connection {
    /** Closes sockets that have been unused for at least this long. */
    void closeIdleConnections(Duration idle);

    /** Closes sockets whose agreed lifetime is over. */
    void closeExpiredConnections();
}
