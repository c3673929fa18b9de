package dev.bezant.server.webhook;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hands new events on: one delivery for each endpoint and listener that wants to be told.
 *
 * <p>Any node does it, one at a time, and in the order in which the events were written: an earlier event of an object has its
 * deliveries before a later one has. Events and deliveries change in one commit, so nothing is handed on twice or not at all.
 */
final class FanOut {
    private static final int EVENTS_AT_ONCE = 100;

    /**
     * The lock makes it one node at a time; it is gone with its transaction, however that ends. What another node has handed on since
     * this statement began is seen when its row is locked.
     *
     * @see Line#NOT_FOR_EVER
     */
    private static final String PICK = """
            select e.account_id, e.id, e.livemode, e.type, e.object_id, e.seq, w.id as endpoint_id, w.ordered
              from (select account_id, id, livemode, type, object_id, seq from event
                     where undispatched and (select pg_try_advisory_xact_lock(7233002) and %s <> '')
                     order by seq limit :events
                       for update skip locked) e
              left join webhook_endpoint w
                on w.account_id = e.account_id and w.livemode = e.livemode
               and ('*' = any (w.enabled_events) or e.type = any (w.enabled_events))
             order by e.seq, w.id
            """.formatted(Line.NOT_FOR_EVER);

    private static final String HAND_ON = "with written as (" + NewDeliveries.INSERT + "), marked as (" + Line.MARK + """
            )
            update event set undispatched = false where undispatched and seq = any (:done::text[]::bigint[])
            """;

    /** An event that is still to be handed on, and somebody who wants to be told of it; null if nobody does. */
    private record Match(String accountId, String eventId, boolean livemode, String type, String objectId, long seq,
            @Nullable String endpointId, boolean ordered) {
        static Match read(Row row) throws SQLException {
            String endpoint = row.textOrNull("endpoint_id");
            return new Match(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("type"), row.text("object_id"), row.number("seq"),
                    endpoint, endpoint != null && row.flag("ordered"));
        }

        NewDeliveries.Item delivery(int pending) {
            return new NewDeliveries.Item(accountId, livemode, Objects.requireNonNull(endpointId), ordered, eventId, type, objectId, seq, pending);
        }
    }

    private final Database database;
    private final Ids ids;
    private final Consumer<Set<String>> told;

    /** @param told hears which endpoints have something new, after the commit */
    FanOut(Database database, Ids ids, Consumer<Set<String>> told) {
        this.database = database;
        this.ids = ids;
        this.told = told;
    }

    /** Hands on what there is. */
    void round() {
        while (anything()) {
            Set<String> endpoints = new HashSet<>();
            int events = database.transaction(tx -> handOn(tx, endpoints));
            if (!endpoints.isEmpty()) {
                told.accept(endpoints);
            }
            if (events < EVENTS_AT_ONCE) {
                return;
            }
        }
    }

    private boolean anything() {
        return database.sql("select exists (select 1 from event where undispatched) as it").one(row -> row.flag("it")).orElse(false);
    }

    /** @return how many events were handed on */
    private int handOn(Session tx, Set<String> endpoints) {
        List<Match> matches = tx.sql(PICK).bind("events", EVENTS_AT_ONCE).list(Match::read);
        if (matches.isEmpty()) {
            return 0;
        }
        endpoints.addAll(Line.hold(tx, matches.stream().map(Match::endpointId).filter(id -> id != null).distinct().toList()));
        List<Match> wanted = matches.stream().filter(match -> match.endpointId() != null && endpoints.contains(match.endpointId())).toList();
        Map<Long, Long> pending = wanted.stream().collect(Collectors.groupingBy(Match::seq, Collectors.counting()));
        List<String> done = matches.stream().map(match -> String.valueOf(match.seq())).distinct().toList();
        List<NewDeliveries.Item> items = wanted.stream().map(match -> match.delivery(Math.toIntExact(pending.getOrDefault(match.seq(), 1L)))).toList();
        tx.sql(HAND_ON).bind(new NewDeliveries(ids, items, NewDeliveries.Origin.EVENT).values()).bind("done", done).update();
        Line.callNext(tx, items);
        return done.size();
    }
}
