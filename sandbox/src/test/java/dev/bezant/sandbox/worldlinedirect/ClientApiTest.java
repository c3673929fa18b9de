package dev.bezant.sandbox.worldlinedirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bezant.sandbox.Control;
import dev.bezant.sandbox.DirectBody;
import dev.bezant.sandbox.DirectMerchant;
import dev.bezant.sandbox.Exchange;
import dev.bezant.sandbox.RunningSandbox;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What the browser SDK does: products and a key by session, then the typed card encrypted (section 1). */
@RunningSandbox
class ClientApiTest {
    private final Control control;
    private final DirectMerchant merchant;
    private final Exchange session;

    ClientApiTest(Control control, DirectMerchant merchant) {
        this.control = control;
        this.merchant = merchant;
        this.session = merchant.post("/sessions", "{}");
    }

    private Exchange get(String path) {
        return Exchange.send("GET", URI.create(session.at("/clientApiUrl") + "/v1/" + session.at("/customerId") + "/" + path), null,
                Map.of("Authorization", "GCS v1Client:" + session.at("/clientSessionId")));
    }

    @Test
    void products_are_listed_with_the_cards_on_file() {
        var token = merchant.post("/tokens", "{\"paymentProductId\":1,\"card\":{\"data\":{\"card\":{\"cardNumber\":\"4012000033330026\",\"expiryDate\":"
                + "\"1240\"}}}}").at("/token");
        var known = merchant.post("/sessions", "{\"tokens\":[\"" + token + "\"]}");
        var products = Exchange.send("GET", URI.create(known.at("/clientApiUrl") + "/v1/" + known.at("/customerId")
                + "/products?countryCode=NL&currencyCode=EUR&isRecurring=false&amount=1000&cacheBust=1"), null,
                Map.of("Authorization", "GCS v1Client:" + known.at("/clientSessionId")));
        assertThat(products.at("/paymentProducts/0/accountsOnFile/0/id")).isEqualTo(token);
        assertThat(products.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(get("products/1?countryCode=NL&currencyCode=EUR").at("/fields/0/id")).isEqualTo("cardNumber");
        assertThat(get("products/320/networks?countryCode=NL&currencyCode=EUR").json().path("networks")).isNotEmpty();
    }

    @Test
    void a_stranger_is_refused_and_a_preflight_answered() {
        assertThat(Exchange.send("GET", URI.create(session.at("/clientApiUrl") + "/v1/" + session.at("/customerId") + "/crypto/publickey"), null,
                Map.of("Authorization", "GCS v1Client:unknown")).status()).isEqualTo(403);
        var preflight = Exchange.send("OPTIONS", URI.create(session.at("/clientApiUrl") + "/v1/x/crypto/publickey"), null, Map.of());
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-headers").orElse("")).contains("Authorization");
        control.post("clock", "{\"advance\":\"PT2H1S\"}");
        assertThat(get("crypto/publickey").status()).isEqualTo(403);
    }

    @Test
    void an_encrypted_card_pays_and_becomes_a_token() throws GeneralSecurityException {
        var encrypted = encrypt("4000 0000 0000 9995", session.at("/clientSessionId"));
        var body = new DirectBody().without("cardPaymentMethodSpecificInput.card").with("encryptedCustomerInput", "\"" + encrypted + "\"");
        assertThat(merchant.pay(body).at("/errors/0/errorCode")).isEqualTo("30511001");
        var token = merchant.post("/tokens", "{\"encryptedCustomerInput\":\"" + encrypt("4242424242424242", session.at("/clientSessionId")) + "\"}");
        assertThat(token.at("/card/cardNumber")).isEqualTo("************4242");
    }

    @Test
    void what_was_changed_or_is_of_another_session_is_refused() throws GeneralSecurityException {
        var encrypted = encrypt("4242424242424242", session.at("/clientSessionId"));
        var parts = encrypted.split("\\.");
        var changed = parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[3] + "." + new StringBuilder(parts[4]).reverse();
        for (var wrong : new String[] {changed, "abc", encrypt("4242424242424242", "unknown")}) {
            var body = new DirectBody().without("cardPaymentMethodSpecificInput.card").with("encryptedCustomerInput", "\"" + wrong + "\"");
            var refused = merchant.pay(body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("/errors/0/propertyName")).isEqualTo("encryptedCustomerInput");
        }
    }

    /** As the browser SDK does: RSA-OAEP and A256CBC-HS512 (RFC 7516, 7518). */
    private String encrypt(String number, String clientSession) throws GeneralSecurityException {
        var published = get("crypto/publickey");
        var key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(published.at("/publicKey"))));
        var secret = new byte[64];
        var iv = new byte[16];
        new SecureRandom().nextBytes(secret);
        new SecureRandom().nextBytes(iv);
        var rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, key);
        var aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, 32, 32, "AES"), new IvParameterSpec(iv));
        var text = aes.doFinal(("{\"clientSessionId\":\"" + clientSession + "\",\"nonce\":\"0123456789abcdef0123456789abcdef\",\"paymentProductId\":1,"
                + "\"paymentValues\":[{\"key\":\"cardNumber\",\"value\":\"" + number + "\"},{\"key\":\"expiryDate\",\"value\":\"12/40\"},"
                + "{\"key\":\"cvv\",\"value\":\"123\"},{\"key\":\"cardholderName\",\"value\":\"A B\"}]}").getBytes(StandardCharsets.UTF_8));
        var header = base64(("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256CBC-HS512\",\"kid\":\"" + published.at("/keyId") + "\"}")
                .getBytes(StandardCharsets.UTF_8));
        var mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(secret, 0, 32, "HmacSHA512"));
        mac.update(header.getBytes(StandardCharsets.US_ASCII));
        mac.update(iv);
        mac.update(text);
        var tag = Arrays.copyOf(mac.doFinal(ByteBuffer.allocate(8).putLong(header.length() * 8L).array()), 32);
        return header + "." + base64(rsa.doFinal(secret)) + "." + base64(iv) + "." + base64(text) + "." + base64(tag);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
