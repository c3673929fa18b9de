package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking back whole operations by the ids that the merchant gave them. */
@RunningSandbox
class TechnicalReversalTest {
    private final Control control;
    private final Acquirer acquirer;

    TechnicalReversalTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control);
    }

    @AfterEach
    void clear() {
        control.delete("faults");
    }

    private void fault(String operation, String more) {
        control.fault("{\"provider\":\"worldline-acquiring\",\"account\":\"" + acquirer.account() + "\",\"operation\":\"" + operation + "\"," + more
                + "}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_of_a_payment_stays(boolean sale) {
        var request = sale ? PaymentRequest.sale(500) : PaymentRequest.of(500);
        var payment = acquirer.paid(request);
        var reversed = acquirer.takeBack(request.id());
        assertThat(reversed.status()).isEqualTo(200);
        assertThat(reversed.json().propertyNames()).containsExactly("operationId", "responder", "responseCode", "responseCodeCategory",
                "responseCodeDescription");
        assertThat(reversed.at("/responder")).isEqualTo("WORLDLINE");
        assertThat(acquirer.status(payment)).isEqualTo("CANCELLED");
        assertThat(acquirer.operations("/payments/" + payment)).isEmpty();
        assertThat(acquirer.capture(payment, "").status()).isEqualTo(400);
        assertThat(acquirer.movements()).containsExactly((sale ? "sale" : "authorization") + " 500 gbp", "void 500 gbp");
        assertThat(control.ledger("kind=void&account=" + acquirer.account())).singleElement()
                .satisfies(entry -> assertThat(entry.path("parent_id").asString()).isEqualTo(payment));
    }

    @Test
    void taking_back_again_moves_nothing_more_and_the_id_is_used_up() {
        var request = PaymentRequest.of(500);
        acquirer.paid(request);
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(200);
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(200);
        var late = acquirer.pay(request);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("/type")).endsWith("operation-reversed");
        assertThat(acquirer.movements()).containsExactly("authorization 500 gbp", "void 500 gbp");
    }

    @Test
    void increments_releases_and_captures_are_taken_back_with_their_payment() {
        var request = PaymentRequest.of(500);
        var payment = acquirer.paid(request);
        acquirer.increment(payment, Acquirer.amount("incrementAmount", 100));
        acquirer.reverse(payment, Acquirer.amount("reversalAmount", 50));
        acquirer.capture(payment, "\"operationId\":\"cap\"," + Acquirer.amount("amount", 200));
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(200);
        assertThat(acquirer.movements()).containsExactly("authorization 500 gbp", "authorization 100 gbp", "void 50 gbp", "capture 200 gbp",
                "void 200 gbp", "void 550 gbp");
        assertThat(control.ledger("kind=void&account=" + acquirer.account()).get(1).path("parent_id").asString()).isEqualTo("cap");
    }

    @Test
    void a_capture_is_taken_back_until_it_has_cleared() {
        var payment = acquirer.paid(PaymentRequest.of(500));
        acquirer.capture(payment, "\"operationId\":\"c-1\"," + Acquirer.amount("amount", 200) + ",\"isFinal\":true");
        assertThat(acquirer.takeBack("c-1").status()).isEqualTo(200);
        assertThat(acquirer.status(payment)).isEqualTo("AUTHORIZED");
        assertThat(acquirer.capture(payment, "\"operationId\":\"c-2\"").status()).as("all of it again").isEqualTo(201);
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(acquirer.takeBack("c-2").status()).isEqualTo(400);
        assertThat(acquirer.status(payment)).isEqualTo("CONFIRMED");
        assertThat(acquirer.movements()).containsExactly("authorization 500 gbp", "capture 200 gbp", "void 200 gbp", "capture 500 gbp");
    }

    @Test
    void an_increment_and_a_release_are_undone() {
        var payment = acquirer.paid(PaymentRequest.of(500));
        acquirer.increment(payment, "\"operationId\":\"i\"," + Acquirer.amount("incrementAmount", 100));
        assertThat(acquirer.takeBack("i").status()).isEqualTo(200);
        acquirer.reverse(payment, "\"operationId\":\"r\"");
        assertThat(acquirer.status(payment)).isEqualTo("REVERSED");
        assertThat(acquirer.takeBack("r").status()).isEqualTo(200);
        assertThat(acquirer.status(payment)).isEqualTo("AUTHORIZED");
        assertThat(acquirer.get("/payments/" + payment).json().at("/totalAuthorizedAmount/amount").asLong()).isEqualTo(500);
        assertThat(acquirer.movements()).containsExactly("authorization 500 gbp", "authorization 100 gbp", "void 100 gbp", "void 500 gbp",
                "authorization 500 gbp");
    }

    @Test
    void a_refund_is_taken_back_and_can_be_made_again() {
        var payment = acquirer.paid(PaymentRequest.sale(500));
        var refund = acquirer.refund(payment, "\"operationId\":\"ref\"").at("/refund/refundId");
        assertThat(acquirer.takeBack("ref").status()).isEqualTo(200);
        assertThat(acquirer.get("/refunds/" + refund).at("/status")).isEqualTo("CANCELLED");
        assertThat(acquirer.refund(payment, "").status()).isEqualTo(201);
        assertThat(acquirer.movements()).containsExactly("sale 500 gbp", "refund 500 gbp", "void 500 gbp", "refund 500 gbp");
    }

    @Test
    void a_payment_that_was_given_back_is_not_taken_back_and_what_moved_nothing_can_be() {
        var request = PaymentRequest.sale(500);
        acquirer.refund(acquirer.paid(request), Acquirer.amount("amount", 1));
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(400);
        var declined = PaymentRequest.card("4000000000000002");
        acquirer.pay(declined);
        assertThat(acquirer.takeBack(declined.id()).at("/responseCode")).isEqualTo("0");
        var verified = new PaymentRequest();
        acquirer.post("/account-verifications", verified.toString());
        assertThat(acquirer.takeBack(verified.id()).status()).isEqualTo(200);
        var body = Acquirer.operation("\"operationId\":\"same\"");
        assertThat(acquirer.post("/operations/same/reverse", body).status()).isEqualTo(400);
    }

    @Test
    void what_never_arrived_is_not_known_and_may_still_arrive() {
        var request = PaymentRequest.of(500);
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(404);
        assertThat(acquirer.pay(request).status()).isEqualTo(201);
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(200);
    }

    @Test
    void or_it_is_blocked_where_the_service_does_that() {
        var blocking = Acquirer.of(control, "{\"unknown_reversal\":\"approved\"}");
        var request = PaymentRequest.of(500);
        assertThat(blocking.takeBack(request.id()).status()).isEqualTo(200);
        assertThat(blocking.pay(request).status()).isEqualTo(409);
        assertThat(blocking.movements()).isEmpty();
    }

    @Test
    void what_is_under_way_is_taken_back_once_it_is_done() {
        fault("processPayment", "\"fault\":\"delay\",\"delay_ms\":2000");
        acquirer.newToken();
        var request = PaymentRequest.of(500);
        var first = CompletableFuture.supplyAsync(() -> acquirer.pay(request));
        Awaitility.await().untilAsserted(() -> {
            Exchange early = acquirer.takeBack(request.id());
            assertThat(early.status()).isEqualTo(409);
            assertThat(early.at("/type")).endsWith("operation-in-progress");
        });
        assertThat(first.join().status()).isEqualTo(201);
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(200);
        assertThat(acquirer.movements()).containsExactly("authorization 500 gbp", "void 500 gbp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error_after_effect", "error_before_effect"})
    void a_lost_answer_is_followed_by_a_reversal(String fault) {
        fault("processPayment", "\"fault\":\"" + fault + "\"");
        var request = PaymentRequest.of(500);
        assertThat(acquirer.pay(request).status()).isEqualTo(500);
        boolean happened = fault.equals("error_after_effect");
        assertThat(acquirer.takeBack(request.id()).status()).isEqualTo(happened ? 200 : 404);
        assertThat(acquirer.movements()).hasSize(happened ? 2 : 0);
    }
}
