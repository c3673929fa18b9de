package dev.bezant.sandbox.worldlinedirect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's keys: one under which card numbers are kept for detokenization, so that none stands in the journal in clear, and the
 * pair with which browsers encrypt what the payer types. Made at first use and kept with everything else. Thread-safe.
 */
final class Vault {
    /**
     * @param key 32 bytes, base64
     */
    record CardKey(String key) {
        /** Tells nothing. */
        @Override
        public String toString() {
            return "CardKey[]";
        }
    }

    /**
     * @param privateKey PKCS 8, base64
     */
    record BrowserKey(String id, String privateKey) {
        /** Tells nothing of the key. */
        @Override
        public String toString() {
            return "BrowserKey[" + id + "]";
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;

    private final Store store;
    private volatile @Nullable KeyPair pair;

    Vault(Store store) {
        this.store = store;
    }

    String seal(String number) {
        var nonce = random(NONCE_BYTES);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(number.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** The number that was sealed. */
    byte[] open(String sealed) {
        var bytes = Base64.getDecoder().decode(sealed);
        var nonce = new byte[NONCE_BYTES];
        System.arraycopy(bytes, 0, nonce, 0, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed under another key", e);
        }
    }

    String keyId() {
        return browserKey().id();
    }

    /** DER SubjectPublicKeyInfo, base64. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(pair().getPublic().getEncoded());
    }

    PrivateKey privateKey() {
        return pair().getPrivate();
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(Base64.getDecoder().decode(cardKey().key()), "AES"), new GCMParameterSpec(128, nonce));
        return cipher;
    }

    private KeyPair pair() {
        var known = pair;
        if (known == null) {
            try {
                var factory = KeyFactory.getInstance("RSA");
                var secret = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(browserKey().privateKey())));
                known = new KeyPair(factory.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent())), secret);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the kept key is no RSA key", e);
            }
            pair = known;
        }
        return known;
    }

    private CardKey cardKey() {
        var known = store.cardKey();
        if (known != null) {
            return known;
        }
        synchronized (store.lock()) {
            var meanwhile = store.cardKey();
            return meanwhile != null ? meanwhile : kept(new CardKey(Base64.getEncoder().encodeToString(random(32))));
        }
    }

    private BrowserKey browserKey() {
        var known = store.browserKey();
        if (known != null) {
            return known;
        }
        synchronized (store.lock()) {
            var meanwhile = store.browserKey();
            return meanwhile != null ? meanwhile : kept(new BrowserKey(HexFormat.of().formatHex(random(8)), newPrivateKey()));
        }
    }

    private <T> T kept(T key) {
        var work = new Work();
        work.save(key);
        store.commit(work);
        return key;
    }

    /** After a reset. */
    void forget() {
        pair = null;
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String newPrivateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }
}
