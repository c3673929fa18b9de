package dev.bezant.server.webhook;

import dev.bezant.server.database.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** How much waits: for somebody who watches. The same on every node. */
final class Backlog {
    /** More than anybody has to tell apart. */
    private static final int COUNTED_MAX = 10_000;

    private final Database database;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong overdue = new AtomicLong();

    Backlog(Database database, MeterRegistry metrics) {
        this.database = database;
        metrics.gauge("bezant.webhooks.events_waiting", events);
        metrics.gauge("bezant.webhooks.overdue", overdue);
    }

    void measure() {
        events.set(count("select 1 from event where undispatched"));
        overdue.set(count("""
                select 1 from webhook_delivery d
                  join webhook_endpoint w on w.account_id = d.account_id and w.id = d.endpoint_id and w.kind = 'endpoint' and w.status = 'enabled'
                 where d.state = 'pending' and d.due_at < now() - interval '1 minute'
                """));
    }

    private long count(String rows) {
        return database.sql("select count(*) as n from (" + rows + " limit " + COUNTED_MAX + ") counted").one(row -> row.number("n")).orElse(0L);
    }
}
