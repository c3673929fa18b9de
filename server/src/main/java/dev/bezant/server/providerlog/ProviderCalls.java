package dev.bezant.server.providerlog;

import dev.bezant.server.connector.CallLabel;
import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.ProviderJournal;
import dev.bezant.server.database.WriteBehind;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.providerlog.ProviderCall.Begun;
import dev.bezant.server.providerlog.ProviderLogSettings.Keep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Hears of every call to a provider and writes what it heard later, many at once. */
final class ProviderCalls implements ProviderJournal {
    /** Calls end, by an answer or a time limit; should one be forgotten, memory does not grow without end. */
    private static final int BEGUN_MAX = 10_000;

    private final ProviderLogSettings settings;
    private final WriteBehind<ProviderCall> rows;
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();
    private final Ids ids;
    private final Clock clock;

    ProviderCalls(ProviderCallStore store, ProviderLogSettings settings, MeterRegistry metrics, Ids ids, Clock clock) {
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.rows = new WriteBehind<>("the log of provider calls", ProviderCall::size, store::insert,
                (why, count) -> metrics.counter("bezant.provider_log.dropped", "why", why).increment(count));
        metrics.gauge("bezant.provider_log.waiting", rows, WriteBehind::waiting);
    }

    @Override
    public Line of(ProviderAccount account) {
        return settings.keep() == Keep.NOTHING ? Line.NONE : new Line() {
            @Override
            public void sent(String call, String method, String url, String body) {
                if (begun.size() < BEGUN_MAX) {
                    begun.put(call, new Begun(clock.instant(), CallLabel.current().orElse(null), method, url, body));
                }
            }

            @Override
            public void answered(String call, Duration took, int status, String body) {
                ended(account, call, took, status, body, null);
            }

            @Override
            public void failed(String call, Duration took, String reason) {
                ended(account, call, took, null, "", reason);
            }
        };
    }

    private void ended(ProviderAccount account, String call, Duration took, @Nullable Integer status, String body, @Nullable String failure) {
        Begun began = begun.remove(call);
        if (began != null) {
            rows.add(new ProviderCall(account, ids.next("pcl"), began, took, status, body, failure));
        }
    }

    void write() {
        rows.write();
    }

    void close() {
        rows.close();
    }
}
