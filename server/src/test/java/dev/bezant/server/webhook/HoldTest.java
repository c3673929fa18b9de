package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that are disabled, by hand or because nothing arrives, enabled again, changed or deleted, with events on their way. */
class HoldTest {
    private final PaymentWorld world = PaymentWorld.start();
    private final Hooks hooks = new Hooks(world);
    private final Receiver receiver = Receiver.open();

    @AfterEach
    void close() {
        world.close();
        receiver.close();
    }

    @Test
    void a_disabled_endpoint_gets_nothing_and_everything_when_it_is_enabled() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint, "disabled=true"));
        hooks.customer();
        hooks.awaitHandedOn();
        int before = receiver.calls().size();
        // Long enough for several looks.
        hooks.hurry(endpoint);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20)).until(() -> receiver.calls().size() == before);

        receiver.answering(200);
        Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint, "disabled=false"));
        hooks.awaitStatuses(endpoint, "delivered", "delivered");
    }

    @Test
    void what_is_held_is_given_up_after_three_days() {
        String endpoint = hooks.endpoint(receiver.url(), "ordered=true");
        world.post("/v1/webhook_endpoints/" + endpoint, "disabled=true");
        String customer = hooks.customer();
        hooks.rename(customer, "Ben");
        hooks.awaitHandedOn();
        world.direct().sql("update webhook_delivery set expires_at = now() - interval '1 second' where event_type = 'customer.created'").update();
        world.job("disable failing webhook endpoints");
        assertThat(hooks.statuses(endpoint)).containsExactly("pending", "failed");

        world.post("/v1/webhook_endpoints/" + endpoint, "disabled=false");
        hooks.awaitStatuses(endpoint, "delivered", "failed");
        assertThat(receiver.types()).containsExactly("customer.updated");
    }

    @Test
    void deleting_an_endpoint_ends_what_is_on_its_way() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        world.send("DELETE", "/v1/webhook_endpoints/" + endpoint, null, PaymentWorld.SECRET);

        assertThat(world.direct().sql("select state from webhook_delivery").list(row -> row.text("state"))).containsExactly("canceled");
        assertThat(world.get("/v1/events?limit=1").body().at("/data/0/pending_webhooks").asInt()).isZero();
        hooks.customer();
        hooks.awaitHandedOn();
        assertThat(world.direct().sql("select count(*) as n from webhook_delivery").one(row -> row.number("n"))).contains(1L);
    }

    @Test
    void a_changed_address_is_felt_by_what_is_on_its_way() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        try (Receiver other = Receiver.open()) {
            Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint, "url=" + other.url()));
            hooks.hurry(endpoint);
            hooks.awaitStatuses(endpoint, "delivered");
            assertThat(other.calls()).hasSize(1);
        }
    }

    @Test
    void while_a_secret_is_rolled_both_sign_and_afterwards_the_new_one_alone() {
        String endpoint = hooks.endpoint(receiver.url());
        Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint + "/roll_secret", ""));
        hooks.customer();
        assertThat(signatures(receiver.await(1).getLast())).isEqualTo(2);

        Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint + "/roll_secret", "overlap=0"));
        hooks.customer();
        assertThat(signatures(receiver.await(2).getLast())).isEqualTo(1);
    }

    private static long signatures(Receiver.Call call) {
        return List.of(String.valueOf(call.header("Payments-Signature")).split(",")).stream().filter(it -> it.startsWith("v1=")).count();
    }

    private void failing(String endpoint, String since, String last) {
        await("let go").atMost(Duration.ofSeconds(30)).until(() -> world.direct().sql("select owner from webhook_lane where id = :id").bind("id", endpoint)
                .list(row -> String.valueOf(row.textOrNull("owner"))).getFirst().equals("null"));
        world.direct().sql("update webhook_lane set failing_since = now() - :since::interval, failed_at = now() - :last::interval where id = :id")
                .bind("since", since).bind("last", last).bind("id", endpoint).update();
    }

    @Test
    void an_endpoint_where_nothing_arrived_for_three_days_is_disabled_with_notice() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        try (Receiver other = Receiver.open()) {
            hooks.endpoint(other.url());
            hooks.customer();
            hooks.awaitTries(endpoint, 1);
            assertThat(failingSince(endpoint)).isNotNull();
            failing(endpoint, "73 hours", "1 hour");
            world.job("disable failing webhook endpoints");

            Answer shown = world.get("/v1/webhook_endpoints/" + endpoint);
            assertThat(shown.text("/status")).isEqualTo("disabled");
            assertThat(shown.text("/disabled_reason")).isEqualTo("failing");
            assertThat(world.direct().sql("select actor, action from audit where object_id = :id order by id desc limit 1").bind("id", endpoint)
                    .one(row -> row.text("actor") + " " + row.text("action"))).contains("server webhook_endpoint.disable");
            var notice = other.await(2).stream().filter(call -> call.type().equals("webhook_endpoint.disabled")).findFirst().orElseThrow().event();
            assertThat(notice.at("/data/object/id").asString()).isEqualTo(endpoint);
            assertThat(notice.at("/data/object").has("secret")).isFalse();
            receiver.answering(200);
            Hooks.ok(world.post("/v1/webhook_endpoints/" + endpoint, "disabled=false"));
            hooks.awaitStatuses(endpoint, "delivered", "delivered");
        }
    }

    @Test
    void one_success_or_too_little_evidence_keeps_an_endpoint() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        failing(endpoint, "73 hours", "72 hours");
        world.job("disable failing webhook endpoints");
        assertThat(world.get("/v1/webhook_endpoints/" + endpoint).text("/status")).as("down for one moment of a quiet week").isEqualTo("enabled");
        failing(endpoint, "71 hours", "1 hour");
        world.job("disable failing webhook endpoints");
        assertThat(world.get("/v1/webhook_endpoints/" + endpoint).text("/status")).as("not for three days").isEqualTo("enabled");

        failing(endpoint, "73 hours", "1 hour");
        receiver.answering(200);
        hooks.hurry(endpoint);
        hooks.awaitStatuses(endpoint, "delivered");
        world.job("disable failing webhook endpoints");
        assertThat(world.get("/v1/webhook_endpoints/" + endpoint).text("/status")).as("it works again").isEqualTo("enabled");
        assertThat(failingSince(endpoint)).isEqualTo("null");
    }

    @Test
    void failures_are_noted_again_when_they_have_gone_on_for_days() {
        String endpoint = hooks.endpoint(receiver.answering(500).url());
        hooks.customer();
        hooks.awaitTries(endpoint, 1);
        failing(endpoint, "50 hours", "50 hours");
        hooks.hurry(endpoint);
        hooks.awaitTries(endpoint, 2);

        assertThat(world.direct().sql("select failed_at > now() - interval '1 hour' as fresh, failing_since < now() - interval '49 hours' as old from webhook_lane")
                .one(row -> row.flag("fresh") && row.flag("old"))).contains(true);
    }

    private String failingSince(String endpoint) {
        return world.direct().sql("select failing_since::text as it from webhook_lane where id = :id").bind("id", endpoint)
                .list(row -> String.valueOf(row.textOrNull("it"))).getFirst();
    }
}
