package dev.bezant.server.webhook;

import dev.bezant.server.database.Database;
import dev.bezant.server.database.DatabaseException;
import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores how tries went, many in one commit: what became of the deliveries, and the log of tries.
 *
 * <p>While the database is away, results wait here; if this node ends meanwhile they are lost, and those deliveries are made again.
 */
final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int AT_ONCE = 200;
    /** So that results that come one after the other share a commit. */
    private static final Duration LINGER = Duration.ofMillis(10);
    private static final Duration LOOK_WHETHER_CLOSING = Duration.ofMillis(100);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    private static final Duration FAILURES_NOTED_AFTER = Duration.ofDays(2);

    private static final String RECORD = """
            with r as (
                select account_id, id, attempt_id, url, headers, status_code::integer, answer, error, took_ms::integer, delivered::boolean,
                       gap_ms::bigint
                  from unnest(:accounts::text[], :ids::text[], :attempts::text[], :urls::text[], :headers::text[], :statuses::text[],
                              :answers::text[], :errors::text[], :took::text[], :delivered::text[], :gaps::text[])
                       as r (account_id, id, attempt_id, url, headers, status_code, answer, error, took_ms, delivered, gap_ms)
            ), moved as (
                update webhook_delivery d
                   set tries = d.tries + 1, last_status = r.status_code,
                       state = case when r.delivered then 'delivered' when r.gap_ms is null or now() >= d.expires_at then 'failed' else 'pending' end,
                       finished_at = case when r.delivered or r.gap_ms is null or now() >= d.expires_at then now() end,
                       due_at = case when r.delivered or r.gap_ms is null or now() >= d.expires_at then null
                                     when d.ordered and exists (
                                         select 1 from webhook_delivery e
                                          where e.endpoint_id = d.endpoint_id and e.object_id = d.object_id and e.state = 'pending' and e.ordered
                                            and (e.seq, e.id) < (d.seq, d.id)) then null
                                     else least(now() + make_interval(secs => r.gap_ms / 1000.0), d.expires_at) end
                  from r where d.account_id = r.account_id and d.id = r.id and d.state = 'pending'
                returning d.account_id, d.id, d.state, d.due_at, d.tries
            ), logged as (
                insert into webhook_attempt (account_id, id, delivery_id, number, url, request_headers, status_code, response_body, error,
                       duration_ms, next_try_at)
                select r.account_id, r.attempt_id, r.id, coalesce(moved.tries, d.tries + 1), r.url, r.headers::jsonb, r.status_code, r.answer, r.error,
                       r.took_ms, moved.due_at
                  from r
                  join webhook_delivery d on d.account_id = r.account_id and d.id = r.id
                  left join moved on moved.account_id = r.account_id and moved.id = r.id
            ), well as (
                update webhook_lane set failing_since = null, failed_at = null where id = any (:well::text[])
            ), ill as (
                update webhook_lane set failing_since = coalesce(failing_since, now()), failed_at = now() where id = any (:ill::text[])
            )
            select id, state from moved
            """;

    /** A try that has ended. */
    record Done(Lane lane, Due due, Tried tried) {}

    /**
     * A try that is stored.
     *
     * @param state what became of the delivery; null if it had been ended meanwhile
     * @param failingSince of the endpoint
     * @param calledNext whether another delivery may have become due by it, or this one is to be made again
     */
    record Stored(String deliveryId, Tried tried, @Nullable String state, @Nullable Instant failingSince, boolean calledNext) {}

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final Consumer<Map<Lane, List<Stored>>> told;
    private final LinkedBlockingQueue<Done> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    /** @param told hears of what is stored, by lane */
    Recorder(Database database, Ids ids, Clock clock, Consumer<Map<Lane, List<Stored>>> told) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.told = told;
        this.thread = Thread.ofVirtual().name("webhook-results").start(this::run);
    }

    /** Never waits. */
    void add(Done done) {
        queue.add(done);
    }

    /** Stores what is left, if the database is there. */
    @Override
    public void close() {
        // Not interrupted: that would cut the connection to the database under a commit.
        closing = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                List<Done> batch = collect();
                while (!batch.isEmpty() && !record(batch)) {
                    if (closing) {
                        return;
                    }
                    Thread.sleep(AGAIN_AFTER);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Done> collect() throws InterruptedException {
        var batch = new ArrayList<Done>();
        Done next = queue.poll(LOOK_WHETHER_CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        long until = System.nanoTime() + LINGER.toNanos();
        while (next != null) {
            batch.add(next);
            next = batch.size() < AT_ONCE ? queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS) : null;
        }
        return batch;
    }

    /** @return false if it has to be tried again */
    private boolean record(List<Done> batch) {
        try {
            // In one order, so that this and whoever else changes several deliveries do not wait for each other.
            batch.sort(Comparator.comparing(done -> done.due().id()));
            var standing = standing(batch);
            Map<String, String> states = database.transaction(tx -> record(tx, batch, standing));
            told.accept(stored(batch, states, standing));
            return true;
        } catch (DatabaseException e) {
            LOG.warn("{} results of webhooks could not be stored; it is tried again", batch.size(), e);
            return false;
        } catch (RuntimeException | Error e) {
            LOG.error("{} results of webhooks are lost, those deliveries are made again", batch.size(), e);
            told.accept(stored(batch, Map.of(), new Standing(Set.of(), Set.of())));
            return true;
        }
    }

    /** How endpoints have been doing: which of them do well again, which do not any more or still do not. */
    private record Standing(Set<String> well, Set<String> ill) {}

    private Standing standing(List<Done> batch) {
        var well = new HashSet<String>();
        var ill = new HashSet<String>();
        byLane(batch).forEach((lane, done) -> {
            Instant since = lane.failingSince();
            if (done.stream().anyMatch(it -> it.tried().delivered())) {
                if (since != null) {
                    well.add(lane.endpointId());
                }
            } else if (since == null || since.isBefore(clock.instant().minus(FAILURES_NOTED_AFTER))) {
                ill.add(lane.endpointId());
            }
        });
        return new Standing(well, ill);
    }

    private Map<String, String> record(Session tx, List<Done> batch, Standing standing) {
        List<Due> inLine = batch.stream().map(Done::due).filter(Due::ordered).toList();
        Set<String> toHold = new HashSet<>(standing.well());
        toHold.addAll(standing.ill());
        inLine.forEach(due -> toHold.add(due.endpointId()));
        if (!toHold.isEmpty()) {
            Line.hold(tx, toHold);
        }
        Map<String, String> states = new HashMap<>();
        tx.sql(RECORD).bind(values(batch)).bind("well", List.copyOf(standing.well())).bind("ill", List.copyOf(standing.ill()))
                .list(row -> states.put(row.text("id"), row.text("state")));
        if (!inLine.isEmpty()) {
            Line.callNext(tx, inLine.stream().map(Due::endpointId).toList(), inLine.stream().map(Due::objectId).toList());
        }
        return states;
    }

    private Map<Lane, List<Stored>> stored(List<Done> batch, Map<String, String> states, Standing standing) {
        Map<Lane, List<Stored>> all = new LinkedHashMap<>();
        byLane(batch).forEach((lane, done) -> {
            Instant since = standing.well().contains(lane.endpointId()) ? null
                    : lane.failingSince() == null && standing.ill().contains(lane.endpointId()) ? clock.instant() : lane.failingSince();
            all.put(lane, done.stream().map(it -> new Stored(it.due().id(), it.tried(), states.get(it.due().id()), since, it.due().ordered() || states.isEmpty())).toList());
        });
        return all;
    }

    private Map<String, Object> values(List<Done> batch) {
        Map<String, Object> values = new HashMap<>();
        values.put("accounts", column(batch, done -> done.due().accountId()));
        values.put("ids", column(batch, done -> done.due().id()));
        values.put("attempts", column(batch, done -> ids.next("wha")));
        values.put("urls", column(batch, done -> done.tried().url()));
        values.put("headers", column(batch, done -> Json.write(Json.texts(done.tried().headers()))));
        values.put("statuses", column(batch, done -> done.tried().status()));
        values.put("answers", column(batch, done -> done.tried().answer()));
        values.put("errors", column(batch, done -> done.tried().error()));
        values.put("took", column(batch, done -> done.tried().took().toMillis()));
        values.put("delivered", column(batch, done -> done.tried().delivered()));
        values.put("gaps", column(batch, done -> gap(done).map(Duration::toMillis).orElse(null)));
        return values;
    }

    private static Optional<Duration> gap(Done done) {
        return Schedule.gapAfter(done.due().tries() + 1, done.due().livemode(), ThreadLocalRandom.current());
    }

    private static List<@Nullable String> column(List<Done> batch, Function<Done, @Nullable Object> member) {
        var column = new ArrayList<@Nullable String>();
        for (Done done : batch) {
            Object value = member.apply(done);
            column.add(value == null ? null : String.valueOf(value));
        }
        return column;
    }

    private static Map<Lane, List<Done>> byLane(List<Done> batch) {
        return batch.stream().collect(Collectors.groupingBy(Done::lane));
    }
}
