package dev.bezant.server.webhook;

import dev.bezant.server.database.Session;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order at ordered endpoints: of each object, only the earliest unfinished delivery has a time when it is due; the others wait
 * in line, without one.
 *
 * <p>Whoever adds a delivery, or finishes one and calls the next, holds the lane of the endpoint: otherwise the last one could
 * finish while the next one joins the line behind it, and nobody would call that.
 */
final class Line {
    /** Part of a statement that lets whoever sends know that there is something for {@code :endpoints}; their lanes are held. */
    static final String MARK = """
            update webhook_lane l set due_at = now()
             where l.id = any (:endpoints::text[]) and l.due_at > now()
               and exists (select 1 from webhook_endpoint w
                            where w.account_id = l.account_id and w.id = l.id and w.kind = 'endpoint' and w.status = 'enabled')
            """;

    /**
     * Ends the transaction if nothing is heard of it for ten seconds: a machine that vanished must not hold a lane, or everybody's
     * events, for as long as the network believes in it.
     */
    static final String NOT_FOR_EVER = "set_config('idle_in_transaction_session_timeout', '10s', true)";

    private Line() {}

    /**
     * Holds the lanes of endpoints until the transaction ends; always in the same order, so that two of us do not wait for each other.
     *
     * @return the endpoints that still exist
     */
    static Set<String> hold(Session tx, Collection<String> endpointIds) {
        return new HashSet<>(tx.sql("select id, " + NOT_FOR_EVER + " from webhook_lane where id = any (:endpoints::text[]) order by id for update")
                .bind("endpoints", List.copyOf(endpointIds))
                .list(row -> row.text("id")));
    }

    /** Makes the first in line due, wherever something was added that keeps order. */
    static void callNext(Session tx, List<NewDeliveries.Item> added) {
        List<NewDeliveries.Item> inLine = added.stream().filter(NewDeliveries.Item::ordered).toList();
        if (!inLine.isEmpty()) {
            callNext(tx, inLine.stream().map(NewDeliveries.Item::endpointId).toList(), inLine.stream().map(NewDeliveries.Item::objectId).toList());
        }
    }

    /** Makes the first in line due, for each pair of an endpoint and an object. */
    static void callNext(Session tx, List<String> endpointIds, List<String> objectIds) {
        tx.sql("""
                        update webhook_delivery d set due_at = now()
                          from (select distinct endpoint_id, object_id
                                  from unnest(:endpoints::text[], :objects::text[]) as p (endpoint_id, object_id)) pair
                         cross join lateral (
                               select f.account_id, f.id from webhook_delivery f
                                where f.endpoint_id = pair.endpoint_id and f.object_id = pair.object_id and f.state = 'pending' and f.ordered
                                order by f.seq, f.id limit 1) first
                         where d.account_id = first.account_id and d.id = first.id and d.due_at is null
                        """)
                .bind("endpoints", endpointIds)
                .bind("objects", objectIds)
                .update();
    }

    /** Puts those back in line that have been overtaken by an earlier event that is sent again. */
    static void sendBack(Session tx, String endpointId) {
        tx.sql("""
                        update webhook_delivery d set due_at = null
                         where d.endpoint_id = :endpoint and d.state = 'pending' and d.ordered and d.due_at is not null
                           and exists (select 1 from webhook_delivery e
                                        where e.endpoint_id = d.endpoint_id and e.object_id = d.object_id and e.state = 'pending' and e.ordered
                                          and (e.seq, e.id) < (d.seq, d.id))
                        """)
                .bind("endpoint", endpointId)
                .update();
    }

    /** Begins or ends keeping order for what is on its way already. */
    static void changeOrder(Session tx, String endpointId, boolean ordered) {
        tx.sql("""
                        update webhook_delivery set ordered = :ordered, due_at = coalesce(due_at, now())
                         where endpoint_id = :endpoint and state = 'pending'
                        """)
                .bind("ordered", ordered)
                .bind("endpoint", endpointId)
                .update();
        if (ordered) {
            sendBack(tx, endpointId);
        }
    }
}
