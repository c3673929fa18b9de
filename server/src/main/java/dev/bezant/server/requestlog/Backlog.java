package dev.bezant.server.requestlog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** What waits to be written: so many requests, so many characters. When there is no room, the oldest go. Thread-safe, never waits. */
final class Backlog {
    private final int requestsMax;
    private final long sizeMax;
    private final Deque<LoggedRequest> waiting = new ArrayDeque<>();
    private long size;

    Backlog(int requestsMax, long sizeMax) {
        this.requestsMax = requestsMax;
        this.sizeMax = sizeMax;
    }

    /** @return how many of the oldest had to go */
    synchronized int add(LoggedRequest request) {
        waiting.addLast(request);
        size += request.size();
        return shrink();
    }

    /** The oldest, at most so many and about so many characters; at least one if any waits. */
    synchronized List<LoggedRequest> take(int most, long about) {
        var taken = new ArrayList<LoggedRequest>();
        for (long takenSize = 0; !waiting.isEmpty() && taken.size() < most && takenSize < about; takenSize += taken.getLast().size()) {
            taken.add(waiting.removeFirst());
            size -= taken.getLast().size();
        }
        return taken;
    }

    /** Gives back what was taken and could not be written. @return how many of the oldest had to go */
    synchronized int giveBack(List<LoggedRequest> taken) {
        var newestFirst = new ArrayList<>(taken);
        Collections.reverse(newestFirst);
        newestFirst.forEach(request -> {
            waiting.addFirst(request);
            size += request.size();
        });
        return shrink();
    }

    synchronized int count() {
        return waiting.size();
    }

    private int shrink() {
        int gone = 0;
        while (waiting.size() > requestsMax || size > sizeMax) {
            size -= waiting.removeFirst().size();
            gone++;
        }
        return gone;
    }
}
