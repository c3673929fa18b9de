package dev.bezant.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making, changing and removing endpoints. What is refused is in bad-input.txt. */
class EndpointRoutesTest {
    private static final String URL = "https://shop.example/hooks";

    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().start();

    @AfterEach
    void close() {
        world.close();
    }

    private Answer create(String... more) {
        return Hooks.ok(world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=*" + (more.length == 0 ? "" : "&" + String.join("&", more))));
    }

    @Test
    void a_new_endpoint_shows_everything_and_its_secret_this_once() {
        Answer made = Hooks.ok(world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[0]=charge.succeeded&enabled_events[1]=refund.created"
                + "&description=Shop&metadata[shop]=7&api_version=2026-07-29.dahlia&ordered=true&max_concurrency=3"));

        assertThat(made.id()).matches("we_[0-9A-Za-z]{20}");
        assertThat(made.text("/secret")).matches("whsec_[0-9A-Za-z]{32}");
        assertThat(made.body().propertyNames()).containsExactlyInAnyOrder("id", "object", "api_version", "application", "created", "description",
                "disabled_reason", "enabled_events", "livemode", "max_concurrency", "metadata", "ordered", "secret", "status", "url");
        assertThat(made.text("/object")).isEqualTo("webhook_endpoint");
        assertThat(made.text("/status")).isEqualTo("enabled");
        assertThat(made.text("/api_version")).isEqualTo("2026-07-29.dahlia");
        assertThat(made.body().path("enabled_events").toString()).isEqualTo("[\"charge.succeeded\",\"refund.created\"]");
        assertThat(made.body().at("/metadata/shop").asString()).isEqualTo("7");
        Answer read = world.get("/v1/webhook_endpoints/" + made.id());
        assertThat(read.body().has("secret")).isFalse();
        assertThat(made.body().without("secret")).isEqualTo(read.body());
    }

    @Test
    void the_secret_is_nowhere_in_the_database_and_comes_again_with_the_idempotency_key() {
        Answer first = world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=*", "Idempotency-Key", "set-up");
        Answer second = world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=*", "Idempotency-Key", "set-up");

        assertThat(second.body()).isEqualTo(first.body());
        String secret = String.valueOf(first.text("/secret"));
        for (String table : List.of("webhook_secret", "webhook_endpoint", "idempotency_key", "audit", "event")) {
            assertThat(world.direct().sql("select t::text as it from " + table + " t").list(row -> row.text("it"))).as(table).noneMatch(it -> it.contains(secret));
        }
        assertThat(world.get("/v1/webhook_endpoints").body().path("data")).hasSize(1);
    }

    @Test
    void an_update_changes_what_it_names() {
        String id = create("description=Shop", "metadata[a]=1").id();
        Answer changed = Hooks.ok(world.post("/v1/webhook_endpoints/" + id, "url=https://shop.example/other&enabled_events[]=charge.failed&metadata[b]=2"
                + "&ordered=true&max_concurrency=100&api_version=2024-06-20"));

        assertThat(changed.text("/url")).isEqualTo("https://shop.example/other");
        assertThat(changed.text("/description")).isEqualTo("Shop");
        assertThat(changed.text("/metadata/a")).isEqualTo("1");
        assertThat(changed.text("/metadata/b")).isEqualTo("2");
        assertThat(changed.body().path("ordered").asBoolean()).isTrue();
        assertThat(changed.text("/api_version")).isEqualTo("2024-06-20");
        Answer emptied = Hooks.ok(world.post("/v1/webhook_endpoints/" + id, "description=&api_version=&metadata="));
        assertThat(emptied.text("/description")).isNull();
        assertThat(emptied.text("/api_version")).isNull();
        assertThat(emptied.body().path("metadata")).isEmpty();
        assertThat(world.get("/v1/webhook_endpoints/" + id).body()).isEqualTo(emptied.body());
    }

