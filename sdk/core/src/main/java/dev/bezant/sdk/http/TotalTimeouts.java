package dev.bezant.sdk.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts off what takes too long in all. One thread sleeps until the earliest end that it knows of; a call that ends in time, as nearly all do, leaves
 * it asleep. A timer per call would wake a thread for each.
 */
final class TotalTimeouts implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final long origin = System.nanoTime();
    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::watch, "bezant-sdk-timeouts");
    private volatile long wakesAt = NEVER;
    private volatile boolean closed;

    TotalTimeouts() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What is cut off at its end unless it is done before. */
    final class Entry {
        private final long end;
        private final Runnable cutOff;

        private Entry(long end, Runnable cutOff) {
            this.end = end;
            this.cutOff = cutOff;
        }

        void done() {
            entries.remove(this);
        }
    }

    Entry watch(Duration duration, Runnable cutOff) {
        var entry = new Entry(now() + duration.toNanos(), cutOff);
        entries.add(entry);
        // While the thread looks through the entries this is NEVER, so that none can be added unseen.
        if (entry.end < wakesAt) {
            LockSupport.unpark(thread);
        }
        return entry;
    }

    private void watch() {
        while (!closed) {
            wakesAt = NEVER;
            long now = now();
            entries.removeIf(entry -> entry.end <= now && cutOff(entry));
            long next = entries.stream().mapToLong(entry -> entry.end).min().orElse(NEVER);
            wakesAt = next;
            if (next == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, next - now);
            }
        }
    }

    private static boolean cutOff(Entry entry) {
        try {
            entry.cutOff.run();
        } catch (RuntimeException ignored) {
            // The others must be cut off all the same.
        }
        return true;
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
