package dev.bezant.server.webhook;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.Page;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.webhook.Endpoint.Disabled;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints in their table, each with its lane. */
final class Endpoints {
    private static final String BY_ID = "select " + Endpoint.COLUMNS + """
             from webhook_endpoint w
             where w.account_id = :account and w.id = :id and w.livemode = :livemode and w.kind = 'endpoint'
            """;

    private final Secrets secrets;

    Endpoints(Secrets secrets) {
        this.secrets = secrets;
    }

    Optional<Endpoint> find(Session session, Caller caller, String id) {
        return session.sql(BY_ID).bind("account", caller.accountId()).bind("id", id).bind("livemode", caller.livemode()).one(Endpoint::read);
    }

    /** Held still until the transaction ends. */
    Optional<Endpoint> locked(Session tx, Caller caller, String id) {
        return tx.sql(BY_ID + " for no key update").bind("account", caller.accountId()).bind("id", id).bind("livemode", caller.livemode())
                .one(Endpoint::read);
    }

    List<Endpoint> page(Session session, Caller caller, Page page) {
        return session.sql("select " + Endpoint.COLUMNS + """
                         from webhook_endpoint w
                         where w.account_id = :account and w.livemode = :livemode and w.kind = 'endpoint'
                        """ + page.sql("w.id"))
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("cursor", page.cursor())
                .bind("rows", page.rows())
                .list(Endpoint::read);
    }

    /** Lets nobody else add endpoints to an account until the transaction ends, so that they can be counted and looked through. */
    void holdAccount(Session tx, Caller caller) {
        tx.sql("select pg_advisory_xact_lock(7233003, hashtext(:account))").bind("account", caller.accountId()).list(row -> true);
    }

    long count(Session tx, Caller caller, String kind) {
        return tx.sql("select count(*) as n from webhook_endpoint where account_id = :account and livemode = :livemode and kind = :kind")
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("kind", kind)
                .one(row -> row.number("n")).orElse(0L);
    }

    /** The oldest endpoint with exactly this address. */
    Optional<Endpoint> withUrl(Session tx, Caller caller, String url) {
        return tx.sql("select " + Endpoint.COLUMNS + """
                         from webhook_endpoint w
                         where w.account_id = :account and w.livemode = :livemode and w.kind = 'endpoint' and w.url = :url
                         order by w.id limit 1 for no key update
                        """)
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("url", url)
                .one(Endpoint::read);
    }

    void insert(Session tx, Endpoint endpoint) {
        tx.sql("""
                        insert into webhook_endpoint (account_id, id, livemode, kind, url, enabled_events, api_version, description, metadata,
                               ordered, max_concurrency, created_at)
                        values (:account, :id, :livemode, 'endpoint', :url, :events, :version, :description, :metadata::jsonb, :ordered,
                               :concurrency, :created)
                        """)
                .bind("account", endpoint.accountId())
                .bind("id", endpoint.id())
                .bind("livemode", endpoint.livemode())
                .bind("url", endpoint.url())
                .bind("events", endpoint.enabledEvents())
                .bind("version", endpoint.apiVersion())
                .bind("description", endpoint.description())
                .bind("metadata", Json.write(endpoint.metadata()))
                .bind("ordered", endpoint.ordered())
                .bind("concurrency", endpoint.maxConcurrency())
                .bind("created", endpoint.createdAt())
                .update();
        tx.sql("insert into webhook_lane (account_id, id) values (:account, :id)")
                .bind("account", endpoint.accountId())
                .bind("id", endpoint.id())
                .update();
    }

