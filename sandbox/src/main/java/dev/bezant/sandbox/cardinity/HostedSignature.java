package dev.bezant.sandbox.cardinity;

import java.util.Map;
import java.util.TreeMap;

/**
 * The signature of the hosted page (section 7): every field but {@code signature}, by name, names and values run together, HMAC-SHA256
 * with the project secret in lower-case hex.
 */
final class HostedSignature {
    private HostedSignature() {}

    static String of(Map<String, String> fields, String projectSecret) {
        var text = new StringBuilder();
        new TreeMap<>(fields).forEach((name, value) -> {
            if (!name.equals("signature")) {
                text.append(name).append(value);
            }
        });
        return Events.hmacSha256(projectSecret, text.toString());
    }
}
