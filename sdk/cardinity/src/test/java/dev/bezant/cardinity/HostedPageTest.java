package dev.bezant.cardinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.FormPost;
import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.InvalidRequestException;
import dev.bezant.sdk.error.SignatureException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both vectors of docs/protocols/cardinity.md, section 7. */
class HostedPageTest {
    private static final HostedPage PAGE = HostedPage.of("pr_demo", SecretText.of("project_secret_demo"));
    private static final HostedOrder ORDER = HostedOrder.of(
                    new BigDecimal("50"), "EUR", "LT", "01", URI.create("https://shop.example/return"))
            .withDescription("PS1")
            .withCancelUrl(URI.create("https://shop.example/cancel"));

    @Test
    void the_request_vector() {
        FormPost form = PAGE.form(ORDER);
        assertThat(form.fields()).containsEntry("signature", "7717a9f04f10b4328233f91211e0943b71f1495c63d971f8453242c2eb81b693")
                .doesNotContainKeys("language", "notification_url");
        assertThat(form.action()).hasToString("https://checkout.cardinity.com");
    }

    @Test
    void the_return_vector() {
        HostedReturn verified = PAGE.verify(returned());
        assertThat(verified.status()).isEqualTo(Status.APPROVED);
        assertThat(verified.live()).isFalse();
        assertThat(verified.isFor("01", new BigDecimal("50"), "EUR")).isTrue();
        assertThat(verified.isFor("01", new BigDecimal("51"), "EUR")).isFalse();
    }

    @Test
    void a_changed_a_missing_and_a_foreign_return_are_refused() {
        Map<String, String> changed = returned();
        changed.put("amount", "1.00");
        Map<String, String> unsigned = returned();
        unsigned.remove("signature");
        assertThatThrownBy(() -> PAGE.verify(changed)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> PAGE.verify(unsigned)).isInstanceOf(SignatureException.class);
        var other = new HostedPage("pr_other", SecretText.of("project_secret_demo"), HostedPage.DEFAULT_CHECKOUT_URL);
        assertThatThrownBy(() -> other.verify(returned())).isInstanceOf(SignatureException.class);
    }

    @Test
    void the_same_signed_text_cut_into_other_fields_is_refused() {
        Map<String, String> cut = returned();
        cut.remove("country");
        cut.put("amount", "50.00countryLT");
        assertThatThrownBy(() -> PAGE.verify(cut)).isInstanceOf(SignatureException.class).hasMessageContaining("amount");
    }

    @Test
    void an_order_with_mistakes_is_not_signed() {
        var order = HostedOrder.of(new BigDecimal("1.005"), "EUR", "LT", "A_1", URI.create("https://shop.example/return"));
        assertThatThrownBy(() -> PAGE.form(order)).isInstanceOf(InvalidRequestException.class).hasMessageContaining("order_id");
    }

    private static Map<String, String> returned() {
        var fields = new HashMap<>(Map.of("amount", "50.00", "country", "LT", "created", "2024-05-21T12:54:19.896Z", "currency", "EUR",
                "description", "PS1", "id", "90095d47-11bb-468b-8764-fd4fbb49a9f9", "live", "", "order_id", "01", "payment_method", "card"));
        fields.putAll(Map.of("project_id", "pr_demo", "status", "approved", "type", "purchase",
                "signature", "7740cedfa5a312e6230c70fa33dc7b5006cc0faed9ccf4e465846e5775fe30dd"));
        return fields;
    }
}
