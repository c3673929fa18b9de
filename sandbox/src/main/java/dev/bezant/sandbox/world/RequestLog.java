package dev.bezant.sandbox.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The last requests the providers saw, card data masked. Bounded; thread-safe. */
public final class RequestLog {
    /** How many are remembered. */
    public static final int MAX = 10_000;

    /**
     * One request.
     *
     * @param account null if the caller did not name a known one
     * @param path with the query
     * @param status what was sent, null if no answer was
     * @param request the masked body
     * @param response the masked body that was sent or, under a fault, that would have been
     * @param fault the names of the faults that struck, null if none
     */
    public record Entry(long seq, Instant at, String provider, @Nullable String account, String method, String path,
            @Nullable Integer status, String request, String response, @Nullable String fault) {}

    /** One page and whether more entries follow. */
    public record Page(List<Entry> entries, boolean hasMore) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long lastSeq;

    /** Masks and remembers. */
    public void add(Instant at, String provider, @Nullable String account, String method, String path, @Nullable Integer status,
            String request, String response, @Nullable String fault) {
        var maskedRequest = Masking.mask(request);
        var maskedResponse = Masking.mask(response);
        var maskedPath = Masking.mask(path);
        synchronized (this) {
            entries.addLast(new Entry(++lastSeq, at, provider, account, method, maskedPath, status, maskedRequest, maskedResponse,
                    fault));
            if (entries.size() > MAX) {
                entries.removeFirst();
            }
        }
    }

    public synchronized Page page(long after, int limit, Predicate<Entry> filter) {
        var page = new ArrayList<Entry>();
        for (var entry : entries) {
            if (entry.seq() <= after || !filter.test(entry)) {
                continue;
            }
            if (page.size() == limit) {
                return new Page(page, true);
            }
            page.add(entry);
        }
        return new Page(page, false);
    }

    synchronized void clear() {
        entries.clear();
    }
}
