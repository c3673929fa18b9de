package dev.bezant.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every movement of money the simulated providers performed, in order. Thread-safe. */
public final class Ledger {
    /** One page and whether more entries follow. */
    public record Page(List<LedgerEntry> entries, boolean hasMore) {}

    private final ArrayList<LedgerEntry> entries = new ArrayList<>();
    private long lastSeq;

    synchronized LedgerEntry next(Movement movement, SandboxClock clock) {
        return new LedgerEntry(lastSeq + 1, movement, clock.instant());
    }

    synchronized void append(LedgerEntry entry) {
        entries.add(entry);
        lastSeq = entry.seq();
    }

    /** The number of the last entry ever made, 0 before the first. */
    synchronized long lastSeq() {
        return lastSeq;
    }

    synchronized void forget(long lastSeqUsed) {
        entries.clear();
        entries.trimToSize();
        lastSeq = lastSeqUsed;
    }

    /**
     * @param after only entries with a greater {@code seq}
     * @param limit at least 1
     */
    public synchronized Page page(long after, int limit, Predicate<LedgerEntry> filter) {
        var page = new ArrayList<LedgerEntry>();
        for (int i = firstAfter(after); i < entries.size(); i++) {
            var entry = entries.get(i);
            if (!filter.test(entry)) {
                continue;
            }
            if (page.size() == limit) {
                return new Page(page, true);
            }
            page.add(entry);
        }
        return new Page(page, false);
    }

    private int firstAfter(long seq) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).seq() <= seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
