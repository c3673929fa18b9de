package dev.bezant.sdk.webhook;

import dev.bezant.sdk.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with a text secret: what all our providers sign their messages with. */
public final class HmacSha256 {
    private HmacSha256() {}

    public static byte[] sign(byte[] message, SecretText secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }

    /** In constant time. */
    public static boolean matches(byte[] message, SecretText secret, byte[] signature) {
        return MessageDigest.isEqual(sign(message, secret), signature);
    }
}
