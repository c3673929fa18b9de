package dev.bezant.server.providerlog;

import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.database.Database;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.providerlog.ProviderLogSettings.Keep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/** Puts the package together. */
public final class ProviderLogFeature implements AutoCloseable {
    private final ProviderCallStore store;
    private final ProviderCalls calls;
    private final NoticeLog notices;

    public ProviderLogFeature(Database database, ProviderLogSettings settings, MeterRegistry metrics, Ids ids, Clock clock) {
        store = new ProviderCallStore(database, settings.keep() == Keep.ALL);
        calls = new ProviderCalls(store, settings, metrics, ids, clock);
        notices = new NoticeLog(database);
    }

    /** Hears of every call. */
    public ProviderJournal journal() {
        return calls;
    }

    public List<Route> routes() {
        return new ProviderLogRoutes(calls, store, notices).routes();
    }

    /** Writes what was heard; to be called a few times a second. */
    public void write() {
        calls.write();
    }

    /** Writes what was heard last; no provider is called any more. */
    @Override
    public void close() {
        calls.close();
    }
}
