package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settlements, voids, refunds, chargebacks and RDRs. */
@RunningSandbox
class ChildrenTest {
    private final Control control;
    private final Merchant merchant;

    ChildrenTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private String authorized() {
        return merchant.paid(PaymentBody.of("50.00").authorization().order("ORD-7"));
    }

    private String purchased() {
        return merchant.paid(PaymentBody.of("50.00").order("ORD-8"));
    }

    private Exchange child(String payment, String kind, String body) {
        return merchant.post("/payments/" + payment + "/" + kind, body);
    }

    private static void assertRefused(Exchange answer, String field) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void an_authorization_is_settled_in_parts_up_to_its_amount() {
        var payment = authorized();
        var first = child(payment, "settlements", "{\"amount\":\"20.00\",\"description\":\"part one\"}");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.at("/type")).isEqualTo("settlement");
        assertThat(first.at("/parent_id")).isEqualTo(payment);
        assertThat(first.at("/order_id")).isEqualTo("ORD-7");
        assertRefused(child(payment, "settlements", "{\"amount\":\"30.01\"}"), "amount");
        assertThat(child(payment, "settlements", "{\"amount\":30}").status()).isEqualTo(201);
        assertRefused(child(payment, "settlements", "{\"amount\":\"0.01\"}"), "amount");
        assertThat(control.movements(merchant.account()))
                .containsExactly("authorization 5000 eur", "capture 2000 eur", "capture 3000 eur");
    }

    @Test
    void several_settlements_can_be_switched_off() {
        var strict = control.merchant("{\"multi_capture\":\"false\"}");
        var payment = strict.paid(PaymentBody.of("50.00").authorization());
        assertThat(strict.post("/payments/" + payment + "/settlements", "{\"amount\":\"20.00\"}").status()).isEqualTo(201);
        assertRefused(strict.post("/payments/" + payment + "/settlements", "{\"amount\":\"20.00\"}"), "status");
    }

    @Test
    void parallel_settlements_never_exceed_the_authorization() {
        var payment = authorized();
        Parallel.times(20, () -> child(payment, "settlements", "{\"amount\":\"10.00\"}"));
        assertThat(control.ledger("kind=capture&account=" + merchant.account())).hasSize(5);
    }

    @Test
    void an_authorization_is_voided_once_and_then_closed() {
        var payment = authorized();
        var voided = child(payment, "voids", "{\"description\":\"cancelled\"}");
        assertThat(voided.status()).isEqualTo(201);
        assertThat(voided.at("/type")).isEqualTo("void");
        assertThat(voided.json().has("amount")).isFalse();
        assertRefused(child(payment, "voids", "{}"), "status");
        assertRefused(child(payment, "settlements", "{\"amount\":\"1.00\"}"), "status");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 5000 eur", "void 5000 eur");
    }

    @Test
    void a_settled_authorization_and_a_purchase_cannot_be_voided() {
        var payment = authorized();
        child(payment, "settlements", "{\"amount\":\"20.00\"}");
        assertRefused(child(payment, "voids", "{}"), "status");
        assertRefused(child(purchased(), "voids", ""), "status");
        assertRefused(child(purchased(), "settlements", "{\"amount\":\"1.00\"}"), "status");
    }

    @Test
    void an_authorization_expires_after_seven_days() {
        var payment = authorized();
        control.post("clock", "{\"advance\":\"PT167H\"}");
        assertThat(child(payment, "settlements", "{\"amount\":\"1.00\"}").status()).isEqualTo(201);
        control.post("clock", "{\"advance\":\"PT1H1M\"}");
        assertRefused(child(payment, "settlements", "{\"amount\":\"1.00\"}"), "status");
    }

    @Test
    void a_purchase_is_refunded_in_parts_up_to_its_amount() {
        var payment = purchased();
        var refund = child(payment, "refunds", "{\"amount\":\"20.00\",\"description\":\"damaged\"}");
        assertThat(refund.status()).isEqualTo(201);
        assertThat(refund.at("/status")).isEqualTo("approved");
        assertRefused(child(payment, "refunds", "{\"amount\":\"30.01\"}"), "amount");
        assertThat(child(payment, "refunds", "{\"amount\":\"30.00\"}").status()).isEqualTo(201);
        assertThat(control.ledger("reference=damaged&account=" + merchant.account()).getFirst().path("parent_id").asString())
                .isEqualTo(payment);
    }

    @Test
    void only_what_was_settled_can_be_refunded() {
        var payment = authorized();
        assertRefused(child(payment, "refunds", "{\"amount\":\"1.00\"}"), "status");
        child(payment, "settlements", "{\"amount\":\"20.00\"}");
        assertRefused(child(payment, "refunds", "{\"amount\":\"20.01\"}"), "amount");
        assertThat(child(payment, "refunds", "{\"amount\":\"20.00\"}").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"refunds,refund", "settlements,settlement", "voids,void"})
    void a_declined_child_is_402_with_itself_as_body_and_is_kept(String path, String type) {
        var payment = path.equals("refunds") ? purchased() : authorized();
        var before = control.movements(merchant.account());
        var declined = child(payment, path, "{\"amount\":\"10.00\",\"description\":\"fail\"}");
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.at("/type")).isEqualTo(type);
        assertThat(declined.at("/status")).isEqualTo("declined");
        assertThat(declined.at("/error")).startsWith("3000:");
        assertThat(merchant.get("/payments/" + payment + "/" + path + "/" + declined.at("/id")).body()).isEqualTo(declined.body());
        assertThat(merchant.get("/payments/" + payment + "/" + path + "/").json()).hasSize(1);
        assertThat(control.movements(merchant.account())).isEqualTo(before);
    }

    @Test
    void children_are_listed_newest_first_and_found_only_under_their_payment() {
        var payment = purchased();
        var first = child(payment, "refunds", "{\"amount\":\"1.00\"}").at("/id");
        var second = child(payment, "refunds", "{\"amount\":\"2.00\"}").at("/id");
        var list = merchant.get("/payments/" + payment + "/refunds").json();
        assertThat(list.path(0).path("id").asString()).isEqualTo(second);
        assertThat(list.path(1).path("id").asString()).isEqualTo(first);
        assertThat(merchant.get("/payments/" + purchased() + "/refunds/" + first).status()).isEqualTo(404);
        assertThat(merchant.get("/payments/" + payment + "/voids/" + first).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"4000000000007726,approved", "4000000000005126,declined"})
    void refunds_of_some_cards_end_later(String pan, String end) {
        var payment = merchant.paid(PaymentBody.card(pan));
        var refund = child(payment, "refunds", "{\"amount\":\"50.00\"}");
        assertThat(refund.status()).isEqualTo(202);
        assertThat(refund.at("/status")).isEqualTo("processing");
        assertRefused(child(payment, "refunds", "{\"amount\":\"1.00\"}"), "amount");
        control.post("clock", "{\"advance\":\"PT1H1S\"}");
        assertThat(merchant.get("/payments/" + payment + "/refunds/" + refund.at("/id")).at("/status")).isEqualTo(end);
        assertThat(control.ledger("kind=refund&account=" + merchant.account())).hasSize(end.equals("approved") ? 1 : 0);
        assertThat(child(payment, "refunds", "{\"amount\":\"1.00\"}").status()).isEqualTo(end.equals("approved") ? 400 : 202);
    }

    @Test
    void a_refund_in_processing_is_finished_through_the_control_api_once() {
        var refund = child(purchased(), "refunds", "{\"amount\":\"5.00\",\"description\":\"sim-processing\"}");
        assertThat(refund.status()).isEqualTo(202);
        var body = "{\"provider\":\"cardinity\",\"provider_id\":\"" + refund.at("/id") + "\",\"result\":\"declined\"}";
        assertThat(control.post("complete", body).at("/status")).isEqualTo("declined");
        assertThat(control.post("complete", body).status()).isEqualTo(409);
    }

    @Test
    void amounts_below_a_cent_and_missing_ones_are_refused() {
        var payment = purchased();
        assertRefused(child(payment, "refunds", "{\"amount\":\"0.00\"}"), "amount");
        assertRefused(child(payment, "refunds", "{}"), "amount");
        assertRefused(child(payment, "refunds", "{\"amount\":\"0.001\"}"), "amount");
        assertThat(child("8e037fbb-fe5b-4781-b109-b3e93d5f2c0d", "refunds", "{\"amount\":\"1.00\"}").status()).isEqualTo(404);
    }

    @Test
    void a_chargeback_and_an_rdr_can_be_made_through_the_api() {
        var payment = purchased();
        var body = "{\"description\":\"first\",\"payment_method\":\"card\",\"reason_code\":\"10.4\",\"reason_message\":\"Fraud\","
                + "\"arn\":\"7412345\",\"amount\":\"10.00\"}";
        var made = child(payment, "chargebacks", body);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/reason")).isEqualTo("10.4: Fraud");
        assertThat(merchant.get("/payments/" + payment + "/chargebacks/" + made.at("/id")).status()).isEqualTo(200);
        var rdr = child(payment, "rdrs", body);
        assertThat(merchant.get("/payments/" + payment + "/rdrs/" + rdr.at("/id")).at("/type")).isEqualTo("rdr");
        assertThat(child(payment, "chargebacks", "{}").json().path("errors")).hasSize(5);
    }
}
