package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.kernel.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Receivers that misbehave hurt nobody else, and none gets more at once than it wants. */
class NeighboursTest {
    private static final int EVENTS = 60;

    @Test
    void a_good_endpoint_among_bad_ones_gets_everything_at_once() {
        List<BrokenServer> broken = new ArrayList<>();
        // Longer than the test has patience: while the good one gets everything, the others hang all the time.
        var settings = new WebhookSettings(Duration.ofMinutes(10), Set.of(Mode.TEST));
        try (PaymentWorld world = PaymentWorld.setup().webhooks(settings).start(); Receiver good = Receiver.open()) {
            var hooks = new Hooks(world);
            String endpoint = hooks.endpoint(good.url());
            for (BrokenServer.Manner manner : BrokenServer.Manner.values()) {
                var server = BrokenServer.open(manner);
                broken.add(server);
                hooks.endpoint(server.url("http"), "max_concurrency=100");
                hooks.endpoint(server.url("https"), "max_concurrency=100");
            }
            hooks.endpoint("http://does-not-exist.invalid/", "max_concurrency=100");
            for (int i = 0; i < EVENTS; i++) {
                hooks.customer();
            }

            await().atMost(Duration.ofSeconds(30)).until(() -> hooks.deliveries(endpoint, "status=delivered").size() == EVENTS);
        } finally {
            broken.forEach(BrokenServer::close);
        }
    }

    @Test
    void no_more_are_under_way_at_once_than_an_endpoint_takes() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var doors = new Semaphore(0);
        try (PaymentWorld world = PaymentWorld.start(); Receiver slow = Receiver.open()) {
            var hooks = new Hooks(world);
            slow.manner((exchange, call) -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                doors.acquireUninterruptibly();
                now.decrementAndGet();
                Receiver.status(exchange, 200, "");
            });
            String endpoint = hooks.endpoint(slow.url(), "max_concurrency=3");
            for (int i = 0; i < 12; i++) {
                hooks.customer();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> now.get() == 3);
            doors.release(12);
            await().atMost(Duration.ofSeconds(30)).until(() -> hooks.deliveries(endpoint, "status=delivered").size() == 12);

            assertThat(most).hasValue(3);
        }
    }

    @Test
    void an_endpoint_where_nobody_answers_is_left_alone_and_found_again() {
        try (PaymentWorld world = PaymentWorld.start()) {
            var hooks = new Hooks(world);
            BrokenServer rude = BrokenServer.open(BrokenServer.Manner.HANGS_UP);
            String endpoint = hooks.endpoint(rude.url("http"), "max_concurrency=100");
            for (int i = 0; i < 40; i++) {
                hooks.customer();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> rude.connections() >= 5);
            rude.close();
            try (Receiver back = Receiver.open()) {
                world.post("/v1/webhook_endpoints/" + endpoint, "url=" + back.url());
                await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> {
                    hooks.hurry(endpoint);
                    return hooks.deliveries(endpoint, "status=delivered").size() == 40;
                });
            }
        }
    }
}
