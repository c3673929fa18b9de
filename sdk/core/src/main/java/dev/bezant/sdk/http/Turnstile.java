package dev.bezant.sdk.http;

import dev.bezant.sdk.error.CommunicationException;
import dev.bezant.sdk.error.CommunicationException.Reason;
import dev.bezant.sdk.error.Sent;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets no more attempts in than the pool has connections, first come, first served. Who waits for a connection must do so before the request is
 * dated and authenticated: in a queue behind, time stamps and tokens would age.
 */
final class Turnstile {
    private final int width;
    private final Duration patience;
    private final Semaphore places;

    /** @param patience longest wait, unless the call's send deadline is earlier */
    Turnstile(int width, Duration patience) {
        this.width = width;
        this.patience = patience;
        this.places = new Semaphore(width, true);
    }

    /** For a connection whose limits are not known here. */
    static Turnstile open() {
        return new Turnstile(Integer.MAX_VALUE, Duration.ZERO);
    }

    /** @throws CommunicationException when there is no place in time; nothing was sent */
    void enter(WireRequest request) {
        Duration wait = request.context().sendDeadline().map(deadline -> deadline.remaining())
                .filter(left -> left.compareTo(patience) < 0)
                .orElse(patience);
        String place = request.method() + " " + request.uri().getScheme() + "://" + request.uri().getRawAuthority() + " was not sent: ";
        try {
            if (!places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CommunicationException(Sent.NO, Reason.POOL_EXHAUSTED, request.method(), place + "no free connection in time ("
                        + (width - places.availablePermits()) + " in use, " + places.getQueueLength() + " waiting, " + width
                        + " at most); raise maxConnections or slow down", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommunicationException(Sent.NO, Reason.INTERRUPTED, request.method(), place + "interrupted while waiting for a connection", e);
        }
    }

    void leave() {
        places.release();
    }
}
