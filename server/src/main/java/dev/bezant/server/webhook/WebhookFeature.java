package dev.bezant.server.webhook;

import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Route;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Puts the package together. */
public final class WebhookFeature implements AutoCloseable {
    private final Database database;
    private final List<Route> routes;
    private final FanOut fanOut;
    private final Lanes lanes;
    private final Listeners listeners;
    private final Disabling disabling;
    private final Backlog backlog;
    private final Sender toTest;
    private final Sender toLive;

    /**
     * What the package works with.
     *
     * @param shapes what events are given their last shape by
     */
    public record Tools(Database database, Vault vault, Events events, Audit audit, Shapes shapes, WebhookSettings settings, MeterRegistry metrics, Ids ids,
            Clock clock) {}

    public WebhookFeature(Tools tools) {
        this(tools, InetAddress::getAllByName);
    }

    /** @param lookup stands in for the system's */
    WebhookFeature(Tools tools, CheckedResolver.Lookup lookup) {
        database = tools.database();
        Ids ids = tools.ids();
        var secrets = new Secrets(tools.vault(), ids);
        var endpoints = new Endpoints(secrets);
        var payloads = new Payloads(tools.shapes());
        toTest = sender(tools.settings(), false, lookup);
        toLive = sender(tools.settings(), true, lookup);
        lanes = new Lanes(new Lanes.Tools(database, new LaneStore(database, secrets, ids.next("node"), Lanes.LEASE), payloads,
                live -> live ? toLive : toTest, tools.metrics(), ids, tools.clock()));
        listeners = new Listeners(database, ids, payloads);
        fanOut = new FanOut(database, ids, added -> {
            lanes.added(added);
            listeners.added(added);
        });
        disabling = new Disabling(database, endpoints, tools.events(), tools.audit(), tools.metrics());
        backlog = new Backlog(database, tools.metrics());
        routes = Stream.of(
                        new EndpointRoutes(database, endpoints, secrets, tools.settings(), tools.audit(), ids, tools.clock()).routes(),
                        new DeliveryRoutes(database, endpoints, new Redelivery(ids), tools.audit()).routes(),
                        new ListenerRoutes(database, listeners, endpoints, ids, tools.clock()).routes())
                .flatMap(List::stream)
                .toList();
    }

    public List<Route> routes() {
        return routes;
    }

    /** Hands new events on. For a job, often: how long it pauses is how long an event may wait. */
    public void handOn() {
        fanOut.round();
    }

    /** Sees to it that what is due is sent. For a job, often; returns at once. */
    public void deliver() {
        lanes.wake();
    }

    /** Disables endpoints where nothing arrives any more, and gives up what was held for disabled ones long enough. For a job, every minute. */
    public void disableFailing() {
        disabling.round();
        Endpoints.giveUpHeld(database);
    }

    /** Looks how much waits, for the metrics. For a job, a few times a minute. */
    public void measure() {
        backlog.measure();
    }

    /** Forgets listeners that are gone. For a job, now and then. */
    public void forgetListeners() {
        listeners.forgetGone();
    }

    /** Answers those who wait for events, so that the server can stop. */
    public void drain() {
        listeners.stop();
    }

    /** Begins nothing more, and lets what is on its way end for a moment. */
    @Override
    public void close() {
        listeners.stop();
        lanes.stop(Duration.ofSeconds(5));
        toTest.close();
        toLive.close();
    }

    private static Sender sender(WebhookSettings settings, boolean live, CheckedResolver.Lookup lookup) {
        return new Sender(settings.timeout(), new CheckedResolver(lookup, settings.privateAllowed(live)));
    }
}
