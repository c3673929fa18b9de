package dev.bezant.server.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.database.GrowingTable;
import dev.bezant.server.database.Partitions;
import dev.bezant.server.requestlog.RequestLogSettings.Keep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The request log over HTTP, as the programmer of a shop reads it. */
class RequestLogTest {
    private static final String CARD = "type=card&card[number]=378282246310005&card[exp_month]=12&card[exp_year]=2035&card[cvc]=7377";

    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().start();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_request_is_kept_with_everything_but_its_secrets() {
        Answer made = world.post("/v1/payment_methods", CARD + "&billing_details[name]=Ada", "Idempotency-Key", "card-7", "User-Agent", "Shop/1.0",
                "Stripe-Version", "2026-07-29.dahlia");
        Answer kept = logged(made);
        assertThat(kept.text("/object")).isEqualTo("request_log");
        assertThat(kept.text("/method") + " " + kept.text("/path") + " " + kept.text("/status")).isEqualTo("POST /v1/payment_methods 200");
        assertThat(kept.text("/params/card/number")).isEqualTo("[redacted]");
        assertThat(kept.text("/params/card/cvc")).isEqualTo("[redacted]");
        assertThat(kept.text("/params/billing_details/name")).isEqualTo("Ada");
        assertThat(kept.text("/response/card/last4")).isEqualTo("0005");
        assertThat(kept.text("/objects/0")).isEqualTo(made.id());
        assertThat(kept.text("/idempotency_key")).isEqualTo("card-7");
        assertThat(kept.text("/idempotent_replayed")).isEqualTo("false");
        assertThat(kept.text("/user_agent")).isEqualTo("Shop/1.0");
        assertThat(kept.text("/ip")).isEqualTo("127.0.0.1");
        assertThat(kept.text("/key") + " " + kept.text("/api_key_prefix")).isEqualTo("key_1 sk_test_...orld");
        assertThat(kept.text("/dialect") + " " + kept.text("/version")).isEqualTo("stripe 2026-07-29.dahlia");
        assertThat(kept.body().path("processing_time_ms").decimalValue()).isPositive();
        assertThat(Instant.parse(kept.text("/timestamp")).getEpochSecond()).isEqualTo(kept.body().path("created").asLong());
        assertThat(kept.body().toString()).doesNotContain("378282246310005", "7377");
    }

