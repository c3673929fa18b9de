package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class QrCodeTest {
    /** The picture of that address was read back with an independent reader (jsQR 1.4). */
    @Test
    void the_picture_is_the_one_that_a_reader_understood() throws GeneralSecurityException {
        var png = Base64.getDecoder().decode(QrCode.pngBase64("http://127.0.0.1:8092/paymentlink/0123456789abcdef0123456789abcdef"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(png)))
                .isEqualTo("0ce6c82827901943455189fd2df4db14a77637d7cabf41c75ed389b6753327b4");
    }

    @Test
    void an_address_that_does_not_fit_is_refused() {
        assertThat(QrCode.pngBase64("x".repeat(106))).isNotEmpty();
        assertThatThrownBy(() -> QrCode.pngBase64("x".repeat(107))).isInstanceOf(IllegalArgumentException.class);
    }
}