    @Test
    void an_endpoint_is_disabled_and_enabled() {
        String id = create().id();
        Answer off = Hooks.ok(world.post("/v1/webhook_endpoints/" + id, "disabled=true"));
        assertThat(off.text("/status")).isEqualTo("disabled");
        assertThat(off.text("/disabled_reason")).isEqualTo("request");
        Answer on = Hooks.ok(world.post("/v1/webhook_endpoints/" + id, "disabled=false"));
        assertThat(on.text("/status")).isEqualTo("enabled");
        assertThat(on.text("/disabled_reason")).isNull();
    }

    @Test
    void a_deleted_endpoint_leaves_nothing() {
        String id = create().id();
        Answer gone = world.send("DELETE", "/v1/webhook_endpoints/" + id, null, PaymentWorld.SECRET);

        assertThat(gone.body().toString()).isEqualTo("{\"id\":\"" + id + "\",\"object\":\"webhook_endpoint\",\"deleted\":true}");
        assertThat(world.get("/v1/webhook_endpoints/" + id).status()).isEqualTo(404);
        for (String table : List.of("webhook_endpoint", "webhook_lane", "webhook_secret")) {
            assertThat(world.direct().sql("select count(*) as n from " + table).one(row -> row.number("n"))).as(table).contains(0L);
        }
    }

