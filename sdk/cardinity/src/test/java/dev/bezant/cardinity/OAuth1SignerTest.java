package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.cardinity.OAuth1Signer.Parameter;
import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.Paths;
import dev.bezant.sdk.http.WireRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors V1 to V9 of docs/protocols/cardinity.md, section 4. */
class OAuth1SignerTest {
    private static final SecretText NONE = SecretText.of("");

    @Test
    void v1_hmac_alone() {
        var secret = SecretText.of("yvp0leodf231ihv9u29uuq6w8o4cat9qz2nkvs55oeu833s621");
        assertThat(OAuth1Signer.hmac("justsomerandommessage", secret, NONE)).isEqualTo("PxkffxyQh6jsDNcgJ23GpAxs2y8=");
    }

    @Test
    void v2_base_string_and_signature_of_an_empty_path() {
        var uri = URI.create("http://api.example.com");
        var parameters = parameters("test_key", "2ba5d0a6ae6e7456", "1484176149", true);
        assertThat(OAuth1Signer.baseString("GET", uri, parameters)).isEqualTo("GET&http%3A%2F%2Fapi.example.com&oauth_consumer_key%3Dtest_key"
                + "%26oauth_nonce%3D2ba5d0a6ae6e7456%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1484176149"
                + "%26oauth_version%3D1.0");
        assertThat(OAuth1Signer.sign("GET", uri, parameters, SecretText.of("test_secret"), NONE)).isEqualTo("dwIZ/A+88Ee40sNonuumj/U/ICU=");
    }

    @Test
    void v3_the_rfc_request_for_temporary_credentials() {
        var parameters = new ArrayList<>(parameters("dpf43f3p2l4k3l03", "wIjqoS", "137131200", false));
        parameters.add(new Parameter("oauth_callback", "http://printer.example.com/ready"));
        assertThat(OAuth1Signer.sign("POST", URI.create("https://photos.example.net/initiate"), parameters,
                SecretText.of("kd94hf93k423kf44"), NONE)).isEqualTo("74KNZJeDHnMBp0EMJ9ZHt/XKycU=");
    }

    @Test
    void v4_the_rfc_request_with_query_and_token() {
        var parameters = new ArrayList<>(parameters("dpf43f3p2l4k3l03", "chapoH", "137131202", false));
        parameters.add(new Parameter("oauth_token", "nnch734d00sl2jdk"));
        assertThat(OAuth1Signer.sign("GET", URI.create("http://photos.example.net/photos?file=vacation.jpg&size=original"), parameters,
                SecretText.of("kd94hf93k423kf44"), SecretText.of("pfkkdhi9sl3r4s00"))).isEqualTo("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
    }

    @Test
    void v5_the_rfc_request_with_repeated_keys_and_a_form_body() {
        var parameters = new ArrayList<>(parameters("9djdj82h48djs9d2", "7d8f3e4a", "137131201", false));
        parameters.add(new Parameter("oauth_token", "kkk9d7dh3k39sjv7"));
        parameters.addAll(OAuth1Signer.form("c2&a3=2+q"));
        assertThat(OAuth1Signer.sign("POST", URI.create("http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"), parameters,
                SecretText.of("j49sk3j29djd"), SecretText.of("dh893hdasih9"))).isEqualTo("r6/TJjbCOr97/+UU0NsvSne7s5g=");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,  https://api.cardinity.com/v1/payments, test_consumer_secret, nonce0001, 1700000000, dS1W3mjf3Op6b1IXidheAHJRDsg=",
        "GET,   https://api.cardinity.com/v1/payments?limit=10, s3cr3t+/= &key, nonce0002, 1700000001, UJoTnfIHR3tnG+JDRVQkr3LfbZc=",
        "PATCH, https://api.cardinity.com/v1/payments/8e037fbb-fe5b-4781-b109-b3e93d5f2c0d, test_consumer_secret, nonce0003, 1700000002,"
                + " veQqvF22j6yTYyx/8pFbaJXbYOc=",
        "GET,   http://localhost:8089/v1/payments/chargebacks?limit=3, test_consumer_secret, nonce0004, 1700000003, j9Vac9cZ0pfHPOblu6KMNv6xuYY=",
    })
    void v6_to_v9_signed_by_the_authenticator(String method, URI uri, String secret, String nonce, long seconds, String expected) {
        var clock = Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
        var authenticator = new OAuth1Authenticator("test_consumer_key", SecretText.of(secret), clock, () -> nonce);
        Headers headers = authenticator.authenticate(new WireRequest(method, uri, Headers.empty(), null, CallContext.none()));
        assertThat(signature(headers)).isEqualTo(expected);
    }

    @Test
    void percent_encoding_follows_the_rfc_and_not_form_encoding() {
        assertThat(Paths.encode("just test+data*")).isEqualTo("just%20test%2Bdata%2A");
        assertThat(Paths.encode("Az09-._~é")).isEqualTo("Az09-._~%C3%A9");
    }

    private static String signature(Headers headers) {
        var matcher = Pattern.compile("oauth_signature=\"([^\"]+)\"").matcher(headers.first("Authorization").orElseThrow());
        assertThat(matcher.find()).isTrue();
        return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
    }

    private static List<Parameter> parameters(String key, String nonce, String seconds, boolean version) {
        var parameters = new ArrayList<>(List.of(
                new Parameter("oauth_consumer_key", key), new Parameter("oauth_nonce", nonce),
                new Parameter("oauth_signature_method", "HMAC-SHA1"), new Parameter("oauth_timestamp", seconds)));
        if (version) {
            parameters.add(new Parameter("oauth_version", "1.0"));
        }
        return parameters;
    }
}
