package dev.bezant.server.webhook;

import dev.bezant.server.audit.Audit;
import dev.bezant.server.database.Database;
import dev.bezant.server.dialect.Shapes;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import dev.bezant.server.testing.TestDatabase;
import dev.bezant.server.vault.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Servers that send webhooks, several on one database, without anything else of a server. */
final class Nodes implements AutoCloseable {
    private static final String ACCOUNT = "acct_nodes";

    final TestDatabase db = TestDatabase.create();
    final Ids ids = new Ids(Clock.systemUTC());
    final Events events = new Events(ids);
    private final Path vault;
    private final List<Node> nodes = new ArrayList<>();

    Nodes() {
        try {
            vault = Files.createTempDirectory("vault");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server. */
    final class Node implements AutoCloseable {
        final Database database;
        final WebhookFeature webhooks;
        private final ScheduledExecutorService ticks = Executors.newScheduledThreadPool(2);
        private final List<ScheduledFuture<?>> running = new ArrayList<>();

        private Node() {
            database = Database.open(new Database.Settings(db.url(), db.user(), db.password(), 8));
            webhooks = new WebhookFeature(new WebhookFeature.Tools(database, vault(), events, new Audit(ids), new Shapes(),
                    new WebhookSettings(Duration.ofSeconds(20), Set.of(Mode.TEST)), new SimpleMeterRegistry(), ids, Clock.systemUTC()));
        }

        Node run() {
            running.add(ticks.scheduleWithFixedDelay(webhooks::handOn, 0, 50, TimeUnit.MILLISECONDS));
            running.add(ticks.scheduleWithFixedDelay(webhooks::deliver, 0, 50, TimeUnit.MILLISECONDS));
            return this;
        }

        /** As a SIGKILL would, as far as others can see: from now on nothing reaches the database. */
        void die() {
            ticks.shutdownNow();
            database.close();
        }

        @Override
        public void close() {
            ticks.shutdownNow();
            webhooks.close();
            database.close();
        }
    }

    Node node() {
        var node = new Node();
        nodes.add(node);
        return node;
    }

    String endpoint(String url, boolean ordered, int concurrency) {
        var endpoint = new Endpoint(ACCOUNT, ids.next("we"), false, url, List.of(EventTypes.ANY), null, null, Json.object(), null, ordered, concurrency, Instant.now());
        db.database().transaction(tx -> {
            var secrets = new Secrets(vault(), ids);
            new Endpoints(secrets).insert(tx, endpoint);
            secrets.create(tx, ACCOUNT, endpoint.id());
            return true;
        });
        return endpoint.id();
    }

    /** Writes one event about an object, in a commit of its own. */
    void event(String object, int number) {
        db.database().transaction(tx -> {
            events.append(tx, Cause.job(ACCOUNT, false), EventDraft.of("customer.updated",
                    Json.object().put("id", object).put("object", "customer").put("name", String.valueOf(number))));
            return true;
        });
    }

    long count(String what) {
        return db.database().sql("select count(*) as n from " + what).one(row -> row.number("n")).orElseThrow();
    }

    private Vault vault() {
        return Vault.open(vault, Clock.systemUTC(), ids);
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        db.close();
    }
}
