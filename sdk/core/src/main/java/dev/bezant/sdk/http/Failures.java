package dev.bezant.sdk.http;

import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.pool.PoolStats;

/** Names the causes of failed exchanges. Never decides whether something was sent: that is the guard's to say. */
final class Failures {
    private Failures() {}

    static Reason reason(Exception e, Sent sent) {
        if (e instanceof SendGuard.DeadlinePassedException) {
            return Reason.SEND_DEADLINE_PASSED;
        }
        if (e instanceof UnknownHostException) {
            return Reason.UNKNOWN_HOST;
        }
        if (e instanceof ConnectionRequestTimeoutException) {
            return Reason.POOL_EXHAUSTED;
        }
        if (e instanceof ConnectTimeoutException) {
            return Reason.CONNECT_TIMEOUT;
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return Reason.CONNECT_FAILED;
        }
        if (e instanceof SSLException) {
            return sent == Sent.NO ? Reason.TLS_FAILED : Reason.CONNECTION_LOST;
        }
        if (e.getClass().getSimpleName().equals("TunnelRefusedException")) {
            return Reason.PROXY_REFUSED;
        }
        if (e instanceof SocketTimeoutException) {
            return sent == Sent.NO ? Reason.CONNECT_TIMEOUT : Reason.TIMEOUT;
        }
        if (e instanceof InterruptedIOException) {
            return Thread.currentThread().isInterrupted() ? Reason.INTERRUPTED : Reason.TIMEOUT;
        }
        if (e instanceof SocketException || e instanceof ConnectionClosedException || e instanceof NoHttpResponseException
                || e instanceof TruncatedChunkException) {
            return sent == Sent.NO ? Reason.CONNECT_FAILED : Reason.CONNECTION_LOST;
        }
        return sent == Sent.NO ? Reason.OTHER : Reason.UNREADABLE_RESPONSE;
    }

    static String text(Reason reason, Exception e, PoolStats pool) {
        return switch (reason) {
            case SEND_DEADLINE_PASSED -> "its send deadline had passed before the first byte";
            case POOL_EXHAUSTED -> "no free connection in time (" + pool.getLeased() + " in use, " + pool.getPending() + " waiting, "
                    + pool.getMax() + " at most); raise maxConnections or slow down";
            case TIMEOUT -> "time ran out" + (e.getMessage() == null ? "" : ": " + e.getMessage());
            default -> e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        };
    }
}
