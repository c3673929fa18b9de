package dev.bezant.server.webhook;

import dev.bezant.server.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is sent to an endpoint.
 *
 * @see "docs/protocols/payments-api.md, section 6.1"
 */
public final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * The value of {@code Payments-Signature} and {@code Stripe-Signature}: {@code t=1640995200,v1=...}, with one {@code v1} for each
     * secret, so that whoever knows either of them can check it.
     *
     * @param at when it is sent: receivers refuse what is older than five minutes
     * @param body exactly what is sent
     * @param secrets each used whole, with its prefix
     */
    public static String header(Instant at, byte[] body, List<Secret> secrets) {
        var header = new StringBuilder("t=").append(at.getEpochSecond());
        secrets.forEach(secret -> header.append(",v1=").append(v1(at, body, secret)));
        return header.toString();
    }

    private static String v1(Instant at, byte[] body, Secret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