    @Test
    void a_payment_links_its_objects_and_its_events_and_tells_how_long_the_provider_took() {
        String customer = world.post("/v1/customers", "name=Ada").id();
        Answer paid = world.pay(2000, "pm_card_visa", "customer=" + customer);
        Answer kept = logged(paid);
        assertThat(kept.body().path("provider_time_ms").decimalValue()).isPositive();
        assertThat(kept.text("/response/client_secret")).isEqualTo("[redacted]");
        assertThat(texts(kept.body().path("objects"))).contains(paid.id(), customer, paid.text("/latest_charge"), paid.text("/payment_method"));
        Answer events = world.get("/v1/events?request=" + kept.id());
        assertThat(types(events)).containsExactlyInAnyOrder("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
        assertThat(world.get("/v1/events?request=req_unknown").body().path("data").size()).isZero();
    }

    @Test
    void a_refused_request_names_what_it_was_about() {
        Answer declined = world.pay(2000, "pm_card_visa_chargeDeclined");
        assertThat(texts(logged(declined).body().path("objects"))).contains(declined.text("/error/payment_intent/id"), declined.text("/error/charge"));
        Answer missing = world.post("/v1/refunds", "charge=ch_0VbZB4xSTGDjrC0E4Aee");
        assertThat(texts(logged(missing).body().path("objects"))).containsExactly("ch_0VbZB4xSTGDjrC0E4Aee");
    }

    @Test
    void lists_are_filtered_by_what_was_sent_and_how_it_was_answered() {
        String customer = world.post("/v1/customers", "name=Ada", "Idempotency-Key", "ada").id();
        world.get("/v1/customers/" + customer);
        world.get("/v1/customers/cus_none");
        world.post("/v1/refunds", "amount=1");
        assertThat(paths("method=POST")).containsExactly("/v1/refunds", "/v1/customers");
        assertThat(paths("path=/v1/customers/")).containsExactly("/v1/customers/cus_none", "/v1/customers/" + customer);
        assertThat(paths("status=404")).containsExactly("/v1/customers/cus_none");
        assertThat(paths("status=4xx")).containsExactly("/v1/refunds", "/v1/customers/cus_none");
        assertThat(paths("status=5xx")).isEmpty();
        assertThat(paths("idempotency_key=ada")).containsExactly("/v1/customers");
        assertThat(paths("object=" + customer)).containsExactly("/v1/customers/" + customer, "/v1/customers");
        assertThat(paths("key=key_1")).hasSize(4);
        assertThat(paths("key=key_2")).isEmpty();
        assertThat(paths("ip=127.0.0.1")).hasSize(4);
        assertThat(paths("ip=192.0.2.1")).isEmpty();
        assertThat(paths("created[gte]=0&method=GET&status=2xx")).containsExactly("/v1/customers/" + customer);
        assertThat(paths("created[lt]=1000")).isEmpty();
    }

    @Test
    void lists_are_paged_in_both_directions() {
        IntStream.range(0, 5).forEach(i -> world.get("/v1/customers/cus_" + i));
        Answer first = world.get("/v1/request_logs?limit=2");
        assertThat(paths(first)).containsExactly("/v1/customers/cus_4", "/v1/customers/cus_3");
        assertThat(first.text("/has_more")).isEqualTo("true");
        Answer second = world.get("/v1/request_logs?limit=2&starting_after=" + first.text("/data/1/id"));
        assertThat(paths(second)).containsExactly("/v1/customers/cus_2", "/v1/customers/cus_1");
        assertThat(paths(world.get("/v1/request_logs?limit=2&ending_before=" + second.text("/data/0/id")))).isEqualTo(paths(first));
        assertThat(world.get("/v1/request_logs?starting_after=req_none").error()).isEqualTo("404 invalid_request_error resource_missing starting_after");
    }

    @Test
    void looking_into_the_log_is_not_logged_but_looking_in_vain_is() {
        world.get("/v1/request_logs");
        world.get("/v1/request_logs?status=6xx");
        assertThat(paths("")).containsExactly("/v1/request_logs");
    }

    @Test
    void an_account_sees_its_own_requests_in_their_mode_alone() {
        Answer mine = world.get("/v1/charges");
        String id = requestId(mine);
        for (String other : List.of(PaymentWorld.STRANGER, PaymentWorld.LIVE)) {
            assertThat(world.send("GET", "/v1/request_logs/" + id, null, other).error()).isEqualTo("404 invalid_request_error resource_missing id");
            assertThat(world.send("GET", "/v1/request_logs", null, other).body().path("data").size()).as("of %s: its own, refused above", other).isLessThanOrEqualTo(1);
        }
        assertThat(world.send("GET", "/v1/request_logs", null, PaymentWorld.PUBLISHABLE).error()).isEqualTo("403 invalid_request_error secret_key_required null");
    }

    @Test
    void a_request_without_a_valid_key_is_kept_for_the_operator_alone() {
        assertThat(world.send("POST", "/v1/customers", "name=x", "sk_test_unknown").status()).isEqualTo(401);
        assertThat(paths("")).isEmpty();
        var kept = RequestLogFeature.ofNobody(world.direct(), 10);
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().path("path").asString()).isEqualTo("/v1/customers");
        assertThat(kept.getFirst().path("response").path("error").path("code").asString()).isEqualTo("invalid_api_key");
        assertThat(kept.getFirst().path("params").isNull()).isTrue();
    }

    @Test
    void a_replay_says_so_and_parameters_that_were_ignored_are_named() {
        for (int i = 0; i < 2; i++) {
            world.post("/v1/payment_intents", "amount=2000&currency=eur&amount_details[tip][amount]=1&radar_options[session]=x", "Idempotency-Key", "twice",
                    "Stripe-Version", "2026-07-29.dahlia");
        }
        Answer list = world.get("/v1/request_logs?idempotency_key=twice");
        assertThat(list.text("/data/0/idempotent_replayed") + " " + list.text("/data/1/idempotent_replayed")).isEqualTo("true false");
        assertThat(texts(list.body().at("/data/0/ignored_params"))).containsExactly("amount_details", "radar_options");
        assertThat(list.body().at("/data/0/params").has("amount_details")).isFalse();
    }

    @Test
    void with_a_public_address_errors_say_where_their_request_can_be_read() {
        try (PaymentWorld known = PaymentWorld.setup().withoutSettling()
                .requestLog(new RequestLogSettings(Keep.ALL, Duration.ofDays(30), "https://pay.example")).start()) {
            Answer declined = known.send("POST", "/v1/payment_intents", "amount=2000&currency=eur&confirm=true&payment_method=pm_card_visa_chargeDeclined",
                    PaymentWorld.SECRET, "Idempotency-Key", "once");
            assertThat(declined.text("/error/request_log_url")).isEqualTo("https://pay.example/v1/request_logs/" + declined.text("/error/request_id"));
            assertThat(known.payWithKey("once", "amount=2000&currency=eur&confirm=true&payment_method=pm_card_visa_chargeDeclined").body()).isEqualTo(declined.body());
            assertThat(known.get("/v1/nothing").text("/error/request_log_url")).isNotNull();
            for (String key : List.of(PaymentWorld.PUBLISHABLE, "sk_test_unknown")) {
                assertThat(known.send("GET", "/v1/charges", null, key).text("/error/request_log_url")).as(key).isNull();
            }
        }
        assertThat(world.get("/v1/nothing").body().path("error").has("request_log_url")).isFalse();
    }

