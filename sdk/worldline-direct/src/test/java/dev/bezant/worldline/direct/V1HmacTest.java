package dev.bezant.worldline.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.CallContext;
import dev.bezant.sdk.Headers;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.WireRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of docs/protocols/worldline-direct.md, section 3. */
class V1HmacTest {
    private static final String DATE = "Fri, 06 Jun 2014 13:39:43 GMT";
    private static final Headers D_HEADERS = Headers.of(
            "X-GCS-ServerMetaInfo", "processed header value",
            "Content-Type", "application/json",
            "X-GCS-ClientMetaInfo", "processed header value",
            "User-Agent", "ignored",
            "X-GCS-CustomerHeader", "processed header value");

    @ParameterizedTest
    @CsvSource({
        "secretApiKey, /v2/1/tokens/2, jXG/ESTtRWawO4OOyxOrtWcQA8XkrZKeoHeGGIj4jws=",
        "secretApiKey, /v2/1/tokens/123456789, qi/6Uo1GVIfvKQYmKoq9amJC/UD1kQX2nZAQwYM+6jQ=",
        "secretApiKey, /v2/9991/tokens/123456789, eyLWp/Fa20rXs8UHlhD/13ZuqZkAVMJh9Z71n9TrFxM=",
        "I42Zf4pVnRdroHfuHnRiJjJ2B6+22h0yQt/R3nZR8Xg=, /v2/1/tokens/123456789, TbiTwCCsGsyFFnfWt5Rreg0cGYJeTiofxjuZNSLUuGo="})
    void deletions_with_signed_headers_in_any_order_and_case(String secret, String resource, String signature) {
        assertThat(V1Hmac.sign(V1Hmac.dataToSign("DELETE", "application/json", DATE, D_HEADERS, resource), SecretText.of(secret)))
                .isEqualTo(signature);
        var shuffled = Headers.of("x-gcs-CUSTOMERheader", "processed header value", "x-gcs-clientmetainfo", " processed header value",
                "X-GCS-SERVERMETAINFO", "processed header value ");
        assertThat(V1Hmac.sign(V1Hmac.dataToSign("delete", "application/json", DATE, shuffled, resource), SecretText.of(secret)))
                .isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource({
        "6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1, /v2/1/tokens/2, vCos01y77soPNJOW6kDCm4Bu5b2darAZ09PP7Wa+jRA=",
        "6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1, /v2/1/tokens/123456789, miC7b0pEJ9Hx5yc4ouC54UoHwAhuPEdkwAN6NALo+Ow=",
        "6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1, /v2/9991/tokens/123456789, Y3E5YaU3oQCt4osEotLGb9W0cMclIzlCpvbaD1KhWxE=",
        "I42Zf4pVnRdroHfuHnRiJjJ2B6+22h0yQt/R3nZR8Xg=, /v2/1/tokens/123456789, UpOoo/pmmj7tW03IbEcw2WtJURFCKL2/J6hqMc+1h1I="})
    void readings_without_signed_headers(String secret, String resource, String signature) {
        var headers = Headers.of("User-Agent", "ignored");
        assertThat(V1Hmac.sign(V1Hmac.dataToSign("GET", "", DATE, headers, resource), SecretText.of(secret))).isEqualTo(signature);
    }

    @Test
    void a_deletion_without_content_type() {
        String data = V1Hmac.dataToSign("DELETE", "", "Wed, 01 Jan 2020 11:00:00 GMT", D_HEADERS, "/v2/1/tokens");
        assertThat(V1Hmac.sign(data, SecretText.of("secretApiKey"))).isEqualTo("zcDsJLRYsh99pqyCFdrVLyLVi+4A+QLis14rEtV8c98=");
    }

    @Test
    void a_payment_with_an_idempotence_key_and_a_query_with_a_repeated_parameter() {
        var secret = SecretText.of("secretApiKey");
        String date = "Mon, 07 Jul 2014 12:12:40 GMT";
        var headers = Headers.of("X-GCS-ServerMetaInfo", "e30=");
        String post = V1Hmac.dataToSign("POST", "application/json", date, headers.with("X-GCS-Idempotence-Key", "key-1"), "/v2/merchant/payments");
        assertThat(V1Hmac.sign(post, secret)).isEqualTo("mR3T1GfSyfH9Ojqzt//N+k8ZlIYCgLbjj0p/Hky6Tok=");
        String get = V1Hmac.dataToSign("GET", "", date, headers,
                "/v2/merchant/products?countryCode=NL&currencyCode=EUR&hide=fields&hide=accountsOnFile");
        assertThat(V1Hmac.sign(get, secret)).isEqualTo("5macBK30J7eY39FbfnSimY05Cxapr+sne+8wf7fuLjQ=");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/services bla/testconnection?aap=noot&mies=geen noot",
        "/v2/spécificCharacterMerchant/services bla/testconnection?aap=noot&mies=geen noot",
        "/v2/1/products%20bla?aap=noot&mies=geen%20noot"})
    void the_canonical_text(String resource) {
        String meta = "{\"platformIdentifier\":\"Windows 7/6.1 Java/1.7 (Oracle Corporation; Java HotSpot(TM) 64-Bit Server VM; 1.7.0_45)\","
                + "\"sdkIdentifier\":\"1.0\"}";
        var headers = Headers.of("X-GCS-ServerMetaInfo", meta, "Content-Type", "application/json", "X-GCS-ClientMetaInfo", "{\"aap\",\"noot\"}",
                "User-Agent", "ignored", "Date", "Mon, 07 Jul 2014 12:12:40 GMT");
        assertThat(V1Hmac.dataToSign("POST", "application/json", "Mon, 07 Jul 2014 12:12:40 GMT", headers, resource)).isEqualTo(
                "POST\napplication/json\nMon, 07 Jul 2014 12:12:40 GMT\nx-gcs-clientmetainfo:{\"aap\",\"noot\"}\nx-gcs-servermetainfo:" + meta + "\n"
                        + resource + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`aap\nnoot  `|`aap noot`", "` aap\r\n  noot`|`aap noot`",
        "` some value  \r\n \n with  some \r\n  spaces `|`some value    with  some  spaces`", "`a\r\nb\r\nc`|`a b c`"})
    void folded_values_are_signed_unfolded(String value, String unfolded) {
        assertThat(V1Hmac.dataToSign("GET", "", DATE, Headers.of("X-GCS-A", value), "/")).contains("\nx-gcs-a:" + unfolded + "\n");
    }

