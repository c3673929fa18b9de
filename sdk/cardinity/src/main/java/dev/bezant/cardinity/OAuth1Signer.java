package dev.bezant.cardinity;

import dev.bezant.sdk.SecretText;
import dev.bezant.sdk.http.Paths;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * OAuth 1.0a HMAC-SHA1 signatures (RFC 5849, section 3.4) as pure functions.
 *
 * @see "docs/protocols/cardinity.md, section 4"
 */
final class OAuth1Signer {
    /** A parameter, not yet encoded. */
    record Parameter(String name, String value) {}

    private record Encoded(String name, String value) implements Comparable<Encoded> {
        @Override
        public int compareTo(Encoded other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }

    private OAuth1Signer() {}

    /**
     * @param parameters every {@code oauth_*} parameter but the signature, and a form body's pairs; the URI's query is added here. A JSON body is
     *     never part of it.
     * @param tokenSecret empty for Cardinity, which has no tokens
     * @return the signature in Base64, not yet percent-encoded
     */
    static String sign(String method, URI uri, List<Parameter> parameters, SecretText consumerSecret, SecretText tokenSecret) {
        return hmac(baseString(method, uri, parameters), consumerSecret, tokenSecret);
    }

    static String hmac(String text, SecretText consumerSecret, SecretText tokenSecret) {
        String key = Paths.encode(consumerSecret.reveal()) + '&' + Paths.encode(tokenSecret.reveal());
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA1", e);
        }
    }

    static String baseString(String method, URI uri, List<Parameter> parameters) {
        var all = new ArrayList<>(parameters);
        all.addAll(form(uri.getRawQuery()));
        String normalized = all.stream()
                .map(parameter -> new Encoded(Paths.encode(parameter.name()), Paths.encode(parameter.value())))
                .sorted()
                .map(pair -> pair.name() + '=' + pair.value())
                .collect(Collectors.joining("&"));
        return method + '&' + Paths.encode(baseUri(uri)) + '&' + Paths.encode(normalized);
    }

    /** Pairs of a query or a form body, decoded. */
    static List<Parameter> form(@org.jspecify.annotations.Nullable String encoded) {
        var pairs = new ArrayList<Parameter>();
        if (encoded == null || encoded.isEmpty()) {
            return pairs;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.add(new Parameter(decode(name), decode(value)));
        }
        return pairs;
    }

    private static String baseUri(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort();
        boolean usual = port < 0 || (scheme.equals("https") && port == 443) || (scheme.equals("http") && port == 80);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port) + uri.getRawPath();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
