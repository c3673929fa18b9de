package dev.bezant.server.webhook;

import dev.bezant.server.webhook.LaneStore.Config;
import dev.bezant.server.webhook.Payloads.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this node knows of one endpoint while it is the one that sends there. Thread-safe. */
final class Lane {
    /** Taken beyond what may be under way, so that there is something to go on with while results are being stored. */
    private static final int TAKEN_AHEAD = 3;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration KEPT_WHEN_QUIET = Duration.ofSeconds(2);

    /**
     * A delivery and what is to be sent.
     *
     * @param payload null if the event cannot be told any more
     * @param readNanos of {@link System#nanoTime()}, when the delivery was read
     */
    record Ready(Due due, @Nullable Payload payload, long readNanos) {}

    /** A delivery to be sent now, and how. */
    record Going(Config config, Ready ready) {}

    private final String accountId;
    private final String endpointId;
    private final Deque<Ready> waiting = new ArrayDeque<>();
    /** Waiting, under way, or done and not stored yet: not to be taken again. */
    private final Set<String> held = new HashSet<>();
    private Pace pace = new Pace();
    private @Nullable Config config;
    private @Nullable Instant failingSince;
    private int underWay;
    private long leasedUntil;
    private long lookAt;
    private long busyAt;

    Lane(LaneStore.Taken taken, long leasedUntil, long now) {
        this.accountId = taken.accountId();
        this.endpointId = taken.endpointId();
        this.failingSince = taken.failingSince();
        this.leasedUntil = leasedUntil;
        this.lookAt = now;
        this.busyAt = now;
    }

    String accountId() {
        return accountId;
    }

    String endpointId() {
        return endpointId;
    }

    synchronized @Nullable Config config() {
        return config;
    }

    /** How to send from now on; null = not at all. What was taken before is given back, to be read anew. */
    synchronized void configure(@Nullable Config changed) {
        config = changed;
        // It may be another address now, or mended.
        pace = new Pace();
        waiting.forEach(ready -> held.remove(ready.due().id()));
        waiting.clear();
        lookAt = System.nanoTime();
    }

    synchronized void leased(long until) {
        leasedUntil = until;
    }

    /** Something new may be due. */
    synchronized void look() {
        lookAt = System.nanoTime();
    }

    /** How many more deliveries to take now; 0 if it is not time to look. */
    synchronized int room(long now) {
        if (config == null || now - lookAt < 0) {
            return 0;
        }
        int capacity = config.maxConcurrency() * TAKEN_AHEAD;
        // Not for every single one: few statements with many are better.
        return held.size() > capacity / 2 ? 0 : capacity - held.size();
    }

    /** @param room how many were asked for: fewer means that there is no more at the moment */
    synchronized void took(List<Ready> taken, int room, long now) {
        for (Ready ready : taken) {
            waiting.add(ready);
            held.add(ready.due().id());
        }
        if (!taken.isEmpty()) {
            busyAt = now;
        }
        lookAt = taken.size() < room ? now + LOOK_EVERY.toNanos() : now;
    }

    synchronized Set<String> held() {
        return Set.copyOf(held);
    }

    /** Those to be sent now; they count as under way. */
    synchronized List<Going> start() {
        var started = new ArrayList<Going>();
        long now = System.nanoTime();
        Config sending = config;
        if (sending == null || now - leasedUntil >= 0) {
            return started;
        }
        while (!waiting.isEmpty() && underWay < pace.allowed(sending.maxConcurrency(), now)) {
            started.add(new Going(sending, waiting.remove()));
            underWay++;
        }
        return started;
    }

    synchronized void finished(Tried tried) {
        underWay--;
        busyAt = System.nanoTime();
        if (tried.answered()) {
            pace.answered();
        } else {
            pace.unanswered(busyAt);
        }
    }

    /** A result is stored. */
    synchronized void stored(Recorder.Stored result) {
        held.remove(result.deliveryId());
        failingSince = result.failingSince();
        busyAt = System.nanoTime();
        if (result.calledNext()) {
            lookAt = busyAt;
        }
    }

    /** Since when nothing has succeeded, as far as is known; null if the last try did. */
    synchronized @Nullable Instant failingSince() {
        return failingSince;
    }

    /** Whether there has been nothing to do for a while, so that the lane can be let go. */
    synchronized boolean quiet(long now) {
        return held.isEmpty() && now - busyAt > KEPT_WHEN_QUIET.toNanos();
    }

    synchronized int underWay() {
        return underWay;
    }
}
