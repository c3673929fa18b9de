package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.cardinity.Card;
import dev.bezant.cardinity.CardPayment;
import dev.bezant.cardinity.PaymentTerms;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.PaymentWorld.Answer;
import dev.bezant.server.kernel.Checkpoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How disputes are found when something stands in the way: faults, crashes, refunds at the same moment, listings that do not reach back. */
final class DisputeFindingTest {
    private static PaymentWorld.Setup quiet() {
        return PaymentWorld.setup().withoutSettling().disputePause(Duration.ZERO).providerTimeout(Duration.ofSeconds(20));
    }

    private static List<String> found(PaymentWorld world) {
        return world.direct().sql("select status || ' ' || amount as it from dispute order by id").list(row -> row.text("it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"listAllChargebacks", "getPayment"})
    void a_provider_that_cannot_be_asked_is_asked_again(String operation) {
        try (PaymentWorld world = quiet().start()) {
            world.pay(20_00, "pm_card_createDispute");
            for (String fault : List.of("error_before_effect", "garbage", "half_response", "reset_before_effect")) {
                world.fault("\"fault\":\"" + fault + "\",\"operation\":\"" + operation + "\"");
                world.job("disputes");
                assertThat(found(world)).as(fault).isEmpty();
            }
            world.job("disputes");
            assertThat(found(world)).containsExactly("needs_response 2000");
        }
    }

    @Test
    void a_crash_between_finding_and_recording_is_harmless() {
        try (PaymentWorld world = quiet().start()) {
            Answer paid = world.pay(20_00, "pm_card_createDispute");
            // What a node that died after it had claimed the account leaves: nothing but a later turn.
            world.job("disputes");
            world.direct().sql("delete from dispute").update();
            world.direct().sql("delete from balance_entry").update();
            world.direct().sql("update charge set disputed = false, amount_disputed = 0").update();
            world.job("disputes");
            world.job("disputes");
            assertThat(found(world)).containsExactly("needs_response 2000");
            assertThat(world.column("charge", String.valueOf(paid.text("/latest_charge")), "amount_disputed")).isEqualTo("2000");
        }
    }

    @Test
    void nobody_is_asked_about_an_account_without_charges() {
        try (PaymentWorld world = quiet().start()) {
            world.job("disputes");
            world.job("disputes");
            assertThat(world.sandbox().requestsSeen(world.sandboxAccount(0))).isEmpty();
            world.pay(20_00, "pm_card_visa");
            world.job("disputes");
            assertThat(world.sandbox().requests(world.sandboxAccount(0), "GET", "/v1/payments/chargebacks?limit=100")).isEqualTo(1);
        }
    }

    @Test
    void a_charge_that_is_not_settled_yet_is_disputed_once_it_is() {
        try (PaymentWorld world = quiet().start()) {
            world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"createPayment\"");
            Answer unknown = world.pay(20_00, "pm_card_createDispute");
            assertThat(unknown.text("/status")).isEqualTo("processing");
            world.job("disputes");
            assertThat(found(world)).isEmpty();
            world.await(unknown.id(), "succeeded");
            world.job("disputes");
            assertThat(found(world)).containsExactly("needs_response 2000");
        }
    }

    @Test
    void what_a_listing_is_too_short_for_is_found_payment_by_payment() {
        try (PaymentWorld world = quiet().start(); var foreigner = world.foreigner()) {
            world.pay(20_00, "pm_card_visa");
            world.job("disputes");
            Answer early = world.pay(21_00, "pm_card_createDispute");
            var card = new Card(SecretText.of("4000000000000259"), 2035, 12, SecretText.of("123"), "Foreigner");
            for (int i = 0; i < 101; i++) {
                foreigner.payments().create(CardPayment.of(new PaymentTerms(new BigDecimal("1.00"), "EUR", "LT", true, "FOREIGN-" + i, null, null), card));
            }
            world.job("disputes");
            assertThat(found(world)).containsExactly("needs_response 2100");
            // And it is followed although no listing shows it any more.
            String provider = world.direct().sql("select provider_id from dispute").one(row -> row.text("provider_id")).orElseThrow();
            world.sandbox().post("/control/complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + provider + "\",\"result\":\"declined\"}");
            world.job("disputes");
            assertThat(found(world)).containsExactly("won 2100");
            assertThat(world.get("/v1/charges/" + early.text("/latest_charge")).text("/disputed")).isEqualTo("true");
        }
    }

    @Test
    void a_dispute_that_comes_while_a_refund_is_on_its_way_is_recorded_beside_it() {
        var gate = new Gate();
        try (PaymentWorld world = quiet().checkpoint(gate).start()) {
            Answer paid = world.pay(20_00, "pm_card_visa");
            String charge = String.valueOf(paid.text("/latest_charge"));
            gate.close("refund.after_commit_1");
            CompletableFuture<Answer> refund = CompletableFuture.supplyAsync(() -> world.post("/v1/refunds", "charge=" + charge + "&amount=500"));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> gate.arrived() || refund.isDone());
            assertThat(refund.isDone()).as(() -> String.valueOf(refund.getNow(null))).isFalse();
            world.sandbox().post("/control/chargebacks", "{\"provider\":\"cardinity\",\"provider_id\":\"" + world.get("/v1/charges/" + charge).text("/provider_reference") + "\"}");
            world.job("disputes");
            assertThat(world.post("/v1/refunds", "charge=" + charge).error()).isEqualTo("400 invalid_request_error charge_disputed charge");
            gate.open();
            assertThat(refund.join().text("/status")).isEqualTo("succeeded");
            assertThat(found(world)).containsExactly("needs_response 2000");
            Answer after = world.get("/v1/charges/" + charge);
            assertThat(after.text("/amount_refunded")).isEqualTo("500");
            assertThat(after.text("/disputed")).isEqualTo("true");
            assertThat(world.get("/v1/balance").text("/available/0/amount")).isEqualTo("-500");
        }
    }

    @Test
    void evidence_waits_for_an_operator_where_no_provider_takes_it() {
        try (PaymentWorld world = quiet().start()) {
            world.pay(20_00, "pm_card_createDispute");
            world.job("disputes");
            String id = String.valueOf(world.get("/v1/disputes").text("/data/0/id"));
            assertThat(world.post("/v1/disputes/" + id, "evidence[uncategorized_text]=winning_evidence").text("/status")).isEqualTo("under_review");
            world.job("disputes");
            world.job("disputes");
            assertThat(world.get("/v1/disputes/" + id).text("/status")).isEqualTo("under_review");
            assertThat(world.column("dispute", id, "hand_over_at")).isNull();
            assertThat(world.column("dispute", id, "handed_over_at")).isNull();
        }
    }

    @Test
    void evidence_that_got_lost_on_the_way_is_sent_again() {
        try (PaymentWorld world = quiet().takingEvidence().start()) {
            world.pay(20_00, "pm_card_createDispute");
            world.job("disputes");
            String id = String.valueOf(world.get("/v1/disputes").text("/data/0/id"));
            world.post("/v1/disputes/" + id, "evidence[uncategorized_text]=losing_evidence");
            world.fault("\"fault\":\"reset_after_effect\",\"operation\":\"submitEvidence\"");
            world.job("disputes");
            assertThat(world.get("/v1/disputes/" + id).text("/status")).isEqualTo("under_review");
            world.direct().sql("update dispute set hand_over_at = now()").update();
            world.job("disputes");
            assertThat(world.get("/v1/disputes/" + id).text("/status")).isEqualTo("lost");
        }
    }

    /** Holds whoever comes to a place until it is opened. */
    private static final class Gate implements Checkpoint {
        private String place = "";
        private boolean arrived;

        synchronized void close(String name) {
            place = name;
        }

        synchronized void open() {
            place = "";
            notifyAll();
        }

        synchronized boolean arrived() {
            return arrived;
        }

        @Override
        public synchronized void reached(String name) {
            while (place.equals(name)) {
                arrived = true;
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
