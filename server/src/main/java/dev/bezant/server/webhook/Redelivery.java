package dev.bezant.server.webhook;

import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.http.Caller;
import dev.bezant.server.http.CreatedFilter;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.webhook.NewDeliveries.Item;
import dev.bezant.server.webhook.NewDeliveries.Origin;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends events again: one to whoever wants it, or many to one endpoint. The events stay what they are; only deliveries are added. */
final class Redelivery {
    /** The clocks that ids and rows were made by differ by less. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofHours(1);
    /** Before the time that fits an id ends. */
    private static final Instant FAR_AWAY = Instant.parse("5000-01-01T00:00:00Z");

    /** Whoever is told of events: an endpoint or a listener. */
    record Target(String id, boolean ordered, boolean enabled, List<String> enabledEvents) {
        static final String COLUMNS = "w.id, w.ordered, w.status = 'enabled' as enabled, w.enabled_events";

        static Target read(Row row) throws SQLException {
            return new Target(row.text("id"), row.flag("ordered"), row.flag("enabled"), row.texts("enabled_events"));
        }

        boolean wants(String type) {
            return enabledEvents.contains(EventTypes.ANY) || enabledEvents.contains(type);
        }
    }

    /**
     * An event to be sent again.
     *
     * @param pendingAt the endpoints that it is on its way to
     */
    record Past(String id, String type, String objectId, long seq, List<String> pendingAt) {
        static Past read(Row row) throws SQLException {
            return new Past(row.text("id"), row.text("type"), row.text("object_id"), row.number("seq"), row.texts("pending_at"));
        }

        Item delivery(Caller caller, Target target, List<Target> all) {
            int others = (int) pendingAt.stream().filter(id -> all.stream().noneMatch(it -> it.id().equals(id))).count();
            return new Item(caller.accountId(), caller.livemode(), target.id(), target.ordered(), id, type, objectId, seq, others + all.size());
        }
    }

    /**
     * Which events.
     *
     * @param types empty = those the endpoint wants
     * @param after the last one of the call before; null at the beginning
     * @param undelivered only those that have not reached the endpoint
     */
    record Range(CreatedFilter created, List<String> types, @Nullable String after, boolean undelivered, int most) {}

    private static final String PAST = """
            select e.id, e.type, e.object_id, coalesce(e.seq, 0) as seq,
                   array(select distinct d.endpoint_id from webhook_delivery d
                          where d.account_id = e.account_id and d.event_id = e.id and d.state = 'pending') as pending_at
              from event e
             where e.account_id = :account and e.livemode = :livemode
            """;

    private final Ids ids;

    Redelivery(Ids ids) {
        this.ids = ids;
    }

    Optional<Past> event(Session tx, Caller caller, String id) {
        return tx.sql(PAST + " and e.id = :id").bind("account", caller.accountId()).bind("livemode", caller.livemode()).bind("id", id)
                .one(Past::read);
    }

    /** All of the account's mode. */
    List<Target> targets(Session tx, Caller caller) {
        return tx.sql("select " + Target.COLUMNS + " from webhook_endpoint w where w.account_id = :account and w.livemode = :livemode order by w.id")
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .list(Target::read);
    }

    /** The oldest first. */
    List<Past> events(Session tx, Caller caller, Target target, Range range) {
        return tx.sql(PAST + range.created().sql("e.created_at") + """
                           and (:any or e.type = any (:types::text[]))
                           and e.id > :after and e.id < :end
                           and (not :undelivered or not exists (
                                select 1 from webhook_delivery s
                                 where s.account_id = e.account_id and s.event_id = e.id and s.endpoint_id = :endpoint
                                   and s.state in ('delivered', 'pending')))
                         order by e.id limit :most
                        """)
                .bind("account", caller.accountId())
                .bind("livemode", caller.livemode())
                .bind("endpoint", target.id())
                .bind(range.created().values())
                .bind("any", range.types().isEmpty() && target.enabledEvents().contains(EventTypes.ANY))
                .bind("types", range.types().isEmpty() ? target.enabledEvents() : range.types())
                .bind("after", range.after() != null ? range.after() : bound(range.created().from(), Instant.EPOCH, CLOCKS_DIFFER_BY.negated()))
                .bind("end", bound(range.created().to(), FAR_AWAY, CLOCKS_DIFFER_BY))
                .bind("undelivered", range.undelivered())
                .bind("most", range.most())
                .list(Past::read);
    }

    /** Ids are time: with their bounds only the partitions of that time are read. */
    private static String bound(@Nullable Instant moment, Instant otherwise, Duration tolerance) {
        Instant known = moment == null || moment.isAfter(FAR_AWAY) ? otherwise : moment;
        Instant tolerant = known.plus(tolerance);
        return "evt_" + Ids.lowerBound(tolerant.isBefore(Instant.EPOCH) ? Instant.EPOCH : tolerant);
    }

    /** @return the ids of the new deliveries */
    List<String> send(Session tx, Caller caller, List<Past> events, List<Target> targets, Origin origin) {
        var there = Line.hold(tx, targets.stream().map(Target::id).toList());
        List<Target> present = targets.stream().filter(target -> there.contains(target.id())).toList();
        if (present.isEmpty() || events.isEmpty()) {
            return List.of();
        }
        var items = new ArrayList<Item>();
        for (Past event : events) {
            present.forEach(target -> items.add(event.delivery(caller, target, present)));
        }
        var fresh = new NewDeliveries(ids, items, origin);
        tx.sql("with marked as (" + Line.MARK + ") " + NewDeliveries.INSERT).bind(fresh.values()).update();
        present.stream().filter(Target::ordered).forEach(target -> Line.sendBack(tx, target.id()));
        Line.callNext(tx, items);
        return fresh.deliveryIds();
    }
}
