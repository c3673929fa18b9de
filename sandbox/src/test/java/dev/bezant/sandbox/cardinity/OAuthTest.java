package dev.bezant.sandbox.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.Merchant;
import dev.bezant.sandbox.RunningSandbox;
import dev.bezant.sandbox.Signer;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RunningSandbox
class OAuthTest {
    private final long now = Clock.systemUTC().instant().getEpochSecond();

    private final Control control;
    private final Merchant merchant;
    private final URI payments;

    OAuthTest(Control control, Merchant merchant) {
        this.control = control;
        this.merchant = merchant;
        this.payments = merchant.uri().resolve("/v1/payments");
    }

    private Exchange get(String authorization) {
        return Exchange.send("GET", payments, null, Map.of("Authorization", authorization));
    }

    private String header(String nonce, long timestamp, Map<String, String> extra) {
        return merchant.signer().header("GET", payments, nonce, timestamp, extra);
    }

    @Test
    void the_signer_of_these_tests_reproduces_the_vectors() {
        var base = "https://api.cardinity.com/v1/payments";
        assertThat(Signer.hmacSha1("yvp0leodf231ihv9u29uuq6w8o4cat9qz2nkvs55oeu833s621&", "justsomerandommessage"))
                .isEqualTo("PxkffxyQh6jsDNcgJ23GpAxs2y8=");
        assertThat(vector("test_consumer_secret", "POST", base, "nonce0001", 1700000000)).isEqualTo("dS1W3mjf3Op6b1IXidheAHJRDsg=");
        assertThat(vector("s3cr3t+/= &key", "GET", base + "?limit=10", "nonce0002", 1700000001)).isEqualTo("UJoTnfIHR3tnG+JDRVQkr3LfbZc=");
        assertThat(vector("test_consumer_secret", "PATCH", base + "/8e037fbb-fe5b-4781-b109-b3e93d5f2c0d", "nonce0003", 1700000002))
                .isEqualTo("veQqvF22j6yTYyx/8pFbaJXbYOc=");
        assertThat(vector("test_consumer_secret", "GET", "http://localhost:8089/v1/payments/chargebacks?limit=3", "nonce0004", 1700000003))
                .isEqualTo("j9Vac9cZ0pfHPOblu6KMNv6xuYY=");
    }

    private static String vector(String secret, String method, String uri, String nonce, long timestamp) {
        var signer = new Signer("test_consumer_key", secret);
        return signer.signature(method, URI.create(uri), signer.parameters(nonce, timestamp, Map.of()));
    }

    @Test
    void the_simulators_own_signature_fits_the_vectors() {
        assertThat(OAuth.sign("justsomerandommessage", "yvp0leodf231ihv9u29uuq6w8o4cat9qz2nkvs55oeu833s621"))
                .isEqualTo("PxkffxyQh6jsDNcgJ23GpAxs2y8=");
        assertThat(OAuth.sign("GET&http%3A%2F%2Fapi.example.com&oauth_consumer_key%3Dtest_key%26oauth_nonce%3D2ba5d0a6ae6e7456%26"
                + "oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1484176149%26oauth_version%3D1.0", "test_secret"))
                .isEqualTo("dwIZ/A+88Ee40sNonuumj/U/ICU=");
        assertThat(OAuth.encode("just test+data*")).isEqualTo("just%20test%2Bdata%2A");
    }

    @Test
    void a_well_signed_call_is_accepted() {
        assertThat(get(header("n-ok", now, Map.of())).status()).isEqualTo(200);
    }

    @Test
    void query_parameters_are_signed() {
        assertThat(merchant.get("/payments?limit=7").status()).isEqualTo(200);
        var limited = URI.create(payments + "?limit=7");
        var unsigned = Exchange.send("GET", limited, null, Map.of("Authorization", header("n-q", now, Map.of())));
        assertThat(unsigned.status()).isEqualTo(401);
    }

