package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.world.Account;
import dev.bezant.sandbox.world.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code encryptedCustomerInput}: what the payer typed, encrypted by the browser SDK (section 1): a compact JWE with RSA-OAEP and
 * A256CBC-HS512.
 */
final class BrowserInput {
    private final Store store;
    private final Vault vault;
    private final CardReader cards;

    BrowserInput(Store store, Vault vault, CardReader cards) {
        this.store = store;
        this.vault = vault;
        this.cards = cards;
    }

    /** The card in the field of that name; null after noting what is wrong. */
    @Nullable CardFacts card(Input parent, String name, Account account) {
        var text = parent.text(name);
        if (text == null) {
            return null;
        }
        JsonNode plain;
        try {
            plain = Json.parse(decrypt(text));
        } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
            parent.refuse(name, "cannot be decrypted with the key of crypto/publickey");
            return null;
        }
        var session = store.clientSessions().get(plain.path("clientSessionId").asString(""));
        if (session == null || !session.merchantId().equals(account.require("merchant_id"))) {
            parent.refuse(name, "is of an unknown session");
            return null;
        }
        var card = Json.object();
        for (var value : plain.path("paymentValues")) {
            // Typed values come as they look: 4111 1111 1111 1111, 12/30.
            var typed = value.path("value").asString("");
            switch (value.path("key").asString("")) {
                case "cardNumber" -> card.put("cardNumber", typed.replaceAll("[ -]", ""));
                case "expiryDate" -> card.put("expiryDate", typed.replaceAll("\\D", ""));
                case "cvv" -> card.put("cvv", typed);
                case "cardholderName" -> card.put("cardholderName", typed);
                default -> {
                    // Other fields of a product are nothing to a simulated issuer.
                }
            }
        }
        var product = plain.path("paymentProductId").isInt() ? Integer.valueOf(plain.path("paymentProductId").intValue()) : null;
        return cards.read(parent.standIn(name, card), product);
    }

    /**
     * @throws GeneralSecurityException if it was encrypted for another key, or changed
     */
    private byte[] decrypt(String jwe) throws GeneralSecurityException {
        var parts = jwe.split("\\.", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("a compact JWE has five parts");
        }
        var decoder = Base64.getUrlDecoder();
        var rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
        rsa.init(Cipher.DECRYPT_MODE, vault.privateKey());
        var key = rsa.doFinal(decoder.decode(parts[1]));
        if (key.length != 64) {
            throw new IllegalArgumentException("A256CBC-HS512 has a key of 64 bytes");
        }
        var iv = decoder.decode(parts[2]);
        var text = decoder.decode(parts[3]);
        var header = parts[0].getBytes(StandardCharsets.US_ASCII);
        // RFC 7518, 5.2.2.1: the tag is half of the MAC over header, nonce, text and the header's length in bits.
        var mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key, 0, 32, "HmacSHA512"));
        mac.update(header);
        mac.update(iv);
        mac.update(text);
        var tag = Arrays.copyOf(mac.doFinal(ByteBuffer.allocate(8).putLong(header.length * 8L).array()), 32);
        if (!MessageDigest.isEqual(tag, decoder.decode(parts[4]))) {
            throw new IllegalArgumentException("the tag does not fit");
        }
        var aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 32, 32, "AES"), new IvParameterSpec(iv));
        return aes.doFinal(text);
    }
}
