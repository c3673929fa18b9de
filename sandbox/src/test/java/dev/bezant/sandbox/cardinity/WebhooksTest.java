package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Listener;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RunningSandbox
class WebhooksTest {
    private final Control control;
    private Listener listener;
    private Merchant merchant;

    WebhooksTest(Control control) {
        this.control = control;
    }

    @BeforeEach
    void listen() throws IOException {
        listener = new Listener();
        merchant = control.merchant("{\"webhook_url\":\"" + listener.url() + "\",\"webhook_secret\":\"whsec_demo\"}");
    }

    @AfterEach
    void close() {
        control.delete("faults");
        listener.close();
    }

    private void fault(String kind) {
        control.fault("{\"account\":\"" + merchant.account() + "\",\"fault\":\"" + kind + "\"}");
    }

    private List<String> types() {
        return listener.received().stream().map(request -> Exchange.parse(request.bodyText()).path("type").asString()).toList();
    }

    private void awaitTypes(String... types) {
        Awaitility.await().untilAsserted(() -> assertThat(types()).containsExactly(types));
    }

    @Test
    void the_signature_fits_the_vector() {
        assertThat(Events.hmacSha256("whsec_demo",
                "{\"type\":\"payment.approved\",\"data\":{\"id\":\"test_payment_123\",\"status\":\"approved\",\"amount\":\"25.99\"}}"))
                .isEqualTo("017fae6877c8633e6f8cea2d3722af81342fb0a1f006218e831ce57bf96270b4");
    }

    @Test
    void every_change_is_told_in_order_and_signed() {
        var payment = merchant.paid(PaymentBody.of("50.00").authorization());
        merchant.post("/payments/" + payment + "/settlements", "{\"amount\":\"10.00\"}");
        merchant.post("/payments/" + payment + "/refunds", "{\"amount\":\"5.00\"}");
        merchant.post("/payments/" + payment + "/refunds", "{\"amount\":\"5.00\",\"description\":\"fail\"}");
        merchant.post("/payments/" + merchant.paid(PaymentBody.of("9.00").authorization()) + "/voids", "{}");
        merchant.pay(PaymentBody.of("200.00"));
        awaitTypes("payment.approved", "settlement.approved", "refund.approved", "refund.declined", "payment.approved", "void.approved",
                "payment.declined");
        var first = listener.received().getFirst();
        assertThat(first.header("x-cardinity-signature")).isEqualTo(Events.hmacSha256("whsec_demo", first.bodyText()));
        var event = Exchange.parse(first.bodyText());
        assertThat(event.at("/data/id").asString()).isEqualTo(payment);
        assertThat(event.path("id").asString()).hasSize(36);
    }

    @Test
    void a_challenge_is_told_pending_then_approved() {
        var pending = merchant.pay(PaymentBody.card("5454545454545454").threeDs());
        merchant.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq"));
        awaitTypes("payment.pending", "payment.approved");
    }

    @Test
    void a_chargeback_is_told() {
        merchant.paid(PaymentBody.card("4000000000000259"));
        awaitTypes("payment.approved", "chargeback.created");
    }

    @Test
    void a_failed_delivery_is_tried_again() {
        listener.failing(1);
        merchant.paid(new PaymentBody());
        awaitTypes("payment.approved", "payment.approved");
    }

    @Test
    void a_dropped_one_never_comes_and_a_duplicated_one_comes_twice() {
        fault("webhook_drop");
        merchant.paid(new PaymentBody());
        merchant.pay(PaymentBody.of("200.00"));
        awaitTypes("payment.declined");
        fault("webhook_duplicate");
        merchant.paid(new PaymentBody());
        awaitTypes("payment.declined", "payment.approved", "payment.approved");
    }

    @Test
    void a_reordered_one_comes_after_the_next() {
        fault("webhook_reorder");
        merchant.paid(new PaymentBody());
        merchant.pay(PaymentBody.of("200.00"));
        awaitTypes("payment.declined", "payment.approved");
    }

    @Test
    void a_badly_signed_one_does_not_verify() {
        fault("webhook_bad_signature");
        merchant.paid(new PaymentBody());
        awaitTypes("payment.approved");
        var request = listener.received().getFirst();
        assertThat(request.header("x-cardinity-signature")).isNotEqualTo(Events.hmacSha256("whsec_demo", request.bodyText()));
    }
}
