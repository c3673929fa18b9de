package dev.bezant.sandbox.corefy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.RunningSandbox;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards from server to server: Corefy's own test cards row by row, and those that every simulated provider knows. */
@RunningSandbox
class CardGateTest {
    private static final String FAILS = "4302912837020000";

    private final Control control;
    private final Shop shop;

    CardGateTest(Control control) {
        this.control = control;
        this.shop = Shop.of(control, "{\"rate_limit_per_minute\":\"0\"}");
    }

    @Test
    void the_plain_success_card_pays_and_is_shown_without_its_number() {
        var body = new InvoiceBody();
        var created = shop.created(body);
        var sale = shop.sale(created, "5519283812030000", "0430");
        assertThat(sale.status()).isEqualTo(201);
        assertThat(sale.at("/status")).isEqualTo("processed");
        assertThat(sale.at("/resolution")).isEqualTo("ok");
        var invoice = shop.invoice(created.at("/data/id"));
        assertThat(invoice.at("/data/attributes/status")).isEqualTo("processed");
        assertThat(invoice.json().at("/data/attributes/processed_amount").toString()).isEqualTo("50");
        assertThat(invoice.at("/data/attributes/payload/payment_card/mask")).isEqualTo("551928******0000");
        assertThat(invoice.at("/data/attributes/payload/payment_card/network")).isEqualTo("MASTERCARD");
        assertThat(invoice.json().at("/data/attributes/payload/payment_card/expiry_year").asInt()).isEqualTo(30);
        assertThat(invoice.json().at("/data/attributes/payload/token").isNull()).isTrue();
        assertThat(invoice.at("/data/relationships/active-payment/data/id")).matches("pay_[A-Za-z0-9]{24}");
        assertThat(invoice.body()).doesNotContain("5519283812030000");
        assertThat(shop.movements()).containsExactly("sale 5000 eur");
        assertThat(shop.references()).containsExactly(body.reference());
    }

    @ParameterizedTest
    @CsvSource({"0856,access_denied", "0440,fatal_error", "0755,error", "0339,unable_to_reconcile", "0654,provider_error", "0238,invalid_amount",
        "0553,unknown", "0137,limit_violation", "0452,duplicated_transaction", "1236,functionality_is_not_permitted", "0351,auth_fatal_error",
        "1135,invalid_request", "0250,unable_to_determine_3ds_enrolment", "1034,lost_or_stolen_card", "0149,card_is_3ds_enrolled", "0933,declined",
        "1248,card_is_not_3ds_enrolled", "0832,invalid_otp", "1147,issuer_decline", "0731,invalid_3ds_code", "1046,client_auth_failed",
        "0630,invalid_card_status", "0945,provider_fatal_error", "0529,insufficient_funds", "0844,invalid_details", "0428,card_expired",
        "0743,invalid_pin", "0327,invalid_cvv", "0642,antifraud_error", "0226,invalid_pan", "0541,invalid_card", "0125,invalid_credentials",
        "1240,general_fatal_error"})
    void the_failing_card_fails_as_its_expiry_says(String expiry, String resolution) {
        var created = shop.created(new InvoiceBody());
        var sale = shop.sale(created, FAILS, expiry);
        assertThat(sale.status()).isEqualTo(201);
        assertThat(sale.at("/status")).isEqualTo("process_failed");
        assertThat(sale.at("/resolution")).isEqualTo(resolution);
        assertThat(sale.at("/errors/0/title")).isNotEmpty();
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("process_failed");
        assertThat(shop.resolution(created.at("/data/id"))).isEqualTo(resolution);
        assertThat(shop.movements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5123817234060000,pass,processed,ok", "5123817234060000,fail,process_failed,client_auth_failed",
        "5123817234060000,error,process_failed,auth_fatal_error", "4412397212080000,pass,process_failed,general_fatal_error"})
    void a_challenge_is_completed_without_the_merchant(String pan, String decision, String status, String resolution) {
        var created = shop.created(new InvoiceBody().returning());
        var sale = shop.sale(created, pan, "1240");
        assertThat(sale.at("/status")).isEqualTo("process_pending");
        assertThat(sale.at("/auth_mode")).isEqualTo("3ds");
        assertThat(sale.json().at("/auth_payload/params").propertyNames()).containsExactly("creq");
        assertThat(shop.invoice(created.at("/data/id")).at("/included/0/attributes/status")).isEqualTo("authorize_required");
        assertThat(shop.movements()).isEmpty();
        var back = Shop.throughChallenge(sale.json().path("auth_payload"), decision);
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo(status.equals("processed") ? "https://shop.example/ok" : "https://shop.example/no");
        assertThat(shop.status(created.at("/data/id"))).isEqualTo(status);
        assertThat(shop.resolution(created.at("/data/id"))).isEqualTo(resolution);
    }

