package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Page;
import dev.bezant.sandbox.RunningSandbox;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, and the sessions in which browsers make them. */
@RunningSandbox
class TokensTest {
    private final Control control;
    private final DirectMerchant merchant;

    TokensTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    private static String card(String number, String expiry, String cvv) {
        return "{\"paymentProductId\":1,\"card\":{\"data\":{\"card\":{\"cardNumber\":\"" + number + "\",\"cardholderName\":\"A B\",\"expiryDate\":\""
                + expiry + "\",\"cvv\":\"" + cvv + "\"}}}}";
    }

    @Test
    void a_token_is_made_read_and_deleted() {
        var made = merchant.post("/tokens", card("4012000033330026", "1240", "123"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/token")).hasSize(36);
        assertThat(made.at("/tokenStatus")).isEqualTo("CREATED");
        assertThat(made.at("/card/cardNumber")).isEqualTo("************0026");
        var read = merchant.get("/tokens/" + made.at("/token"));
        assertThat(read.at("/card/data/cardWithoutCvv/expiryDate")).isEqualTo("1240");
        assertThat(read.at("/card/data/cardBinDetails/cardScheme")).isEqualTo("Visa");
        assertThat(read.at("/isTemporary")).isEqualTo("false");
        assertThat(control.direct().get("/tokens/" + made.at("/token")).status()).isEqualTo(404);
        var deleted = merchant.send("DELETE", "/tokens/" + made.at("/token"), null, Map.of());
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(merchant.get("/tokens/" + made.at("/token")).status()).isEqualTo(404);
        assertThat(merchant.send("DELETE", "/tokens/" + made.at("/token"), null, Map.of()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"123,1240,123", "4242424242424241,1240,123", "4012000033330026,invalid,123", "4012000033330026,1240,12345", "4012000033330026,1240,''"})
    void a_card_that_cannot_be_is_refused(String number, String expiry, String cvv) {
        assertThat(merchant.post("/tokens", card(number, expiry, cvv)).status()).isEqualTo(400);
    }

    @Test
    void a_series_from_elsewhere_is_imported() {
        var made = merchant.post("/tokens/importCofSeries", "{\"paymentProductId\":1,\"schemeReferenceData\":\"0123456789\",\"card\":"
                + "{\"cardNumber\":\"4012000033330026\",\"expiryDate\":\"1240\"}}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.at("/paymentId")).matches("\\d{10}_0");
        assertThat(merchant.post("/tokens/importCofSeries", "{}").status()).isEqualTo(400);
    }

    private Exchange tokenization(String more) {
        return merchant.post("/hostedtokenizations", "{\"locale\":\"en_GB\",\"askConsumerConsent\":true" + more + "}");
    }

    private Exchange type(Exchange session, String body) {
        return Exchange.send("POST", URI.create(session.at("/hostedTokenizationUrl")), body, Map.of("Content-Type", "application/json"));
    }

    @Test
    void a_frame_takes_a_card_for_one_payment() {
        var session = tokenization("");
        assertThat(session.status()).isEqualTo(200);
        assertThat("http://" + session.at("/partialRedirectUrl")).isEqualTo(session.at("/hostedTokenizationUrl"));
        assertThat(Page.get(session.at("/hostedTokenizationUrl")).html()).contains("Card number").contains("Remember this card");
        var before = merchant.get("/hostedtokenizations/" + session.at("/hostedTokenizationId"));
        assertThat(before.status()).isEqualTo(200);
        assertThat(before.json().has("token")).isFalse();
        var typed = type(session, "{\"ask\":\"tokenize\",\"cardNumber\":\"4242424242424242\",\"expiryDate\":\"1240\",\"cvv\":\"123\"}");
        assertThat(typed.at("/success")).isEqualTo("true");
        assertThat(typed.at("/hostedTokenizationId")).isEqualTo(session.at("/hostedTokenizationId"));
        var after = merchant.get("/hostedtokenizations/" + session.at("/hostedTokenizationId"));
        assertThat(after.at("/tokenStatus")).isEqualTo("CREATED");
        assertThat(after.at("/token/isTemporary")).isEqualTo("true");
        var body = new DirectBody().without("cardPaymentMethodSpecificInput")
                .with("hostedTokenizationId", "\"" + session.at("/hostedTokenizationId") + "\"");
        assertThat(merchant.pay(body).at("/payment/paymentOutput/cardPaymentMethodSpecificOutput/card/cardNumber")).isEqualTo("************4242");
        assertThat(merchant.pay(body).at("/errors/0/id")).as("it works once").isEqualTo("UNKNOWN_TOKEN_ID");
    }

    @Test
    void a_temporary_token_lives_two_hours_and_a_permanent_one_stays() {
        var forShort = tokenization("");
        var forLong = tokenization("");
        var typed = "{\"ask\":\"tokenize\",\"cardNumber\":\"4242424242424242\",\"expiryDate\":\"1240\",\"cvv\":\"123\",\"storePermanently\":";
        type(forShort, typed + "false}");
        type(forLong, typed + "true}");
        var temporary = merchant.get("/hostedtokenizations/" + forShort.at("/hostedTokenizationId")).at("/token/id");
        var permanent = merchant.get("/hostedtokenizations/" + forLong.at("/hostedTokenizationId")).at("/token/id");
        control.post("clock", "{\"advance\":\"PT2H1S\"}");
        assertThat(merchant.get("/tokens/" + temporary).status()).isEqualTo(404);
        assertThat(merchant.get("/tokens/" + permanent).status()).isEqualTo(200);
        assertThat(merchant.pay(DirectBody.token(permanent)).status()).isEqualTo(201);
        assertThat(merchant.pay(DirectBody.token(permanent)).status()).isEqualTo(201);
    }

    @Test
    void a_frame_tells_what_is_wrong_beside_the_fields() {
        var session = tokenization(",\"paymentProductFilters\":{\"restrictTo\":{\"products\":[3]}}");
        var wrong = type(session, "{\"ask\":\"tokenize\",\"cardNumber\":\"42\",\"expiryDate\":\"9\",\"cvv\":\"1\"}");
        assertThat(wrong.at("/success")).isEqualTo("false");
        assertThat(wrong.json().path("fields").propertyNames()).containsExactlyInAnyOrder("cardNumber", "expiryDate", "cvv");
        assertThat(type(session, "{\"ask\":\"tokenize\",\"cardNumber\":\"4242424242424242\",\"expiryDate\":\"1240\"}").at("/fields/cardNumber"))
                .contains("not taken");
        assertThat(type(session, "{\"ask\":\"surcharge\",\"amount\":1000,\"currency\":\"EUR\"}").at("/result/surchargeAmount/amount")).isEqualTo("45");
    }

    @Test
    void a_known_card_is_chosen_again() {
        var token = merchant.post("/tokens", card("4012000033330026", "1240", "123")).at("/token");
        var session = tokenization(",\"tokens\":\"" + token + ",3\"");
        assertThat(session.at("/invalidTokens/0")).isEqualTo("3");
        assertThat(Page.get(session.at("/hostedTokenizationUrl")).html()).contains("************0026");
        type(session, "{\"ask\":\"tokenize\",\"token\":\"" + token + "\",\"cvv\":\"123\"}");
        var read = merchant.get("/hostedtokenizations/" + session.at("/hostedTokenizationId"));
        assertThat(read.at("/tokenStatus") + read.at("/token/id")).isEqualTo("UNCHANGED" + token);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1         | 1
            1,2,3,10  | 1,2,3,10
            1,2,1     | 1,2
            ''        | ''
            """)
    void unknown_tokens_are_told(String tokens, String invalid) {
        var session = tokenization(",\"tokens\":\"" + tokens + "\"");
        assertThat(session.status()).isEqualTo(200);
        var told = new ArrayList<String>();
        session.json().path("invalidTokens").forEach(token -> told.add(token.asString()));
        assertThat(String.join(",", told)).isEqualTo(invalid);
    }

    @Test
    void a_wrong_locale_and_an_unknown_session_are_refused() {
        assertThat(merchant.post("/hostedtokenizations", "{\"locale\":\"invalid_locale\"}").status()).isEqualTo(400);
        assertThat(merchant.get("/hostedtokenizations/unknown").status()).isEqualTo(404);
        assertThat(Page.get(merchant.uri() + "/hostedtokenization/unknown").status()).isEqualTo(404);
    }

    @Test
    void the_tokenizer_has_the_integrity_that_was_told() {
        var session = tokenization("");
        var script = Exchange.send("GET", merchant.uri().resolve("/hostedtokenization/js/client/tokenizer.min.js"), null, Map.of());
        assertThat(script.headers().firstValue("content-type").orElse("")).startsWith("text/javascript");
        assertThat(script.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(session.at("/sri")).isEqualTo(Scripts.integrity(script.body()));
        assertThat(script.body()).contains("window.Tokenizer");
    }

    @Test
    void hosted_fields_fill_their_session() {
        var created = merchant.post("/hostedfields/sessions", "{\"locale\":\"en_GB\",\"tokens\":[\"1\"]}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(created.at("/invalidTokens/0")).isEqualTo("1");
        var id = created.at("/sessionData/hostedFieldsSessionId");
        assertThat(merchant.get("/hostedfields/sessions/" + id).at("/sessionId")).isEqualTo(id);
        var script = Exchange.send("GET", URI.create(created.at("/sdkUrl")), null, Map.of());
        assertThat(Scripts.integrity(script.body())).isEqualTo(created.at("/sdkSri"));
        Exchange.send("POST", merchant.uri().resolve("/hostedfields/" + created.at("/sessionData/sessionToken")),
                "{\"cardNumber\":\"4242424242424242\",\"expiryDate\":\"1240\",\"cvv\":\"123\"}", Map.of());
        assertThat(merchant.get("/hostedfields/sessions/" + id).at("/token/maskedPan")).isEqualTo("************4242");
        assertThat(merchant.pay(new DirectBody().without("cardPaymentMethodSpecificInput").with("hostedFieldsSessionId", "\"" + id + "\"")).status())
                .isEqualTo(201);
    }

    @Test
    void hosted_fields_refuse_in_three_ways() {
        assertThat(merchant.post("/hostedfields/sessions", "{}").status()).isEqualTo(400);
        assertThat(merchant.post("/hostedfields/sessions", "{\"locale\":\"\"}").status()).isEqualTo(400);
        assertThat(merchant.post("/hostedfields/sessions", "{\"locale\":\"invalid-locale\"}").status()).isEqualTo(422);
        var unknown = merchant.get("/hostedfields/sessions/unknown");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(unknown.at("/title")).isEqualTo("Not Found");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 11})
    void a_client_session_takes_ten_tokens(int count) {
        var tokens = String.join(",", Collections.nCopies(count, "\"x\""));
        var session = merchant.post("/sessions", "{\"tokens\":[" + tokens + "]}");
        assertThat(session.status()).isEqualTo(count == 11 ? 400 : 200);
        if (count < 11) {
            assertThat(session.at("/clientSessionId")).isNotEmpty();
            assertThat(session.at("/assetUrl")).startsWith(merchant.uri().toString());
            assertThat(session.at("/clientApiUrl")).isEqualTo(merchant.uri() + "/client");
            assertThat(session.at("/invalidTokens/0")).isEqualTo(count == 0 ? "" : "x");
        }
    }
}
