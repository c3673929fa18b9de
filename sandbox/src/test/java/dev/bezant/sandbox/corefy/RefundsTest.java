package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class RefundsTest {
    private final Control control;
    private final Shop shop;

    RefundsTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control);
    }

    private Exchange complete(String id, String result) {
        return control.post("complete", "{\"provider\":\"corefy\",\"provider_id\":\"" + id + "\",\"result\":\"" + result + "\"}");
    }

    @Test
    void parts_are_given_back_until_nothing_is_left() {
        var id = shop.paid(new InvoiceBody());
        var first = shop.refund(id, "20", "REF-1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.at("/data/type")).isEqualTo("refunds");
        assertThat(first.at("/data/id")).startsWith("ref_");
        assertThat(first.at("/data/attributes/status")).isEqualTo("processed");
        assertThat(first.at("/data/attributes/original_id")).isEqualTo(id);
        assertThat(shop.status(id)).isEqualTo("partially_refunded");
        assertThat(shop.refund(id, "30.01", "REF-2").at("/errors/0/source/pointer")).isEqualTo("/data/attributes/amount");
        assertThat(shop.refund(id, null, "REF-3").json().at("/data/attributes/amount").asInt()).isEqualTo(30);
        assertThat(shop.status(id)).isEqualTo("refunded");
        var listed = shop.invoice(id).json().at("/data/attributes/refunds");
        assertThat(Shop.texts(listed, "/reference_id")).containsExactly("REF-1", "REF-3");
        assertThat(shop.refund(id, "0.01", "REF-4").status()).isEqualTo(422);
        assertThat(shop.movements()).containsExactly("sale 5000 eur", "refund 2000 eur", "refund 3000 eur");
        assertThat(shop.references().subList(1, 3)).containsExactly("REF-1", "REF-3");
    }

    @Test
    void a_refund_needs_a_reference_and_a_paid_invoice() {
        var paid = shop.paid(new InvoiceBody());
        assertThat(shop.post("/payment-invoices/" + paid + "/refund", "{\"data\":{\"type\":\"refund\",\"attributes\":{\"amount\":1}}}")
                .at("/errors/0/source/pointer")).isEqualTo("/data/attributes/reference_id");
        assertThat(shop.refund(shop.created(new InvoiceBody()).at("/data/id"), "1", "REF-1").status()).isEqualTo(422);
        assertThat(Shop.of(control).refund(paid, "1", "REF-1").status()).isEqualTo(404);
        assertThat(shop.refund("cpi_none", "1", "REF-1").status()).isEqualTo(404);
    }

    @Test
    void simultaneous_refunds_never_give_back_more_than_was_paid() {
        var id = shop.paid(new InvoiceBody());
        var answers = Parallel.times(10, () -> shop.refund(id, "20", Shop.fresh()).status());
        assertThat(answers).filteredOn(status -> status == 200).hasSize(2);
        assertThat(shop.movements()).containsExactly("sale 5000 eur", "refund 2000 eur", "refund 2000 eur");
    }

    @ParameterizedTest
    @CsvSource({"4000000000007726,processed,refunded", "4000000000005126,process_failed,refund_failed"})
    void common_cards_keep_a_refund_pending_for_an_hour(String pan, String refundStatus, String invoiceStatus) {
        var id = shop.paid(new InvoiceBody(), pan);
        assertThat(shop.refund(id, null, "REF-1").at("/data/attributes/status")).isEqualTo("process_pending");
        assertThat(shop.status(id)).isEqualTo("refund_pending");
        assertThat(shop.refund(id, "1", "REF-2").status()).as("what is pending is reserved").isEqualTo(422);
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(shop.invoice(id).at("/data/attributes/refunds/0/status")).isEqualTo(refundStatus);
        assertThat(shop.status(id)).isEqualTo(invoiceStatus);
    }

    @Test
    void a_pending_refund_is_completed_by_hand_and_a_failed_one_frees_its_amount() {
        var id = shop.paid(new InvoiceBody());
        var pending = shop.refund(id, "50", "REF-1", "sim-pending").at("/data/id");
        assertThat(complete(pending, "declined").at("/data/attributes/status")).isEqualTo("process_failed");
        assertThat(shop.status(id)).isEqualTo("refund_failed");
        assertThat(complete(pending, "approved").status()).isEqualTo(409);
        var again = shop.refund(id, "50", "REF-2", "sim-pending").at("/data/id");
        assertThat(complete(again, "approved").at("/data/attributes/status")).isEqualTo("processed");
        assertThat(shop.movements()).containsExactly("sale 5000 eur", "refund 5000 eur");
    }

    @Test
    void a_refund_that_the_balance_does_not_cover_fails() {
        var poor = Shop.of(control, "{\"opening_balance\":\"0\"}");
        var id = poor.paid(new InvoiceBody());
        poor.payout("{\"reference_id\":\"OUT-1\",\"service\":\"payment_card_eur\",\"currency\":\"EUR\",\"amount\":40,"
                + "\"fields\":{\"card_number\":\"5519283812030000\"}}");
        assertThat(poor.refund(id, "20", "REF-1").at("/data/attributes/status")).isEqualTo("process_failed");
        assertThat(poor.status(id)).isEqualTo("refund_failed");
        assertThat(poor.resolution(id)).isEqualTo("insufficient_funds");
        assertThat(poor.refund(id, "10", "REF-2").at("/data/attributes/status")).isEqualTo("processed");
        assertThat(poor.movements()).containsExactly("sale 5000 eur", "payout 4000 eur", "refund 1000 eur");
    }

    @Test
    void a_references_second_refund_is_made_unless_the_account_wants_them_unique() {
        var id = shop.paid(new InvoiceBody());
        shop.refund(id, "10", "REF-1");
        assertThat(shop.refund(id, "10", "REF-1").status()).isEqualTo(200);
        var unique = Shop.of(control, "{\"unique_references\":\"all\"}");
        var other = unique.paid(new InvoiceBody());
        unique.refund(other, "10", "REF-1");
        assertThat(unique.refund(other, "10", "REF-1").at("/errors/0/source/pointer")).isEqualTo("/data/attributes/reference_id");
    }

    @Test
    void older_accounts_answer_with_the_invoice_and_some_tell_no_refunds() {
        var older = Shop.of(control, "{\"refund_answer\":\"invoice\",\"refunds_listed\":\"false\"}");
        var id = older.paid(new InvoiceBody());
        var answer = older.refund(id, "10", "REF-1");
        assertThat(answer.at("/data/type")).isEqualTo("payment-invoices");
        assertThat(answer.at("/data/attributes/status")).isEqualTo("partially_refunded");
        assertThat(answer.json().at("/data/attributes/refunds").isNull()).isTrue();
    }

    @Test
    void a_bank_transfer_cannot_be_given_back() {
        var body = InvoiceBody.amount("99997").with("currency", "\"USD\"").with("service", "\"bank_transfer_usd_hpp\"");
        var created = shop.created(body);
        assertThat(created.at("/data/attributes/status")).isEqualTo("processed");
        assertThat(shop.refund(created.at("/data/id"), "1", "REF-1").at("/errors/0/detail")).contains("does not support refunds");
        var declined = InvoiceBody.amount("99999").with("currency", "\"USD\"").with("service", "\"bank_transfer_usd_hpp\"");
        assertThat(shop.created(declined).at("/data/attributes/status")).isEqualTo("process_failed");
    }
}