    @Test
    void endpoints_are_listed_newest_first_in_pages() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.addFirst(create().id());
        }
        Answer first = world.get("/v1/webhook_endpoints?limit=3");
        assertThat(first.body().path("has_more").asBoolean()).isTrue();
        assertThat(first.body().path("data").valueStream().map(it -> it.path("id").asString())).containsExactlyElementsOf(made.subList(0, 3));
        Answer rest = world.get("/v1/webhook_endpoints?starting_after=" + made.get(2));
        assertThat(rest.body().path("data").valueStream().map(it -> it.path("id").asString())).containsExactly(made.get(3));
        assertThat(world.get("/v1/webhook_endpoints?starting_after=we_unknown").error()).isEqualTo("404 invalid_request_error resource_missing starting_after");
    }

    @Test
    void accounts_and_modes_do_not_see_each_others() {
        String id = create().id();
        for (String key : List.of(PaymentWorld.STRANGER, PaymentWorld.LIVE)) {
            assertThat(world.send("GET", "/v1/webhook_endpoints/" + id, null, key).status()).isEqualTo(404);
            assertThat(world.send("POST", "/v1/webhook_endpoints/" + id, "disabled=true", key).status()).isEqualTo(404);
            assertThat(world.send("POST", "/v1/webhook_endpoints/" + id + "/roll_secret", "", key).status()).isEqualTo(404);
            assertThat(world.send("DELETE", "/v1/webhook_endpoints/" + id, null, key).status()).isEqualTo(404);
            assertThat(world.send("GET", "/v1/webhook_endpoints", null, key).body().path("data")).isEmpty();
        }
    }

    @Test
    void set_up_twice_with_upsert_there_is_one_endpoint() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(() -> create("upsert=true"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers.stream().map(Answer::id).distinct()).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.body().has("secret"))).as("told to whoever made it").hasSize(1);
        }
        Answer changed = Hooks.ok(world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=charge.failed&upsert=true"));
        assertThat(changed.body().path("enabled_events").toString()).isEqualTo("[\"charge.failed\"]");
        assertThat(world.get("/v1/webhook_endpoints").body().path("data")).hasSize(1);
        create();
        assertThat(world.get("/v1/webhook_endpoints").body().path("data")).as("without upsert").hasSize(2);
    }

    @Test
    void a_rolled_secret_is_a_new_one_and_at_most_two_work() {
        Answer made = create();
        Answer rolled = Hooks.ok(world.post("/v1/webhook_endpoints/" + made.id() + "/roll_secret", "overlap=3600"));
        assertThat(rolled.text("/secret")).matches("whsec_[0-9A-Za-z]{32}").isNotEqualTo(made.text("/secret"));
        assertThat(secrets()).isEqualTo(2);
        Hooks.ok(world.post("/v1/webhook_endpoints/" + made.id() + "/roll_secret", ""));
        assertThat(secrets()).isEqualTo(2);
        Hooks.ok(world.post("/v1/webhook_endpoints/" + made.id() + "/roll_secret", "overlap=0"));
        assertThat(secrets()).isEqualTo(1);
    }

    private long secrets() {
        return world.direct().sql("select count(*) as n from webhook_secret").one(row -> row.number("n")).orElseThrow();
    }

    @Test
    void an_account_has_at_most_fifty_in_a_mode() {
        for (int i = 0; i < EndpointRoutes.ENDPOINTS_MAX; i++) {
            create();
        }
        Answer tooMany = world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=*");
        assertThat(tooMany.error()).isEqualTo("400 invalid_request_error parameter_invalid url");
        assertThat(tooMany.text("/error/message")).contains("at most 50");
        assertThat(world.send("POST", "/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=*", PaymentWorld.LIVE).status()).isEqualTo(200);
    }

    @Test
    void who_changed_what_is_in_the_audit() {
        String id = create("description=Shop").id();
        world.post("/v1/webhook_endpoints/" + id, "description=Other");
        world.post("/v1/webhook_endpoints/" + id, "description=Other");
        world.post("/v1/webhook_endpoints/" + id + "/roll_secret", "");
        world.send("DELETE", "/v1/webhook_endpoints/" + id, null, PaymentWorld.SECRET);

        assertThat(world.direct().sql("select actor, action, details::text as details from audit where object_id = :id order by id").bind("id", id)
                .list(row -> row.text("actor") + " " + row.text("action"))).containsExactly("key_1 webhook_endpoint.create", "key_1 webhook_endpoint.update",
                "key_1 webhook_endpoint.roll_secret", "key_1 webhook_endpoint.delete");
        assertThat(world.direct().sql("select details::text as it from audit where action = 'webhook_endpoint.update'").one(row -> row.text("it")))
                .contains("{\"is\": {\"description\": \"Other\"}, \"was\": {\"description\": \"Shop\"}}");
    }

    @Test
    void all_of_them_is_all_of_them() {
        assertThat(Hooks.ok(world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=charge.failed&enabled_events[]=*")).body().path("enabled_events")
                .toString()).isEqualTo("[\"*\"]");
        assertThat(Hooks.ok(world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=charge.failed&enabled_events[]=charge.failed")).body()
                .path("enabled_events").toString()).isEqualTo("[\"charge.failed\"]");
    }

    @Test
    void clients_of_stripe_may_say_connect() {
        Answer made = world.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[]=*&connect=false", "Stripe-Version", "2026-07-29.dahlia");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text("/secret")).startsWith("whsec_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://shop.example/hooks", "https://127.0.0.1/", "https://localhost/", "https://a.localhost/", "https://10.1.2.3/", "https://169.254.169.254/latest",
        "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[fd00:ec2::254]/"})
    void live_events_go_to_the_internet_and_encrypted(String url) {
        Answer refused = world.send("POST", "/v1/webhook_endpoints", "url=" + url.replace("[", "%5B").replace("]", "%5D") + "&enabled_events[]=*", PaymentWorld.LIVE);
        assertThat(refused.error()).isEqualTo("400 invalid_request_error url_invalid url");
        assertThat(world.post("/v1/webhook_endpoints", "url=" + url.replace("[", "%5B").replace("]", "%5D") + "&enabled_events[]=*").status()).as("test mode").isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"true,http://10.1.2.3/hooks,200", "false,http://10.1.2.3/hooks,400"})
    void an_installation_decides_about_private_networks(boolean all, String url, int status) {
        var settings = new WebhookSettings(Duration.ofSeconds(1), all ? Set.of(Mode.TEST, Mode.LIVE) : Set.of());
        try (PaymentWorld other = PaymentWorld.setup().webhooks(settings).withoutSettling().start()) {
            for (String key : List.of(PaymentWorld.SECRET, PaymentWorld.LIVE)) {
                assertThat(other.send("POST", "/v1/webhook_endpoints", "url=" + url + "&enabled_events[]=*", key).status()).isEqualTo(status);
            }
        }
    }
}