    @Test
    void the_older_protocol_has_its_own_names_and_leads_back_to_corefy() {
        var older = Shop.of(control, "{\"three_ds\":\"1\"}");
        var sale = older.pay(new InvoiceBody(), "5123817234060000");
        var params = sale.json().at("/auth_payload/params");
        assertThat(params.propertyNames()).containsExactly("PaReq", "MD", "TermUrl");
        assertThat(params.path("TermUrl").asString()).contains("/complete-auth?pid=pay_");
        assertThat(Shop.throughChallenge(sale.json().path("auth_payload"), "pass").html()).contains("Thank you");
        assertThat(older.movements()).containsExactly("sale 5000 eur");
    }

    @Test
    void coming_back_twice_or_at_once_takes_effect_once_and_a_strangers_answer_none() {
        var created = shop.created(new InvoiceBody());
        var payload = shop.sale(created, "5123817234060000", "1240").json().path("auth_payload");
        var stranger = shop.pay(new InvoiceBody(), "5123817234060000").json().path("auth_payload");
        var creq = payload.at("/params/creq").asString();
        var answer = Page.post(payload.path("action").asString() + "?auto=pass", Map.of("creq", creq));
        var strangers = Page.post(stranger.path("action").asString() + "?auto=pass", Map.of("creq", stranger.at("/params/creq").asString()));
        var back = shop.uri().resolve(answer.action()).toString();
        assertThat(Page.post(back, strangers.fields()).status()).isEqualTo(400);
        assertThat(Page.post(back, Map.of("cres", "garbage")).status()).isEqualTo(400);
        assertThat(shop.status(created.at("/data/id"))).isEqualTo("process_pending");
        assertThat(Parallel.times(10, () -> Page.post(back, answer.fields()).status())).containsOnly(200);
        assertThat(shop.movements()).containsExactly("sale 5000 eur");
        assertThat(Page.post(shop.uri() + "/acs", Map.of("creq", "bm9wZQ")).status()).isEqualTo(400);
        assertThat(Page.get(shop.uri() + "/complete-auth?pid=pay_none").status()).isEqualTo(404);
    }

