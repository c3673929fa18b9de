package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bezant.server.PaymentWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that want the events of each object in order. */
class OrderingTest {
    private final PaymentWorld world = PaymentWorld.start();
    private final Hooks hooks = new Hooks(world);
    private final Receiver receiver = Receiver.open();

    @AfterEach
    void close() {
        world.close();
        receiver.close();
    }

    /** By object, what arrived there, in order and without repetitions. */
    private Map<String, List<String>> arrived() {
        return receiver.calls().stream().map(Receiver.Call::event).collect(Collectors.groupingBy(event -> event.at("/data/object/id").asString(),
                Collectors.collectingAndThen(Collectors.toList(), events -> events.stream().map(it -> it.at("/data/object/name").asString()).distinct().toList())));
    }

    @Test
    void later_events_of_an_object_wait_until_the_earlier_one_has_arrived() {
        String endpoint = hooks.endpoint(receiver.answering(500).url(), "ordered=true");
        String customer = hooks.customer();
        hooks.rename(customer, "first");
        hooks.rename(customer, "second");
        hooks.awaitTries(endpoint, 1);
        hooks.awaitHandedOn();

        String other = hooks.customer();
        await("another object does not wait").atMost(Duration.ofSeconds(30)).until(() -> arrived().containsKey(other));
        assertThat(arrived().get(customer)).containsExactly("Ada");
        assertThat(hooks.deliveries(endpoint).stream().filter(it -> it.path("waits_for_earlier").asBoolean())).hasSize(2)
                .allMatch(it -> it.path("next_try_at").isNull());
        receiver.answering(200);
        hooks.hurry(endpoint);
        hooks.awaitStatuses(endpoint, "delivered", "delivered", "delivered", "delivered");
        assertThat(arrived().get(customer)).containsExactly("Ada", "first", "second");
    }

    @Test
    void what_is_given_up_lets_the_next_go() {
        String endpoint = hooks.endpoint(receiver.url(), "ordered=true");
        receiver.manner((exchange, call) -> Receiver.status(exchange, call.type().equals("customer.created") ? 500 : 200, ""));
        String customer = hooks.customer();
        hooks.rename(customer, "first");
        hooks.awaitTries(endpoint, 1);
        world.direct().sql("update webhook_delivery set tries = 4 where event_type = 'customer.created'").update();
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).until(() -> {
            hooks.hurry(endpoint);
            return hooks.deliveries(endpoint, "status=failed").size() == 1;
        });

        hooks.awaitStatuses(endpoint, "delivered", "failed");
    }

    @Test
    void a_receiver_that_fails_now_and_then_still_gets_everything_in_order() {
        long seed = Long.getLong("bezant.seed", new Random().nextLong(1_000_000));
        var random = new Random(seed);
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        receiver.manner((exchange, call) -> {
            boolean fails = random.nextInt(4) == 0 && failedOnce.add(call.id());
            Receiver.status(exchange, fails ? 503 : 200, "");
        });
        String endpoint = hooks.endpoint(receiver.url(), "ordered=true");
        List<String> customers = IntStream.range(0, 6).mapToObj(i -> hooks.customer()).toList();
        List<String> names = IntStream.range(0, 6).mapToObj(i -> "name-" + i).toList();
        names.forEach(name -> customers.forEach(customer -> hooks.rename(customer, name)));
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> {
            hooks.hurry(endpoint);
            return hooks.deliveries(endpoint, "status=delivered").size() == customers.size() * (names.size() + 1);
        });

        var expected = new java.util.ArrayList<>(List.of("Ada"));
        expected.addAll(names);
        assertThat(arrived()).as("seed %d", seed).hasSize(customers.size()).allSatisfy((customer, seen) -> assertThat(seen).isEqualTo(expected));
    }

    @Test
    void order_can_be_asked_for_and_given_up_while_events_are_on_their_way() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        String customer = hooks.customer();
        hooks.awaitTries(endpoint, 1);
        hooks.rename(customer, "first");
        hooks.awaitTries(endpoint, 2);
        world.post("/v1/webhook_endpoints/" + endpoint, "ordered=true");
        assertThat(waiting(endpoint)).isEqualTo(1);
        hooks.rename(customer, "second");
        hooks.awaitHandedOn();
        assertThat(waiting(endpoint)).isEqualTo(2);
        world.post("/v1/webhook_endpoints/" + endpoint, "ordered=false");
        assertThat(waiting(endpoint)).isZero();
        receiver.answering(200);
        hooks.hurry(endpoint);
        hooks.awaitStatuses(endpoint, "delivered", "delivered", "delivered");
    }

    private long waiting(String endpoint) {
        return hooks.deliveries(endpoint).stream().filter(it -> it.path("waits_for_earlier").asBoolean()).count();
    }

    @Test
    void an_earlier_event_that_is_sent_again_goes_before_later_ones_that_have_not_arrived() {
        String endpoint = hooks.endpoint(receiver.url(), "ordered=true");
        String customer = hooks.customer();
        hooks.awaitStatuses(endpoint, "delivered");
        String created = receiver.calls().getFirst().id();
        receiver.answering(500);
        hooks.rename(customer, "first");
        hooks.awaitTries(endpoint, 2);
        Hooks.ok(world.post("/v1/events/" + created + "/resend", "webhook_endpoint=" + endpoint));
        hooks.awaitTries(endpoint, 3);
        assertThat(waiting(endpoint)).isEqualTo(1);
        receiver.answering(200);
        hooks.hurry(endpoint);
        hooks.awaitStatuses(endpoint, "delivered", "delivered", "delivered");

        assertThat(receiver.types().subList(receiver.types().size() - 2, receiver.types().size())).containsExactly("customer.created", "customer.updated");
    }
}
