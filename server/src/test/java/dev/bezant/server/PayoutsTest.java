package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Money to cards, at every provider that pays out: what the API says, and what the provider's ledger has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PayoutsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** The simulators' name of the call by which a payout's money moves. */
    private static final Map<String, String> SENDING = Map.of("worldline-direct", "createPayout", "corefy", "processPayoutInvoice");

    private final Map<String, PaymentWorld> worlds = new HashMap<>();

    @AfterAll
    void close() {
        worlds.values().forEach(PaymentWorld::close);
    }

    private PaymentWorld world(String provider) {
        return worlds.computeIfAbsent(provider, name -> PaymentWorld.setup().providers(name).sendWindow(Duration.ofSeconds(1))
                .providerTimeout(Duration.ofMillis(800)).start());
    }

    private static Answer payOut(PaymentWorld world, String destination, String... more) {
        return world.post("/v1/payouts", "amount=1500&currency=eur&destination=" + destination + (more.length == 0 ? "" : "&" + String.join("&", more)));
    }

    private static List<String> movements(PaymentWorld world, Answer payout) {
        return world.movements(String.valueOf(payout.text("/reference")));
    }

    private static Answer await(PaymentWorld world, Answer payout, String status) {
        return Awaitility.await("payout " + payout.id() + " " + status).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world.get("/v1/payouts/" + payout.id()), now -> status.equals(now.text("/status")));
    }

    private static void awaitStuck(PaymentWorld world, Answer payout) {
        Awaitility.await("an operator's task of " + payout.id()).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world.column("payout", payout.id(), "stuck_reason") != null);
    }

    /** As somebody at the provider can. */
    private static void complete(PaymentWorld world, Answer payout) {
        world.sandbox().post("/control/complete", "{\"provider\":\"" + payout.text("/provider") + "\",\"provider_id\":\"" + payout.text("/provider_reference")
                + "\",\"result\":\"approved\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worldline-direct", "corefy"})
    void a_saved_card_is_paid_once_and_told(String provider) {
        PaymentWorld world = world(provider);
        String card = world.method("4242424242424242");
        Answer paid = payOut(world, card, "description=Win", "metadata[ticket]=7");
        assertThat(paid.text("/status")).as(paid.body().toString()).isEqualTo("paid");
        assertThat(paid.text("/destination")).isEqualTo(card);
        assertThat(paid.text("/provider")).isEqualTo(provider);
        assertThat(paid.text("/provider_reference")).isNotBlank();
        assertThat(paid.text("/metadata/ticket")).isEqualTo("7");
        assertThat(movements(world, paid)).containsExactly("payout 1500");
        assertThat(world.eventTypes(paid.id())).containsExactly("payout.created", "payout.paid");
        assertThat(world.get("/v1/payouts/" + paid.id()).body()).isEqualTo(paid.body());
        assertThat(world.get("/v1/payouts?destination=" + card).body().at("/data/0")).isEqualTo(paid.body());
        assertThat(world.get("/v1/payouts?status=failed&destination=" + card).body().path("data")).isEmpty();
        assertThat(world.get("/v1/payouts/" + paid.id() + "?expand[]=destination").text("/destination/card/last4")).isEqualTo("4242");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worldline-direct", "corefy"})
    void a_declined_one_has_failed_and_paid_nothing(String provider) {
        PaymentWorld world = world(provider);
        Answer declined = payOut(world, "pm_card_visa_chargeDeclined");
        assertThat(declined.text("/status")).as(declined.body().toString()).isEqualTo("failed");
        assertThat(declined.text("/failure_code")).isEqualTo("declined");
        assertThat(movements(world, declined)).isEmpty();
        assertThat(world.eventTypes(declined.id())).containsExactly("payout.created", "payout.failed");
    }

    @ParameterizedTest
    @CsvSource({"worldline-direct,reset_after_effect", "worldline-direct,error_after_effect", "worldline-direct,garbage", "worldline-direct,half_response",
        "corefy,reset_after_effect", "corefy,error_after_effect", "corefy,garbage", "corefy,half_response"})
    void a_lost_answer_leaves_it_pending_until_the_provider_is_asked(String provider, String fault) {
        PaymentWorld world = world(provider);
        world.fault("\"fault\":\"" + fault + "\",\"operation\":\"" + SENDING.get(provider) + "\"");
        Answer lost = world.payWithKeyAt("/v1/payouts", fault, "amount=1500&currency=eur&destination=pm_card_visa");
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("pending");
        assertThat(movements(world, await(world, lost, "paid"))).containsExactly("payout 1500");
        assertThat(world.eventTypes(lost.id())).containsExactly("payout.created", "payout.paid");
        assertThat(world.payWithKeyAt("/v1/payouts", fault, "amount=1500&currency=eur&destination=pm_card_visa").body()).as("the same answer").isEqualTo(lost.body());
    }

    @ParameterizedTest
    @CsvSource({"worldline-direct,reset_before_effect,paid", "worldline-direct,error_before_effect,paid", "worldline-direct,stall,paid",
        "corefy,reset_before_effect,failed", "corefy,error_before_effect,failed", "corefy,stall,failed"})
    void what_never_arrived_is_sent_under_its_key_or_proved_absent(String provider, String fault, String end) {
        PaymentWorld world = world(provider);
        world.fault("\"fault\":\"" + fault + "\",\"operation\":\"" + SENDING.get(provider) + "\"");
        Answer lost = payOut(world, "pm_card_visa");
        assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("pending");
        Answer settled = await(world, lost, end);
        assertThat(movements(world, settled)).isEqualTo(end.equals("paid") ? List.of("payout 1500") : List.of());
        assertThat(world.column("payout", lost.id(), "(resolved_at >= give_up_at)")).as("nobody could be sending it any more").isEqualTo("true");
    }

    /** That it was refused, or that it reads `created`, does not say that Corefy is not at it. */
    @ParameterizedTest
    @CsvSource({"error_after_effect,paid", "error_before_effect,failed"})
    void a_refusal_to_process_is_no_proof_until_it_was_read_in_time(String fault, String end) {
        PaymentWorld world = world("corefy");
        world.fault("\"fault\":\"" + fault + "\",\"status\":422,\"operation\":\"processPayoutInvoice\"");
        Answer refused = payOut(world, "pm_card_visa");
        assertThat(refused.text("/status")).as(refused.body().toString()).isEqualTo("pending");
        assertThat(movements(world, await(world, refused, end))).isEqualTo(end.equals("paid") ? List.of("payout 1500") : List.of());
    }

    @Test
    void one_that_corefy_took_up_and_shows_as_created_is_an_operators_until_it_tells_more() {
        PaymentWorld world = world("corefy");
        Answer queued = payOut(world, "pm_card_visa", "description=sim-queued");
        assertThat(queued.text("/status")).as(queued.body().toString()).isEqualTo("pending");
        awaitStuck(world, queued);
        assertThat(world.get("/v1/payouts/" + queued.id()).text("/status")).isEqualTo("pending");
        complete(world, queued);
        assertThat(movements(world, await(world, queued, "paid"))).containsExactly("payout 1500");
        assertThat(world.column("payout", queued.id(), "stuck_reason")).isNull();
    }

    @Test
    void one_that_was_paid_in_part_is_an_operators() {
        PaymentWorld world = world("corefy");
        Answer partial = payOut(world, "pm_card_visa", "description=sim-partial");
        assertThat(partial.text("/status")).as(partial.body().toString()).isEqualTo("pending");
        awaitStuck(world, partial);
        assertThat(world.get("/v1/payouts/" + partial.id()).text("/status")).isEqualTo("pending");
        assertThat(movements(world, partial)).containsExactly("payout 750");
    }

    @Test
    void one_that_has_failed_and_is_paid_all_the_same_is_told_to_an_operator() {
        PaymentWorld world = world("corefy");
        world.fault("\"fault\":\"error_before_effect\",\"operation\":\"processPayoutInvoice\"");
        Answer failed = await(world, payOut(world, "pm_card_visa"), "failed");
        complete(world, failed);
        assertThat(movements(world, failed)).containsExactly("payout 1500");
        awaitStuck(world, failed);
        assertThat(world.get("/v1/payouts/" + failed.id()).body()).as("not changed").isEqualTo(failed.body());
        Awaitility.await().atMost(PATIENCE).until(() -> world.gauge("bezant.operator.tasks", "kind", "payout") >= 1);
        world.database().sql("update payout set stuck_reason = null where id = :id").bind("id", failed.id()).update();
    }

    /** Many more than one round asks about, and older. */
    @ParameterizedTest
    @ValueSource(strings = {"acct_world", "acct_stranger"})
    void many_that_stay_pending_keep_no_newer_one_from_being_asked(String account) {
        try (PaymentWorld world = PaymentWorld.setup().providers("corefy").sendWindow(Duration.ofSeconds(1)).providerTimeout(Duration.ofMillis(800))
                .simulator("rate_limit_per_minute", "0").start()) {
            assertThat(payOut(world, "pm_card_visa").text("/status")).isEqualTo("paid");
            world.database().sql("""
                            insert into payout (account_id, id, livemode, state, provider, provider_account_id, reference, provider_id, payment_method_id,
                                method_snapshot, amount, currency, send_before, give_up_at, created_at)
                            select :account, id || n, livemode, 'pending', provider, case when :account = account_id then provider_account_id else 'theirs' end,
                                   reference || n, provider_id, payment_method_id, method_snapshot, amount, currency, send_before - interval '2 days',
                                   give_up_at - interval '2 days', created_at - interval '2 days'
                              from payout, generate_series(1, 600) n
                            """)
                    .bind("account", account)
                    .update();
            world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"processPayoutInvoice\"");
            for (String status : List.of("created", "processed")) {
                world.fault("\"fault\":\"webhook_bad_signature\",\"operation\":\"payout-invoices." + status + "\",\"count\":100");
            }
            Answer lost = payOut(world, "pm_card_visa");
            assertThat(lost.text("/status")).as(lost.body().toString()).isEqualTo("pending");
            assertThat(movements(world, await(world, lost, "paid"))).containsExactly("payout 1500");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset_before_effect", "reset_after_effect", "error_after_effect", "garbage"})
    void without_its_place_at_corefy_nothing_is_paid(String fault) {
        PaymentWorld world = world("corefy");
        world.fault("\"fault\":\"" + fault + "\",\"operation\":\"createPayoutInvoice\"");
        world.fault("\"fault\":\"" + fault + "\",\"operation\":\"listPayoutInvoices\"");
        Answer failed = payOut(world, "pm_card_visa");
        assertThat(failed.text("/status")).as(failed.body().toString()).isEqualTo("failed");
        assertThat(failed.text("/failure_code")).isEqualTo("provider_unavailable");
        assertThat(movements(world, failed)).isEmpty();
        world.sandbox().call("DELETE", "/control/faults", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"worldline-direct", "corefy"})
    void fifty_at_once_with_one_key_pay_once(String provider) throws InterruptedException {
        PaymentWorld world = world(provider);
        String card = world.method("4242424242424242");
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 50; i++) {
            calls.add(() -> world.payWithKeyAt("/v1/payouts", "once", "amount=1500&currency=eur&destination=" + card));
        }
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers = clients.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
            assertThat(answers.stream().filter(answer -> answer.status() == 200).map(Answer::id).distinct()).hasSize(1);
        }
        Answer again = world.payWithKeyAt("/v1/payouts", "once", "amount=1500&currency=eur&destination=" + card);
        List<JsonNode> made = world.get("/v1/payouts?destination=" + card).body().path("data").valueStream().toList();
        assertThat(made).hasSize(1);
        assertThat(movements(world, await(world, again, "paid"))).containsExactly("payout 1500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worldline-direct", "corefy"})
    void what_the_provider_works_on_stays_pending_until_it_tells(String provider) {
        var setup = PaymentWorld.setup().providers(provider).withoutSettling();
        if (provider.equals("worldline-direct")) {
            setup.simulator("payout_seconds", "3600");
        }
        try (PaymentWorld world = setup.start()) {
            Answer pending = payOut(world, "pm_card_visa", "description=sim-pending");
            assertThat(pending.text("/status")).as(pending.body().toString()).isEqualTo("pending");
            String id = String.valueOf(pending.text("/provider_reference"));
            world.sandbox().post("/control/complete", "{\"provider\":\"" + provider + "\",\"provider_id\":\"" + id + "\",\"result\":\"approved\"}");
            Awaitility.await().atMost(PATIENCE).until(() -> {
                world.job("act upon notices");
                return world.get("/v1/payouts/" + pending.id()).text("/status");
            }, "paid"::equals);
            assertThat(movements(world, pending)).containsExactly("payout 1500");
        }
    }

    /** Where a killed server leaves nothing but what was committed; the repeat of the request gets what became of it. */
    @ParameterizedTest
    @CsvSource({"worldline-direct,before_commit_1,paid", "worldline-direct,after_commit_1,paid", "worldline-direct,after_sending,paid",
        "worldline-direct,before_commit_2,paid", "worldline-direct,after_commit_2,paid",
        "corefy,before_commit_1,paid", "corefy,after_commit_1,failed", "corefy,placed,failed", "corefy,after_sending,paid",
        "corefy,before_commit_2,paid", "corefy,after_commit_2,paid"})
    void a_crash_at_any_point_pays_once_or_not_at_all(String provider, String point, String end) {
        var crash = new Crash();
        try (PaymentWorld world = PaymentWorld.setup().providers(provider).sendWindow(Duration.ofSeconds(1)).providerTimeout(Duration.ofMillis(800))
                .checkpoint(crash).start()) {
            String body = "amount=1500&currency=eur&destination=" + world.method("4242424242424242");
            crash.at("payout." + point);
            assertThat(world.raw("POST", "/v1/payouts", body, PaymentWorld.SECRET, "Idempotency-Key", "crash").statusCode()).isEqualTo(500);
            Answer told = Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                    .until(() -> world.payWithKeyAt("/v1/payouts", "crash", body), answer -> answer.status() != 409);
            assertThat(told.text("/status")).as(told.body().toString()).isIn("pending", end);
            assertThat(movements(world, await(world, told, end))).isEqualTo(end.equals("paid") ? List.of("payout 1500") : List.of());
            assertThat(world.get("/v1/payouts").body().path("data")).hasSize(1);
            assertThat(world.eventTypes(told.id())).containsExactly("payout.created", "payout." + end);
        }
    }

    @Test
    void a_payout_that_is_refused_by_its_credentials_has_failed() {
        try (PaymentWorld world = PaymentWorld.setup().providers("worldline-direct").start()) {
            world.revokeCredentials();
            Answer failed = payOut(world, "pm_card_visa");
            assertThat(failed.text("/failure_code")).as(failed.body().toString()).isEqualTo("could_not_process");
            assertThat(movements(world, failed)).isEmpty();
        }
    }

    @Test
    void accounts_that_cannot_pay_out_are_passed_over_and_told_where_there_is_no_other() {
        try (PaymentWorld world = PaymentWorld.setup().providers("cardinity", "corefy", "worldline-direct").start()) {
            assertThat(payOut(world, "pm_card_visa").text("/provider")).isEqualTo("corefy");
            assertThat(payOut(world, "pm_card_visa", "provider_account=" + world.providerAccount(2)).text("/provider")).isEqualTo("worldline-direct");
            assertThat(payOut(world, "pm_card_visa", "provider_account=" + world.providerAccount(0)).error())
                    .isEqualTo("400 invalid_request_error payment_method_not_available provider_account");
        }
        try (PaymentWorld world = PaymentWorld.setup().providers("cardinity", "worldline-acquiring").start()) {
            assertThat(payOut(world, "pm_card_visa").error()).isEqualTo("400 invalid_request_error payment_method_not_available null");
            assertThat(world.get("/v1/payouts").body().path("data")).isEmpty();
        }
    }

    @Test
    void one_that_cannot_be_proved_any_more_waits_for_an_operator() {
        try (PaymentWorld world = PaymentWorld.setup().providers("worldline-direct").sendWindow(Duration.ofSeconds(1)).providerTimeout(Duration.ofMillis(800))
                .providerSetting("repeatable_hours", 0).start()) {
            world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"createPayout\"");
            world.fault("\"fault\":\"webhook_bad_signature\",\"operation\":\"payout.account_credited\"");
            Answer lost = payOut(world, "pm_card_visa");
            Awaitility.await().atMost(PATIENCE).until(() -> world.column("payout", lost.id(), "stuck_reason") != null);
            assertThat(world.get("/v1/payouts/" + lost.id()).text("/status")).isEqualTo("pending");
            assertThat(movements(world, lost)).containsExactly("payout 1500");
        }
    }

    @Test
    void a_method_without_a_card_is_no_destination() {
        PaymentWorld world = world("corefy");
        String ideal = world.post("/v1/payment_methods", "type=ideal").id();
        assertThat(payOut(world, ideal).error()).isEqualTo("400 invalid_request_error payment_method_unsupported_type destination");
    }

    @Test
    void amounts_of_every_exponent_are_exact() {
        for (String provider : List.of("worldline-direct", "corefy")) {
            PaymentWorld world = world(provider);
            for (String currency : List.of("jpy", "kwd")) {
                Answer paid = world.post("/v1/payouts", "amount=98760&currency=" + currency + "&destination=pm_card_visa");
                assertThat(paid.text("/status")).as(paid.body().toString()).isEqualTo("paid");
                assertThat(movements(world, paid)).containsExactly("payout 98760");
            }
        }
    }
}
