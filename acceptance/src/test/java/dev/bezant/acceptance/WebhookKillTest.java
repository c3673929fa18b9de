package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Events to ten endpoints, three of which misbehave, from a server that is killed five times meanwhile. Replayed with
 * {@code -Dbezant.seed=...}.
 */
class WebhookKillTest {
    private static final int CLIENTS = 8;
    private static final int KILLS = 5;
    /** One customer is created and renamed so often. */
    private static final int EVENTS_EACH = 5;
    private static final Duration ARRIVED_WITHIN = Duration.ofMinutes(5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path parent;

    private final List<Hook> hooks = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void two_thousand_events_reach_every_good_endpoint_although_the_server_is_killed() throws Exception {
        kill(2_000);
    }

    @Test
    @Tag("long")
    void twenty_thousand_events_reach_every_good_endpoint_although_the_server_is_killed() throws Exception {
        kill(20_000);
    }

    private void kill(int events) throws Exception {
        long seed = Long.getLong("bezant.seed", new Random().nextLong(1_000_000));
        // Those that hang are not to hold up the test's own end.
        Files.writeString(parent.resolve("bezant.properties"), "webhooks.timeout_ms = 3000\n");
        try (CrashWorld world = CrashWorld.start(parent, "--no-sandbox")) {
            List<String> good = endpoints(world, Hook.Manner.GOOD, 7);
            for (Hook.Manner manner : List.of(Hook.Manner.HANGS, Hook.Manner.FLOODS, Hook.Manner.HANGS_UP)) {
                endpoints(world, manner, 1);
            }
            long began = System.nanoTime();
            var begun = new AtomicInteger();
            List<Thread> clients = clients(world, begun, events / EVENTS_EACH);
            var random = new Random(seed);
            for (int kill = 1; kill <= KILLS; kill++) {
                int at = events / EVENTS_EACH * kill / (KILLS + 1) + random.nextInt(5);
                await().atMost(ARRIVED_WITHIN).pollInterval(Duration.ofMillis(10)).until(() -> begun.get() >= at || !failures.isEmpty());
                world.kill();
                world.startAgain();
            }
            for (Thread client : clients) {
                assertThat(client.join(ARRIVED_WITHIN)).as("a client has finished").isTrue();
            }
            assertThat(failures).isEmpty();
            awaitArrived(world, good);
            double seconds = (System.nanoTime() - began) / 1e9;

            Set<String> all = world.books().rows("select id from event where type like 'customer.%'").stream().map(row -> row.text("id")).collect(Collectors.toSet());
            assertThat(all).as("seed %d", seed).hasSize(events);
            int repeated = 0;
            for (int i = 0; i < good.size(); i++) {
                repeated += assertComplete(hooks.get(i), all, i % 2 == 0);
            }
            System.out.printf("seed %d: %d events to 10 endpoints, %d kills, %d deliveries to good ones (%d repeated) in %.0f s, server down included%n",
                    seed, events, KILLS, events * good.size(), repeated, seconds);
            Shell.Result doctor = new Shell().run("doctor", "--data", world.data().toString());
            assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();
        } finally {
            hooks.forEach(Hook::close);
        }
    }

    /** Every other one wants order. @return their ids */
    private List<String> endpoints(CrashWorld world, Hook.Manner manner, int count) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Hook hook = Hook.open(manner);
            hooks.add(hook);
            Http.Answer made = Http.post(world.url() + "/v1/webhook_endpoints", Map.of("url", hook.url(), "enabled_events[]", "*", "ordered", String.valueOf(i % 2 == 0)),
                    world.key(), null);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            ids.add(made.member("/id"));
        }
        return ids;
    }

    private List<Thread> clients(CrashWorld world, AtomicInteger begun, int customers) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (begun.getAndIncrement() < customers) {
                        String id = answered(world, new Call("/v1/customers", Map.of("name", "0"))).member("/id");
                        for (int name = 1; name < EVENTS_EACH; name++) {
                            answered(world, new Call("/v1/customers/" + id, Map.of("name", String.valueOf(name))));
                        }
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        return threads;
    }

    /** Repeats a request with its key until it is answered: each happens once. */
    private static Http.Answer answered(CrashWorld world, Call call) {
        // Killed under it, or just about to be.
        Http.Answer answer = await("answered: " + call).atMost(ARRIVED_WITHIN).pollInterval(Duration.ofMillis(20)).ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    world.awaitUp();
                    return call.send(world.endpoint());
                }, Optional::isPresent).orElseThrow();
        assertThat(answer.status()).as("%s", call).isEqualTo(200);
        return answer;
    }

    private static void awaitArrived(CrashWorld world, List<String> good) {
        String those = good.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        await().atMost(ARRIVED_WITHIN).pollInterval(Duration.ofMillis(200)).until(() -> world.books().count("event where undispatched") == 0
                && world.books().count("webhook_delivery where state = 'pending' and endpoint_id in (" + those + ")") == 0);
    }

    /** @return how many came more than once */
    private static int assertComplete(Hook hook, Set<String> all, boolean ordered) {
        Map<String, byte[]> first = new HashMap<>();
        Map<String, Integer> latest = new HashMap<>();
        int repeated = 0;
        for (Hook.Call call : hook.calls()) {
            JsonNode event = call.event();
            String id = event.path("id").asString();
            byte[] before = first.putIfAbsent(id, call.body());
            if (before != null) {
                repeated++;
                assertThat(call.body()).as("the same event again").isEqualTo(before);
            } else if (ordered) {
                String customer = event.at("/data/object/id").asString();
                int name = Integer.parseInt(event.at("/data/object/name").asString());
                assertThat(name).as("the next event of %s", customer).isEqualTo(latest.getOrDefault(customer, -1) + 1);
                latest.put(customer, name);
            }
        }
        assertThat(new HashSet<>(first.keySet())).isEqualTo(all);
        return repeated;
    }
}
