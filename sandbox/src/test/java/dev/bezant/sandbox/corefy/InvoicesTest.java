package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RunningSandbox;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RunningSandbox
class InvoicesTest {
    private final Control control;
    private final Shop shop;

    InvoicesTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control);
    }

    @Test
    void an_invoice_is_answered_as_php_would_write_it() {
        var body = InvoiceBody.amount("50.50").customer("C-1");
        var made = shop.created(body);
        assertThat(made.at("/data/type")).isEqualTo("payment-invoices");
        assertThat(made.at("/data/id")).matches("cpi_[A-Za-z0-9]{16}");
        assertThat(made.at("/data/links/self")).isEqualTo("/api/payment-invoices/" + made.at("/data/id"));
        var attributes = made.json().at("/data/attributes");
        assertThat(attributes.path("status").asString()).isEqualTo("process_pending");
        assertThat(attributes.path("resolution").asString()).isEqualTo("ok");
        assertThat(attributes.path("amount").toString()).isEqualTo("50.5");
        assertThat(attributes.path("created").isIntegralNumber()).isTrue();
        assertThat(attributes.path("processed").isNull()).isTrue();
        assertThat(attributes.path("metadata").toString()).isEqualTo("[]");
        assertThat(attributes.path("payload").toString()).isEqualTo("[]");
        assertThat(attributes.at("/flow_data/metadata/sid").asString()).matches("cgi_[A-Za-z0-9]{16}");
        assertThat(attributes.path("flow").asString()).isEqualTo("hpp");
        assertThat(attributes.path("hpp_url").asString()).contains("cpi=" + made.at("/data/id"));
        assertThat(made.json().at("/data/relationships/active-payment/data").isNull()).isTrue();
        assertThat(made.at("/data/relationships/customer/data/id")).startsWith("cus_");
        assertThat(made.at("/included/0/attributes/email")).isEqualTo("ona@example.com");
    }

    @Test
    void whole_amounts_have_no_point_and_fine_currencies_have_three_decimals() {
        assertThat(shop.created(InvoiceBody.amount("50.00")).json().at("/data/attributes/amount").toString()).isEqualTo("50");
        var fine = new InvoiceBody().with("currency", "\"KWD\"").with("service", "\"payment_card_kwd_hpp\"").with("amount", "1.234");
        assertThat(shop.sale(shop.created(fine), "5519283812030000", "1240").at("/status")).isEqualTo("processed");
        assertThat(shop.movements()).containsExactly("sale 1234 kwd");
    }

    @ParameterizedTest
    @CsvSource({"reference_id", "service", "currency", "amount"})
    void what_is_missing_is_named_by_its_pointer(String name) {
        var refused = shop.create(new InvoiceBody().without(name));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/source/pointer")).isEqualTo("/data/attributes/" + name);
        assertThat(refused.at("/errors/0/status")).isEqualTo("422");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        var keys = IntStream.range(0, 21).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        var refused = shop.create(new InvoiceBody().with("amount", "10.001").with("flow", "\"gift\"").with("customer", "{\"name\":\"x\"}")
                .with("metadata", keys).with("callback_url", "\"nowhere\"").with("test_mode", "\"yes\"").with("expires", "1"));
        assertThat(Shop.texts(refused.json().path("errors"), "/source/pointer")).containsExactlyInAnyOrder("/data/attributes/amount",
                "/data/attributes/flow", "/data/attributes/customer/reference_id", "/data/attributes/metadata", "/data/attributes/callback_url",
                "/data/attributes/test_mode", "/data/attributes/expires");
    }

    @Test
    void a_service_of_another_currency_or_none_is_refused() {
        assertThat(shop.create(new InvoiceBody().with("service", "\"payment_card_usd_hpp\"")).status()).isEqualTo(422);
        assertThat(shop.create(new InvoiceBody().with("service", "\"blik_eur_hpp\"")).status()).isEqualTo(422);
        assertThat(shop.create(new InvoiceBody().with("service", "\"ideal_eur_hpp\"")).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"422", "409", "429"})
    void a_reference_is_taken_once_and_refused_as_the_account_says(String status) {
        var own = Shop.of(control, "{\"duplicate_status\":\"" + status + "\"}");
        var body = new InvoiceBody();
        own.created(body);
        var again = own.create(body);
        assertThat(again.status()).isEqualTo(Integer.parseInt(status));
        assertThat(again.at("/errors/0/source/pointer")).isEqualTo("/data/attributes/reference_id");
    }

    @Test
    void simultaneous_creations_of_one_reference_make_one_invoice() {
        var body = new InvoiceBody();
        var answers = Parallel.times(20, () -> shop.create(body));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(shop.get("/payment-invoices?filter[reference_id]=" + body.reference()).json().path("data").size()).isEqualTo(1);
    }

    @Test
    void an_invoice_is_found_by_its_reference_and_by_nobody_else() {
        var body = new InvoiceBody();
        var made = shop.created(body);
        var found = shop.get("/payment-invoices?filter%5Breference_id%5D=" + body.reference());
        assertThat(Shop.texts(found.json().path("data"), "/id")).containsExactly(made.at("/data/id"));
        assertThat(shop.get("/payment-invoices?filter[reference_id]=none").json().path("data").toString()).isEqualTo("[]");
        var other = Shop.of(control);
        assertThat(other.get("/payment-invoices?filter[reference_id]=" + body.reference()).json().path("data").size()).isZero();
        assertThat(other.invoice(made.at("/data/id")).status()).isEqualTo(404);
        assertThat(other.created(body).status()).isEqualTo(201);
    }

    @Test
    void lists_are_paged_newest_first() {
        var own = Shop.of(control);
        var ids = IntStream.range(0, 5).mapToObj(i -> own.created(new InvoiceBody()).at("/data/id")).toList();
        assertThat(Shop.texts(own.get("/payment-invoices?page[number]=2&page[size]=2").json().path("data"), "/id"))
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(own.get("/payment-invoices?page[size]=101").status()).isEqualTo(422);
    }

    @Test
    void the_api_answers_with_its_prefix_and_without() {
        var made = shop.send("POST", "/payment-invoices", new InvoiceBody().toString());
        assertThat(made.status()).isEqualTo(201);
        assertThat(shop.send("GET", "/payment-invoices/" + made.at("/data/id"), null).status()).isEqualTo(200);
        assertThat(shop.get("/nothing").status()).isEqualTo(404);
        assertThat(shop.send("DELETE", "/api/payment-invoices", null).status()).isEqualTo(405);
    }

    @Test
    void nobody_gets_in_without_the_right_key() {
        var path = shop.uri().resolve("/api/payment-invoices");
        var nobody = Exchange.send("GET", path, null, Map.of());
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.at("/errors/0/title")).isEqualTo("Unauthorized");
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
        var wrong = new Shop(control, shop.uri(), shop.account(),
                Exchange.parse("{\"account_id\":\"" + shop.credential("account_id") + "\",\"api_key\":\"x\"}"));
        assertThat(wrong.get("/payment-invoices").status()).isEqualTo(401);
        control.delete("accounts?provider=corefy&account=" + shop.account());
        assertThat(shop.get("/payment-invoices").status()).isEqualTo(401);
    }

    @Test
    void a_body_that_is_no_resource_is_refused() {
        assertThat(shop.post("/payment-invoices", "nonsense").status()).isEqualTo(400);
        assertThat(shop.post("/payment-invoices", "[]").status()).isEqualTo(400);
        assertThat(shop.post("/payment-invoices", "{\"data\":{\"type\":\"gift\"}}").at("/errors/0/source/pointer")).isEqualTo("/data/type");
        var singular = new InvoiceBody().toString().replace("payment-invoices\"", "payment-invoice\"");
        assertThat(shop.post("/payment-invoices", singular).status()).isEqualTo(201);
    }

    @Test
    void what_nobody_pays_expires_and_then_takes_no_card() {
        long now = Instant.parse(control.get("clock").at("/now")).getEpochSecond();
        var brief = shop.created(new InvoiceBody().with("expires", Long.toString(now + 600)));
        var usual = shop.created(new InvoiceBody());
        control.post("clock", "{\"advance\":\"PT11M\"}");
        assertThat(shop.status(brief.at("/data/id"))).isEqualTo("expired");
        assertThat(shop.sale(brief, "5519283812030000", "1240").status()).isEqualTo(422);
        assertThat(shop.status(usual.at("/data/id"))).isEqualTo("process_pending");
        control.post("clock", "{\"advance\":\"PT24H\"}");
        assertThat(shop.status(usual.at("/data/id"))).isEqualTo("expired");
        assertThat(shop.invoice(usual.at("/data/id")).json().at("/data/attributes/flow_data").toString()).isEqualTo("[]");
        assertThat(shop.movements()).isEmpty();
    }

    @Test
    void the_account_tells_its_balances_services_and_profile() {
        shop.paid(new InvoiceBody());
        var eur = shop.get("/account/balances").json().at("/data/attributes/currency_accounts/EUR");
        assertThat(eur.path("active_balance").isString()).isTrue();
        assertThat(eur.path("active_balance").asString()).isEqualTo("1000050.00");
        assertThat(shop.get("/account").at("/data/id")).isEqualTo(shop.credential("account_id"));
        assertThat(Shop.texts(shop.get("/payment-services").json().path("data"), "/id")).contains("payment_card_eur_hpp", "blik_pln_hpp");
        assertThat(shop.get("/payment-services/ideal_eur_hpp").at("/data/attributes/method")).isEqualTo("ideal");
        assertThat(shop.get("/payment-services/gift_eur_hpp").status()).isEqualTo(404);
    }

    @Test
    void the_public_key_tells_services_and_makes_and_reads_invoices() {
        var offered = publicly("/payment-prerequest", "{\"public_key\":\"" + shop.credential("public_key") + "\",\"currency\":\"EUR\",\"amount\":5}");
        assertThat(offered.json().at("/data/attributes/services/ideal_eur_hpp/status").asString()).isEqualTo("available");
        assertThat(offered.json().at("/data/attributes/test_mode").asBoolean()).isTrue();
        assertThat(offered.json().at("/data/attributes/methods/payment_card/category").asString()).isEqualTo("bank_card");
        var made = publicly("/payment-invoices", "{\"public_key\":\"" + shop.credential("public_key_live") + "\",\"reference_id\":\"" + Shop.fresh()
                + "\",\"currency\":\"EUR\",\"amount\":5,\"service\":\"payment_card_eur_hpp\",\"callback_url\":\"https://evil.example/\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/data/attributes/test_mode").asBoolean()).isFalse();
        assertThat(made.json().at("/data/attributes/callback_url").isNull()).isTrue();
        assertThat(made.at("/data/attributes/source")).isEqualTo("platform_public_api");
        var read = "/public-api/payment-invoices/" + made.at("/data/id") + "?public_key=";
        assertThat(Exchange.send("GET", shop.uri().resolve(read + shop.credential("public_key_live")), null, Map.of()).status()).isEqualTo(200);
        assertThat(Exchange.send("GET", shop.uri().resolve(read + shop.credential("public_key")), null, Map.of()).status()).isEqualTo(404);
        assertThat(publicly("/payment-prerequest", "{\"public_key\":\"pk_test_none\",\"currency\":\"EUR\"}").status()).isEqualTo(401);
        assertThat(publicly("/payout-prerequest", "{\"public_key\":\"" + shop.credential("public_key") + "\",\"currency\":\"EUR\"}").json()
                .at("/data/attributes/services/payment_card_eur/fields/0/key").asString()).isEqualTo("card_number");
    }

    private Exchange publicly(String path, String body) {
        return Exchange.send("POST", shop.uri().resolve("/public-api" + path), body, Map.of("Content-Type", "application/json"));
    }

    @Test
    void more_calls_than_allowed_in_a_minute_are_refused_with_the_time_to_wait() {
        var own = Shop.of(control, "{\"rate_limit_per_minute\":\"3\"}");
        for (int i = 0; i < 3; i++) {
            assertThat(own.get("/account").status()).isEqualTo(200);
        }
        var refused = own.get("/account");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow())).isBetween(1L, 60L);
        assertThat(shop.get("/account").status()).isEqualTo(200);
    }

    @Test
    void money_can_be_held_captured_in_part_and_released() {
        var held = shop.created(new InvoiceBody().with("flow", "\"delayed_charge\""));
        assertThat(held.at("/data/attributes/payment_flow")).isEqualTo("delayed_charge");
        assertThat(shop.sale(held, "5519283812030000", "1240").at("/status")).isEqualTo("processed");
        var id = held.at("/data/id");
        assertThat(shop.status(id)).isEqualTo("process_pending");
        assertThat(shop.invoice(id).at("/included/0/attributes/status")).isEqualTo("authorized");
        assertThat(shop.post("/payment-invoices/" + id + "/capture", "{\"data\":{\"type\":\"capture\",\"attributes\":{\"amount\":51}}}").status())
                .isEqualTo(422);
        var captured = shop.post("/payment-invoices/" + id + "/capture", "{\"data\":{\"type\":\"capture\",\"attributes\":{\"amount\":30}}}");
        assertThat(captured.at("/data/attributes/status")).isEqualTo("partially_processed");
        assertThat(shop.post("/payment-invoices/" + id + "/void", "{\"data\":{\"type\":\"void\"}}").status()).isEqualTo(422);
        var released = shop.created(new InvoiceBody().with("flow", "\"delayed_charge\""));
        shop.sale(released, "5519283812030000", "1240");
        assertThat(shop.post("/payment-invoices/" + released.at("/data/id") + "/void", "{\"data\":{\"type\":\"void\"}}").at("/data/attributes/status"))
                .isEqualTo("terminated");
        assertThat(shop.movements()).containsExactly("authorization 5000 eur", "capture 3000 eur", "authorization 5000 eur", "void 5000 eur");
    }
}
