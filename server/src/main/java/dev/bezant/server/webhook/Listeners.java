package dev.bezant.server.webhook;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.kernel.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The listeners in their table. Where each stands is told by its deliveries: what it has not acknowledged it gets again, after any
 * pause and from any node.
 */
final class Listeners {
    /** Whoever has not fetched for so long is gone. */
    static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    /** For what other nodes hand on, and for what has become first in line: of what this node hands on it knows at once. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final String FROM = " from webhook_endpoint w left join account a on a.id = w.account_id where w.kind = 'listener' ";

    private final Database database;
    private final Ids ids;
    private final Payloads payloads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long added;
    private boolean stopping;

    Listeners(Database database, Ids ids, Payloads payloads) {
        this.database = database;
        this.ids = ids;
        this.payloads = payloads;
    }

    /** An event for a listener, as text. */
    record Delivered(String id, String eventId, String eventType, String objectId, String payload) {}

    /**
     * What became of a delivery at the listener.
     *
     * @param status what it was answered where it was taken to; null = nothing
     */
    record Acknowledged(String deliveryId, @Nullable Integer status, @Nullable String answer, @Nullable String error, long tookMillis) {}

    Optional<Listener> find(Session session, Caller caller, String id) {
        return session.sql("select " + Listener.COLUMNS + FROM + "and w.account_id = :account and w.id = :id and w.livemode = :livemode")
                .bind("account", caller.accountId())
                .bind("id", id)
                .bind("livemode", caller.livemode())
                .one(Listener::read);
    }

    Optional<Listener> named(Session tx, Caller caller, String name) {
        return tx.sql("select " + Listener.COLUMNS + FROM + "and w.account_id = :account and w.livemode = :livemode and w.name = :name")
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("name", name)
                .one(Listener::read);
    }

    void insert(Session tx, Listener listener) {
        tx.sql("""
                        insert into webhook_endpoint (account_id, id, livemode, kind, url, enabled_events, api_version, name, max_concurrency, seen_at)
                        values (:account, :id, :livemode, 'listener', :url, :events, :version, :name, 1, now())
                        """)
                .bind("account", listener.accountId())
                .bind("id", listener.id())
                .bind("livemode", listener.livemode())
                .bind("url", listener.forwardTo())
                .bind("events", listener.enabledEvents())
                .bind("version", listener.apiVersion())
                .bind("name", listener.name())
                .update();
        // Nobody sends to it: the lane is there to be held.
        tx.sql("insert into webhook_lane (account_id, id) values (:account, :id)").bind("account", listener.accountId()).bind("id", listener.id()).update();
    }

    void update(Session tx, Listener listener) {
        tx.sql("""
                        update webhook_endpoint set url = :url, enabled_events = :events, api_version = :version, seen_at = now()
                         where account_id = :account and id = :id
                        """)
                .bind("url", listener.forwardTo())
                .bind("events", listener.enabledEvents())
                .bind("version", listener.apiVersion())
                .bind("account", listener.accountId())
                .bind("id", listener.id())
                .update();
    }

    void delete(Session tx, String accountId, String id) {
        Line.hold(tx, List.of(id));
        Endpoints.cancelDeliveries(tx, accountId, id);
        for (String table : List.of("webhook_lane", "webhook_endpoint")) {
            tx.sql("delete from " + table + " where account_id = :account and id = :id").bind("account", accountId).bind("id", id).update();
        }
    }

    /** Notes that it is still there; not with every call. */
    void seen(Listener listener) {
        database.sql("""
                        update webhook_endpoint set seen_at = now()
                         where account_id = :account and id = :id and seen_at < now() - interval '1 minute'
                        """)
                .bind("account", listener.accountId())
                .bind("id", listener.id())
                .update();
    }

