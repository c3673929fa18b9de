package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RunningSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures, cancellations and refunds, row by row of what the vendor's own integration tests assert (section 1.1). */
@RunningSandbox
class MaintenanceTest {
    private final Control control;
    private final DirectMerchant merchant;

    MaintenanceTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private String authorized(long amount) {
        return merchant.paid(DirectBody.of(amount));
    }

    private Exchange capture(String payment, String body) {
        return merchant.post("/payments/" + payment + "/capture", body);
    }

    private Exchange capture(String payment, long amount, boolean last) {
        return capture(payment, "{\"amount\":" + amount + ",\"isFinal\":" + last + "}");
    }

    private Exchange cancel(String payment, String body) {
        return merchant.post("/payments/" + payment + "/cancel", body);
    }

    private Exchange cancel(String payment, long amount, boolean last) {
        return cancel(payment, "{\"amountOfMoney\":{\"amount\":" + amount + ",\"currencyCode\":\"EUR\"},\"isFinal\":" + last + "}");
    }

    private Exchange refund(String payment, long amount) {
        return merchant.post("/payments/" + payment + "/refund", "{\"amountOfMoney\":{\"amount\":" + amount + ",\"currencyCode\":\"EUR\"}}");
    }

    private String status(String payment) {
        return merchant.get("/payments/" + payment).at("/status");
    }

    private static void assertAccepted(Exchange answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    private static void assertNotAllowed(Exchange answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.at("/errors/0/id")).isEqualTo("ACTION_NOT_ALLOWED_ON_TRANSACTION");
        assertThat(answer.at("/errors/0/message")).isEqualTo("ACTION_NOT_ALLOWED_ON_TRANSACTION");
        assertThat(answer.at("/errors/0/code")).isEqualTo("1020");
    }

    @Test
    void an_empty_capture_takes_everything_once() {
        var payment = authorized(800);
        var captured = capture(payment, "{}");
        assertThat(captured.status()).isEqualTo(201);
        assertThat(captured.at("/id")).isEqualTo(payment.replace("_0", "_1"));
        assertThat(captured.at("/status")).isEqualTo("CAPTURE_REQUESTED");
        assertThat(captured.at("/statusOutput/statusCode")).isEqualTo("91");
        assertThat(captured.at("/captureOutput/amountOfMoney/amount")).isEqualTo("800");
        assertThat(status(payment)).isEqualTo("CAPTURED");
        var second = capture(payment, "");
        assertNotAllowed(second);
        assertThat(second.at("/errors/0/errorCode")).isEqualTo("50001127");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 800 eur", "capture 800 eur");
    }

    @Test
    void parts_are_captured_up_to_the_amount() {
        var payment = authorized(800);
        assertAccepted(capture(payment, 300, false));
        assertThat(merchant.get("/payments/" + payment).at("/statusOutput/isCancellable")).isEqualTo("true");
        assertNotAllowed(capture(payment, 600, true));
        assertAccepted(capture(payment, 500, true));
        assertNotAllowed(capture(payment, 1, true));
        var captures = merchant.get("/payments/" + payment + "/captures");
        assertThat(captures.json().path("captures")).hasSize(2);
        assertThat(captures.at("/captures/1/status")).isEqualTo("CAPTURED");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 800 eur", "capture 300 eur", "capture 500 eur");
    }

    @Test
    void a_final_part_releases_the_rest() {
        var payment = authorized(800);
        assertAccepted(capture(payment, 300, true));
        assertNotAllowed(capture(payment, 100, true));
        assertNotAllowed(cancel(payment, ""));
        assertThat(merchant.get("/payments/" + payment).at("/paymentOutput/acquiredAmount/amount")).isEqualTo("300");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 800 eur", "capture 300 eur");
    }

    @Test
    void parallel_captures_never_exceed_the_authorization() {
        var payment = authorized(500);
        Parallel.times(20, () -> capture(payment, 100, false));
        assertThat(control.ledger("kind=capture&account=" + merchant.account())).hasSize(5);
    }

