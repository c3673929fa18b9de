package dev.bezant.server.requestlog;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.http.RequestJournal;
import dev.bezant.server.http.Route;
import dev.bezant.server.requestlog.RequestLogSettings.Keep;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Puts the package together. */
public final class RequestLogFeature implements AutoCloseable {
    private final RequestLogStore store;
    private final RequestLog log;

    public RequestLogFeature(Database database, RequestLogSettings settings, MeterRegistry metrics) {
        store = new RequestLogStore(database, settings.keep() == Keep.ALL);
        log = new RequestLog(store, settings, metrics);
    }

    /** The latest requests that came without a valid key, newest first: for whoever runs the server, and nobody else. */
    public static List<ObjectNode> ofNobody(Session database, int limit) {
        return RequestLogStore.ofNobody(database, limit);
    }

    /** Hears of every request. */
    public RequestJournal journal() {
        return log;
    }

    public List<Route> routes(Idempotency idempotency) {
        return new RequestLogRoutes(log, store, idempotency).routes();
    }

    /** Writes what was heard; to be called a few times a second. */
    public void write() {
        log.write();
    }

    /** Writes what was heard last; no request comes any more. */
    @Override
    public void close() {
        log.close();
    }
}