    @Test
    void the_token_says_who_it_is_for_and_lives_for_an_hour() {
        var created = shop.created(new InvoiceBody());
        var token = created.at("/data/attributes/flow_data/metadata/token");
        var claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"sid\":\"" + created.at("/data/attributes/flow_data/metadata/sid") + "\"")
                .contains("\"exp\":" + (created.json().at("/data/attributes/created").asLong() + 3600));
        control.post("clock", "{\"advance\":\"PT61M\"}");
        var late = shop.sale(created, "5519283812030000", "1240");
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.at("/errors/0/detail")).contains("expired");
        assertThat(shop.movements()).isEmpty();
    }

    @Test
    void a_forged_or_missing_token_opens_nothing() {
        var created = shop.created(new InvoiceBody());
        var token = created.at("/data/attributes/flow_data/metadata/token");
        var forged = Exchange.parse(created.body().replace(token, token.substring(0, token.length() - 3) + "abc"));
        assertThat(shop.sale(new Exchange(201, forged.toString(), created.headers()), "5519283812030000", "1240").status()).isEqualTo(401);
        assertThat(shop.sale(new Exchange(201, "{}", created.headers()), "5519283812030000", "1240").status()).isEqualTo(401);
    }

    @Test
    void an_invoice_takes_one_card() {
        var created = shop.created(new InvoiceBody());
        var answers = Parallel.times(10, () -> shop.sale(created, "5519283812030000", "1240").status());
        assertThat(answers).containsOnlyOnce(201).contains(422);
        assertThat(shop.movements()).containsExactly("sale 5000 eur");
        var refused = shop.created(new InvoiceBody());
        shop.sale(refused, FAILS, "0933");
        assertThat(shop.sale(refused, "5519283812030000", "1240").status()).isEqualTo(422);
        var challenged = shop.created(new InvoiceBody());
        shop.sale(challenged, "5123817234060000", "1240");
        assertThat(shop.sale(challenged, "5519283812030000", "1240").status()).isEqualTo(422);
    }

    @Test
    void mistakes_in_a_card_are_named_without_repeating_it() {
        var created = shop.created(new InvoiceBody());
        var refused = shop.sale(created, "{\"card_number\":\"4242424242424241\",\"exp_month\":\"13\",\"exp_year\":\"2030\",\"cvv\":\"1\",\"browser_info\":"
                + "{\"browser_color_depth\":24,\"browser_java_enabled\":\"no\"}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(Shop.texts(refused.json().path("errors"), "/source/pointer")).containsExactlyInAnyOrder("/data/attributes/card_number",
                "/data/attributes/card_holder", "/data/attributes/exp_month", "/data/attributes/exp_year", "/data/attributes/cvv",
                "/data/attributes/browser_info/browser_color_depth", "/data/attributes/browser_info/browser_java_enabled");
        assertThat(refused.body()).doesNotContain("4242424242424241");
        assertThat(shop.sale(created, "5519283812030000", "1240").at("/status")).as("nothing is spent by a mistake").isEqualTo("processed");
    }

    @Test
    void accounts_may_want_a_code_and_a_browser() {
        var strict = Shop.of(control, "{\"cvv_required\":\"true\",\"browser_info_required\":\"true\"}");
        var refused = strict.sale(strict.created(new InvoiceBody()), Shop.card("5519283812030000", "1240").replace("\"cvv\":\"123\",", ""));
        assertThat(Shop.texts(refused.json().path("errors"), "/source/pointer"))
                .containsExactlyInAnyOrder("/data/attributes/cvv", "/data/attributes/browser_info");
        assertThat(shop.sale(shop.created(new InvoiceBody()), Shop.card("5519283812030000", "1240").replace("\"cvv\":\"123\",", "")).at("/status"))
                .isEqualTo("processed");
    }

    @Test
    void the_answer_can_be_a_resource() {
        var other = Shop.of(control, "{\"gate_answer\":\"resource\"}");
        var paid = other.pay(new InvoiceBody(), "5519283812030000");
        assertThat(paid.at("/data/id")).startsWith("cgi_");
        assertThat(paid.at("/data/attributes/status")).isEqualTo("processed");
        var challenged = other.pay(new InvoiceBody(), "5123817234060000");
        assertThat(challenged.at("/data/attributes/active_payment/status")).isEqualTo("authorize_required");
        assertThat(challenged.json().at("/data/attributes/auth_payload/params").has("creq")).isTrue();
    }

    @Test
    void a_card_of_the_year_2077_stays_pending_until_it_is_completed_or_an_hour_has_passed() {
        var first = shop.created(new InvoiceBody());
        assertThat(shop.sale(first, "5519283812030000", "0777").at("/status")).isEqualTo("process_pending");
        control.post("complete", "{\"provider\":\"corefy\",\"provider_id\":\"" + first.at("/data/id") + "\",\"result\":\"declined\"}");
        assertThat(shop.status(first.at("/data/id"))).isEqualTo("process_failed");
        var second = shop.created(new InvoiceBody());
        Shop.throughChallenge(shop.sale(second, "5123817234060000", "0777").json().path("auth_payload"), "pass");
        assertThat(shop.resolution(second.at("/data/id"))).isEqualTo("auth_3ds_required");
        control.post("clock", "{\"advance\":\"PT61M\"}");
        assertThat(shop.status(second.at("/data/id"))).isEqualTo("processed");
        assertThat(shop.movements()).containsExactly("sale 5000 eur");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111111111111111", "4242424242424242", "5555555555554444", "378282246310005", "3566002020360505", "6200000000000005",
        "4000000320000021", "4000000000000101", "4000000032200000", "4000000000003055", "4000000000003097", "4000000000005423", "4000000000001976"})
    void common_cards_are_approved(String pan) {
        assertThat(shop.pay(new InvoiceBody(), pan).at("/status")).isEqualTo("processed");
    }

    @ParameterizedTest
    @CsvSource({"4000000000000002,declined", "4000000000009995,insufficient_funds", "4000000000009987,card_is_lost",
        "4000000000009979,card_is_stolen", "4000000000006975,limit_violation", "4000000000000069,card_expired", "4000000000000127,invalid_cvv",
        "4000000000000119,provider_error", "4100000000000019,antifraud_error", "4000000000000341,declined",
        "4000008400001280,unable_to_determine_3ds_enrolment"})
    void common_cards_are_declined_in_this_providers_words(String pan, String resolution) {
        var sale = shop.pay(new InvoiceBody(), pan);
        assertThat(sale.at("/status")).isEqualTo("process_failed");
        assertThat(sale.at("/resolution")).isEqualTo(resolution);
        assertThat(shop.movements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4000002500003155,processed,ok", "4000002760003184,processed,ok", "4000003800000446,processed,ok", "4000000000003220,processed,ok",
        "4000008400000027,processed,ok", "4000008260003178,process_failed,insufficient_funds", "4000008400001629,process_failed,declined"})
    void common_challenge_cards_are_challenged_and_then_end_by_their_table(String pan, String status, String resolution) {
        var created = shop.created(new InvoiceBody());
        var sale = shop.sale(created, pan, "1240");
        assertThat(sale.at("/auth_mode")).isEqualTo("3ds");
        Shop.throughChallenge(sale.json().path("auth_payload"), "pass");
        assertThat(shop.status(created.at("/data/id"))).isEqualTo(status);
        assertThat(shop.resolution(created.at("/data/id"))).isEqualTo(resolution);
    }

    @Test
    void a_common_card_that_is_past_its_date_has_expired() {
        var sale = shop.sale(shop.created(new InvoiceBody()), "4242424242424242", "0125");
        assertThat(sale.at("/resolution")).isEqualTo("card_expired");
    }

    @ParameterizedTest
    @CsvSource({"4000000000000259,charged_back,sale 5000 eur;chargeback 5000 eur", "4000000000002685,charged_back,sale 5000 eur;chargeback 5000 eur",
        "4000000404000079,charged_back,sale 5000 eur;chargeback 2500 eur;chargeback 2500 eur"})
    void disputed_cards_are_charged_back(String pan, String status, String movements) {
        var id = shop.paid(new InvoiceBody(), pan);
        assertThat(shop.status(id)).isEqualTo(status);
        assertThat(shop.movements()).containsExactly(movements.split(";"));
    }

    @Test
    void described_payments_end_as_the_word_says() {
        var partial = shop.created(new InvoiceBody().described("sim-partial"));
        shop.sale(partial, "5519283812030000", "1240");
        assertThat(shop.status(partial.at("/data/id"))).isEqualTo("partially_processed");
        assertThat(shop.invoice(partial.at("/data/id")).json().at("/data/attributes/processed_amount").asInt()).isEqualTo(25);
        var pending = shop.created(new InvoiceBody().described("sim-pending"));
        assertThat(shop.sale(pending, "5519283812030000", "1240").at("/status")).isEqualTo("process_pending");
        var parked = shop.created(new InvoiceBody().described("sim-moderation"));
        shop.sale(parked, "5519283812030000", "1240");
        assertThat(shop.invoice(parked.at("/data/id")).json().at("/data/attributes/moderation_required").asBoolean()).isTrue();
        control.post("complete", "{\"provider\":\"corefy\",\"provider_id\":\"" + parked.at("/data/id") + "\",\"result\":\"approved\"}");
        assertThat(shop.status(parked.at("/data/id"))).isEqualTo("processed");
    }

    @Test
    void google_pay_is_a_card_that_works() {
        assertThat(shop.sale(shop.created(new InvoiceBody()), "{\"google_pay\":{\"apiVersion\":2}}").at("/status")).isEqualTo("processed");
    }
}
