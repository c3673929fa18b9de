package dev.bezant.server.golden;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a merchant checks of a webhook, as the API's document tells: every element that begins with v is a signature, and a moment more
 * than five minutes away, before or after, is refused.
 *
 * @see "docs/protocols/payments-api.md, section 1.7"
 */
final class Verifier {
    private static final long TOLERANCE_SECONDS = 300;

    private Verifier() {}

    static boolean verified(byte[] body, String header, String secret) {
        long at = 0;
        List<String> signatures = new ArrayList<>();
        for (String element : header.split(",", -1)) {
            String[] pair = element.split("=", 2);
            if (pair[0].equals("t")) {
                at = Long.parseLong(pair[1]);
            } else if (pair[0].startsWith("v")) {
                signatures.add(pair[1]);
            }
        }
        if (Math.abs(Instant.now().getEpochSecond() - at) > TOLERANCE_SECONDS) {
            return false;
        }
        byte[] expected = signature(at, body, secret).getBytes(StandardCharsets.UTF_8);
        return signatures.stream().anyMatch(signature -> MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8)));
    }

    private static String signature(long at, byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((at + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }
}