    @Test
    void without_bodies_there_are_neither_parameters_nor_answers() {
        try (PaymentWorld discreet = PaymentWorld.setup().withoutSettling()
                .requestLog(new RequestLogSettings(Keep.WITHOUT_BODIES, Duration.ofDays(30), null)).start()) {
            String customer = discreet.post("/v1/customers", "name=Ada").id();
            Answer kept = discreet.get("/v1/request_logs?object=" + customer);
            assertThat(kept.text("/data/0/path")).isEqualTo("/v1/customers");
            assertThat(kept.body().at("/data/0/params").isNull() && kept.body().at("/data/0/response").isNull()).isTrue();
        }
    }

    @Test
    void nothing_is_kept_where_nothing_is_to_be_kept() {
        try (PaymentWorld silent = PaymentWorld.setup().withoutSettling()
                .requestLog(new RequestLogSettings(Keep.NOTHING, Duration.ofDays(30), "https://pay.example")).start()) {
            Answer missing = silent.get("/v1/customers/cus_none");
            assertThat(missing.body().path("error").has("request_log_url")).isFalse();
            assertThat(silent.get("/v1/request_logs").body().path("data").size()).isZero();
        }
    }

    @Test
    void a_server_writes_by_itself_and_what_is_left_when_it_stops() {
        try (PaymentWorld busy = PaymentWorld.start()) {
            busy.get("/v1/customers/cus_1");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> rows(busy) == 1);
        }
        world.get("/v1/customers/cus_1");
        assertThat(rows(world)).isZero();
        world.stop();
        assertThat(rows(world)).isEqualTo(1);
    }

    @Test
    void retention_drops_days_not_rows() {
        world.get("/v1/customers/cus_1");
        assertThat(paths("")).hasSize(1);
        GrowingTable week = GrowingTable.REQUEST_LOG.keptFor(Duration.ofDays(7));
        partitionsAfter(Duration.ofDays(6), week).dropOld();
        assertThat(rows(world)).isEqualTo(1);
        partitionsAfter(Duration.ofDays(9), week).dropOld();
        assertThat(rows(world)).isZero();
    }

    @Test
    void an_idempotency_key_tells_what_it_was_used_for() {
        Answer made = world.post("/v1/customers", "name=Ada", "Idempotency-Key", "order 7/20261125000001");
        Answer key = world.get("/v1/idempotency_keys/order%207%2F20261125000001");
        assertThat(key.status()).as(key.body().toString()).isEqualTo(200);
        assertThat(key.text("/object") + " " + key.text("/key")).isEqualTo("idempotency_key order 7/20261125000001");
        assertThat(key.text("/method") + " " + key.text("/path") + " " + key.text("/status") + " " + key.text("/answered"))
                .isEqualTo("POST /v1/customers 200 true");
        assertThat(key.text("/request")).isEqualTo(requestId(made));
        assertThat(key.body().path("kept_until").asLong() - key.body().path("created").asLong()).isEqualTo(Duration.ofHours(24).toSeconds());
        assertThat(world.send("GET", "/v1/idempotency_keys/order%207%2F20261125000001", null, PaymentWorld.STRANGER).error())
                .isEqualTo("404 invalid_request_error resource_missing key");
        assertThat(world.get("/v1/idempotency_keys/never").error()).isEqualTo("404 invalid_request_error resource_missing key");
    }

    @Test
    void a_key_whose_work_is_unresolved_has_no_end() {
        world.direct().sql("""
                        insert into idempotency_key (account_id, livemode, key, id, method_path, fingerprint, request_id)
                        values ('acct_world', false, 'open', 'idem_1', 'POST /v1/payment_intents', '\\x00', 'req_1')
                        """).update();
        Answer key = world.get("/v1/idempotency_keys/open");
        assertThat(key.text("/answered")).isEqualTo("false");
        assertThat(key.body().path("status").isNull() && key.body().path("kept_until").isNull()).isTrue();
    }

    /** The record of the request that was answered so. */
    private Answer logged(Answer answer) {
        Answer kept = world.get("/v1/request_logs/" + requestId(answer));
        assertThat(kept.status()).as(kept.body().toString()).isEqualTo(200);
        return kept;
    }

    private List<String> paths(String filter) {
        return paths(world.get("/v1/request_logs?" + filter));
    }

    private static List<String> paths(Answer list) {
        assertThat(list.status()).as(list.body().toString()).isEqualTo(200);
        return StreamSupport.stream(list.body().path("data").spliterator(), false).map(row -> row.path("path").asString()).toList();
    }

    private static List<String> types(Answer list) {
        return StreamSupport.stream(list.body().path("data").spliterator(), false).map(row -> row.path("type").asString()).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
    }

    private static String requestId(Answer answer) {
        return answer.raw().headers().firstValue("Request-Id").orElseThrow();
    }

    private static long rows(PaymentWorld world) {
        return world.direct().sql("select count(*) as n from request_log").one(row -> row.number("n")).orElseThrow();
    }

    private Partitions partitionsAfter(Duration time, GrowingTable table) {
        return new Partitions(world.direct(), Clock.offset(Clock.systemUTC(), time), List.of(table));
    }
}