    /**
     * What it has not acknowledged, in the order of the events; waits for something if there is nothing, without holding a connection.
     *
     * @param held deliveries that it has in hand: they are left out, and so is everything else about their objects, which is to come
     *     after them
     */
    List<Delivered> fetch(Listener listener, int most, Collection<String> held, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            long known = added();
            List<Delivered> found = read(listener, most, held);
            long left = deadline - System.nanoTime();
            boolean over = !found.isEmpty() || left <= 0 || !exists(listener);
            if (over || !await(known, Math.min(left, LOOK_EVERY.toNanos()))) {
                return found;
            }
        }
    }

    void acknowledge(Session tx, Listener listener, Collection<Acknowledged> all) {
        Line.hold(tx, List.of(listener.id()));
        tx.sql("""
                        with r as (
                            select id, attempt_id, status_code::integer, answer, error, took_ms::bigint::integer,
                                   coalesce(status_code::integer between 200 and 299, false) as delivered
                              from unnest(:ids::text[], :attempts::text[], :statuses::text[], :answers::text[], :errors::text[], :took::text[])
                                   as r (id, attempt_id, status_code, answer, error, took_ms)
                        ), moved as (
                            update webhook_delivery d
                               set state = case when r.delivered then 'delivered' else 'failed' end, tries = d.tries + 1, last_status = r.status_code,
                                   due_at = null, finished_at = now()
                              from r where d.account_id = :account and d.id = r.id and d.endpoint_id = :listener and d.state = 'pending'
                            returning d.id, d.tries
                        )
                        insert into webhook_attempt (account_id, id, delivery_id, number, url, request_headers, status_code, response_body, error, duration_ms)
                        select :account, r.attempt_id, r.id, moved.tries, :url, '{}', r.status_code, r.answer, r.error, r.took_ms
                          from r join moved on moved.id = r.id
                        """)
                .bind("account", listener.accountId())
                .bind("listener", listener.id())
                .bind("url", listener.forwardTo() == null ? "" : listener.forwardTo())
                .bind("ids", all.stream().map(Acknowledged::deliveryId).toList())
                .bind("attempts", all.stream().map(it -> ids.next("wha")).toList())
                .bind("statuses", texts(all, Acknowledged::status))
                .bind("answers", texts(all, Acknowledged::answer))
                .bind("errors", texts(all, Acknowledged::error))
                .bind("took", texts(all, Acknowledged::tookMillis))
                .update();
    }

    /** Forgets those that are gone, with what is kept for them. */
    void forgetGone() {
        record Gone(String accountId, String id) {}

        List<Gone> gone = database.sql("""
                        select account_id, id from webhook_endpoint
                         where kind = 'listener' and seen_at < now() - make_interval(hours => :hours)
                        """)
                .bind("hours", (int) FORGOTTEN_AFTER.toHours())
                .list(row -> new Gone(row.text("account_id"), row.text("id")));
        gone.forEach(it -> database.transaction(tx -> {
            delete(tx, it.accountId(), it.id());
            return true;
        }));
    }

    /** There are new deliveries. */
    void added(Collection<String> endpointIds) {
        if (!endpointIds.isEmpty()) {
            signal(false);
        }
    }

    /** Lets nobody wait any more. */
    void stop() {
        signal(true);
    }

    private List<Delivered> read(Listener listener, int most, Collection<String> held) {
        record Pending(String id, String eventId, String eventType, String objectId, int pendingWebhooks) {}

        List<Pending> pending = database.sql("""
                        select id, event_id, event_type, object_id, pending_webhooks from webhook_delivery
                         where endpoint_id = :listener and account_id = :account and state = 'pending'
                           and object_id <> all (array(
                               select h.object_id from webhook_delivery h
                                where h.account_id = :account and h.id = any (:held::text[]) and h.endpoint_id = :listener and h.state = 'pending'))
                         order by seq, id limit :most
                        """)
                .bind("held", List.copyOf(held))
                .bind("listener", listener.id())
                .bind("account", listener.accountId())
                .bind("most", most)
                .list(row -> new Pending(row.text("id"), row.text("event_id"), row.text("event_type"), row.text("object_id"), row.whole("pending_webhooks")));
        if (pending.isEmpty()) {
            return List.of();
        }
        Map<Payloads.Key, Payloads.Payload> told = payloads.of(database, pending.stream().map(it ->
                new Payloads.Key(listener.accountId(), it.eventId(), listener.spokenVersion(), it.pendingWebhooks())).toList());
        var delivered = new ArrayList<Delivered>();
        for (Pending it : pending) {
            var payload = told.get(new Payloads.Key(listener.accountId(), it.eventId(), listener.spokenVersion(), it.pendingWebhooks()));
            delivered.add(new Delivered(it.id(), it.eventId(), it.eventType(), it.objectId(), payload == null ? "" : payload.text()));
        }
        return delivered;
    }

    /** Somebody may have deleted it meanwhile. */
    private boolean exists(Listener listener) {
        return database.sql("select 1 from webhook_endpoint where account_id = :account and id = :id")
                .bind("account", listener.accountId())
                .bind("id", listener.id())
                .one(row -> true).isPresent();
    }

    private long added() {
        lock.lock();
        try {
            return added;
        } finally {
            lock.unlock();
        }
    }

    /** @return false if nobody is to wait any more */
    private boolean await(long known, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (added == known && !stopping && left > 0) {
                left = news.awaitNanos(left);
            }
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void signal(boolean last) {
        lock.lock();
        try {
            added++;
            stopping = stopping || last;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static List<@Nullable String> texts(Collection<Acknowledged> all, java.util.function.Function<Acknowledged, @Nullable Object> member) {
        var texts = new ArrayList<@Nullable String>();
        for (Acknowledged one : all) {
            Object value = member.apply(one);
            texts.add(value == null ? null : String.valueOf(value));
        }
        return texts;
    }
}
