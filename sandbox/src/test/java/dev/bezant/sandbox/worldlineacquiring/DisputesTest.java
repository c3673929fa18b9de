package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@RunningSandbox
class DisputesTest {
    private static final String API = "/dispute-management/v1";

    private final Control control;
    private final Acquirer acquirer;

    DisputesTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control);
    }

    private String raise(String payment, String more) {
        return control.post("chargebacks", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + payment + "\"" + more + "}").at("/disputeId");
    }

    private Exchange search(String members) {
        return acquirer.send("POST", API + "/disputes/search", "{" + members + "}");
    }

    private Exchange dispute(String id) {
        return acquirer.send("GET", API + "/disputes/" + id + "?includeEntries=true", null);
    }

    private int decide(String id, String result) {
        return control.post("complete", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + id + "\",\"result\":\"" + result + "\"}")
                .status();
    }

    private Exchange defend(String id, String members) {
        return acquirer.send("POST", API + "/disputes/" + id + "/submit-evidence", "{" + members + "}");
    }

    @Test
    void a_chargeback_is_a_dispute_that_wants_an_answer() {
        var payment = acquirer.paid(PaymentRequest.sale(500).reference("ORD-9"));
        var id = raise(payment, ",\"amount\":300,\"reason\":\"fraud\"");
        var read = dispute(id).json().path("dispute");
        assertThat(read.path("disputeStage").asString()).isEqualTo("DISPUTE");
        assertThat(read.path("disputeStatus").asString()).isEqualTo("EVIDENCE_REQUESTED");
        assertThat(read.path("disputeStatusCategory").asString()).isEqualTo("NEEDS_RESPONSE");
        assertThat(read.path("isOpen").asBoolean()).isTrue();
        assertThat(read.at("/originalDisputeAmount/amount").asLong()).isEqualTo(300);
        assertThat(read.at("/originalTransactionData/paymentMethodData/maskedIdentifier").asString()).isEqualTo("417666******0104");
        assertThat(read.at("/originalTransactionData/transactionReferences/merchantReference").asString()).isEqualTo("ORD-9");
        assertThat(read.at("/entries/0/entryType").asString()).isEqualTo("CHARGEBACK");
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp", "chargeback 300 gbp");
        assertThat(raise("nothing", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4000000000000259,FRAUD,1", "4000000000002685,CONSUMER_DISPUTE,1", "4000000404000079,FRAUD,2"})
    void test_cards_are_charged_back_when_captured(String number, String category, int count) {
        var payment = acquirer.paid(PaymentRequest.card(number));
        assertThat(search("\"paymentId\":\"" + payment + "\"").json().path("disputes")).isEmpty();
        acquirer.capture(payment, "");
        var found = search("\"paymentId\":\"" + payment + "\"").json().path("disputes");
        assertThat(found).hasSize(count).allSatisfy(one -> assertThat(one.path("unifiedCategory").asString()).isEqualTo(category));
        assertThat(acquirer.movements()).hasSize(2 + count);
    }

    @Test
    void an_inquiry_moves_nothing_until_it_becomes_a_dispute() {
        var payment = acquirer.paid(PaymentRequest.card("4000000000001976").sale());
        var id = search("").at("/disputes/0/disputeId");
        assertThat(dispute(id).at("/dispute/disputeStage")).isEqualTo("INQUIRY");
        assertThat(acquirer.movements()).containsExactly("sale 200 gbp");
        assertThat(decide(id, "approved")).isEqualTo(200);
        assertThat(dispute(id).at("/dispute/disputeStage")).isEqualTo("DISPUTE");
        assertThat(acquirer.movements()).containsExactly("sale 200 gbp", "chargeback 200 gbp");
        assertThat(acquirer.status(payment)).isEqualTo("PENDING_CAPTURE");
    }

    @Test
    void a_dispute_is_given_up() {
        var id = raise(acquirer.paid(PaymentRequest.sale(500)), "");
        var accepted = acquirer.send("POST", API + "/disputes/" + id + "/accept", "{\"messageText\":\"Sorry\",\"userId\":\"ona\","
                + "\"includeEntries\":true}");
        assertThat(accepted.at("/dispute/disputeStatus")).isEqualTo("ACCEPTED");
        assertThat(accepted.at("/dispute/disputeStatusCategory")).isEqualTo("LOST");
        assertThat(accepted.at("/dispute/disputeDateTimeData/closedDateTime")).isNotEmpty();
        assertThat(accepted.json().at("/dispute/entries")).hasSize(3);
        assertThat(acquirer.send("POST", API + "/disputes/" + id + "/accept", "{}").status()).isEqualTo(400);
        assertThat(decide(id, "declined")).isEqualTo(409);
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp", "chargeback 500 gbp");
    }

    @ParameterizedTest
    @CsvSource({"declined,SUCCESSFUL_DEFENSE,WON,true", "approved,UNSUCCESSFUL_DEFENSE,LOST,false"})
    void evidence_is_looked_at_and_then_decided(String result, String status, String category, boolean back) {
        var id = raise(acquirer.paid(PaymentRequest.sale(500)), "");
        assertThat(defend(id, "").status()).isEqualTo(400);
        assertThat(defend(id, "\"elaboration\":\"It was delivered\"").at("/dispute/disputeStatus")).isEqualTo("REVIEW_BY_ISSUER");
        assertThat(defend(id, "\"elaboration\":\"Really\"").status()).isEqualTo(400);
        assertThat(decide(id, result)).isEqualTo(200);
        assertThat(dispute(id).at("/dispute/disputeStatus")).isEqualTo(status);
        assertThat(dispute(id).at("/dispute/disputeStatusCategory")).isEqualTo(category);
        assertThat(acquirer.movements()).hasSize(back ? 3 : 2);
        if (back) {
            assertThat(acquirer.movements()).endsWith("chargeback_reversal 500 gbp");
        }
    }

    @ParameterizedTest
    @CsvSource({"winning_evidence,SUCCESSFUL_DEFENSE", "losing_evidence,UNSUCCESSFUL_DEFENSE"})
    void some_words_decide_at_once(String words, String status) {
        var id = raise(acquirer.paid(PaymentRequest.sale(500)), "");
        assertThat(defend(id, "\"elaboration\":\"" + words + "\"").at("/dispute/disputeStatus")).isEqualTo(status);
    }

    @Test
    void who_does_not_answer_in_time_has_lost() {
        var id = raise(acquirer.paid(PaymentRequest.sale(500)), "");
        control.post("clock", "{\"advance\":\"P22D\"}");
        assertThat(dispute(id).at("/dispute/disputeStatus")).isEqualTo("UNANSWERED_EXPIRED");
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp", "chargeback 500 gbp");
    }

    @Test
    void documents_are_uploaded_attached_and_read() {
        var id = raise(acquirer.paid(PaymentRequest.sale(500)), "");
        var uploaded = upload("""
                --b
                Content-Disposition: form-data; name="file"; filename="a \\"b\\".pdf"
                Content-Type: application/pdf

                %PDF-1
                --x
                --b--
                """);
        assertThat(uploaded.status()).isEqualTo(201);
        var document = uploaded.at("/documentId");
        assertThat(acquirer.send("GET", API + "/disputes/" + id + "/documents/" + document, null).status()).as("not attached").isEqualTo(404);
        assertThat(defend(id, "\"documentIds\":[{\"documentId\":\"none\"}]").status()).isEqualTo(404);
        var defended = defend(id, "\"documentIds\":[{\"documentId\":\"" + document + "\"}],\"includeEntries\":true");
        assertThat(defended.at("/dispute/entries/1/documents/0/fileName")).isEqualTo("a \"b\".pdf");
        var read = acquirer.send("GET", API + "/disputes/" + id + "/documents/" + document, null);
        assertThat(read.body()).isEqualTo("%PDF-1\r\n--x");
        assertThat(read.headers().firstValue("content-type")).contains("application/pdf");
        assertThat(read.headers().firstValue("content-disposition")).contains("attachment; filename=\"a \\\"b\\\".pdf\"");
        assertThat(upload("--b\nContent-Disposition: form-data; name=\"other\"\n\nx\n--b--\n").status()).isEqualTo(400);
        assertThat(upload("nothing").status()).isEqualTo(400);
    }

    private Exchange upload(String body) {
        return Exchange.send("POST", acquirer.uri().resolve(API + "/documents"), body.replace("\n", "\r\n"),
                Map.of("Authorization", "Bearer " + acquirer.newToken(), "Content-Type", "multipart/form-data; boundary=b"));
    }

    @Test
    void searches_filter_sort_and_keep_their_pages() {
        var ids = new HashMap<Integer, String>();
        for (int i = 0; i < 5; i++) {
            ids.put(i, raise(acquirer.paid(PaymentRequest.sale(100 + i).reference("ORD-" + i)), i < 2 ? ",\"reason\":\"fraud\"" : ""));
            control.post("clock", "{\"advance\":\"PT1M\"}");
        }
        defend(String.valueOf(ids.get(0)), "\"elaboration\":\"winning_evidence\"");
        assertThat(search("\"isOpen\":false").json().at("/pagination/totalCount").asInt()).isEqualTo(1);
        assertThat(search("\"disputeStatusCategories\":[\"WON\"],\"unifiedCategories\":[\"FRAUD\"]").json().path("disputes")).hasSize(1);
        assertThat(search("\"merchantReference\":\"ORD-3\"").at("/disputes/0/disputeId")).isEqualTo(ids.get(3));
        assertThat(search("\"merchantScope\":{\"merchantScopeType\":\"BY_ACQUIRER_IDS\",\"acquirerIds\":[\"1\"]}").json().path("disputes")).isEmpty();
        assertThat(search("\"merchantScope\":{\"merchantScopeType\":\"BY_MERCHANT_IDS\",\"merchantIds\":[{\"acquirerId\":\"100812\",\"merchantId\":\""
                + acquirer.credential("merchant_id") + "\"}]}").json().path("disputes")).hasSize(5);
        assertThat(search("\"openedDateTime\":{\"greater\":\"2020-01-01T00:00:00Z\",\"lower\":\"2021-01-01T00:00:00Z\"}").json()
                .path("disputes")).isEmpty();
        assertThat(search("\"responseDueDate\":{\"lowerEqual\":\"2020-01-01\"}").json().path("disputes")).isEmpty();
        var first = search("\"sortBy\":\"openedDateTime\",\"sortOrder\":\"DESCENDING\",\"pagination\":{\"fromIndex\":0,\"pageSize\":2}");
        assertThat(disputeIds(first)).containsExactly(ids.get(4), ids.get(3));
        assertThat(first.json().at("/pagination/lastIndex").asInt()).isEqualTo(1);
        raise(acquirer.paid(PaymentRequest.sale(999)), "");
        var second = search("\"pagination\":{\"fromIndex\":2,\"pageSize\":2,\"searchId\":\"" + first.at("/pagination/searchId") + "\"}");
        assertThat(disputeIds(second)).as("as it was").containsExactly(ids.get(2), ids.get(1));
        assertThat(search("\"pagination\":{\"searchId\":\"none\"}").status()).isEqualTo(400);
        assertThat(search("\"sortBy\":\"colour\"").status()).isEqualTo(400);
    }

    private static List<String> disputeIds(Exchange answer) {
        return StreamSupport.stream(answer.json().path("disputes").spliterator(), false).map((JsonNode one) -> one.path("disputeId").asString())
                .toList();
    }

    @Test
    void entries_are_found_with_their_disputes_in_short() {
        var id = raise(acquirer.paid(PaymentRequest.sale(500)), "");
        defend(id, "\"elaboration\":\"winning_evidence\",\"userId\":\"ona\"");
        var all = acquirer.send("POST", API + "/dispute-entries/search", "{\"disputeId\":\"" + id + "\",\"includeDisputeSummary\":true}");
        assertThat(all.json().path("disputeEntries")).hasSize(3);
        assertThat(all.at("/disputeEntries/1/entryType")).isEqualTo("EVIDENCE");
        assertThat(all.at("/disputeEntries/1/userId")).isEqualTo("ona");
        assertThat(all.at("/disputeEntries/0/disputeSummary/merchantData/acquirerId")).isEqualTo("100812");
        var some = acquirer.send("POST", API + "/dispute-entries/search", "{\"entryTypes\":[\"RULING\"],\"sortOrder\":\"desc\"}");
        assertThat(some.json().path("disputeEntries")).hasSize(1);
        assertThat(some.json().at("/disputeEntries/0").has("disputeSummary")).isFalse();
    }

    @Test
    void nobody_sees_disputes_of_others() {
        var id = raise(acquirer.paid(PaymentRequest.sale(500)), "");
        var other = Acquirer.of(control);
        assertThat(other.send("GET", API + "/disputes/" + id, null).status()).isEqualTo(404);
        assertThat(other.send("POST", API + "/disputes/search", "{}").json().path("disputes")).isEmpty();
    }
}
