package dev.bezant.corefy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.SdkException;
import dev.bezant.sdk.error.ValidationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundsAndPayoutsTest {
    private static final String PAYOUT = "cpoi_0000000000000001";

    private ScriptedServer server;
    private CorefyClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = CorefyClient.of(Fixtures.config(server).build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private RefundOutcome refund() {
        return client.refunds(Fixtures.INVOICE).create(NewRefund.of("REF-1", new BigDecimal("10")).withDescription("damaged"));
    }

    private static String refundBody(String status) {
        return "{\"data\":{\"type\":\"refunds\",\"id\":\"ref_1\",\"attributes\":" + refundAttributes(status, "10.00") + "}}";
    }

    private static String refundAttributes(String status, String amount) {
        return "{\"reference_id\":\"REF-1\",\"original_id\":\"" + Fixtures.INVOICE + "\",\"description\":null,\"status\":\"" + status + "\",\"amount\":"
                + amount + ",\"fee\":0,\"currency\":\"EUR\",\"created\":1700000000}";
    }

    private static String withRefunds(String status, String refunds) {
        return Fixtures.invoice("ORD-1", status).replace("\"refunds\":[]", "\"refunds\":" + refunds);
    }

    @ParameterizedTest
    @CsvSource({"processed, Succeeded", "process_failed, Failed", "refund_failed, Failed", "process_pending, Pending", "dreaming, Pending"})
    void the_newer_answer_is_the_refund(String word, String outcome) {
        server.then(200, refundBody(word));
        assertThat(refund().getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(server.seen().get(0).line()).isEqualTo("POST /api/payment-invoices/" + Fixtures.INVOICE + "/refund");
        assertThat(server.seen().get(0).body()).isEqualTo("{\"data\":{\"type\":\"refund\",\"id\":\"" + Fixtures.INVOICE
                + "\",\"attributes\":{\"amount\":10,\"invoiceId\":\"" + Fixtures.INVOICE + "\",\"reference_id\":\"REF-1\",\"description\":\"damaged\"}}}");
    }

    @ParameterizedTest
    @CsvSource({"refunded, Succeeded", "partially_refunded, Succeeded", "refund_pending, Pending", "refund_failed, Failed", "sparkling, Pending"})
    void the_older_answer_is_the_invoice(String word, String outcome) {
        server.then(200, Fixtures.invoice("ORD-1", word));
        assertThat(refund()).satisfies(refund -> {
            assertThat(refund.getClass().getSimpleName()).isEqualTo(outcome);
            assertThat(refund.refund().referenceId()).isEqualTo("REF-1");
            assertThat(refund.refund().id()).isNull();
        });
    }

    @Test
    void in_an_invoice_the_refunds_own_entry_counts_more_than_the_invoices_status() {
        server.then(200, withRefunds("partially_refunded", "[" + refundAttributes("process_failed", "10") + "]"));
        assertThat(refund()).isInstanceOf(RefundOutcome.Failed.class);
    }

    @Test
    void a_lost_answer_is_looked_for_in_the_invoice_and_never_sent_again() {
        server.thenCut().then(200, withRefunds("refunded",
                "[{\"type\":\"refunds\",\"id\":\"ref_1\",\"attributes\":" + refundAttributes("processed", "10") + "}]"));
        assertThat(refund()).asInstanceOf(type(RefundOutcome.Succeeded.class)).satisfies(found -> assertThat(found.refund().id()).isEqualTo("ref_1"));
        server.thenCut().then(200, withRefunds("processed", "[]"));
        assertThatThrownBy(this::refund).satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        assertThat(server.lines().stream().filter(line -> line.startsWith("POST"))).hasSize(2);
    }

    @Test
    void a_refused_refund_says_why() {
        server.then(422, "{\"errors\":[{\"status\":\"422\",\"title\":\"Too much\",\"source\":{\"pointer\":\"/data/attributes/amount\"}}]}")
                .then(200, withRefunds("processed", "[]"));
        assertThatThrownBy(this::refund).asInstanceOf(type(ValidationException.class))
                .satisfies(e -> assertThat(e.errors().get(0).field()).isEqualTo("amount"));
    }

    @Test
    void a_refund_is_found_absent_or_not_told() {
        var refunds = client.refunds(Fixtures.INVOICE);
        server.then(200, withRefunds("refunded", "[" + refundAttributes("processed", "10") + "]"));
        assertThat(refunds.find("REF-1")).isInstanceOf(RefundLookup.Found.class);
        assertThat(refunds.find("REF-2")).isInstanceOf(RefundLookup.Absent.class);
        server.then(200, withRefunds("refunded", "null"));
        assertThat(refunds.find("REF-1")).isInstanceOf(RefundLookup.NotTold.class);
        server.then(200, withRefunds("refunded", "[\"ref_1\"]"));
        assertThat(refunds.find("REF-1")).isInstanceOf(RefundLookup.NotTold.class);
    }

    private static NewPayout payout() {
        return NewPayout.builder("OUT-1", "payment_card_eur", new BigDecimal("12.50"), "EUR")
                .card(SecretText.of("5519283812030000"), 4, 2030, "Ona Petraite").customer(Customer.of("C-7")).build();
    }

    private static String payoutBody(String status) {
        return "{\"data\":" + payoutResource("OUT-1", status) + "}";
    }

    private static String payoutResource(String reference, String status) {
        return "{\"type\":\"payout-invoices\",\"id\":\"" + PAYOUT + "\",\"attributes\":{\"status\":\"" + status + "\",\"resolution\":\"ok\","
                + "\"reference_id\":\"" + reference + "\",\"amount\":12.5,\"currency\":\"EUR\",\"test_mode\":true,"
                + "\"payout_amount\":12.5,\"writeoff\":12.9,\"payouts\":[]}}";
    }

    @Test
    void a_payout_waits_until_it_is_processed() {
        server.then(201, payoutBody("created")).then(201, payoutBody("processed"));
        assertThat(client.payouts().create(payout())).isInstanceOf(PayoutOutcome.Waiting.class);
        assertThat(client.payouts().process(PAYOUT)).asInstanceOf(type(PayoutOutcome.Paid.class))
                .satisfies(paid -> assertThat(paid.payout().writeoff()).isEqualByComparingTo("12.9"));
        assertThat(server.lines()).containsExactly("POST /api/payout-invoices", "POST /api/payout-invoices/" + PAYOUT + "/process");
        assertThat(server.seen().get(0).body()).isEqualTo("{\"data\":{\"type\":\"payout-invoice\",\"attributes\":{\"reference_id\":\"OUT-1\","
                + "\"service\":\"payment_card_eur\",\"currency\":\"EUR\",\"amount\":12.50,\"test_mode\":true,"
                + "\"fields\":{\"card_number\":\"5519283812030000\"},\"context\":{\"card\":{\"card_holder\":\"Ona Petraite\",\"exp_month\":\"04\","
                + "\"exp_year\":\"30\"}},\"customer\":{\"reference_id\":\"C-7\"},\"options\":{\"auto_process\":false}}}}");
    }

    @ParameterizedTest
    @CsvSource({"processing, Pending", "process_pending, Pending", "process_error, Pending", "cancel_pending, Pending", "process_failed, Failed",
        "expired, Failed", "terminated, Failed", "canceled, Failed", "partially_processed, Mixed", "partially_canceled, Mixed", "cancel_failed, Mixed",
        "dreaming, Unrecognized"})
    void every_payout_status_has_its_meaning(String word, String outcome) {
        server.then(200, payoutBody(word));
        assertThat(PayoutOutcome.of(client.payouts().get(PAYOUT)).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void a_payout_without_an_answer_is_looked_for_and_never_sent_again() {
        server.thenCut().then(200, "{\"data\":[" + payoutResource("OUT-1", "created") + "]}");
        assertThat(client.payouts().create(payout())).isInstanceOf(PayoutOutcome.Waiting.class);
        server.then(503, "").then(404, "{\"errors\":[{\"title\":\"Not Found\"}]}");
        assertThatThrownBy(() -> client.payouts().create(payout())).satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        server.then(503, "").then(200, "{\"data\":[]}");
        assertThatThrownBy(() -> client.payouts().create(payout())).satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        server.thenCut();
        assertThatThrownBy(() -> client.payouts().process(PAYOUT)).satisfies(e -> assertThat(((SdkException) e).mayHaveTakenEffect()).isTrue());
        assertThat(server.lines().stream().filter(line -> line.equals("POST /api/payout-invoices"))).hasSize(3);
        assertThat(server.lines().stream().filter(line -> line.endsWith("/process"))).hasSize(1);
    }

    @Test
    void a_payout_must_say_who_is_paid() {
        var nobody = NewPayout.builder("OUT-1", "test_usd", BigDecimal.TEN, "USD").build();
        assertThatThrownBy(() -> client.payouts().create(nobody)).isInstanceOf(InvalidRequestException.class).hasMessageContaining("who is paid");
    }

    @Test
    void balances_and_services_are_read() {
        server.then(200, """
                {"data":{"type":"balances","id":"coma_1","attributes":{"currency_accounts":{"EUR":{"account_id":"comca_1","active_balance":"100.50",
                 "pending_balance":"0","reserved_balance":"0","overdraft_limit":"0","balance_lower_limit":"0"}}}}}""");
        assertThat(client.account().balances()).singleElement().satisfies(balance -> {
            assertThat(balance.currency()).isEqualTo("EUR");
            assertThat(balance.active()).isEqualByComparingTo("100.50");
        });
        server.then(200, "{\"data\":[{\"type\":\"payment-services\",\"id\":\"payment_card_eur_hpp\",\"attributes\":{\"method\":\"payment_card\"}}]}");
        assertThat(client.account().paymentServices(CallContext.none())).singleElement()
                .isEqualTo(new ApiResource("payment-services", "payment_card_eur_hpp", Map.of("method", "payment_card")));
    }

    @Test
    void the_public_key_asks_which_services_there_are() {
        server.then(200, """
                {"data":{"type":"payment-prerequest","id":"x","attributes":{"currency":"EUR","test_mode":true,"services":{"ideal_eur_hpp":{
                 "code":"ideal_eur_hpp","method":"ideal","flow":"hpp","currency":"EUR","status":"available","amount_min":1,"fields":[{"key":"bank",
                 "type":"text","label":{"en":"Bank"},"hint":[],"regexp":"^.+$","required":true,"position":1}]}},
                 "methods":{"ideal":{"code":"ideal","name":"iDEAL","category":"bank","logo":"l","icon":"i"}}}}}""");
        var offered = client.publicApi().paymentServices("EUR", new BigDecimal("5.00"));
        assertThat(server.seen().get(0).line()).isEqualTo("POST /public-api/payment-prerequest");
        assertThat(server.seen().get(0).body()).isEqualTo("{\"public_key\":\"pk_test_1\",\"currency\":\"EUR\",\"amount\":5.00}");
        assertThat(server.seen().get(0).authorization()).isEmpty();
        assertThat(offered.services()).singleElement().satisfies(service -> {
            assertThat(service.amountMin()).isEqualByComparingTo("1");
            assertThat(service.fields().get(0).labels()).containsEntry("en", "Bank");
        });
        assertThat(offered.methods().get(0).name()).isEqualTo("iDEAL");
    }
}
