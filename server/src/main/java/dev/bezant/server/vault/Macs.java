package dev.bezant.server.vault;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes: of card numbers, to recognize the same card again, and of requests, to recognize the same request again.
 *
 * <p>Keyed, because a plain hash of a card number is found by trying all card numbers. Their keys are derived from one root that a
 * rotation keeps: a changed key would make every known card look new.
 */
final class Macs {
    static final int ROOT_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final char[] BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    /** 119 bits. */
    private static final int FINGERPRINT_CHARS = 20;

    private final SecretKeySpec fingerprints;
    private final SecretKeySpec requests;

    Macs(byte[] root) {
        this.fingerprints = derived(root, "bezant card fingerprint 1");
        this.requests = derived(root, "bezant request fingerprint 1");
    }

    /** 20 base62 characters, the same for the same number of one account and mode, unrelated for others. */
    String fingerprint(String accountId, boolean livemode, String pan) {
        BigInteger rest = new BigInteger(1, mac(fingerprints, AssociatedData.of(accountId, livemode ? "live" : "test", pan)));
        var text = new char[FINGERPRINT_CHARS];
        BigInteger base = BigInteger.valueOf(BASE62.length);
        for (int i = 0; i < FINGERPRINT_CHARS; i++) {
            BigInteger[] divided = rest.divideAndRemainder(base);
            text[i] = BASE62[divided[1].intValue()];
            rest = divided[0];
        }
        return new String(text);
    }

    /** 32 bytes. */
    byte[] request(String canonical) {
        return mac(requests, canonical.getBytes(StandardCharsets.UTF_8));
    }

    private static SecretKeySpec derived(byte[] root, String purpose) {
        return new SecretKeySpec(mac(new SecretKeySpec(root, ALGORITHM), purpose.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    private static byte[] mac(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new VaultException("This Java has no " + ALGORITHM, e);
        }
    }
}
