package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RunningSandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RunningSandbox
class PaymentsListTest {
    private final Control control;
    private final Merchant merchant;

    PaymentsListTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    @Test
    void the_list_is_a_bare_array_newest_first_ten_by_default() {
        for (int i = 0; i < 12; i++) {
            merchant.paid(new PaymentBody().order("ORD-" + i));
        }
        var list = merchant.get("/payments").json();
        assertThat(list.isArray()).isTrue();
        assertThat(list).hasSize(10);
        assertThat(list.path(0).path("order_id").asString()).isEqualTo("ORD-11");
        assertThat(merchant.get("/payments?limit=2").json()).hasSize(2);
        assertThat(merchant.get("/payments?limit=100").json()).hasSize(12);
        assertThat(merchant.get("/payments/?limit=100").json()).hasSize(12);
    }

    @Test
    void one_order_id_may_be_used_again() {
        var first = merchant.paid(new PaymentBody().order("SAME-1"));
        assertThat(merchant.paid(new PaymentBody().order("SAME-1"))).isNotEqualTo(first);
        assertThat(control.ledger("reference=SAME-1")).hasSize(2);
    }

    @Test
    void a_payment_reads_as_it_was_answered() {
        var made = merchant.pay(new PaymentBody().order("ORD-1").described("Order 1").with("statement_descriptor_suffix", "\"SHOP\""));
        assertThat(merchant.get("/payments/" + made.at("/id")).body()).isEqualTo(made.body());
        assertThat(made.at("/id")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(made.at("/created")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,2}[1-9])?Z");
        assertThat(made.at("/payment_instrument/pan")).isEqualTo("1111");
        assertThat(made.at("/payment_instrument/card_brand")).isEqualTo("Visa");
        assertThat(made.at("/type")).isEqualTo("purchase");
        assertThat(made.json().path("live").isBoolean()).isTrue();
        assertThat(made.at("/statement_descriptor_suffix")).isEqualTo("SHOP");
    }

    @Test
    void a_hundred_parallel_payments_are_a_hundred_payments() {
        assertThat(Parallel.times(100, () -> merchant.paid(new PaymentBody()))).doesNotHaveDuplicates();
        assertThat(merchant.get("/payments?limit=100").json()).hasSize(100);
        assertThat(control.ledger("account=" + merchant.account())).hasSize(100);
    }

    @Test
    void unknown_paths_verbs_and_ids_have_their_own_answers() {
        assertThat(merchant.send("DELETE", "/payments", null).status()).isEqualTo(405);
        assertThat(merchant.send("DELETE", "/payments", null).headers().firstValue("Allow")).hasValue("POST, GET");
        assertThat(merchant.post("/paymentz", "{}").status()).isEqualTo(404);
        var unknown = merchant.get("/payments/8e037fbb-fe5b-4781-b109-b3e93d5f2c0d");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.at("/title")).isEqualTo("Not Found");
        assertThat(unknown.json().path("status").asInt()).isEqualTo(404);
        assertThat(unknown.at("/detail")).isNotEmpty();
    }

    @Test
    void who_accepts_no_json_gets_406_and_a_get_may_have_a_body() {
        var target = merchant.uri().resolve("/v1/payments");
        var picky = Exchange.send("GET", target, null, Map.of("Authorization", merchant.authorization("GET", target), "Accept", "text/xml"));
        assertThat(picky.status()).isEqualTo(406);
        assertThat(merchant.send("GET", "/payments", "{\"method\":\"GET\"}").status()).isEqualTo(200);
    }

    @Test
    void an_account_may_be_limited_to_currencies_and_be_live() {
        var live = control.merchant("{\"currencies\":\"EUR,GBP\",\"live\":\"true\"}");
        assertThat(live.pay(new PaymentBody()).json().path("live").asBoolean()).isTrue();
        assertThat(live.pay(new PaymentBody().with("currency", "\"USD\"")).at("/errors/0/field")).isEqualTo("currency");
    }

    @Test
    void the_ledger_counts_in_the_currencys_own_minor_units() {
        merchant.paid(PaymentBody.of("100.00").with("currency", "\"JPY\""));
        assertThat(control.movements(merchant.account())).containsExactly("sale 100 jpy");
        assertThat(merchant.pay(PaymentBody.of("100.50").with("currency", "\"JPY\"")).at("/errors/0/field")).isEqualTo("amount");
    }
}