    @Test
    void the_authenticator_signs_what_is_sent_and_dates_it_with_two_digits() {
        var clock = Clock.fixed(Instant.parse("2014-06-06T13:39:43Z"), ZoneOffset.UTC);
        var authenticator = new V1HmacAuthenticator("EC36A74A98D21", SecretText.of("6Kj5HT0MQKC6D8eb7W3lTg71kVKVDSt1"), clock);
        var request = new WireRequest("GET", URI.create("http://localhost/v2/1/tokens/2"), Headers.empty(), null, CallContext.none());
        assertThat(authenticator.authenticate(request).list()).extracting(header -> header.name() + ": " + header.value()).containsExactly(
                "Date: Fri, 06 Jun 2014 13:39:43 GMT",
                "Authorization: GCS v1HMAC:EC36A74A98D21:vCos01y77soPNJOW6kDCm4Bu5b2darAZ09PP7Wa+jRA=");
    }

    @Test
    void blank_keys_and_repeated_signed_headers_are_refused() {
        assertThatThrownBy(() -> new V1HmacAuthenticator(" ", SecretText.of("x"), Clock.systemUTC())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new V1HmacAuthenticator("x", SecretText.of(" "), Clock.systemUTC())).isInstanceOf(IllegalArgumentException.class);
        var twice = Headers.of("X-GCS-A", "1", "x-gcs-a", "2");
        assertThatThrownBy(() -> V1Hmac.dataToSign("GET", "", DATE, twice, "/")).hasMessageContaining("x-gcs-a is there twice");
    }
}
