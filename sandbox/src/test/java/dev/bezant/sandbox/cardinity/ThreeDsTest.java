package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.Parallel;
import dev.bezant.sandbox.PaymentBody;
import dev.bezant.sandbox.RunningSandbox;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunningSandbox
class ThreeDsTest {
    private final Control control;
    private final Merchant merchant;

    ThreeDsTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private Exchange pending() {
        return merchant.pay(PaymentBody.card("5454545454545454").threeDs());
    }

    private static Page challenge(Exchange pending, Map<String, String> fields) {
        var form = new LinkedHashMap<>(fields);
        form.put("creq", pending.at("/threeds2_data/creq"));
        form.put("threeDSSessionData", "c2Vzc2lvbi03");
        return Page.post(pending.at("/threeds2_data/acs_url"), form);
    }

    @Test
    void the_challenge_request_is_what_emv_describes() {
        var creq = new String(Base64.getUrlDecoder().decode(pending().at("/threeds2_data/creq")), StandardCharsets.UTF_8);
        var json = Exchange.parse(creq);
        assertThat(json.path("messageType").asString()).isEqualTo("CReq");
        assertThat(json.path("messageVersion").asString()).isEqualTo("2.1.0");
        assertThat(json.path("challengeWindowSize").asString()).isEqualTo("05");
        assertThat(json.path("threeDSServerTransID").asString()).hasSize(36);
        assertThat(json.path("acsTransID").asString()).hasSize(36);
    }

    @ParameterizedTest
    @CsvSource({"pass,201,approved", "fail,402,declined", "error,202,pending"})
    void the_issuers_page_decides_the_completion(String decision, int status, String state) {
        var pending = pending();
        var back = challenge(pending, Map.of("decision", decision));
        assertThat(back.action()).isEqualTo("http://127.0.0.1:9/3ds");
        assertThat(back.field("threeDSSessionData")).isEqualTo("c2Vzc2lvbi03");
        var ended = merchant.complete(pending.at("/id"), "cres", back.field("cres"));
        assertThat(ended.status()).isEqualTo(status);
        assertThat(ended.at("/status")).isEqualTo(state);
    }

    @Test
    void the_issuers_page_offers_three_ways_without_scripts() {
        var page = challenge(pending(), Map.of());
        assertThat(page.html()).contains("value=\"pass\"", "value=\"fail\"", "value=\"error\"").doesNotContain("<script");
        assertThat(page.action()).isEqualTo("/acs/v2");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "form-action");
    }

    @Test
    void the_issuers_page_can_decide_by_itself() {
        var pending = pending();
        var page = Page.post(pending.at("/threeds2_data/acs_url") + "?auto=pass", Map.of("creq", pending.at("/threeds2_data/creq")));
        assertThat(merchant.complete(pending.at("/id"), "cres", page.field("cres")).status()).isEqualTo(201);
    }

    @Test
    void values_are_escaped_on_the_issuers_page() {
        var pending = pending();
        var page = Page.post(pending.at("/threeds2_data/acs_url"),
                Map.of("creq", pending.at("/threeds2_data/creq"), "threeDSSessionData", "\"><script>alert(1)</script>"));
        assertThat(page.html()).doesNotContain("<script>alert");
    }

    @Test
    void the_issuer_knows_no_foreign_challenge() {
        assertThat(Page.post(merchant.uri() + "/acs/v2", Map.of("creq", "bm9wZQ")).status()).isEqualTo(400);
    }

    @Test
    void a_technical_error_offers_version_1_which_completes_it() {
        var pending = pending();
        var again = merchant.complete(pending.at("/id"), "cres", challenge(pending, Map.of("decision", "error")).field("cres"));
        assertThat(again.json().has("threeds2_data")).isTrue();
        var url = again.at("/authorization_information/url");
        var back = Page.post(url, Map.of("PaReq", again.at("/authorization_information/data"), "TermUrl", "http://127.0.0.1:9/term",
                "MD", "md-7", "decision", "pass"));
        assertThat(back.action()).isEqualTo("http://127.0.0.1:9/term");
        assertThat(back.field("MD")).isEqualTo("md-7");
        assertThat(merchant.complete(pending.at("/id"), "authorize_data", back.field("PaRes")).status()).isEqualTo(201);
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur");
    }

    @Test
    void the_described_fallback_offers_version_1_even_after_a_pass() {
        var pending = merchant.pay(new PaymentBody().described("sim-3ds2-fallback").threeDs());
        var again = merchant.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq"));
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().has("authorization_information")).isTrue();
        assertThat(merchant.complete(pending.at("/id"), "authorize_data", "3d-pass").status()).isEqualTo(201);
    }

    @Test
    void a_final_payment_cannot_be_completed_again() {
        var pending = pending();
        var creq = pending.at("/threeds2_data/creq");
        assertThat(merchant.complete(pending.at("/id"), "cres", creq).status()).isEqualTo(201);
        var again = merchant.complete(pending.at("/id"), "cres", creq);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.at("/errors/0/message")).isEqualTo("payment is not pending");
        assertThat(control.movements(merchant.account())).hasSize(1);
    }

    @Test
    void simultaneous_completions_take_effect_once() {
        var pending = pending();
        var answers = Parallel.times(20, () -> merchant.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq")));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(control.movements(merchant.account())).containsExactly("sale 5000 eur");
    }

    @Test
    void an_answer_to_another_challenge_is_refused_and_changes_nothing() {
        var pending = pending();
        var foreign = challenge(pending(), Map.of("decision", "pass")).field("cres");
        assertThat(merchant.complete(pending.at("/id"), "cres", foreign).status()).isEqualTo(400);
        assertThat(merchant.complete(pending.at("/id"), "cres", "garbage").status()).isEqualTo(400);
        assertThat(merchant.get("/payments/" + pending.at("/id")).at("/status")).isEqualTo("pending");
    }

    @Test
    void a_completion_needs_exactly_one_answer_and_ignores_junk() {
        var pending = pending();
        var path = "/payments/" + pending.at("/id");
        assertThat(merchant.send("PATCH", path, "{}").status()).isEqualTo(400);
        assertThat(merchant.send("PATCH", path, "{\"cres\":\"\"}").at("/errors/0/message")).isEqualTo("must not be empty");
        assertThat(merchant.send("PATCH", path, "{\"cres\":\"a\",\"authorize_data\":\"b\"}").status()).isEqualTo(400);
        assertThat(merchant.send("PATCH", path, "{\"authorize_data\":\"3d-pass\"}").status()).isEqualTo(400);
        assertThat(merchant.send("PATCH", path, "{\"x\":\"x\",\"method\":\"PATCH\",\"cres\":\"3ds2-pass\"}").status()).isEqualTo(201);
    }

    @Test
    void another_merchants_payment_is_not_found() {
        var pending = pending();
        var other = control.merchant();
        assertThat(other.complete(pending.at("/id"), "cres", pending.at("/threeds2_data/creq")).status()).isEqualTo(404);
        assertThat(other.get("/payments/" + pending.at("/id")).status()).isEqualTo(404);
    }
}
