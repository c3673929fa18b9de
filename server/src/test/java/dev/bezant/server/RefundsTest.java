package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refunds that take their time, that fail, and that only release what was never taken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefundsTest {
    private final Crash crash = new Crash();
    private final PaymentWorld world = PaymentWorld.setup().checkpoint(crash).start();

    @AfterAll
    void close() {
        world.close();
    }

    private Answer authorized() {
        return world.pay(50_00, "pm_card_visa", "capture_method=manual");
    }

    private Answer until(Supplier<Answer> look, String status) {
        return Awaitility.await(status).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).until(look::get, now -> status.equals(now.text("/status")));
    }

    private void decide(Answer refund, String result) {
        world.sandbox().post("/control/complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + refund.text("/provider_reference") + "\",\"result\":\"" + result + "\"}");
        world.direct().sql("update refund set poll_at = now() where id = :id").bind("id", refund.id()).update();
    }

    @Test
    void a_refund_that_the_provider_works_on_is_told_when_it_is_done() {
        Answer paid = world.pay(20_00, "pm_card_pendingRefund");
        Answer refund = world.post("/v1/refunds", "payment_intent=" + paid.id());
        assertThat(refund.text("/status")).isEqualTo("pending");
        assertThat(refund.text("/pending_reason")).isEqualTo("processing");
        assertThat(refund.text("/destination_details/card/type")).isEqualTo("pending");
        assertThat(world.get("/v1/balance_transactions/" + refund.text("/balance_transaction")).text("/status")).isEqualTo("pending");
        decide(refund, "approved");
        Answer done = until(() -> world.get("/v1/refunds/" + refund.id()), "succeeded");
        assertThat(done.text("/destination_details/card/type")).isEqualTo("refund");
        assertThat(done.text("/pending_reason")).isNull();
        assertThat(world.eventTypes(refund.id())).containsExactly("refund.created", "refund.updated", "refund.updated");
        assertThat(world.get("/v1/balance_transactions/" + refund.text("/balance_transaction")).text("/status")).isEqualTo("available");
    }

    @Test
    void a_refund_that_fails_brings_the_money_back() {
        Answer paid = world.pay(20_00, "pm_card_refundFail");
        Answer refund = world.post("/v1/refunds", "payment_intent=" + paid.id());
        assertThat(refund.text("/status")).isEqualTo("pending");
        decide(refund, "declined");
        Answer failed = until(() -> world.get("/v1/refunds/" + refund.id() + "?expand[]=failure_balance_transaction&expand[]=balance_transaction"), "failed");
        assertThat(failed.text("/failure_reason")).isEqualTo("declined");
        assertThat(failed.text("/balance_transaction/amount")).isEqualTo("-2000");
        assertThat(failed.text("/failure_balance_transaction/amount")).isEqualTo("2000");
        assertThat(failed.text("/failure_balance_transaction/type")).isEqualTo("refund_failure");
        assertThat(failed.text("/failure_balance_transaction/source")).isEqualTo(refund.id());
        assertThat(world.eventTypes(refund.id())).containsExactly("refund.created", "refund.updated", "refund.failed");
        assertThat(world.get("/v1/charges/" + paid.text("/latest_charge")).text("/amount_refunded")).isEqualTo("0");
        assertThat(world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=1").status()).isEqualTo(200);
    }

    @Test
    void a_refund_that_is_refused_at_once_never_was_in_the_balance() {
        Answer paid = world.pay(20_00, "pm_card_visa");
        world.fault("\"fault\":\"error_before_effect\",\"operation\":\"createRefund\",\"status\":403");
        Answer refused = world.post("/v1/refunds", "payment_intent=" + paid.id());
        String id = refused.text("/error/refund/id") != null ? String.valueOf(refused.text("/error/refund/id")) : refused.id();
        Answer failed = until(() -> world.get("/v1/refunds/" + id), "failed");
        assertThat(failed.text("/balance_transaction")).isNull();
        assertThat(failed.text("/failure_balance_transaction")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&amount=5000"})
    void refunding_what_was_not_captured_releases_all_of_it(String amount) {
        Answer held = authorized();
        String charge = String.valueOf(held.text("/latest_charge"));
        Answer refund = world.post("/v1/refunds", "charge=" + charge + "&reason=duplicate&metadata[why]=twice" + amount);

        assertThat(refund.status()).as(refund.body().toString()).isEqualTo(200);
        assertThat(refund.text("/object")).isEqualTo("refund");
        assertThat(refund.text("/status")).isEqualTo("succeeded");
        assertThat(refund.text("/amount")).isEqualTo("5000");
        assertThat(refund.text("/balance_transaction")).isNull();
        assertThat(refund.text("/destination_details/card/type")).isEqualTo("reversal");
        assertThat(refund.text("/metadata/why")).isEqualTo("twice");
        assertThat(world.get("/v1/refunds/" + refund.id()).body()).isEqualTo(refund.body());
        assertThat(world.get("/v1/refunds?charge=" + charge).text("/data/0/id")).isEqualTo(refund.id());
        Answer intent = world.get("/v1/payment_intents/" + held.id());
        assertThat(intent.text("/status")).isEqualTo("canceled");
        assertThat(intent.text("/cancellation_reason")).isEqualTo("duplicate");
        Answer released = world.get("/v1/charges/" + charge);
        assertThat(released.text("/refunded")).isEqualTo("true");
        assertThat(released.text("/captured")).isEqualTo("false");
        assertThat(released.text("/balance_transaction")).isNull();
        assertThat(world.eventTypes(refund.id())).containsExactly("refund.created", "refund.updated");
        assertThat(world.movements(String.valueOf(refund.text("/reference")))).containsExactly("void 5000");
        assertThat(world.post("/v1/refunds", "charge=" + charge).error()).isEqualTo("400 invalid_request_error charge_already_refunded charge");
    }

    @Test
    void a_verified_card_is_nothing_to_refund() {
        String setup = world.post("/v1/setup_intents", "confirm=true&payment_method=pm_card_visa").id();
        assertThat(world.post("/v1/refunds", "payment_intent=" + setup).error()).isEqualTo("404 invalid_request_error resource_missing payment_intent");
    }

    @Test
    void a_part_of_what_was_not_captured_cannot_be_released() {
        Answer held = authorized();
        assertThat(world.post("/v1/refunds", "charge=" + held.text("/latest_charge") + "&amount=4999").error())
                .isEqualTo("400 invalid_request_error parameter_invalid amount");
        assertThat(world.get("/v1/payment_intents/" + held.id()).text("/status")).isEqualTo("requires_capture");
    }

    @Test
    void a_release_is_repeated_with_its_key_and_happens_once() {
        Answer held = authorized();
        String body = "charge=" + held.text("/latest_charge");
        Answer first = world.post("/v1/refunds", body, "Idempotency-Key", "release-once");
        Answer again = world.post("/v1/refunds", body, "Idempotency-Key", "release-once");
        assertThat(first.text("/status")).isEqualTo("succeeded");
        assertThat(again.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"void.after_commit_1", "void.before_commit_2", "void.after_commit_2"})
    void a_release_whose_server_died_is_finished_by_settling(String place) {
        Answer held = authorized();
        String body = "charge=" + held.text("/latest_charge");
        crash.at(place);
        try {
            world.post("/v1/refunds", body, "Idempotency-Key", "died-" + place);
        } catch (RuntimeException e) {
            assertThat(e).as("the connection of a killed server").isNotNull();
        }
        Answer answered = Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200))
                .until(() -> world.post("/v1/refunds", body, "Idempotency-Key", "died-" + place), now -> now.status() != 409);
        String id = String.valueOf(world.get("/v1/refunds?" + body).text("/data/0/id"));
        Answer refund = world.get("/v1/refunds/" + id);
        String status = String.valueOf(refund.text("/status"));
        assertThat(status).isIn("succeeded", "failed");
        assertThat(world.get("/v1/payment_intents/" + held.id()).text("/status")).isEqualTo(status.equals("succeeded") ? "canceled" : "requires_capture");
        assertThat(answered.status()).isEqualTo(status.equals("succeeded") ? 200 : 503);
        assertThat(world.eventTypes(id)).containsExactly("refund.created", status.equals("succeeded") ? "refund.updated" : "refund.failed");
    }

    @Test
    void a_capture_and_a_release_at_the_same_moment_exclude_each_other() {
        for (int i = 0; i < 10; i++) {
            Answer held = authorized();
            List<CompletableFuture<Answer>> both = IntStream.range(0, 2).mapToObj(it -> CompletableFuture.supplyAsync(() -> it == 0
                    ? world.post("/v1/payment_intents/" + held.id() + "/capture", "")
                    : world.post("/v1/refunds", "charge=" + held.text("/latest_charge")))).toList();
            List<Answer> answers = both.stream().map(CompletableFuture::join).toList();
            String status = String.valueOf(world.get("/v1/payment_intents/" + held.id()).text("/status"));
            assertThat(status).isIn("succeeded", "canceled");
            if (status.equals("canceled")) {
                assertThat(answers.get(0).status()).isIn(400, 409);
            }
            List<String> movements = world.sandbox().ledger(world.sandboxAccount(0)).stream()
                    .filter(entry -> entry.path("parent_id").asString("").equals(held.text("/charges/data/0/provider_reference")))
                    .map(entry -> entry.path("kind").asString()).toList();
            assertThat(movements).doesNotContainSequence("capture", "void").doesNotContainSequence("void", "capture");
        }
    }

    @ParameterizedTest
    @CsvSource({"reverse_transfer, true", "refund_application_fee, true"})
    void what_is_not_here_is_refused_and_not_ignored(String name, String value) {
        Answer paid = world.pay(20_00, "pm_card_visa");
        assertThat(world.post("/v1/refunds", "payment_intent=" + paid.id() + "&" + name + "=" + value).error())
                .isEqualTo("400 invalid_request_error parameter_invalid " + name);
        assertThat(world.post("/v1/refunds", "payment_intent=" + paid.id() + "&" + name + "=false").status()).isEqualTo(200);
    }

    @Test
    void a_charge_lists_its_refunds_when_asked() {
        Answer paid = world.pay(20_00, "pm_card_visa");
        String charge = String.valueOf(paid.text("/latest_charge"));
        for (int i = 0; i < 11; i++) {
            world.post("/v1/refunds", "charge=" + charge + "&amount=10");
        }
        Answer plain = world.get("/v1/charges/" + charge);
        assertThat(plain.body().has("refunds")).isFalse();
        Answer expanded = world.get("/v1/charges/" + charge + "?expand[]=refunds.data.balance_transaction");
        assertThat(expanded.text("/refunds/url")).isEqualTo("/v1/charges/" + charge + "/refunds");
        assertThat(expanded.text("/refunds/has_more")).isEqualTo("true");
        assertThat(expanded.body().at("/refunds/data")).hasSize(10);
        assertThat(expanded.text("/refunds/data/0/balance_transaction/amount")).isEqualTo("-10");
        Answer rest = world.get("/v1/charges/" + charge + "/refunds?starting_after=" + expanded.text("/refunds/data/9/id"));
        assertThat(rest.body().path("data")).hasSize(1);
        assertThat(world.get("/v1/charges/" + charge + "/refunds/" + rest.text("/data/0/id")).id()).isEqualTo(rest.text("/data/0/id"));
        assertThat(world.get("/v1/charges/ch_unknown/refunds").error()).isEqualTo("404 invalid_request_error resource_missing charge");
    }

    @Test
    void clients_of_old_versions_of_stripe_get_the_list_unasked() {
        Answer paid = world.pay(20_00, "pm_card_visa");
        world.post("/v1/refunds", "payment_intent=" + paid.id() + "&amount=10");
        String charge = String.valueOf(paid.text("/latest_charge"));
        assertThat(world.send("GET", "/v1/charges/" + charge, null, PaymentWorld.SECRET, "Stripe-Version", "2020-08-27").body().at("/refunds/data")).hasSize(1);
        assertThat(world.send("GET", "/v1/charges?limit=1", null, PaymentWorld.SECRET, "Stripe-Version", "2020-08-27").body().at("/data/0/refunds/object").asString())
                .isEqualTo("list");
        assertThat(world.send("GET", "/v1/payment_intents/" + paid.id(), null, PaymentWorld.SECRET, "Stripe-Version", "2020-08-27")
                .body().at("/charges/data/0/refunds/data")).hasSize(1);
        assertThat(world.send("GET", "/v1/charges/" + charge, null, PaymentWorld.SECRET, "Stripe-Version", "2026-07-29.dahlia").body().has("refunds")).isFalse();
    }
}