    @Test
    void an_empty_token_is_accepted_and_signed() {
        assertThat(get(header("n-token", now, Map.of("oauth_token", ""))).status()).isEqualTo(200);
        assertThat(get(header("n-token2", now, Map.of("oauth_token", "abc"))).status()).isEqualTo(401);
    }

    @Test
    void a_realm_and_odd_spaces_and_a_lower_case_scheme_are_accepted() {
        var header = header("n-odd", now, Map.of()).replace("OAuth ", "oauth  realm=\"x\" ,").replace("\", ", "\",");
        assertThat(get(header).status()).isEqualTo(200);
    }

    @Test
    void a_wrong_signature_is_refused_with_a_problem() {
        var refused = get(new Signer(merchant.credential("consumer_key"), "wrong").header("GET", payments, "n-w", now, Map.of()));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.at("/title")).isEqualTo("Unauthorized");
        assertThat(refused.json().path("status").isInt()).isTrue();
        assertThat(refused.at("/type")).isEqualTo("https://developers.cardinity.com/api/v1/#401");
        assertThat(refused.body()).doesNotContain(merchant.credential("consumer_secret"));
    }

    @Test
    void a_nonce_counts_once() {
        var header = header("n-again", now, Map.of());
        assertThat(get(header).status()).isEqualTo(200);
        assertThat(get(header).status()).isEqualTo(401);
        assertThat(get(header("n-again", now + 1, Map.of())).status()).isEqualTo(200);
    }

    @Test
    void a_refused_call_does_not_use_up_its_nonce() {
        var wrong = new Signer(merchant.credential("consumer_key"), "wrong").header("GET", payments, "n-kept", now, Map.of());
        assertThat(get(wrong).status()).isEqualTo(401);
        assertThat(get(header("n-kept", now, Map.of())).status()).isEqualTo(200);
    }

    @Test
    void timestamps_outside_the_window_are_refused() {
        assertThat(get(header("n-old", now - 310, Map.of())).status()).isEqualTo(401);
        assertThat(get(header("n-new", now + 310, Map.of())).status()).isEqualTo(401);
        assertThat(get(header("n-late", now - 280, Map.of())).status()).isEqualTo(200);
    }

    @Test
    void moving_the_sandbox_clock_does_not_move_the_window() {
        control.post("clock", "{\"advance\":\"PT240H\"}");
        assertThat(get(header("n-clock", now, Map.of())).status()).isEqualTo(200);
    }

    @Test
    void other_methods_and_versions_and_missing_parts_are_refused() {
        assertThat(get(header("n-m", now, Map.of("oauth_signature_method", "PLAINTEXT"))).status()).isEqualTo(401);
        assertThat(get(header("n-v", now, Map.of("oauth_version", "2.0"))).status()).isEqualTo(401);
        assertThat(get(header("n-t", now, Map.of("oauth_timestamp", "yesterday"))).status()).isEqualTo(401);
        assertThat(get("Bearer abc").status()).isEqualTo(401);
        assertThat(get("OAuth").status()).isEqualTo(401);
        assertThat(Exchange.send("GET", payments, null, Map.of()).status()).isEqualTo(401);
    }

    @Test
    void a_parameter_given_twice_is_refused() {
        assertThat(get(header("n-2", now, Map.of()) + ", oauth_nonce=\"n-2\"").status()).isEqualTo(401);
    }

    @Test
    void a_revoked_account_is_refused_and_a_new_key_works() {
        var other = control.merchant();
        assertThat(other.get("/payments").status()).isEqualTo(200);
        control.delete("accounts?provider=cardinity&account=" + other.account());
        assertThat(other.get("/payments").status()).isEqualTo(401);
    }

    @Test
    void the_caller_is_checked_before_the_path() {
        assertThat(Exchange.send("GET", merchant.uri().resolve("/v1/nothing"), null, Map.of()).status()).isEqualTo(401);
        assertThat(merchant.get("/nothing").status()).isEqualTo(404);
    }
}
