package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.RunningSandbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

@RunningSandbox
class DetokenizationTest {
    private final DirectMerchant merchant;

    DetokenizationTest(DirectMerchant merchant) {
        this.merchant = merchant;
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.size() >> 8);
        out.write(content.size() & 0xff);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** PKCS 10 for an empty name. */
    private static String request(KeyPair pair, KeyPair signer) throws GeneralSecurityException {
        var info = der(0x30, new byte[] {2, 1, 0}, der(0x30), pair.getPublic().getEncoded(), der(0xa0));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer.getPrivate());
        signature.update(info);
        var csr = der(0x30, info, HexFormat.of().parseHex("300d06092a864886f70d01010b0500"), der(3, new byte[] {0}, signature.sign()));
        return "-----BEGIN CERTIFICATE REQUEST-----\\n" + Base64.getEncoder().encodeToString(csr) + "\\n-----END CERTIFICATE REQUEST-----";
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    @Test
    void a_merchant_with_a_certificate_sees_card_numbers() throws GeneralSecurityException {
        var pair = pair();
        var token = merchant.post("/tokens", "{\"paymentProductId\":1,\"card\":{\"data\":{\"card\":{\"cardNumber\":\"4012000033330026\",\"expiryDate\":"
                + "\"1240\"}}}}").at("/token");
        assertThat(merchant.get("/detokenize/tokens?tokens=" + token).status()).as("no certificate yet").isEqualTo(400);
        var issued = merchant.post("/detokenize/csr", "{\"csr\":\"" + request(pair, pair) + "\"}");
        assertThat(issued.status()).as(issued.body()).isEqualTo(200);
        assertThat(issued.at("/certificateId")).isNotEmpty();
        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(issued.at("/signedCertificate").getBytes(StandardCharsets.US_ASCII)));
        assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
        var payment = merchant.paid(DirectBody.card("4242424242424242"));
        assertThat(decrypted(pair, merchant.get("/detokenize/tokens?tokens=" + token).at("/tokens/0/encryptedCardNumber")))
                .isEqualTo("4012000033330026");
        assertThat(decrypted(pair, merchant.get("/detokenize/payments?payments=" + payment).at("/tokens/0/encryptedCardNumber")))
                .isEqualTo("4242424242424242");
    }

    private static String decrypted(KeyPair pair, String text) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        return new String(cipher.doFinal(Base64.getDecoder().decode(text)), StandardCharsets.US_ASCII);
    }

    @Test
    void unknown_ones_lists_that_are_none_and_bad_requests_are_refused() throws GeneralSecurityException {
        assertThat(merchant.get("/detokenize/tokens?tokens=none").status()).isEqualTo(404);
        assertThat(merchant.get("/detokenize/payments?payments=1_0").status()).isEqualTo(404);
        assertThat(merchant.get("/detokenize/tokens").status()).isEqualTo(400);
        assertThat(merchant.get("/detokenize/payments?payments=").status()).isEqualTo(400);
        assertThat(merchant.post("/detokenize/csr", "{\"csr\":\"bad\"}").status()).isEqualTo(400);
        assertThat(merchant.post("/detokenize/csr", "{}").status()).isEqualTo(400);
        assertThat(merchant.post("/detokenize/csr", "{\"csr\":\"" + request(pair(), pair()) + "\"}").status()).as("another's key").isEqualTo(400);
    }
}
