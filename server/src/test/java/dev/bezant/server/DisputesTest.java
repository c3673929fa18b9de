package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.cardinity.Card;
import dev.bezant.cardinity.CardPayment;
import dev.bezant.cardinity.PaymentTerms;
import dev.bezant.sdk.SecretText;
import dev.bezant.server.PaymentWorld.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chargebacks at the provider, as disputes here: found once, answered, ended, and the money with them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DisputesTest {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final PaymentWorld world = PaymentWorld.setup().disputePause(SOON).takingEvidence().providerTimeout(Duration.ofSeconds(20)).start();

    @AfterAll
    void close() {
        world.close();
    }

    private Answer dispute(String intentId) {
        return Awaitility.await("a dispute of " + intentId).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world.get("/v1/disputes?payment_intent=" + intentId), found -> found.text("/data/0/id") != null);
    }

    private Answer disputed(String token) {
        Answer paid = world.pay(20_00, token);
        String id = String.valueOf(dispute(paid.id()).text("/data/0/id"));
        return world.get("/v1/disputes/" + id);
    }

    private Answer until(String disputeId, String status) {
        return Awaitility.await(disputeId + " " + status).atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .until(() -> world.get("/v1/disputes/" + disputeId), now -> status.equals(now.text("/status")));
    }

    private Answer say(Answer dispute, String text) {
        return world.post("/v1/disputes/" + dispute.id(), "evidence[uncategorized_text]=" + text);
    }

    private long balance() {
        var found = new long[1];
        Answer balance = world.get("/v1/balance");
        for (String part : List.of("available", "pending")) {
            balance.body().path(part).forEach(it -> found[0] += it.path("currency").asString().equals("eur") ? it.path("amount").asLong() : 0);
        }
        return found[0];
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_createDispute, fraudulent, needs_response, chargeback, 10.4",
        "pm_card_createDisputeProductNotReceived, product_not_received, needs_response, chargeback, 13.1",
        "pm_card_createDisputeInquiry, fraudulent, warning_needs_response, inquiry, 10.4"
    })
    void a_chargeback_becomes_a_dispute(String token, String reason, String status, String caseType, String code) {
        Answer dispute = disputed(token);

        assertThat(dispute.text("/object")).isEqualTo("dispute");
        assertThat(dispute.text("/amount")).isEqualTo("2000");
        assertThat(dispute.text("/currency")).isEqualTo("eur");
        assertThat(dispute.text("/reason")).isEqualTo(reason);
        assertThat(dispute.text("/status")).isEqualTo(status);
        assertThat(dispute.text("/payment_method_details/card/case_type")).isEqualTo(caseType);
        assertThat(dispute.text("/payment_method_details/card/network_reason_code")).isEqualTo(code);
        assertThat(dispute.text("/payment_method_details/card/brand")).isEqualTo("visa");
        assertThat(dispute.text("/evidence_details/submission_count")).isEqualTo("0");
        assertThat(dispute.body().path("evidence").size()).isEqualTo(28);
        assertThat(world.get("/v1/charges/" + dispute.text("/charge")).text("/disputed")).isEqualTo("true");
    }

    @Test
    void a_chargeback_takes_the_money_and_says_so_once() {
        long before = balance();
        Answer dispute = disputed("pm_card_createDispute");

        assertThat(balance()).isEqualTo(before);
        assertThat(dispute.text("/balance_transactions/0/amount")).isEqualTo("-2000");
        assertThat(dispute.text("/balance_transactions/0/type")).isEqualTo("adjustment");
        assertThat(dispute.text("/balance_transactions/0/reporting_category")).isEqualTo("dispute");
        assertThat(dispute.text("/is_charge_refundable")).isEqualTo("false");
        assertThat(world.eventTypes(dispute.id())).containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn");
        assertThat(world.eventTypes(String.valueOf(dispute.text("/charge")))).containsExactly("charge.succeeded", "charge.updated");
    }

    @Test
    void an_inquiry_takes_nothing_and_its_charge_can_be_refunded() {
        Answer inquiry = disputed("pm_card_createDisputeInquiry");

        assertThat(inquiry.body().path("balance_transactions")).isEmpty();
        assertThat(inquiry.text("/is_charge_refundable")).isEqualTo("true");
        assertThat(world.eventTypes(inquiry.id())).containsExactly("charge.dispute.created");
        Answer refund = world.post("/v1/refunds", "charge=" + inquiry.text("/charge"));
        assertThat(refund.text("/status")).isEqualTo("succeeded");
        assertThat(world.get("/v1/disputes/" + inquiry.id()).text("/is_charge_refundable")).isEqualTo("false");
    }

    @Test
    void a_charge_that_was_charged_back_cannot_be_refunded() {
        Answer dispute = disputed("pm_card_createDispute");
        Answer refused = world.post("/v1/refunds", "charge=" + dispute.text("/charge"));

        assertThat(refused.error()).isEqualTo("400 invalid_request_error charge_disputed charge");
        assertThat(refused.text("/error/message")).contains("20.00 EUR");
    }

    @Test
    void evidence_that_wins_brings_the_money_back() {
        Answer dispute = disputed("pm_card_createDispute");
        Answer submitted = say(dispute, "winning_evidence");
        assertThat(submitted.text("/status")).isEqualTo("under_review");
        assertThat(submitted.text("/evidence_details/submission_count")).isEqualTo("1");
        Answer won = until(dispute.id(), "won");

        assertThat(won.text("/balance_transactions/1/amount")).isEqualTo("2000");
        assertThat(won.text("/balance_transactions/1/reporting_category")).isEqualTo("dispute_reversal");
        assertThat(won.text("/is_charge_refundable")).isEqualTo("true");
        assertThat(world.eventTypes(dispute.id())).containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn",
                "charge.dispute.updated", "charge.dispute.funds_reinstated", "charge.dispute.closed");
        assertThat(world.movements()).contains("chargeback_reversal 2000");
        assertThat(world.post("/v1/refunds", "charge=" + dispute.text("/charge")).text("/status")).isEqualTo("succeeded");
    }

    @Test
    void evidence_that_loses_ends_it_and_the_money_stays_away() {
        Answer dispute = disputed("pm_card_createDispute");
        say(dispute, "losing_evidence");
        Answer lost = until(dispute.id(), "lost");

        assertThat(lost.body().path("balance_transactions")).hasSize(1);
        assertThat(world.eventTypes(dispute.id())).containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn",
                "charge.dispute.updated", "charge.dispute.closed");
        assertThat(world.post("/v1/refunds", "charge=" + dispute.text("/charge")).error()).isEqualTo("400 invalid_request_error charge_disputed charge");
    }

    @Test
    void an_inquiry_may_become_a_chargeback() {
        Answer inquiry = disputed("pm_card_createDisputeInquiry");
        assertThat(say(inquiry, "escalate_inquiry_evidence").text("/status")).isEqualTo("warning_under_review");
        Answer escalated = until(inquiry.id(), "needs_response");

        assertThat(escalated.text("/payment_method_details/card/case_type")).isEqualTo("chargeback");
        assertThat(escalated.text("/balance_transactions/0/amount")).isEqualTo("-2000");
        assertThat(world.eventTypes(inquiry.id())).containsExactly("charge.dispute.created", "charge.dispute.updated", "charge.dispute.updated",
                "charge.dispute.funds_withdrawn");
        say(escalated, "winning_evidence");
        assertThat(until(inquiry.id(), "won").text("/evidence_details/submission_count")).isEqualTo("2");
    }

    @Test
    void an_inquiry_that_convinces_is_closed() {
        Answer inquiry = disputed("pm_card_createDisputeInquiry");
        say(inquiry, "winning_evidence");

        assertThat(until(inquiry.id(), "warning_closed").body().path("balance_transactions")).isEmpty();
        assertThat(world.eventTypes(inquiry.id())).last().isEqualTo("charge.dispute.closed");
    }

    @Test
    void one_charge_may_be_disputed_twice() {
        Answer paid = world.pay(20_01, "pm_card_createMultipleDisputes");
        Awaitility.await().atMost(PATIENCE).until(() -> world.get("/v1/disputes?payment_intent=" + paid.id()).body().path("data").size() == 2);
        Answer both = world.get("/v1/disputes?charge=" + paid.text("/latest_charge"));

        assertThat(List.of(both.text("/data/0/amount"), both.text("/data/1/amount"))).containsExactlyInAnyOrder("1001", "1000");
        assertThat(world.eventTypes(String.valueOf(paid.text("/latest_charge")))).containsExactly("charge.succeeded", "charge.updated");
        say(world.get("/v1/disputes/" + both.text("/data/0/id")), "winning_evidence");
        until(String.valueOf(both.text("/data/0/id")), "won");
        assertThat(world.post("/v1/refunds", "charge=" + paid.text("/latest_charge")).error()).isEqualTo("400 invalid_request_error charge_disputed charge");
    }

    @Test
    void a_decision_of_the_bank_is_heard_without_evidence() {
        Answer dispute = disputed("pm_card_createDispute");
        world.sandbox().post("/control/complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + dispute.text("/provider_reference") + "\",\"result\":\"declined\"}");

        assertThat(until(dispute.id(), "won").text("/balance_transactions/1/amount")).isEqualTo("2000");
    }

    @Test
    void a_merchant_may_give_up() {
        Answer dispute = disputed("pm_card_createDispute");
        Answer closed = world.post("/v1/disputes/" + dispute.id() + "/close", "");

        assertThat(closed.text("/status")).isEqualTo("lost");
        assertThat(world.eventTypes(dispute.id())).last().isEqualTo("charge.dispute.closed");
        assertThat(world.post("/v1/disputes/" + dispute.id() + "/close", "").error()).isEqualTo("400 invalid_request_error status_transition_invalid id");
        assertThat(say(dispute, "late").error()).isEqualTo("400 invalid_request_error status_transition_invalid id");
        // The bank knows better.
        world.sandbox().post("/control/complete", "{\"provider\":\"cardinity\",\"provider_id\":\"" + dispute.text("/provider_reference") + "\",\"result\":\"declined\"}");
        // A closed one that is on the listing is still heard of.
        assertThat(until(dispute.id(), "won").text("/balance_transactions/1/amount")).isEqualTo("2000");
    }

    @Test
    void evidence_is_gathered_before_it_is_sent_in() {
        Answer dispute = disputed("pm_card_createDispute");
        String receipt = world.upload("dispute_evidence", "receipt.pdf", FilesTest.PDF).id();
        Answer staged = world.post("/v1/disputes/" + dispute.id(), "submit=false&evidence[receipt]=" + receipt
                + "&evidence[customer_name]=Ona&metadata[case]=7");
        assertThat(staged.text("/status")).isEqualTo("needs_response");
        assertThat(staged.text("/evidence/receipt")).isEqualTo(receipt);
        assertThat(staged.text("/evidence_details/has_evidence")).isEqualTo("true");
        assertThat(staged.text("/evidence_details/submission_count")).isEqualTo("0");
        Answer more = world.post("/v1/disputes/" + dispute.id(), "submit=false&evidence[customer_name]=&evidence[product_description]=A+hat");
        assertThat(more.text("/evidence/customer_name")).isNull();
        assertThat(more.text("/evidence/receipt")).isEqualTo(receipt);
        Answer metadata = world.post("/v1/disputes/" + dispute.id(), "metadata[case]=8");
        assertThat(metadata.text("/status")).isEqualTo("needs_response");
        Answer submitted = world.post("/v1/disputes/" + dispute.id(), "submit=true");
        assertThat(submitted.text("/status")).isEqualTo("under_review");
        assertThat(world.post("/v1/disputes/" + dispute.id(), "metadata[case]=9").text("/metadata/case")).isEqualTo("9");
        Awaitility.await().atMost(PATIENCE).until(() -> world.column("dispute", dispute.id(), "handed_over_at") != null);
        assertThat(world.sandbox().requestsSeen(world.sandboxAccount(0))).anySatisfy(seen -> {
            assertThat(seen.path("path").asString()).contains("/evidence");
            assertThat(seen.path("request").toString()).contains("A hat", "receipt.pdf");
        });
    }

    @Test
    void evidence_names_files_of_the_account_made_for_it() {
        Answer dispute = disputed("pm_card_createDispute");
        String logo = world.upload("business_logo", "logo.png", FilesTest.PNG).id();
        String path = "/v1/disputes/" + dispute.id();

        assertThat(world.post(path, "evidence[receipt]=" + logo).error()).isEqualTo("400 invalid_request_error parameter_invalid evidence[receipt]");
        assertThat(world.post(path, "evidence[receipt]=file_unknown").error()).isEqualTo("404 invalid_request_error resource_missing evidence[receipt]");
        assertThat(world.post(path, "evidence[customer_email_address]=nobody").error())
                .isEqualTo("400 invalid_request_error email_invalid evidence[customer_email_address]");
        assertThat(world.post(path, "evidence[alibi]=x").error()).isEqualTo("400 invalid_request_error parameter_unknown evidence[alibi]");
        assertThat(world.post(path, "submit=true").error()).isEqualTo("400 invalid_request_error parameter_missing evidence");
        assertThat(world.get(path).body()).isEqualTo(dispute.body());
    }

    @Test
    void a_dispute_is_expanded_into_what_it_is_about() {
        Answer dispute = disputed("pm_card_createDispute");
        String receipt = world.upload("dispute_evidence", "receipt.pdf", FilesTest.PDF).id();
        world.post("/v1/disputes/" + dispute.id(), "submit=false&evidence[receipt]=" + receipt);
        Answer expanded = world.get("/v1/disputes/" + dispute.id() + "?expand[]=charge.balance_transaction&expand[]=payment_intent&expand[]=evidence.receipt");

        assertThat(expanded.text("/charge/balance_transaction/amount")).isEqualTo("2000");
        assertThat(expanded.text("/payment_intent/object")).isEqualTo("payment_intent");
        assertThat(expanded.text("/evidence/receipt/filename")).isEqualTo("receipt.pdf");
        Answer transaction = world.get("/v1/balance_transactions/" + dispute.text("/balance_transactions/0/id") + "?expand[]=source.charge");
        assertThat(transaction.text("/source/charge/id")).isEqualTo(dispute.text("/charge"));
    }

    @Test
    void nobody_elses_dispute_is_seen() {
        Answer dispute = disputed("pm_card_createDispute");

        assertThat(world.send("GET", "/v1/disputes/" + dispute.id(), null, PaymentWorld.STRANGER).error()).isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(world.send("POST", "/v1/disputes/" + dispute.id() + "/close", "", PaymentWorld.LIVE).error())
                .isEqualTo("404 invalid_request_error resource_missing id");
        assertThat(world.send("GET", "/v1/disputes", null, PaymentWorld.STRANGER).body().path("data")).isEmpty();
    }

    @Test
    void looks_at_the_same_moment_find_a_dispute_once() {
        Answer paid = world.pay(20_00, "pm_card_createDispute");
        for (int i = 0; i < 5; i++) {
            List<CompletableFuture<Void>> looks = IntStream.range(0, 8).mapToObj(it -> CompletableFuture.runAsync(() -> {
                world.direct().sql("update dispute_poll set next_at = now()").update();
                world.job("disputes");
            })).toList();
            looks.forEach(CompletableFuture::join);
        }
        Answer found = dispute(paid.id());

        assertThat(found.body().path("data")).hasSize(1);
        assertThat(world.eventTypes(String.valueOf(found.text("/data/0/id")))).containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn");
        assertThat(world.column("charge", String.valueOf(paid.text("/latest_charge")), "amount_disputed")).isEqualTo("2000");
    }

    @Test
    void somebody_elses_payments_at_the_account_are_none_of_ours() {
        try (var foreigner = world.foreigner()) {
            var terms = new PaymentTerms(new BigDecimal("12.00"), "EUR", "LT", true, "FOREIGN-1", null, null);
            var card = new Card(SecretText.of("4000000000000259"), 2035, 12, SecretText.of("123"), "Foreigner");
            foreigner.payments().create(CardPayment.of(terms, card));
        }
        Answer own = disputed("pm_card_createDispute");

        assertThat(own.text("/amount")).isEqualTo("2000");
        assertThat(world.direct().sql("select count(*) as n from dispute where amount = 1200").one(row -> row.number("n"))).contains(0L);
    }
}
