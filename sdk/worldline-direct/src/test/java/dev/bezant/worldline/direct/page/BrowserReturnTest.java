package dev.bezant.worldline.direct.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.error.SignatureException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserReturnTest {
    private static final SecretText KEPT = SecretText.of("11111111-2222-3333-4444-abcdefabcdef");

    @Test
    void a_return_from_a_hosted_checkout() {
        String query = "?order=7&RETURNMAC=11111111-2222-3333-4444-abcdefabcdef&hostedCheckoutId=3254564310&REF=x";
        var back = BrowserReturn.parse(query).verify(KEPT, "3254564310");
        assertThat(back.hostedCheckoutId()).isEqualTo("3254564310");
        assertThat(back.id()).contains("3254564310");
        assertThat(back.toString()).doesNotContain("11111111");
    }

    @Test
    void a_return_from_a_redirection_of_a_payment() {
        var back = BrowserReturn.of(Map.of("RETURNMAC", KEPT.reveal(), "paymentId", "3254564310_0")).verify(KEPT, "3254564310_0");
        assertThat(back.hostedCheckoutId()).isNull();
        assertThat(back.paymentId()).isEqualTo("3254564310_0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RETURNMAC=", "RETURNMAC", "returnmac=11111111-2222-3333-4444-abcdefabcdef", "RETURNMAC=a&RETURNMAC=b",
        "RETURNMAC=a&hostedCheckoutId=1&hostedCheckoutId=2"})
    void what_the_platform_does_not_send_is_refused(String query) {
        assertThatThrownBy(() -> BrowserReturn.parse(query)).isInstanceOf(SignatureException.class);
    }

    @Test
    void another_mac_or_another_checkout_is_refused() {
        var other = BrowserReturn.parse("RETURNMAC=x&hostedCheckoutId=1");
        assertThatThrownBy(() -> other.verify(KEPT, "1")).isInstanceOf(SignatureException.class).hasMessageContaining("not the one kept");
        assertThatThrownBy(() -> other.verify(SecretText.of(""), "1")).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> other.verify(SecretText.of("x"), "2")).isInstanceOf(SignatureException.class)
                .hasMessageContaining("another checkout");
        assertThatThrownBy(() -> BrowserReturn.parse("RETURNMAC=x").verify(SecretText.of("x"), "1")).isInstanceOf(SignatureException.class);
    }
}
