package dev.bezant.server.requestlog;

import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.http.RequestJournal;
import dev.bezant.server.requestlog.RequestLogSettings.Keep;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every request and writes what it heard later, many at once. A request never waits for its record, and never fails because
 * of it: what there is no room or no database for is dropped, the oldest first, and counted in {@code bezant.request_log.dropped}.
 */
final class RequestLog implements RequestJournal {
    /** Where this log is read. What is read there is not logged itself: whoever looks on would see himself looking. */
    static final String PATH = "/v1/request_logs";

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final int WAITING_MAX = 10_000;
    private static final long WAITING_SIZE_MAX = 16L << 20;
    private static final int BATCH_MAX = 200;
    private static final long BATCH_SIZE_MAX = 2L << 20;
    /** Anybody can send requests without a key; they must neither fill the disk nor push out those of accounts. */
    private static final int STRANGERS_PER_MINUTE = 600;

    private final RequestLogStore store;
    private final RequestLogSettings settings;
    private final MeterRegistry metrics;
    private final Backlog backlog = new Backlog(WAITING_MAX, WAITING_SIZE_MAX);
    private final Allowance strangers = new Allowance(STRANGERS_PER_MINUTE);
    private final ReentrantLock writing = new ReentrantLock();
    private boolean databaseAway;

    RequestLog(RequestLogStore store, RequestLogSettings settings, MeterRegistry metrics) {
        this.store = store;
        this.settings = settings;
        this.metrics = metrics;
        metrics.gauge("bezant.request_log.waiting", backlog, Backlog::count);
    }

    @Override
    public void seen(Seen seen) {
        if (settings.keep() == Keep.NOTHING || looksIntoTheLog(seen)) {
            return;
        }
        if (seen.caller() == null && !strangers.take(seen.began())) {
            dropped("stranger", 1);
            return;
        }
        try {
            dropped("overflow", backlog.add(LoggedRequest.of(seen)));
        } catch (RuntimeException e) {
            LOG.error("A request could not be noted in the request log", e);
            dropped("failed", 1);
        }
    }

    @Override
    public @Nullable String url(String requestId) {
        return settings.publicUrl() == null || settings.keep() == Keep.NOTHING ? null : settings.publicUrl() + PATH + "/" + requestId;
    }

    /** Writes all that waits, unless the database is away: then it goes on waiting. */
    void write() {
        writing.lock();
        try {
            for (var batch = next(); !batch.isEmpty(); batch = next()) {
                if (!written(batch)) {
                    return;
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** Writes what waits for the last time. */
    void close() {
        write();
        int lost = backlog.count();
        if (lost > 0) {
            LOG.warn("{} requests are missing in the request log: the database was away when the server stopped", lost);
        }
    }

    private List<LoggedRequest> next() {
        return backlog.take(BATCH_MAX, BATCH_SIZE_MAX);
    }

    private boolean written(List<LoggedRequest> batch) {
        try {
            store.insert(batch);
            databaseAway = false;
            return true;
        } catch (DatabaseException e) {
            if (e.transientFailure()) {
                if (!databaseAway) {
                    LOG.warn("The request log cannot be written just now; it is tried again", e);
                }
                databaseAway = true;
                dropped("overflow", backlog.giveBack(batch));
                return false;
            }
            return writtenOneByOne(batch, e);
        }
    }

    /** One that the database refuses must not take the others with it. */
    private boolean writtenOneByOne(List<LoggedRequest> batch, DatabaseException refused) {
        if (batch.size() == 1) {
            LOG.error("Request {} is missing in the request log", batch.getFirst().seen().requestId(), refused);
            dropped("failed", 1);
            return true;
        }
        for (int i = 0; i < batch.size(); i++) {
            if (!written(List.of(batch.get(i)))) {
                dropped("overflow", backlog.giveBack(batch.subList(i + 1, batch.size())));
                return false;
            }
        }
        return true;
    }

    private static boolean looksIntoTheLog(Seen seen) {
        return seen.status() < 400 && seen.method().equals("GET") && seen.route().startsWith(PATH);
    }

    private void dropped(String why, int count) {
        if (count > 0) {
            metrics.counter("bezant.request_log.dropped", "why", why).increment(count);
        }
    }
}
