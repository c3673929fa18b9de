package dev.bezant.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a Worldline Direct client does; written for the tests alone and held against the vectors of the protocol page. */
public record DirectSigner(String keyId, String secret) {

    /** The Authorization header for these other headers. */
    public String header(String method, String resource, Map<String, String> headers) {
        return header(signature(method, headers.getOrDefault("Content-Type", ""), headers.getOrDefault("Date", ""), headers, resource));
    }

    public String header(String signature) {
        return "GCS v1HMAC:" + keyId + ":" + signature;
    }

    public String signature(String method, String contentType, String date, Map<String, String> headers, String resource) {
        var ours = new TreeMap<String, String>();
        headers.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-gcs")) {
                ours.put(name.toLowerCase(Locale.ROOT), value.strip());
            }
        });
        var data = new StringBuilder(method + "\n" + contentType + "\n" + date + "\n");
        ours.forEach((name, value) -> data.append(name).append(':').append(value).append('\n'));
        return hmacSha256(secret, data + resource + "\n");
    }

    public static String hmacSha256(String secret, String data) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
