package dev.bezant.server.requestlog;

import dev.bezant.server.database.WriteBehind;
import dev.bezant.server.http.RequestJournal;
import dev.bezant.server.requestlog.RequestLogSettings.Keep;
import io.micrometer.core.instrument.MeterRegistry;
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
    /** Anybody can send requests without a key; they must neither fill the disk nor push out those of accounts. */
    private static final int STRANGERS_PER_MINUTE = 600;

    private final RequestLogSettings settings;
    private final MeterRegistry metrics;
    private final WriteBehind<LoggedRequest> rows;
    private final Allowance strangers = new Allowance(STRANGERS_PER_MINUTE);

    RequestLog(RequestLogStore store, RequestLogSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.rows = new WriteBehind<>("the request log", LoggedRequest::size, store::insert, this::dropped);
        metrics.gauge("bezant.request_log.waiting", rows, WriteBehind::waiting);
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
            rows.add(LoggedRequest.of(seen));
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
        rows.write();
    }

    /** Writes what waits for the last time. */
    void close() {
        rows.close();
    }

    private static boolean looksIntoTheLog(Seen seen) {
        return seen.status() < 400 && seen.method().equals("GET") && seen.route().startsWith(PATH);
    }

    private void dropped(String why, int count) {
        metrics.counter("bezant.request_log.dropped", "why", why).increment(count);
    }
}