    /** Stores what has changed and lets its lane know. The lane is held from here on. */
    void update(Session tx, Endpoint before, Endpoint after) {
        Line.hold(tx, List.of(after.id()));
        tx.sql("""
                        update webhook_endpoint
                           set url = :url, enabled_events = :events, api_version = :version, description = :description,
                               metadata = :metadata::jsonb, status = :status, disabled_reason = :reason, ordered = :ordered,
                               max_concurrency = :concurrency, version = version + 1
                         where account_id = :account and id = :id
                        """)
                .bind("url", after.url())
                .bind("events", after.enabledEvents())
                .bind("version", after.apiVersion())
                .bind("description", after.description())
                .bind("metadata", Json.write(after.metadata()))
                .bind("status", after.status())
                .bind("reason", Endpoint.word(after.disabled()))
                .bind("ordered", after.ordered())
                .bind("concurrency", after.maxConcurrency())
                .bind("account", after.accountId())
                .bind("id", after.id())
                .update();
        if (before.ordered() != after.ordered()) {
            Line.changeOrder(tx, after.id(), after.ordered());
        }
        if (before.disabled() != after.disabled()) {
            setLane(tx, after, after.disabled());
        }
    }

    /** A change outside of the row, which a sender has to know of. */
    void touch(Session tx, Endpoint endpoint) {
        tx.sql("update webhook_endpoint set version = version + 1 where account_id = :account and id = :id")
                .bind("account", endpoint.accountId())
                .bind("id", endpoint.id())
                .update();
    }

    /** With its secrets; what is on its way to it ends. */
    void delete(Session tx, Endpoint endpoint) {
        Line.hold(tx, List.of(endpoint.id()));
        cancelDeliveries(tx, endpoint.accountId(), endpoint.id());
        secrets.delete(tx, endpoint.accountId(), endpoint.id());
        for (String table : List.of("webhook_lane", "webhook_endpoint")) {
            tx.sql("delete from " + table + " where account_id = :account and id = :id")
                    .bind("account", endpoint.accountId())
                    .bind("id", endpoint.id())
                    .update();
        }
    }

    static void cancelDeliveries(Session tx, String accountId, String endpointId) {
        tx.sql("""
                        update webhook_delivery set state = 'canceled', due_at = null, finished_at = now()
                         where endpoint_id = :endpoint and account_id = :account and state = 'pending'
                        """)
                .bind("endpoint", endpointId)
                .bind("account", accountId)
                .update();
    }

    /**
     * Gives up what has been held for disabled endpoints for as long as it would have been tried.
     *
     * @return how many deliveries
     */
    static int giveUpHeld(Database database) {
        List<String> disabled = database.sql("select id from webhook_endpoint where kind = 'endpoint' and status = 'disabled'").list(row -> row.text("id"));
        return disabled.stream().mapToInt(id -> database.transaction(tx -> giveUpHeld(tx, id))).sum();
    }

    private static int giveUpHeld(Session tx, String endpointId) {
        Line.hold(tx, List.of(endpointId));
        // Looked at again: somebody may have enabled it meanwhile.
        List<String> objects = tx.sql("""
                        update webhook_delivery d set state = 'failed', due_at = null, finished_at = now()
                         where d.endpoint_id = :endpoint and d.state = 'pending' and d.expires_at < now()
                           and exists (select 1 from webhook_endpoint w where w.account_id = d.account_id and w.id = d.endpoint_id and w.status = 'disabled')
                        returning d.object_id
                        """)
                .bind("endpoint", endpointId)
                .list(row -> row.text("object_id"));
        if (!objects.isEmpty()) {
            Line.callNext(tx, Collections.nCopies(objects.size(), endpointId), objects);
        }
        return objects.size();
    }

    /** A lane that stands still has nothing due; when it is opened again, everything is looked at, and old failures are forgotten. */
    private static void setLane(Session tx, Endpoint endpoint, @Nullable Disabled disabled) {
        tx.sql("""
                        update webhook_lane set due_at = case when :enabled then now() else 'infinity' end, failing_since = null, failed_at = null
                         where account_id = :account and id = :id
                        """)
                .bind("enabled", disabled == null)
                .bind("account", endpoint.accountId())
                .bind("id", endpoint.id())
                .update();
    }
}
