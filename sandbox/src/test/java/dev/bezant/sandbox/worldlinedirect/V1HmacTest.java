package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.DirectSigner;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RawConnection;
import dev.bezant.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3: what is signed, in every form in which the vendor's SDKs sign it, and nothing else. */
@RunningSandbox
class V1HmacTest {
    private final Control control;
    private final DirectMerchant merchant;

    V1HmacTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            secretApiKey                                 | D | /v2/1/tokens/2         | jXG/ESTtRWawO4OOyxOrtWcQA8XkrZKeoHeGGIj4jws=
            6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1             | G | /v2/1/tokens/2         | vCos01y77soPNJOW6kDCm4Bu5b2darAZ09PP7Wa+jRA=
            secretApiKey                                 | D | /v2/1/tokens/123456789 | qi/6Uo1GVIfvKQYmKoq9amJC/UD1kQX2nZAQwYM+6jQ=
            6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1             | G | /v2/1/tokens/123456789 | miC7b0pEJ9Hx5yc4ouC54UoHwAhuPEdkwAN6NALo+Ow=
            I42Zf4pVnRdroHfuHnRiJjJ2B6+22h0yQt/R3nZR8Xg= | D | /v2/1/tokens/123456789 | TbiTwCCsGsyFFnfWt5Rreg0cGYJeTiofxjuZNSLUuGo=
            """)
    void the_signature_fits_the_vectors(String secret, String kind, String resource, String signature) {
        var head = kind.equals("D") ? """
                DELETE
                application/json
                Fri, 06 Jun 2014 13:39:43 GMT
                x-gcs-clientmetainfo:processed header value
                x-gcs-customerheader:processed header value
                x-gcs-servermetainfo:processed header value
                """ : "GET\n\nFri, 06 Jun 2014 13:39:43 GMT\n";
        var data = head + resource + "\n";
        assertThat(V1Hmac.sign(data, secret)).isEqualTo(signature);
        assertThat(DirectSigner.hmacSha256(secret, data)).isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"aap\\nnoot  ,aap noot", " aap\\r\\n  noot,aap noot", "a\\r\\nb\\r\\nc,a b c",
        "' some value  \\r\\n \\n with  some \\r\\n  spaces ',some value    with  some  spaces"})
    void folded_header_values_are_one_line(String value, String canonical) {
        assertThat(V1Hmac.canonical(value.replace("\\r", "\r").replace("\\n", "\n"))).isEqualTo(canonical);
    }

    private Exchange get(String path, Map<String, String> more) {
        var target = merchant.target(path);
        var headers = new LinkedHashMap<>(merchant.headers("GET", target, null, Map.of()));
        headers.putAll(more);
        return Exchange.send("GET", target, null, headers);
    }

    private void assertForbidden(Exchange answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.at("/errorId")).hasSize(36);
        assertThat(answer.at("/status")).isEqualTo("403");
        assertThat(answer.at("/errors/0/id")).isEqualTo("ACCESS_TO_MERCHANT_NOT_ALLOWED");
        assertThat(answer.at("/errors/0/code")).isEqualTo("9007");
        assertThat(answer.at("/errors/0/httpStatusCode")).isEqualTo("403");
        assertThat(answer.at("/errors/0/category")).isEqualTo("DIRECT_PLATFORM_ERROR");
    }

    @Test
    void a_signed_call_is_answered_as_the_service_does() {
        var answer = merchant.get("/services/testconnection");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"result\":\"OK\"}");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(answer.headers().firstValue("correlation-id").orElse("")).hasSize(36);
        assertThat(answer.headers().firstValue("api_auth")).contains("true");
    }

    @Test
    void another_key_secret_or_merchant_is_refused() {
        var target = merchant.target("/services/testconnection");
        var headers = new LinkedHashMap<>(merchant.headers("GET", target, null, Map.of()));
        headers.remove("Authorization");
        assertForbidden(Exchange.send("GET", target, null, headers));
        assertForbidden(get("/services/testconnection", Map.of("Authorization", "GCS v1HMAC:nobody:AAAA")));
        assertForbidden(get("/services/testconnection", Map.of("Authorization", merchant.signer().header("AAAA"))));
        assertForbidden(get("/services/testconnection", Map.of("Authorization", "Bearer x")));
        var other = URI.create(merchant.uri() + "/v2/000000/services/testconnection");
        assertForbidden(Exchange.send("GET", other, null, merchant.headers("GET", other, null, Map.of())));
    }

    @Test
    void what_was_signed_must_be_what_came() {
        assertForbidden(get("/services/testconnection", Map.of("X-GCS-ServerMetaInfo", "e31=")));
        assertForbidden(get("/services/testconnection", Map.of("X-GCS-Another", "unsigned")));
        var target = merchant.target("/sessions");
        var headers = merchant.headers("POST", target, "{}", Map.of());
        assertForbidden(Exchange.send("PUT", target, "{}", headers));
        var unsigned = new LinkedHashMap<>(headers);
        unsigned.put("Content-Type", "text/plain");
        assertForbidden(Exchange.send("POST", target, "{}", unsigned));
        assertForbidden(Exchange.send("GET", URI.create(merchant.target("/services/testconnection") + "?a=b"), null,
                merchant.headers("GET", merchant.target("/services/testconnection"), null, Map.of())));
    }

    @Test
    void a_content_type_on_get_may_be_signed_or_not() {
        assertThat(get("/services/testconnection", Map.of("Content-Type", "application/json")).status()).as("as Node.js").isEqualTo(200);
        var target = merchant.target("/services/testconnection");
        var headers = merchant.headers("GET", target, null, Map.of("Content-Type", "application/json"));
        assertThat(Exchange.send("GET", target, null, headers).status()).as("signed").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "decoded"})
    void a_query_may_be_signed_as_sent_or_decoded(String form) {
        var target = merchant.target("/products?countryCode=NL&locale=en_GB&x=%C3%A9%20b");
        var headers = new LinkedHashMap<>(merchant.headers("GET", target, null, Map.of()));
        if (form.equals("decoded")) {
            var resource = target.getPath() + "?" + target.getQuery();
            headers.put("Authorization", merchant.signer().header("GET", resource, headers));
        }
        assertThat(Exchange.send("GET", target, null, headers).status()).isEqualTo(200);
    }

    @Test
    void letters_that_are_not_percent_encoded_are_read_as_utf_8() throws IOException {
        var resource = "/v2/" + merchant.id() + "/products?countryCode=NL&x=\u00e9 ".strip();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Date", DirectMerchant.date(Clock.systemUTC().instant()));
        try (var connection = new RawConnection(merchant.uri())) {
            connection.write("GET " + resource + " HTTP/1.1\r\nHost: x\r\nDate: " + headers.get("Date") + "\r\nAuthorization: "
                    + merchant.signer().header("GET", resource, headers) + "\r\n\r\n");
            assertThat(connection.readResponse()).startsWith("HTTP/1.1 200");
        }
    }

    private int statusAt(Duration off) {
        return merchant.send("GET", "/services/testconnection", null,
                Map.of("Date", DirectMerchant.date(Clock.systemUTC().instant().plus(off)))).status();
    }

    @Test
    void the_date_may_be_five_minutes_off() {
        assertThat(statusAt(Duration.ofSeconds(-280))).isEqualTo(200);
        assertThat(statusAt(Duration.ofSeconds(280))).isEqualTo(200);
        assertThat(statusAt(Duration.ofSeconds(-320))).isEqualTo(403);
        assertThat(statusAt(Duration.ofSeconds(320))).isEqualTo(403);
        assertThat(merchant.send("GET", "/services/testconnection", null, Map.of("Date", "yesterday")).status()).isEqualTo(403);
        var careless = control.direct("{\"check_date\":\"false\"}");
        assertThat(careless.send("GET", "/services/testconnection", null, Map.of("Date", "Fri, 06 Jun 2014 13:39:43 GMT")).status()).isEqualTo(200);
    }

    @Test
    void a_day_without_a_zero_in_front_is_read_too() {
        assertThat(V1Hmac.parse("Mon, 1 Jun 2026 08:05:09 GMT")).isEqualTo(Instant.parse("2026-06-01T08:05:09Z"));
        assertThat(V1Hmac.parse("Mon, 01 Jun 2026 08:05:09 GMT")).isEqualTo(Instant.parse("2026-06-01T08:05:09Z"));
        assertThat(V1Hmac.parse("2026-06-01T08:05:09Z")).isNull();
    }

    @Test
    void a_client_that_cannot_set_the_date_has_another_header() throws IOException {
        var date = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC)
                .format(Clock.systemUTC().instant());
        var resource = "/v2/" + merchant.id() + "/services/testconnection";
        var signature = merchant.signer().signature("GET", "", "", Map.of("X-GCS-Date", date), resource);
        try (var connection = new RawConnection(merchant.uri())) {
            connection.write("GET " + resource + " HTTP/1.1\r\nHost: x\r\nX-GCS-Date: " + date + "\r\nAuthorization: "
                    + merchant.signer().header(signature) + "\r\n\r\n");
            assertThat(connection.readResponse()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_skewed_clock_refuses_everybody_and_shows_its_date() {
        control.fault("{\"provider\":\"worldline-direct\",\"account\":\"" + merchant.account()
                + "\",\"operation\":\"testConnection\",\"fault\":\"clock_skew\",\"delay_ms\":600000}");
        var refused = merchant.get("/services/testconnection");
        assertForbidden(refused);
        var date = V1Hmac.parse(refused.headers().firstValue("date").orElseThrow());
        assertThat(date).isAfter(Clock.systemUTC().instant().plusSeconds(500));
        assertThat(merchant.get("/services/testconnection").status()).isEqualTo(200);
    }

    @Test
    void several_keys_of_one_merchant_see_the_same_payments() {
        var second = control.direct("{\"merchant_id\":\"" + merchant.id() + "\"}");
        assertThat(second.credential("api_key_id")).isNotEqualTo(merchant.credential("api_key_id"));
        var payment = merchant.paid(new DirectBody());
        assertThat(second.get("/payments/" + payment).status()).isEqualTo(200);
        control.delete("accounts?provider=worldline-direct&account=" + merchant.account());
        assertForbidden(merchant.get("/payments/" + payment));
        assertThat(second.get("/payments/" + payment).status()).isEqualTo(200);
    }

    @Test
    void a_revoked_account_made_again_is_the_same_merchant_with_another_key() {
        var payment = merchant.paid(new DirectBody());
        control.delete("accounts?provider=worldline-direct&account=" + merchant.account());
        var again = control.post("accounts", "{\"provider\":\"worldline-direct\",\"account\":\"" + merchant.account() + "\"}");
        assertThat(again.at("/credentials/merchant_id")).isEqualTo(merchant.id());
        assertThat(again.at("/credentials/secret_api_key")).isNotEqualTo(merchant.credential("secret_api_key"));
        assertThat(control.directNamed(merchant.account()).get("/payments/" + payment).status()).isEqualTo(200);
    }

    @Test
    void an_unknown_path_is_an_empty_404() {
        var answer = merchant.get("/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"{\"colour\":\"red\"}", "{\"merchant_id\":\"a/b\"}", "{\"webhook_urls\":\"ftp://x\"}", "{\"capture_seconds\":\"soon\"}",
        "{\"idempotence_compares_bodies\":\"perhaps\"}"})
    void wrong_credentials_and_settings_are_refused_with_the_right_ones(String credentials) {
        var answer = control.post("accounts", "{\"provider\":\"worldline-direct\",\"credentials\":" + credentials + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/error/message")).contains("credentials.").containsAnyOf("expected", "known are");
    }
}
