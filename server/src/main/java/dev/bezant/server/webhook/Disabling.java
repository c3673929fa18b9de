package dev.bezant.server.webhook;

import dev.bezant.server.audit.Actor;
import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.webhook.Endpoint.Disabled;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disables endpoints where nothing has arrived for three days, and says so: in the audit, the log, a metric, and by an event.
 *
 * <p>There must have been failures at both ends of that time: an endpoint that was down for the one event of a quiet week stays.
 *
 * @see "docs/protocols/payments-api.md, section 6.3"
 */
final class Disabling {
    private static final Logger LOG = LoggerFactory.getLogger(Disabling.class);
    private static final int AT_ONCE = 100;

    private static final String FAILING = """
            l.failing_since <= now() - interval '3 days' and l.failed_at >= l.failing_since + interval '2 days'
            """;

    private final Database database;
    private final Endpoints endpoints;
    private final Events events;
    private final Audit audit;
    private final MeterRegistry metrics;

    Disabling(Database database, Endpoints endpoints, Events events, Audit audit, MeterRegistry metrics) {
        this.database = database;
        this.endpoints = endpoints;
        this.events = events;
        this.audit = audit;
        this.metrics = metrics;
    }

    private record Failing(String accountId, String id) {}

    void round() {
        List<Failing> failing = database.sql("""
                        select l.account_id, l.id from webhook_lane l
                          join webhook_endpoint w on w.account_id = l.account_id and w.id = l.id and w.status = 'enabled'
                         where\s""" + FAILING + "order by l.failing_since limit " + AT_ONCE)
                .list(row -> new Failing(row.text("account_id"), row.text("id")));
        failing.forEach(it -> database.transaction(tx -> disable(tx, it)).ifPresent(endpoint -> {
            metrics.counter("bezant.webhooks.endpoints_disabled").increment();
            LOG.atWarn().addKeyValue("account_id", endpoint.accountId()).addKeyValue("webhook_endpoint", endpoint.id())
                    .log("A webhook endpoint was disabled: nothing has arrived there for three days");
        }));
    }

    private Optional<Endpoint> disable(Session tx, Failing failing) {
        Optional<Endpoint> stored = tx.sql("select " + Endpoint.COLUMNS + """
                         from webhook_endpoint w
                         where w.account_id = :account and w.id = :id and w.status = 'enabled' for no key update
                        """)
                .bind("account", failing.accountId())
                .bind("id", failing.id())
                .one(Endpoint::read);
        if (stored.isEmpty() || !stillFails(tx, failing)) {
            return Optional.empty();
        }
        Endpoint disabled = stored.get().disabled(Disabled.FAILING);
        endpoints.update(tx, stored.get(), disabled);
        audit.record(tx, Actor.SERVER, disabled.accountId(), "webhook_endpoint.disable", disabled.id(), Json.object().put("reason", "failing"));
        events.append(tx, Cause.job(disabled.accountId(), disabled.livemode()), EventDraft.of("webhook_endpoint.disabled", disabled.render()));
        return Optional.of(disabled);
    }

    /** Something may have arrived since it was looked at. */
    private static boolean stillFails(Session tx, Failing failing) {
        Line.hold(tx, List.of(failing.id()));
        return tx.sql("select 1 from webhook_lane l where l.account_id = :account and l.id = :id and " + FAILING)
                .bind("account", failing.accountId())
                .bind("id", failing.id())
                .one(row -> true).isPresent();
    }
}
