package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several servers on one database. */
class NodesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Nodes nodes = new Nodes();
    private final Receiver receiver = Receiver.open();

    @AfterEach
    void close() {
        nodes.close();
        receiver.close();
    }

    @Test
    void two_servers_deliver_everything_once() {
        nodes.endpoint(receiver.url() + "/a", false, 10);
        nodes.endpoint(receiver.url() + "/b", true, 10);
        nodes.node().run();
        nodes.node().run();
        for (int i = 0; i < 150; i++) {
            nodes.event("cus_" + i % 7, i);
        }

        await().atMost(PATIENCE).until(() -> nodes.count("webhook_delivery where state = 'delivered'") == 300);
        assertThat(receiver.calls()).hasSize(300);
        assertThat(nodes.count("webhook_attempt")).isEqualTo(300);
    }

    @Test
    void however_many_hand_on_at_once_each_event_is_handed_on_once_and_in_order() throws Exception {
        nodes.endpoint(receiver.url(), false, 1);
        var first = nodes.node();
        var second = nodes.node();
        for (int i = 0; i < 450; i++) {
            nodes.event("cus_" + i % 5, i);
        }
        List<Callable<Boolean>> rounds = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            var node = i % 2 == 0 ? first : second;
            rounds.add(() -> {
                node.webhooks.handOn();
                return true;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> round : threads.invokeAll(rounds)) {
                assertThat(round.get()).isTrue();
            }
        }
        first.webhooks.handOn();

        assertThat(nodes.count("event where undispatched")).isZero();
        assertThat(nodes.count("webhook_delivery")).isEqualTo(450);
        assertThat(nodes.count("(select distinct event_id from webhook_delivery) e")).isEqualTo(450);
        assertThat(nodes.count("(select seq, lag(seq) over (order by created_at, id) as before from webhook_delivery) d where seq < before")).isZero();
    }

    @Test
    void what_a_killed_server_was_sending_is_taken_over_by_another() {
        var hang = new CountDownLatch(1);
        receiver.manner((exchange, call) -> {
            try {
                hang.await();
                Receiver.status(exchange, 200, "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        nodes.endpoint(receiver.url(), true, 4);
        var doomed = nodes.node().run();
        for (int i = 0; i < 12; i++) {
            nodes.event("cus_" + i % 4, i);
        }
        receiver.await(4);
        doomed.die();
        receiver.answering(200);
        nodes.node().run();

        await().atMost(PATIENCE).until(() -> nodes.count("webhook_delivery where state = 'delivered'") == 12);
        hang.countDown();
        assertThat(new HashSet<>(receiver.calls().stream().map(Receiver.Call::id).toList())).hasSize(12);
        assertInOrder();
    }

    @Test
    void a_server_that_stops_lets_another_go_on_at_once() {
        nodes.endpoint(receiver.url(), false, 4);
        var first = nodes.node().run();
        nodes.event("cus_1", 1);
        await().atMost(PATIENCE).until(() -> nodes.count("webhook_delivery where state = 'delivered'") == 1);
        assertThat(nodes.count("webhook_lane where owner is not null")).isEqualTo(1);
        first.close();

        assertThat(nodes.count("webhook_lane where owner is null and lease_until = '-infinity'")).isEqualTo(1);
    }

    @Test
    void a_quiet_lane_is_let_go_and_taken_again_when_there_is_something() {
        nodes.endpoint(receiver.url(), false, 4);
        nodes.node().run();
        for (int i = 1; i <= 2; i++) {
            nodes.event("cus_1", i);
            long expected = i;
            await().atMost(PATIENCE).until(() -> nodes.count("webhook_delivery where state = 'delivered'") == expected);
            await().atMost(PATIENCE).until(() -> nodes.count("webhook_lane where owner is null and due_at = 'infinity'") == 1);
        }
    }

    @Test
    void many_objects_stay_in_order_while_servers_come_and_go() {
        nodes.endpoint(receiver.url(), true, 8);
        Nodes.Node running = nodes.node().run();
        for (int i = 0; i < 240; i++) {
            nodes.event("cus_" + i % 8, i);
            if (i % 80 == 79) {
                running.die();
                running = nodes.node().run();
            }
        }

        await().atMost(PATIENCE).until(() -> nodes.count("webhook_delivery where state = 'delivered'") == 240);
        assertInOrder();
    }

    /** Of each object, no event arrives for the first time after a later one has. */
    private void assertInOrder() {
        Map<String, Integer> latest = new HashMap<>();
        var seen = new HashSet<String>();
        for (Receiver.Call call : receiver.calls()) {
            if (seen.add(call.id())) {
                String object = call.event().at("/data/object/id").asString();
                int number = Integer.parseInt(call.event().at("/data/object/name").asString());
                assertThat(number).as(object).isGreaterThan(latest.getOrDefault(object, -1));
                latest.put(object, number);
            }
        }
    }
}
