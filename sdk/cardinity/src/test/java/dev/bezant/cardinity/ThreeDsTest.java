package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.json.JsonFields;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ThreeDsTest {
    @Test
    void the_v2_form_carries_the_creq_untouched_and_an_encoded_reference() {
        var pending = (PaymentOutcome.Pending3ds2) outcome(",\"threeds2_data\":{\"acs_url\":\"https://acs.example/v2?a=1&b=2\",\"creq\":\"a+/=\"}");
        var form = ThreeDs.challengeForm(pending, "order 1/ä");
        assertThat(form.fields()).containsEntry("creq", "a+/=").containsOnlyKeys("creq", "threeDSSessionData");
        assertThat(form.fields().get("threeDSSessionData")).matches("[A-Za-z0-9_-]+");
        assertThat(ThreeDs.reference(form.fields().getOrDefault("threeDSSessionData", ""))).isEqualTo("order 1/ä");
        assertThat(form.html("abc", "Continue")).contains("action=\"https://acs.example/v2?a=1&amp;b=2\"", "value=\"a+/=\"", "<noscript>");
        assertThat(form.contentSecurityPolicy("abc")).contains("form-action https://acs.example", "script-src 'nonce-abc'");
        assertThat(form.toString()).doesNotContain("a+/=");
    }

    @Test
    void the_v1_form_escapes_what_the_provider_sent() {
        var pending = (PaymentOutcome.Pending3ds1) outcome(
                ",\"authorization_information\":{\"url\":\"https://acs.example/v1\",\"data\":\"\\\"><script>\"}");
        var form = ThreeDs.challengeForm(pending, URI.create("https://shop.example/term"), "ref");
        assertThat(form.fields()).containsOnlyKeys("PaReq", "TermUrl", "MD").containsEntry("TermUrl", "https://shop.example/term");
        assertThat(form.html("n", "Go")).doesNotContain("\"><script>").contains("&quot;&gt;&lt;script&gt;");
    }

    private static PaymentOutcome outcome(String more) {
        byte[] json = CardinityClientTest.payment("pending", more).getBytes(StandardCharsets.UTF_8);
        return PaymentOutcome.of(Reading.payment(JsonFields.of(JacksonMarshaller.snakeCase().unmarshal(json, JsonNode.class))));
    }
}
