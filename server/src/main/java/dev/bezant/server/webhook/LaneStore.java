package dev.bezant.server.webhook;

import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which node sends to which endpoint, in the tables.
 *
 * <p>A lane belongs to one node at a time, by a lease that the database's clock ends. So what one node knows of an endpoint (what is
 * under way, how it has been doing) is all there is to know, and a node that dies leaves nothing but a lease that runs out.
 */
final class LaneStore {
    private final Database database;
    private final Secrets secrets;
    private final String node;
    private final Duration lease;

    LaneStore(Database database, Secrets secrets, String node, Duration lease) {
        this.database = database;
        this.secrets = secrets;
        this.node = node;
        this.lease = lease;
    }

    /** @param failingSince null if its last try succeeded */
    record Taken(String accountId, String endpointId, @Nullable Instant failingSince) {}

    /**
     * What has to be known to send to an endpoint.
     *
     * @param apiVersion which shapes it gets; null = native
     */
    record Config(int version, String url, @Nullable String apiVersion, int maxConcurrency, List<Secrets.Active> secrets) {
        Config with(List<Secrets.Active> others) {
            return new Config(version, url, apiVersion, maxConcurrency, others);
        }

        List<Secret> signing(Instant now) {
            return secrets.stream().filter(secret -> secret.at(now)).map(Secrets.Active::secret).toList();
        }
    }

    /** A lane that is still ours, and what its endpoint is like now: by this a stale {@link Config} is known. */
    record Kept(String endpointId, int version, boolean enabled, @Nullable String apiVersion) {}

    /** Takes lanes that have something due and belong to nobody, or to somebody whose lease has run out. */
    List<Taken> take(int most) {
        return database.sql("""
                        with due as (
                            select account_id, id from webhook_lane
                             where due_at <= now() and lease_until < now()
                             order by due_at limit :most
                               for update skip locked
                        )
                        update webhook_lane l set owner = :node, lease_until = now() + make_interval(secs => :lease_ms / 1000.0)
                          from due where l.account_id = due.account_id and l.id = due.id
                        returning l.account_id, l.id, l.failing_since
                        """)
                .bind("most", most)
                .bind("node", node)
                .bind("lease_ms", lease.toMillis())
                .list(row -> new Taken(row.text("account_id"), row.text("id"), row.momentOrNull("failing_since")));
    }

    /** Keeps the lanes that are still ours; of the others nothing is told. */
    List<Kept> keep(Collection<String> endpointIds) {
        return database.sql("""
                        with mine as (
                            select account_id, id from webhook_lane where id = any (:lanes::text[]) and owner = :node order by id for update
                        ), kept as (
                            update webhook_lane l set lease_until = now() + make_interval(secs => :lease_ms / 1000.0)
                              from mine where l.account_id = mine.account_id and l.id = mine.id
                            returning l.account_id, l.id
                        )
                        select w.id, w.version, w.status = 'enabled' as enabled, coalesce(w.api_version, a.default_api_version) as api_version
                          from kept join webhook_endpoint w on w.account_id = kept.account_id and w.id = kept.id
                          left join account a on a.id = w.account_id
                        """)
                .bind("lanes", List.copyOf(endpointIds))
                .bind("node", node)
                .bind("lease_ms", lease.toMillis())
                .list(row -> new Kept(row.text("id"), row.whole("version"), row.flag("enabled"), row.textOrNull("api_version")));
    }

    /** How to send to endpoints, by their ids; disabled ones are left out. */
    Map<String, Config> configs(Collection<String> endpointIds) {
        List<String> wanted = List.copyOf(endpointIds);
        Map<String, Config> configs = new HashMap<>();
        database.sql("""
                        select w.id, w.version, w.url, coalesce(w.api_version, a.default_api_version) as api_version, w.max_concurrency
                          from webhook_lane l
                          join webhook_endpoint w on w.account_id = l.account_id and w.id = l.id and w.status = 'enabled'
                          left join account a on a.id = w.account_id
                         where l.id = any (:lanes::text[])
                        """)
                .bind("lanes", wanted)
                .list(row -> configs.put(row.text("id"), new Config(row.whole("version"), row.text("url"), row.textOrNull("api_version"),
                        row.whole("max_concurrency"), List.of())));
        // After the versions: secrets that are newer than theirs are read again soon, older ones would be kept for good.
        secrets.open(database, wanted).forEach((id, active) -> configs.computeIfPresent(id, (same, config) -> config.with(active)));
        return configs;
    }

    /**
     * What is due, the longest overdue first.
     *
     * @param room how many at most, by lane
     * @param held what was taken before and is not done with
     */
    List<Due> due(Map<Lane, Integer> room, Collection<String> held) {
        List<Lane> lanes = List.copyOf(room.keySet());
        return database.sql("""
                        select d.account_id, d.id, d.endpoint_id, d.livemode, d.event_id, d.object_id, d.ordered, d.origin, d.tries, d.pending_webhooks,
                               w.version, now() as read_at
                          from unnest(:accounts::text[], :lanes::text[], :rooms::text[]::int[]) as l (account_id, id, room)
                          join webhook_endpoint w on w.account_id = l.account_id and w.id = l.id and w.status = 'enabled'
                         cross join lateral (
                               select * from webhook_delivery
                                where endpoint_id = l.id and state = 'pending' and due_at <= now() and id <> all (:held::text[])
                                order by due_at, seq limit l.room) d
                        """)
                .bind("accounts", lanes.stream().map(Lane::accountId).toList())
                .bind("lanes", lanes.stream().map(Lane::endpointId).toList())
                .bind("rooms", lanes.stream().map(lane -> String.valueOf(room.get(lane))).toList())
                .bind("held", List.copyOf(held))
                .list(Due::read);
    }

    /** Lets go of lanes and notes when there is something to do again. */
    void release(Collection<String> endpointIds) {
        database.transaction(tx -> {
            // First held, then looked: what is added meanwhile is added before or after, but never in between.
            List<String> mine = tx.sql("select id from webhook_lane where id = any (:lanes::text[]) and owner = :node order by id for update")
                    .bind("lanes", List.copyOf(endpointIds))
                    .bind("node", node)
                    .list(row -> row.text("id"));
            return mine.isEmpty() ? 0 : tx.sql("""
                            update webhook_lane l
                               set owner = null, lease_until = '-infinity', due_at = case when w.status = 'enabled'
                                   then coalesce((select d.due_at from webhook_delivery d
                                                   where d.endpoint_id = l.id and d.state = 'pending' and d.due_at is not null
                                                   order by d.due_at limit 1), 'infinity')
                                   else 'infinity' end
                              from webhook_endpoint w
                             where l.id = any (:mine::text[]) and w.account_id = l.account_id and w.id = l.id
                            """)
                    .bind("mine", mine)
                    .update();
        });
    }
}
