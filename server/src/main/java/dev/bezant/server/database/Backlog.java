package dev.bezant.server.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/** What waits to be written: so many rows, so many characters. When there is no room, the oldest go. Thread-safe, never waits. */
final class Backlog<T> {
    private final int rowsMax;
    private final long sizeMax;
    private final Deque<T> waiting = new ArrayDeque<>();
    private final ToLongFunction<T> sizeOf;
    private long size;

    Backlog(int rowsMax, long sizeMax, ToLongFunction<T> sizeOf) {
        this.rowsMax = rowsMax;
        this.sizeMax = sizeMax;
        this.sizeOf = sizeOf;
    }

    /** @return how many of the oldest had to go */
    synchronized int add(T row) {
        waiting.addLast(row);
        size += sizeOf.applyAsLong(row);
        return shrink();
    }

    /** The oldest, at most so many and about so many characters; at least one if any waits. */
    synchronized List<T> take(int most, long about) {
        var taken = new ArrayList<T>();
        for (long takenSize = 0; !waiting.isEmpty() && taken.size() < most && takenSize < about; takenSize += sizeOf.applyAsLong(taken.getLast())) {
            taken.add(waiting.removeFirst());
            size -= sizeOf.applyAsLong(taken.getLast());
        }
        return taken;
    }

    /** Gives back what was taken and could not be written. @return how many of the oldest had to go */
    synchronized int giveBack(List<T> taken) {
        var newestFirst = new ArrayList<>(taken);
        Collections.reverse(newestFirst);
        newestFirst.forEach(row -> {
            waiting.addFirst(row);
            size += sizeOf.applyAsLong(row);
        });
        return shrink();
    }

    synchronized int count() {
        return waiting.size();
    }

    private int shrink() {
        int gone = 0;
        while (waiting.size() > rowsMax || size > sizeMax) {
            size -= sizeOf.applyAsLong(waiting.removeFirst());
            gone++;
        }
        return gone;
    }
}