    @Test
    void a_full_cancellation_closes_the_payment() {
        var payment = authorized(800);
        var cancelled = cancel(payment, "");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.at("/payment/id")).isEqualTo(payment.replace("_0", "_1"));
        assertThat(cancelled.at("/payment/status")).isEqualTo("CANCELLED");
        assertThat(cancelled.at("/payment/statusOutput/statusCode")).isEqualTo("61");
        assertThat(cancelled.at("/payment/statusOutput/statusCategory")).isEqualTo("PENDING_MERCHANT");
        var read = merchant.get("/payments/" + payment);
        assertThat(read.at("/status") + " " + read.at("/statusOutput/statusCode")).isEqualTo("CANCELLED 6");
        assertThat(read.at("/paymentOutput/acquiredAmount/amount")).isEqualTo("0");
        assertNotAllowed(cancel(payment, ""));
        assertNotAllowed(capture(payment, "{}"));
        assertNotAllowed(refund(payment, 100));
        assertThat(control.movements(merchant.account())).containsExactly("authorization 800 eur", "void 800 eur");
    }

    @Test
    void parts_are_cancelled_up_to_what_is_left() {
        var payment = authorized(800);
        assertAccepted(cancel(payment, 300, false));
        assertThat(status(payment)).isEqualTo("PENDING_CAPTURE");
        assertNotAllowed(cancel(payment, 600, true));
        assertAccepted(cancel(payment, 500, true));
        assertThat(status(payment)).isEqualTo("CANCELLED");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 800 eur", "void 300 eur", "void 500 eur");
    }

    @Test
    void what_is_not_cancelled_can_be_captured_and_what_is_captured_not_cancelled() {
        var first = authorized(800);
        assertAccepted(cancel(first, 600, false));
        assertAccepted(capture(first, 200, true));
        var second = authorized(800);
        assertAccepted(capture(second, 600, false));
        assertNotAllowed(cancel(second, 400, false));
        assertAccepted(cancel(second, 200, false));
        var third = authorized(800);
        assertAccepted(capture(third, "{}"));
        assertNotAllowed(cancel(third, ""));
        assertAccepted(refund(third, 100));
        assertNotAllowed(cancel(third, ""));
        assertNotAllowed(capture(third, "{}"));
        assertNotAllowed(cancel(merchant.paid(DirectBody.sale(500)), ""));
    }

    @Test
    void only_what_was_captured_is_refunded() {
        var payment = authorized(1500);
        var early = refund(payment, 100);
        assertNotAllowed(early);
        assertThat(early.at("/errors/0/errorCode")).isEqualTo("50001129");
        assertAccepted(capture(payment, "{}"));
        var refunded = refund(payment, 300);
        assertThat(refunded.status()).isEqualTo(201);
        assertThat(refunded.at("/id")).isEqualTo(payment.replace("_0", "_2"));
        assertThat(refunded.at("/status") + " " + refunded.at("/statusOutput/statusCode")).isEqualTo("REFUND_REQUESTED 81");
        assertThat(refunded.at("/refundOutput/cardRefundMethodSpecificOutput/totalAmountPaid")).isEqualTo("1500");
        assertAccepted(refund(payment, 400));
        assertNotAllowed(refund(payment, 801));
        assertAccepted(refund(payment, 800));
        assertNotAllowed(refund(payment, 1));
        assertThat(status(payment)).isEqualTo("REFUNDED");
        var refunds = merchant.get("/payments/" + payment + "/refunds");
        assertThat(refunds.json().path("refunds")).hasSize(3);
        assertThat(refunds.at("/refunds/0/status") + " " + refunds.at("/refunds/0/statusOutput/statusCode")).isEqualTo("REFUNDED 8");
    }

    @Test
    void an_empty_refund_gives_everything_back() {
        var payment = merchant.paid(DirectBody.sale(900));
        assertAccepted(merchant.post("/payments/" + payment + "/refund", "{}"));
        assertThat(control.movements(merchant.account())).containsExactly("sale 900 eur", "refund 900 eur");
    }

    @Test
    void what_the_merchant_calls_an_operation_is_kept_with_it() {
        var payment = authorized(800);
        capture(payment, "{\"amount\":300,\"isFinal\":false,\"references\":{\"merchantReference\":\"c-1\"}}");
        cancel(payment, "{\"amountOfMoney\":{\"amount\":100,\"currencyCode\":\"EUR\"},\"operationReferences\":{\"merchantReference\":\"v-1\"}}");
        merchant.post("/payments/" + payment + "/refund", "{\"amountOfMoney\":{\"amount\":50,\"currencyCode\":\"EUR\"},"
                + "\"references\":{\"merchantReference\":\"order\"},\"operationReferences\":{\"merchantReference\":\"r-1\"}}");
        for (var reference : new String[] {"c-1", "v-1", "r-1"}) {
            assertThat(control.ledger("reference=" + reference + "&account=" + merchant.account())).as(reference).hasSize(1);
        }
        var details = merchant.get("/payments/" + payment + "/details");
        assertThat(details.json().path("Operations")).hasSize(4);
        assertThat(details.at("/Operations/0/id")).isEqualTo(payment);
        assertThat(details.at("/Operations/0/status")).isEqualTo("PENDING_CAPTURE");
        assertThat(details.at("/Operations/1/references/merchantReference")).isEqualTo("c-1");
        assertThat(details.at("/Operations/2/operationReferences/merchantReference")).isEqualTo("v-1");
        assertThat(details.at("/Operations/3/paymentProductId")).isEqualTo("1");
        assertThat(merchant.get("/payments/" + payment + "/captures").at("/captures/0/captureOutput/references/merchantReference"))
                .isEqualTo("c-1");
        assertThat(merchant.get("/payments/" + payment + "/refunds").at("/refunds/0/refundOutput/operationReferences/merchantReference"))
                .isEqualTo("r-1");
        assertThat(merchant.get("/payments/" + payment.replace("_0", "_3")).at("/id")).isEqualTo(payment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"capture", "cancel", "refund"})
    void an_unknown_payment_is_not_found(String operation) {
        assertThat(merchant.post("/payments/9999999999_0/" + operation, "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            capture | {"amount":-1}
            capture | {"amount":"1"}
            cancel  | {"amountOfMoney":{"amount":100,"currencyCode":"USD"}}
            refund  | {"amountOfMoney":{"amount":-100,"currencyCode":"EUR"}}
            refund  | {"amountOfMoney":{"amount":100}}
            """)
    void what_cannot_be_used_is_refused(String operation, String body) {
        var payment = operation.equals("refund") ? merchant.paid(DirectBody.sale(800)) : authorized(800);
        var refused = merchant.post("/payments/" + payment + "/" + operation, body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.at("/errors/0/propertyName")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"FINAL_AUTHORIZATION,PT167H,PT2H", "PRE_AUTHORIZATION,PT719H,PT2H"})
    void an_authorization_expires(String mode, String within, String beyond) {
        var payment = merchant.paid(DirectBody.of(800).card("authorizationMode", "\"" + mode + "\""));
        control.post("clock", "{\"advance\":\"" + within + "\"}");
        assertAccepted(capture(payment, 100, false));
        control.post("clock", "{\"advance\":\"" + beyond + "\"}");
        assertNotAllowed(capture(payment, 100, false));
        assertNotAllowed(cancel(payment, ""));
    }

    @Test
    void a_refund_of_13_03_euro_is_refused_with_the_refund() {
        var payment = merchant.paid(DirectBody.sale(5000));
        var refused = refund(payment, 1303);
        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.at("/refundResult/status") + " " + refused.at("/refundResult/statusOutput/statusCode")).isEqualTo("REJECTED 83");
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur");
        assertAccepted(refund(payment, 5000));
    }

    @Test
    void a_capture_of_13_09_euro_fails_after_it_was_accepted() {
        var payment = authorized(1309);
        assertThat(capture(payment, "{}").at("/status")).isEqualTo("CAPTURE_REQUESTED");
        var read = merchant.get("/payments/" + payment);
        assertThat(read.at("/status") + " " + read.at("/statusOutput/statusCode")).isEqualTo("REJECTED_CAPTURE 93");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1309 eur");
    }

    @ParameterizedTest
    @CsvSource({"approved,REFUNDED,REFUNDED", "declined,CAPTURED,REJECTED"})
    void a_refund_of_12_03_euro_is_uncertain_until_completed(String result, String status, String ofRefund) {
        var payment = merchant.paid(DirectBody.sale(1203));
        var refund = refund(payment, 1203);
        assertThat(refund.at("/statusOutput/statusCode")).isEqualTo("82");
        assertThat(status(payment)).isEqualTo("REFUND_REQUESTED");
        assertNotAllowed(refund(payment, 1));
        control.post("complete", "{\"provider\":\"worldline-direct\",\"provider_id\":\"" + refund.at("/id") + "\",\"result\":\"" + result + "\"}");
        assertThat(status(payment)).isEqualTo(status);
        assertThat(merchant.get("/payments/" + payment + "/refunds").at("/refunds/0/status")).isEqualTo(ofRefund);
    }

    @Test
    void a_capture_of_12_09_euro_is_uncertain_for_an_hour() {
        var payment = authorized(1209);
        assertThat(capture(payment, "{}").at("/statusOutput/statusCode")).isEqualTo("92");
        var read = merchant.get("/payments/" + payment);
        assertThat(read.at("/status") + " " + read.at("/statusOutput/statusCode")).isEqualTo("CAPTURE_REQUESTED 92");
        assertNotAllowed(refund(payment, 100));
        control.post("clock", "{\"advance\":\"PT1H1S\"}");
        assertThat(status(payment)).isEqualTo("CAPTURED");
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1209 eur", "capture 1209 eur");
    }

    @ParameterizedTest
    @CsvSource({"4000000000007726,REFUNDED,1", "4000000000005126,REJECTED,0"})
    void refunds_of_some_cards_end_later(String number, String end, int movements) {
        var payment = merchant.paid(DirectBody.sale(500).number(number));
        assertThat(refund(payment, 500).at("/statusOutput/statusCode")).isEqualTo("81");
        assertThat(status(payment)).isEqualTo("REFUND_REQUESTED");
        control.post("clock", "{\"advance\":\"PT1H1S\"}");
        assertThat(merchant.get("/payments/" + payment + "/refunds").at("/refunds/0/status")).isEqualTo(end);
        assertThat(control.ledger("kind=refund&account=" + merchant.account())).hasSize(movements);
    }

    @Test
    void a_slow_merchants_captures_and_refunds_wait_for_the_clock() {
        var slow = control.direct("{\"capture_seconds\":\"60\",\"refund_seconds\":\"60\"}");
        var payment = slow.paid(DirectBody.of(500));
        slow.post("/payments/" + payment + "/capture", "{}");
        assertThat(slow.get("/payments/" + payment).at("/status")).isEqualTo("CAPTURE_REQUESTED");
        assertThat(slow.post("/payments/" + payment + "/refund", "{}").status()).isEqualTo(400);
        control.post("clock", "{\"advance\":\"PT61S\"}");
        assertThat(slow.post("/payments/" + payment + "/refund", "{}").status()).isEqualTo(201);
        assertThat(slow.get("/payments/" + payment).at("/status")).isEqualTo("REFUND_REQUESTED");
        control.post("clock", "{\"advance\":\"PT61S\"}");
        assertThat(slow.get("/payments/" + payment).at("/status")).isEqualTo("REFUNDED");
    }

    @Test
    void an_authorization_is_captured_by_itself_where_that_was_asked() {
        var payment = merchant.paid(DirectBody.of(500).card("autoCapture", "{\"delayInMinutes\":30}"));
        control.post("clock", "{\"advance\":\"PT29M\"}");
        assertThat(status(payment)).isEqualTo("PENDING_CAPTURE");
        control.post("clock", "{\"advance\":\"PT2M\"}");
        assertThat(status(payment)).isEqualTo("CAPTURED");
    }

    @Test
    void a_pre_authorization_is_raised() {
        var payment = merchant.paid(DirectBody.of(500).card("authorizationMode", "\"PRE_AUTHORIZATION\""));
        var more = "{\"amountOfMoney\":{\"amount\":200,\"currencyCode\":\"EUR\"}}";
        assertThat(merchant.post("/payments/" + payment + "/increment-authorization", more).status()).isEqualTo(201);
        assertThat(merchant.get("/payments/" + payment).at("/paymentOutput/amountOfMoney/amount")).isEqualTo("700");
        assertAccepted(capture(payment, 700, true));
        assertNotAllowed(merchant.post("/payments/" + payment + "/increment-authorization", more));
        assertNotAllowed(merchant.post("/payments/" + authorized(100) + "/increment-authorization", more));
        assertThat(control.movements(merchant.account())).containsExactly("authorization 500 eur", "authorization 200 eur", "capture 700 eur",
                "authorization 100 eur");
        assertThat(merchant.post("/payments/" + authorized(100) + "/authorization-additional-data", "{}").status()).isEqualTo(200);
    }

    @Test
    void a_captured_dispute_card_is_charged_back() {
        var payment = merchant.paid(DirectBody.card("4000000000000259"));
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1000 eur");
        capture(payment, 400, false);
        assertThat(control.movements(merchant.account())).containsExactly("authorization 1000 eur", "capture 400 eur", "chargeback 400 eur");
        assertThat(status(payment)).isEqualTo("CHARGEBACKED");
    }
}
