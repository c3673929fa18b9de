package dev.bezant.sandbox.worldlineacquiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The authorization server, and who is let in (section 3). */
@RunningSandbox
class TokensTest {
    private final Control control;
    private final Acquirer acquirer;

    TokensTest(Control control) {
        this.control = control;
        this.acquirer = Acquirer.of(control, "{}");
    }

    @AfterEach
    void clear() {
        control.delete("faults");
    }

    private Exchange ping(Acquirer with) {
        return with.send("GET", "/services/v1/ping", null);
    }

    @Test
    void a_client_gets_a_token_and_is_let_in_with_it() {
        var answer = acquirer.askForToken(acquirer.clientCredentials());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("access_token", "expires_in", "token_type", "scope");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.at("/scope")).contains("processing_payment", "disputes_manage");
        var pong = ping(acquirer);
        assertThat(pong.status()).isEqualTo(204);
        assertThat(pong.body()).isEmpty();
    }

    @Test
    void the_vendors_own_unencoded_form_is_understood_and_so_is_basic_authorization() {
        var form = "grant_type=client_credentials&client_id=" + acquirer.credential("client_id") + "&client_secret="
                + acquirer.credential("client_secret").replace("+", "%2B") + "&scope=processing_payment services_ping";
        var token = URI.create(acquirer.credential("token_url"));
        var type = "application/x-www-form-urlencoded";
        assertThat(Exchange.send("POST", token, form, Map.of("Content-Type", type)).at("/scope")).isEqualTo("processing_payment services_ping");
        var pair = acquirer.credential("client_id") + ":" + acquirer.credential("client_secret");
        var basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        assertThat(Exchange.send("POST", token, "grant_type=client_credentials", Map.of("Content-Type", type, "Authorization", basic)).status())
                .isEqualTo(200);
    }

    @Test
    void wrong_clients_grants_and_scopes_are_refused_in_oauths_words() {
        var wrong = acquirer.clientCredentials();
        wrong.put("client_secret", "guess");
        assertThat(acquirer.askForToken(wrong).status()).isEqualTo(401);
        assertThat(acquirer.askForToken(wrong).at("/error")).isEqualTo("invalid_client");
        assertThat(acquirer.askForToken(Map.of("grant_type", "client_credentials")).at("/error")).isEqualTo("invalid_client");
        var grant = acquirer.clientCredentials();
        grant.put("grant_type", "password");
        assertThat(acquirer.askForToken(grant).at("/error")).isEqualTo("unsupported_grant_type");
        var limited = Acquirer.of(control, "{\"scopes\":\"processing_payment services_ping\"}");
        var more = limited.clientCredentials();
        more.put("scope", "processing_payment processing_refund");
        assertThat(limited.askForToken(more).status()).isEqualTo(400);
        assertThat(limited.askForToken(more).at("/error")).isEqualTo("invalid_scope");
        assertThat(limited.askForToken(more).at("/error_description")).contains("processing_refund");
    }

    @Test
    void a_call_needs_a_token_its_scope_and_the_merchant_it_was_issued_for() {
        var path = acquirer.processing("/payments/x");
        var none = Exchange.send("GET", acquirer.uri().resolve(path), null, Map.of());
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.headers().firstValue("www-authenticate")).contains("Bearer");
        var guessed = Exchange.send("GET", acquirer.uri().resolve(path), null, Map.of("Authorization", "Bearer guess"));
        assertThat(guessed.status()).isEqualTo(401);
        assertThat(guessed.headers().firstValue("www-authenticate").orElse("")).contains("invalid_token");
        var limited = Acquirer.of(control, "{\"scopes\":\"services_ping\"}");
        assertThat(limited.get("/payments/x").status()).isEqualTo(403);
        assertThat(limited.get("/payments/x").at("/detail")).contains("processing_payment");
        assertThat(ping(limited).status()).isEqualTo(204);
        assertThat(Acquirer.of(control).send("GET", path, null).status()).isEqualTo(403);
        assertThat(acquirer.send("GET", path, null).status()).isEqualTo(404);
    }

    @Test
    void a_token_ends_after_its_time_by_the_sandboxs_clock() {
        var shortly = Acquirer.of(control, "{\"token_seconds\":\"60\"}");
        assertThat(shortly.askForToken(shortly.clientCredentials()).json().path("expires_in").asInt()).isEqualTo(60);
        assertThat(ping(shortly).status()).isEqualTo(204);
        control.post("clock", "{\"advance\":\"PT61S\"}");
        assertThat(ping(shortly).status()).isEqualTo(401);
        assertThat(ping(shortly).at("/detail")).contains("expired");
        shortly.newToken();
        assertThat(ping(shortly).status()).isEqualTo(204);
    }

    @Test
    void tokens_are_revoked_by_their_client_one_or_all() {
        var first = acquirer.newToken();
        acquirer.newToken();
        assertThat(revoke(first).status()).isEqualTo(200);
        assertThat(ping(acquirer).status()).as("the other").isEqualTo(204);
        assertThat(revoke(null).status()).isEqualTo(200);
        assertThat(ping(acquirer).status()).isEqualTo(401);
        assertThat(ping(acquirer).at("/detail")).contains("revoked");
        acquirer.newToken();
        assertThat(ping(acquirer).status()).isEqualTo(204);
    }

    private Exchange revoke(@Nullable String token) {
        var form = "client_id=" + acquirer.credential("client_id") + "&client_secret="
                + URLEncoder.encode(acquirer.credential("client_secret"), StandardCharsets.UTF_8) + (token == null ? "" : "&token=" + token);
        return Exchange.send("POST", acquirer.uri().resolve("/connect/revocation"), form, Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void a_token_can_be_told_to_serve_for_a_few_calls_only() {
        var twice = Acquirer.of(control, "{\"token_calls\":\"2\"}");
        assertThat(ping(twice).status()).isEqualTo(204);
        assertThat(twice.pay(new PaymentRequest()).status()).isEqualTo(201);
        assertThat(ping(twice).status()).isEqualTo(401);
        twice.newToken();
        assertThat(ping(twice).status()).isEqualTo(204);
    }

    @Test
    void a_revoked_account_is_out_and_comes_back_as_the_same_merchant() {
        var payment = acquirer.paid(new PaymentRequest());
        control.delete("accounts?provider=worldline-acquiring&account=" + acquirer.account());
        assertThat(ping(acquirer).status()).isEqualTo(401);
        assertThat(acquirer.askForToken(acquirer.clientCredentials()).status()).isEqualTo(401);
        var again = Acquirer.of(control, control.post("accounts", "{\"provider\":\"worldline-acquiring\",\"account\":\"" + acquirer.account()
                + "\"}").json());
        assertThat(again.credential("merchant_id")).isEqualTo(acquirer.credential("merchant_id"));
        assertThat(again.credential("client_secret")).isNotEqualTo(acquirer.credential("client_secret"));
        assertThat(again.status(payment)).isEqualTo("AUTHORIZED");
    }

    @Test
    void several_clients_of_one_merchant_see_the_same() {
        var payment = acquirer.paid(new PaymentRequest());
        var other = Acquirer.of(control, "{\"merchant_id\":\"" + acquirer.credential("merchant_id") + "\"}");
        assertThat(other.status(payment)).isEqualTo("AUTHORIZED");
        assertThat(other.capture(payment, "").status()).isEqualTo(201);
    }

    @Test
    void faults_strike_the_token_endpoint_and_the_clock_of_tokens() {
        control.fault("{\"provider\":\"worldline-acquiring\",\"account\":\"" + acquirer.account()
                + "\",\"operation\":\"requestToken\",\"fault\":\"error_before_effect\",\"status\":503}");
        assertThat(acquirer.askForToken(acquirer.clientCredentials()).status()).isEqualTo(503);
        assertThat(ping(acquirer).status()).isEqualTo(204);
        control.fault("{\"provider\":\"worldline-acquiring\",\"account\":\"" + acquirer.account()
                + "\",\"operation\":\"ping\",\"fault\":\"clock_skew\",\"delay_ms\":3700000}");
        assertThat(ping(acquirer).status()).isEqualTo(401);
        assertThat(ping(acquirer).status()).isEqualTo(204);
    }

    @Test
    void an_address_that_is_none_is_answered_as_a_gateway_would() {
        var answer = acquirer.get("/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    }
}
