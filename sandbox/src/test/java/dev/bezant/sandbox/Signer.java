package dev.bezant.sandbox;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a Cardinity client does; written for the tests alone and held against the vectors of docs/protocols/cardinity.md. */
public record Signer(String key, String secret) {

    /** The Authorization header; {@code extra} parameters are signed too, and replace the ordinary ones of the same name. */
    public String header(String method, URI uri, String nonce, long timestamp, Map<String, String> extra) {
        var oauth = parameters(nonce, timestamp, extra);
        var header = new StringBuilder("OAuth ");
        oauth.forEach((name, value) -> header.append(name).append("=\"").append(encode(value)).append("\", "));
        return header.append("oauth_signature=\"").append(encode(signature(method, uri, oauth))).append('"').toString();
    }

    public Map<String, String> parameters(String nonce, long timestamp, Map<String, String> extra) {
        var oauth = new LinkedHashMap<String, String>();
        oauth.put("oauth_consumer_key", key);
        oauth.put("oauth_nonce", nonce);
        oauth.put("oauth_signature_method", "HMAC-SHA1");
        oauth.put("oauth_timestamp", Long.toString(timestamp));
        oauth.put("oauth_version", "1.0");
        oauth.putAll(extra);
        return oauth;
    }

    public String signature(String method, URI uri, Map<String, String> oauth) {
        var pairs = new TreeSet<String>();
        oauth.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
        if (uri.getRawQuery() != null) {
            for (var pair : uri.getRawQuery().split("&")) {
                pairs.add(pair);
            }
        }
        var base = method + "&" + encode(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath()) + "&"
                + encode(String.join("&", pairs));
        return hmacSha1(encode(secret) + "&", base);
    }

    public static String hmacSha1(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
