package dev.bezant.server.webhook;

import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.webhook.Lane.Ready;
import dev.bezant.server.webhook.LaneStore.Config;
import dev.bezant.server.webhook.Payloads.Payload;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends deliveries that are due: takes lanes, fills them, and lets each go at its own pace, so that no receiver waits for another.
 *
 * <p>One round at a time; a round is begun by a clock tick, by new deliveries, and by results that make room.
 */
final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    /** Short, so that others soon go on with what a killed node leaves. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final Duration RENEWED_EVERY = Duration.ofSeconds(1);
    /** Nothing is begun in the last moments of a lease: what is on its way takes time too. */
    private static final Duration LEASE_MARGIN = Duration.ofMillis(500);
    private static final int LANES_MAX = 2000;
    private static final Duration END_LOOK = Duration.ofMillis(5);
    private static final String USER_AGENT = "Bezant/1.0 (+webhooks)";
    private static final String CONTENT_TYPE = "application/json; charset=utf-8";

    /**
     * What sending needs.
     *
     * @param senders by whether it is live mode
     */
    record Tools(Database database, LaneStore store, Payloads payloads, Function<Boolean, Sender> senders, MeterRegistry metrics, Ids ids, Clock clock) {}

    private final Tools tools;
    private final Recorder recorder;
    private final Timer delay;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger wanted = new AtomicInteger();
    private long renewAt;
    private volatile boolean stopping;
    private volatile boolean broken;

    Lanes(Tools tools) {
        this.tools = tools;
        this.recorder = new Recorder(tools.database(), tools.ids(), tools.clock(), this::stored);
        this.delay = Timer.builder("bezant.webhooks.delay").publishPercentiles(0.5, 0.99).register(tools.metrics());
        this.renewAt = System.nanoTime();
        tools.metrics().gauge("bezant.webhooks.lanes", lanes, Map::size);
        tools.metrics().gauge("bezant.webhooks.under_way", lanes, all -> all.values().stream().mapToInt(Lane::underWay).sum());
    }

    /** Begins a round soon, and returns at once. */
    void wake() {
        if (!stopping && wanted.getAndIncrement() == 0) {
            Thread.ofVirtual().name("webhook-round").start(this::rounds);
        }
    }

    /** Some endpoints have new deliveries. */
    void added(Set<String> endpointIds) {
        endpointIds.stream().map(lanes::get).filter(Objects::nonNull).forEach(Lane::look);
        wake();
    }

    /** Begins nothing more, lets what is under way end for at most the grace period, stores results, lets go of the lanes. */
    void stop(Duration grace) {
        stopping = true;
        long deadline = System.nanoTime() + grace.toNanos();
        while ((underWay() > 0 || wanted.get() > 0) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(END_LOOK.toNanos());
        }
        recorder.close();
        if (!lanes.isEmpty()) {
            try {
                tools.store().release(lanes.keySet());
            } catch (RuntimeException e) {
                LOG.warn("Lanes could not be let go; their lease runs out in {} s", LEASE.toSeconds(), e);
            }
        }
    }

    private int underWay() {
        return lanes.values().stream().mapToInt(Lane::underWay).sum();
    }

    private void rounds() {
        int asked;
        do {
            asked = wanted.get();
            try {
                if (!stopping) {
                    round();
                }
                broken = false;
            } catch (RuntimeException | Error e) {
                // An error too: without this thread nobody would begin another round. Told once, as it comes back with every tick.
                if (!broken) {
                    LOG.error("Webhooks are not being sent; it is tried again and again", e);
                }
                broken = true;
            }
        } while (!wanted.compareAndSet(asked, 0));
    }

    private void round() {
        long now = System.nanoTime();
        if (now - renewAt >= 0) {
            renew(now);
        }
        take();
        fill();
        lanes.values().forEach(this::start);
        letGo();
    }

    private void take() {
        if (lanes.size() >= LANES_MAX) {
            return;
        }
        long now = System.nanoTime();
        List<LaneStore.Taken> taken = tools.store().take(LANES_MAX - lanes.size());
        if (!taken.isEmpty()) {
            Map<String, Lane> fresh = taken.stream().map(it -> new Lane(it, until(now), now)).collect(Collectors.toMap(Lane::endpointId, lane -> lane));
            lanes.putAll(fresh);
            configure(fresh.values());
        }
    }

    private void renew(long now) {
        if (!lanes.isEmpty()) {
            Map<String, LaneStore.Kept> kept = tools.store().keep(lanes.keySet()).stream()
                    .collect(Collectors.toMap(LaneStore.Kept::endpointId, it -> it));
            lanes.entrySet().removeIf(entry -> {
                boolean lost = !kept.containsKey(entry.getKey());
                if (lost) {
                    // Somebody else's now, or deleted: what has not begun does not begin.
                    entry.getValue().configure(null);
                }
                return lost;
            });
            lanes.values().forEach(lane -> lane.leased(until(now)));
            configure(lanes.values().stream().filter(lane -> stale(lane, Objects.requireNonNull(kept.get(lane.endpointId())))).toList());
        }
        renewAt = now + RENEWED_EVERY.toNanos();
    }

    private static boolean stale(Lane lane, LaneStore.Kept now) {
        Config known = lane.config();
        return known == null ? now.enabled()
                : !now.enabled() || known.version() != now.version() || !Objects.equals(known.apiVersion(), now.apiVersion());
    }

    private void configure(Collection<Lane> some) {
        if (!some.isEmpty()) {
            Map<String, Config> configs = tools.store().configs(some.stream().map(Lane::endpointId).toList());
            some.forEach(lane -> lane.configure(configs.get(lane.endpointId())));
        }
    }

    /** One statement for what is due everywhere, one for the events that are not remembered. */
    private void fill() {
        long now = System.nanoTime();
        Map<Lane, Integer> room = new LinkedHashMap<>();
        lanes.values().forEach(lane -> {
            int more = lane.room(now);
            if (more > 0) {
                room.put(lane, more);
            }
        });
        if (room.isEmpty()) {
            return;
        }
        List<Due> due = tools.store().due(room, room.keySet().stream().flatMap(lane -> lane.held().stream()).toList());
        Map<String, List<Due>> byLane = due.stream().collect(Collectors.groupingBy(Due::endpointId));
        List<Lane> stale = room.keySet().stream().filter(lane -> outdated(lane, byLane.getOrDefault(lane.endpointId(), List.of()))).toList();
        configure(stale);
        stale.forEach(room::remove);
        Map<Payloads.Key, Payload> payloads = tools.payloads().of(tools.database(), room.keySet().stream()
                .flatMap(lane -> byLane.getOrDefault(lane.endpointId(), List.of()).stream().map(it -> key(lane, it))).toList());
        room.forEach((lane, asked) -> lane.took(byLane.getOrDefault(lane.endpointId(), List.of()).stream()
                .map(it -> new Ready(it, payloads.get(key(lane, it)), now)).toList(), asked, now));
        if (!stale.isEmpty()) {
            wake();
        }
    }

    private static boolean outdated(Lane lane, List<Due> due) {
        Config config = lane.config();
        return due.stream().anyMatch(it -> config == null || it.version() != config.version());
    }

    private static Payloads.Key key(Lane lane, Due due) {
        Config config = lane.config();
        return new Payloads.Key(due.accountId(), due.eventId(), config == null ? null : config.apiVersion(), due.pendingWebhooks());
    }

    private void start(Lane lane) {
        if (!stopping) {
            lane.start().forEach(going -> Thread.ofVirtual().name("webhook-try").start(() -> attempt(lane, going.config(), going.ready())));
        }
    }

    private void attempt(Lane lane, Config config, Ready ready) {
        Payload payload = ready.payload();
        Tried tried;
        try {
            tried = payload == null ? untold(config) : send(config, ready.due(), payload.body());
        } catch (RuntimeException | Error e) {
            LOG.error("Delivery {} could not be tried", ready.due().id(), e);
            tried = new Tried(config.url(), Map.of(), null, null, "An unexpected error on our side", Duration.ZERO);
        }
        lane.finished(tried);
        tools.metrics().counter("bezant.webhooks.tries", "outcome", tried.word()).increment();
        if (payload != null && tried.delivered() && ready.due().fresh() && ready.due().tries() == 0) {
            // From the event to its receiver's answer: the first part by the database's clock, the second by ours.
            delay.record(Duration.between(payload.eventCreatedAt(), ready.due().readAt()).plusNanos(System.nanoTime() - ready.readNanos()));
        }
        recorder.add(new Recorder.Done(lane, ready.due(), tried));
        start(lane);
    }

    private Tried send(Config config, Due due, byte[] body) {
        Instant now = tools.clock().instant();
        String signature = Signature.header(now, body, config.signing(now));
        return tools.senders().apply(due.livemode()).send(config.url(), Map.of("Content-Type", CONTENT_TYPE, "User-Agent", USER_AGENT,
                "Payments-Signature", signature, "Stripe-Signature", signature), body);
    }

    private static Tried untold(Config config) {
        return new Tried(config.url(), Map.of(), null, null, "The event is not kept any more, or cannot be written", Duration.ZERO);
    }

    private void stored(Map<Lane, List<Recorder.Stored>> results) {
        boolean more = false;
        for (Map.Entry<Lane, List<Recorder.Stored>> entry : results.entrySet()) {
            for (Recorder.Stored result : entry.getValue()) {
                entry.getKey().stored(result);
                if ("failed".equals(result.state())) {
                    tools.metrics().counter("bezant.webhooks.given_up").increment();
                }
            }
            more = more || entry.getKey().room(System.nanoTime()) > 0;
        }
        if (more) {
            wake();
        }
    }

    private void letGo() {
        long now = System.nanoTime();
        List<String> quiet = new ArrayList<>();
        lanes.values().forEach(lane -> {
            if (lane.quiet(now)) {
                quiet.add(lane.endpointId());
            }
        });
        if (!quiet.isEmpty()) {
            tools.store().release(quiet);
            quiet.forEach(lanes::remove);
        }
    }

    private static long until(long now) {
        return now + LEASE.minus(LEASE_MARGIN).toNanos();
    }
}
