package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;

@RunningSandbox
class RefundsTest {
    private final Control control;
    private final Acquirer acquirer;

    RefundsTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control);
    }

    @Test
    void what_was_captured_is_given_back_in_parts_and_no_more() {
        var payment = acquirer.paid(PaymentRequest.sale(500));
        var first = acquirer.refund(payment, Acquirer.amount("amount", 200) + ",\"references\":{\"merchantReference\":\"REF-1\"}");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.at("/refund/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(acquirer.refund(payment, Acquirer.amount("amount", 301)).status()).isEqualTo(400);
        assertThat(acquirer.refund(payment, "").status()).isEqualTo(201);
        assertThat(acquirer.refund(payment, "").status()).isEqualTo(400);
        var read = acquirer.get("/refunds/" + first.at("/refund/refundId"));
        assertThat(read.at("/referencedPaymentId")).isEqualTo(payment);
        assertThat(read.json().at("/totalAuthorizedAmount/amount").asLong()).isEqualTo(200);
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.get("/refunds/" + first.at("/refund/refundId")).at("/status")).isEqualTo("CONFIRMED");
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp", "refund 200 gbp", "refund 300 gbp");
        assertThat(control.ledger("reference=REF-1&account=" + acquirer.account())).singleElement()
                .satisfies(entry -> assertThat(entry.path("parent_id").asString()).isEqualTo(payment));
        assertThat(acquirer.operations("/payments/" + payment)).contains("REFUND 200 APPROVED", "REFUND 300 APPROVED");
    }

    @Test
    void what_was_not_captured_cannot_be_given_back() {
        var payment = acquirer.paid(PaymentRequest.of(500));
        assertThat(acquirer.refund(payment, "").status()).isEqualTo(400);
        acquirer.capture(payment, Acquirer.amount("amount", 200));
        assertThat(acquirer.refund(payment, Acquirer.amount("amount", 201)).status()).isEqualTo(400);
        assertThat(acquirer.refund(payment, "").status()).isEqualTo(201);
    }

    @Test
    void a_refund_is_authorized_first_and_then_carried_out_or_given_up() {
        var payment = acquirer.paid(PaymentRequest.sale(500));
        var first = acquirer.refund(payment, "\"captureImmediately\":false," + Acquirer.amount("amount", 200)).at("/refund/refundId");
        var second = acquirer.refund(payment, "\"captureImmediately\":false," + Acquirer.amount("amount", 300)).at("/refund/refundId");
        assertThat(acquirer.get("/refunds/" + first).at("/status")).isEqualTo("AUTHORIZED");
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp");
        assertThat(acquirer.post("/refunds/" + first + "/captures", Acquirer.operation("")).at("/refund/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(acquirer.post("/refunds/" + first + "/captures", Acquirer.operation("")).status()).isEqualTo(400);
        assertThat(acquirer.post("/refunds/" + second + "/authorization-reversals", Acquirer.operation("")).at("/refund/status"))
                .isEqualTo("REVERSED");
        assertThat(acquirer.post("/refunds/" + second + "/captures", Acquirer.operation("")).status()).isEqualTo(400);
        assertThat(acquirer.operations("/refunds/" + first)).containsExactly("AUTHORIZATION 200 APPROVED", "CAPTURE 200 APPROVED");
        assertThat(acquirer.operations("/refunds/" + second)).containsExactly("AUTHORIZATION 300 APPROVED", "AUTHORIZATION_REVERSAL 300 APPROVED");
        assertThat(acquirer.refund(payment, "").status()).as("what was given up is there again").isEqualTo(201);
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp", "refund 200 gbp", "refund 300 gbp");
    }

    @Test
    void a_carried_out_refund_is_taken_back_to_authorized() {
        var payment = acquirer.paid(PaymentRequest.sale(500));
        var refund = acquirer.refund(payment, "\"captureImmediately\":false").at("/refund/refundId");
        acquirer.post("/refunds/" + refund + "/captures", Acquirer.operation("\"operationId\":\"cap-ref\""));
        assertThat(acquirer.takeBack("cap-ref").status()).isEqualTo(200);
        assertThat(acquirer.get("/refunds/" + refund).at("/status")).isEqualTo("AUTHORIZED");
        assertThat(acquirer.operations("/refunds/" + refund)).containsExactly("AUTHORIZATION 500 APPROVED");
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp", "refund 500 gbp", "void 500 gbp");
    }

    @Test
    void refunds_are_declined_and_pending_too() {
        var payment = acquirer.paid(PaymentRequest.sale(50_000));
        var declined = acquirer.refund(payment, Acquirer.amount("amount", 9905));
        assertThat(declined.at("/responseCodeCategory")).isEqualTo("DECLINED");
        assertThat(declined.at("/refund/status")).isEqualTo("NOT_AUTHORIZED");
        var undecided = acquirer.refund(payment, Acquirer.amount("amount", 9977));
        assertThat(undecided.json().has("responseCodeCategory")).isFalse();
        var pending = undecided.at("/refund/refundId");
        assertThat(acquirer.get("/refunds/" + pending).at("/status")).isEqualTo("PENDING");
        assertThat(acquirer.operations("/payments/" + payment)).as("no category where nobody has decided")
                .containsExactly("AUTHORIZATION 50000 APPROVED", "CAPTURE 50000 APPROVED", "REFUND 9905 DECLINED", "REFUND 9977 ");
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.get("/refunds/" + pending).at("/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(acquirer.operations("/payments/" + payment)).contains("REFUND 9977 APPROVED");
        assertThat(acquirer.refund(payment, "").status()).isEqualTo(201);
        assertThat(acquirer.movements()).containsExactly("sale 50000 gbp", "refund 9977 gbp", "refund 40023 gbp");
    }

    @Test
    void the_common_cards_refunds_come_later_or_not_at_all() {
        var later = acquirer.refund(acquirer.paid(PaymentRequest.card("4000000000007726").sale()), "").at("/refund/refundId");
        var payment = acquirer.paid(PaymentRequest.card("4000000000005126").sale());
        var never = acquirer.refund(payment, "").at("/refund/refundId");
        assertThat(acquirer.refund(payment, "").status()).as("while one is pending").isEqualTo(400);
        control.post("complete", "{\"provider\":\"worldline-acquiring\",\"provider_id\":\"" + later + "\",\"result\":\"approved\"}");
        assertThat(acquirer.get("/refunds/" + later).at("/status")).isEqualTo("PENDING_CAPTURE");
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.get("/refunds/" + never).at("/status")).isEqualTo("NOT_AUTHORIZED");
        assertThat(acquirer.refund(payment, "\"captureImmediately\":false").status()).as("it came to nothing").isEqualTo(201);
        assertThat(acquirer.movements()).containsExactly("sale 200 gbp", "sale 200 gbp", "refund 200 gbp");
    }

    @Test
    void money_is_given_to_a_card_without_a_payment() {
        var given = acquirer.post("/refunds", PaymentRequest.sale(700).reference("GIFT").toString());
        assertThat(given.status()).isEqualTo(201);
        assertThat(given.at("/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(given.at("/authorizationCode")).hasSize(6);
        assertThat(given.json().has("referencedPaymentId")).isFalse();
        assertThat(acquirer.get("/refunds/" + given.at("/refundId")).at("/initialAuthorizationCode")).isEqualTo(given.at("/authorizationCode"));
        assertThat(acquirer.post("/refunds", PaymentRequest.card("4242424242424241").toString()).at("/responseCode")).isEqualTo("14");
        assertThat(acquirer.post("/refunds", PaymentRequest.of(700).without("amount").toString()).status()).isEqualTo(400);
        assertThat(acquirer.get("/refunds/nothing").status()).isEqualTo(404);
        assertThat(acquirer.movements()).containsExactly("refund 700 gbp");
    }
}
