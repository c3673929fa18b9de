package dev.bezant.cardinity;

import dev.bezant.sdk.FormPost;
import dev.bezant.sdk.error.SignatureException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The forms that send the payer to the issuer's challenge (docs/protocols/cardinity.md, section 3). What comes back is a cross-site POST
 * without your Lax cookies: find the checkout by the reference, and check that it is this payer's.
 */
public final class ThreeDs {
    private ThreeDs() {}

    /**
     * v2. The browser returns to the payment's notification URL with {@code cres} and {@code threeDSSessionData}.
     *
     * @param reference yours, any text; sent as unpadded base64url, since raw values were seen mangled on the way. Read it back with
     *     {@link #reference}
     */
    public static FormPost challengeForm(PaymentOutcome.Pending3ds2 pending, String reference) {
        return new FormPost(pending.challenge().acsUrl(), ordered("creq", pending.challenge().creq(), "threeDSSessionData", encode(reference)));
    }

    /**
     * v1. The browser returns to {@code termUrl} with {@code PaRes} and {@code MD}.
     *
     * @param reference as for v2
     */
    public static FormPost challengeForm(PaymentOutcome.Pending3ds1 pending, URI termUrl, String reference) {
        Map<String, String> fields = ordered("PaReq", pending.challenge().data(), "TermUrl", termUrl.toString());
        fields.put("MD", encode(reference));
        return new FormPost(pending.challenge().url(), fields);
    }

    /**
     * The reference out of a returned {@code threeDSSessionData} or {@code MD}.
     *
     * @throws SignatureException when it is not what {@link #challengeForm} made; it is not signed, so being readable proves nothing yet
     */
    public static String reference(String returned) {
        try {
            return new String(Base64.getUrlDecoder().decode(returned.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SignatureException("the returned 3-D Secure reference is not base64url");
        }
    }

    private static String encode(String reference) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(reference.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> ordered(String name1, String value1, String name2, String value2) {
        var fields = new LinkedHashMap<String, String>();
        fields.put(name1, value1);
        fields.put(name2, value2);
        return fields;
    }
}
