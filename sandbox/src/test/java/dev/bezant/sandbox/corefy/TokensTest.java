package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class TokensTest {
    private final Control control;
    private final Shop shop;

    TokensTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control);
    }

    private String token(String pan) {
        var created = shop.created(new InvoiceBody().customer("C-1").tokenize());
        var sale = shop.sale(created, pan, "1240");
        if (sale.json().has("auth_payload")) {
            Shop.throughChallenge(sale.json().path("auth_payload"), "pass");
        }
        return shop.invoice(created.at("/data/id")).at("/data/attributes/payload/token");
    }

    @Test
    void a_token_comes_with_the_first_payment_and_charges_the_same_customer_again() {
        var token = token("5519283812030000");
        assertThat(token).hasSize(32);
        var body = new InvoiceBody().customer("C-1").instant(token);
        var charged = shop.created(body);
        assertThat(charged.at("/data/attributes/status")).isEqualTo("processed");
        assertThat(shop.movements()).containsExactly("sale 5000 eur", "sale 5000 eur");
        assertThat(shop.references().getLast()).isEqualTo(body.reference());
        assertThat(shop.create(body).status()).as("once per reference").isEqualTo(422);
        assertThat(shop.movements()).hasSize(2);
    }

    @Test
    void a_token_of_somebody_else_or_without_a_customer_is_refused() {
        var token = token("5519283812030000");
        assertThat(shop.create(new InvoiceBody().customer("C-2").instant(token)).at("/errors/0/source/pointer")).isEqualTo("/data/attributes/token");
        assertThat(shop.create(new InvoiceBody().instant(token)).at("/errors/0/source/pointer")).isEqualTo("/data/attributes/customer");
        assertThat(Shop.of(control).create(new InvoiceBody().customer("C-1").instant(token)).status()).isEqualTo(422);
        assertThat(shop.create(new InvoiceBody().customer("C-1").with("gateway_options", "{\"cardgate\":{\"instant\":true}}")).status()).isEqualTo(422);
        assertThat(shop.movements()).hasSize(1);
    }

    @Test
    void without_asking_there_is_no_token() {
        var created = shop.created(new InvoiceBody().customer("C-1"));
        shop.sale(created, "5519283812030000", "1240");
        assertThat(shop.invoice(created.at("/data/id")).json().at("/data/attributes/payload/token").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"4000002500003155,processed,ok", "4000003800000446,processed,ok", "4000002760003184,process_failed,card_is_3ds_enrolled",
        "5123817234060000,processed,ok"})
    void a_saved_card_is_charged_without_the_payer_unless_its_issuer_always_wants_one(String pan, String status, String resolution) {
        var charged = shop.created(new InvoiceBody().customer("C-1").instant(token(pan)));
        assertThat(charged.at("/data/attributes/status")).isEqualTo(status);
        assertThat(charged.at("/data/attributes/resolution")).isEqualTo(resolution);
    }

    @Test
    void a_payer_who_is_there_sees_the_saved_card_on_the_hosted_page() {
        var created = shop.created(new InvoiceBody().customer("C-1").returning().with("token", "\"" + token("5123817234060000") + "\""));
        var url = created.at("/data/attributes/hpp_url");
        assertThat(Page.get(url).html()).contains("Pay with the card ending 0000");
        var toBank = Page.post(url, Map.of("cpi", created.at("/data/id"), "decision", "saved"));
        assertThat(toBank.action()).isEqualTo(shop.uri() + "/acs");
    }
}
