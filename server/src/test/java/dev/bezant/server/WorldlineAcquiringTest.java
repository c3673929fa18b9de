package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.server.PaymentWorld.Answer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Worldline Acquiring has and others have not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WorldlineAcquiringTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** One that no test card is, so that amounts decide. */
    private static final String PLAIN_CARD = "4176669999000104";

    private final PaymentWorld world = PaymentWorld.setup().providers("worldline-acquiring").disputePause(Duration.ofMillis(200))
            .providerTimeout(Duration.ofSeconds(20)).start();

    @AfterAll
    void close() {
        world.close();
    }

    private void complete(String providerId, String result) {
        world.sandbox().post("/control/complete",
                "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + providerId + "\",\"result\":\"" + result + "\"}");
    }

    private Answer until(String path, String status) {
        return Awaitility.await(path + " " + status).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world.get(path), now -> status.equals(now.text("/status")));
    }

    @Test
    void a_token_that_ends_early_is_renewed_and_the_payment_is_made_once() {
        assertThat(world.pay(10_00, "pm_card_visa").text("/status")).isEqualTo("succeeded");
        world.fault("\"operation\":\"processPayment\",\"fault\":\"clock_skew\",\"delay_ms\":7200000");
        Answer paid = world.pay(11_00, "pm_card_visa");
        assertThat(paid.text("/status")).as(paid.body().toString()).isEqualTo("succeeded");
        assertThat(world.movementsOf(paid)).containsExactly("sale 1100");
    }

    @ParameterizedTest
    @CsvSource({"approved, succeeded", "declined, requires_payment_method"})
    void a_payment_that_is_pending_is_read_by_its_id(String result, String status) {
        Answer pending = world.post("/v1/payment_intents", "amount=9977&currency=eur&confirm=true&payment_method=" + world.method(PLAIN_CARD));
        assertThat(pending.text("/status")).isEqualTo("processing");
        complete(String.valueOf(world.column("charge", String.valueOf(pending.text("/latest_charge")), "provider_id")), result);
        Answer done = world.await(pending.id(), status);
        assertThat(world.column("charge", String.valueOf(pending.text("/latest_charge")), "taking_back_at")).isNull();
        assertThat(world.movementsOf(done)).isEqualTo(result.equals("approved") ? List.of("sale 9977") : List.of());
    }

    @ParameterizedTest
    @CsvSource({"4000000000007726, approved, succeeded", "4000000000005126, declined, failed"})
    void a_refund_that_is_pending_is_read_by_its_id(String card, String result, String status) {
        Answer paid = world.post("/v1/payment_intents", "amount=1500&currency=eur&confirm=true&payment_method=" + world.method(card));
        Answer refund = world.post("/v1/refunds", "payment_intent=" + paid.id());
        assertThat(refund.text("/status")).isEqualTo("pending");
        complete(String.valueOf(world.column("refund", refund.id(), "provider_id")), result);
        world.direct().sql("update refund set poll_at = now() where id = :id").bind("id", refund.id()).update();
        until("/v1/refunds/" + refund.id(), status);
        assertThat(world.movementsOf(paid)).isEqualTo(result.equals("approved") ? List.of("sale 1500", "refund 1500") : List.of("sale 1500"));
    }

    @Test
    void another_account_takes_what_has_no_words_here() {
        Answer refused = world.pay(10_00, "pm_card_amex");
        assertThat(refused.error()).isEqualTo("402 card_error payment_intent_payment_attempt_failed payment_method");
        assertThat(refused.intent().text("/charges/data/0/outcome/seller_message")).contains("amex");
    }

    private Answer disputed(String token) {
        Answer paid = world.pay(20_00, token);
        Answer found = Awaitility.await("a dispute of " + paid.id()).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world.get("/v1/disputes?payment_intent=" + paid.id()), now -> now.text("/data/0/id") != null);
        return world.get("/v1/disputes/" + found.text("/data/0/id"));
    }

    @ParameterizedTest
    @CsvSource({"winning_evidence, won", "losing_evidence, lost"})
    void a_dispute_is_found_and_answered(String text, String end) {
        Answer dispute = disputed("pm_card_createDispute");
        assertThat(dispute.text("/status")).isEqualTo("needs_response");
        assertThat(dispute.text("/reason")).isEqualTo("fraudulent");
        assertThat(dispute.text("/payment_method_details/card/network_reason_code")).isEqualTo("10.4");
        assertThat(dispute.text("/evidence_details/due_by")).isNotNull();
        Answer file = world.upload("dispute_evidence", "note.pdf", "%PDF-1.4\n% a delivery note\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        world.post("/v1/disputes/" + dispute.id(), "evidence[shipping_documentation]=" + file.id() + "&evidence[uncategorized_text]=" + text);
        until("/v1/disputes/" + dispute.id(), end);
        assertThat(world.movements()).contains("chargeback 2000");
    }

    @Test
    void an_inquiry_takes_nothing_and_closes_or_becomes_a_dispute() {
        Answer inquiry = disputed("pm_card_createDisputeInquiry");
        assertThat(inquiry.text("/status")).isEqualTo("warning_needs_response");
        assertThat(inquiry.body().path("balance_transactions")).isEmpty();
        complete(String.valueOf(world.column("dispute", inquiry.id(), "provider_id")), "approved");
        Answer escalated = until("/v1/disputes/" + inquiry.id(), "needs_response");
        assertThat(escalated.text("/balance_transactions/0/amount")).isEqualTo("-2000");
        complete(String.valueOf(world.column("dispute", inquiry.id(), "provider_id")), "declined");
        until("/v1/disputes/" + inquiry.id(), "won");
    }

    @Test
    void evidence_that_was_taken_before_a_crash_is_not_refused_after_it() {
        Answer dispute = disputed("pm_card_createDispute");
        world.fault("\"operation\":\"submitEvidence\",\"fault\":\"reset_after_effect\"");
        world.post("/v1/disputes/" + dispute.id(), "evidence[uncategorized_text]=somebody+must+look");
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            world.direct().sql("update dispute set hand_over_at = now() where id = :id and hand_over_at is not null").bind("id", dispute.id()).update();
            return world.column("dispute", dispute.id(), "handed_over_at") != null;
        });
        assertThat(world.get("/v1/disputes/" + dispute.id()).text("/status")).isEqualTo("under_review");
    }
}
