package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What tests of webhooks do again and again in a world. */
record Hooks(PaymentWorld world) {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** An endpoint for everything. */
    String endpoint(String url, String... more) {
        Answer made = world.post("/v1/webhook_endpoints", "url=" + url + "&enabled_events[]=*" + (more.length == 0 ? "" : "&" + String.join("&", more)));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        return made.id();
    }

    /** One event: {@code customer.created}. @return the customer's id */
    String customer() {
        return ok(world.post("/v1/customers", "name=Ada")).id();
    }

    /** One event more about it: {@code customer.updated}. */
    void rename(String customer, String name) {
        ok(world.post("/v1/customers/" + customer, "name=" + name));
    }

    static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer;
    }

    /** Of an endpoint, the newest first. */
    List<JsonNode> deliveries(String endpoint, String... filters) {
        return list("/v1/webhook_endpoints/" + endpoint + "/deliveries?limit=100" + (filters.length == 0 ? "" : "&" + String.join("&", filters)));
    }

    List<String> statuses(String endpoint) {
        return deliveries(endpoint).stream().map(it -> it.path("status").asString()).toList();
    }

    /** With its attempts. */
    Answer delivery(String endpoint, String id) {
        return ok(world.get("/v1/webhook_endpoints/" + endpoint + "/deliveries/" + id));
    }

    List<JsonNode> list(String path) {
        return StreamSupport.stream(ok(world.get(path)).body().path("data").spliterator(), false).toList();
    }

    void awaitStatuses(String endpoint, String... expected) {
        await("deliveries " + List.of(expected)).atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(statuses(endpoint)).containsExactly(expected));
    }

    /** Until the deliveries have been tried so often in all. */
    void awaitTries(String endpoint, long tries) {
        await("tries").atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> deliveries(endpoint).stream().mapToLong(it -> it.path("tries").asLong()).sum() >= tries);
    }

    /** What waits for its next try is tried now. */
    void hurry(String endpoint) {
        world.direct().sql("update webhook_delivery set due_at = now() where endpoint_id = :id and state = 'pending' and due_at > now()")
                .bind("id", endpoint).update();
        world.direct().sql("update webhook_lane set due_at = now() where id = :id").bind("id", endpoint).update();
    }

    /** Until everything has been handed on. */
    void awaitHandedOn() {
        await("handed on").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> world.direct().sql("select count(*) as n from event where undispatched").one(row -> row.number("n")).orElseThrow() == 0);
    }
}
