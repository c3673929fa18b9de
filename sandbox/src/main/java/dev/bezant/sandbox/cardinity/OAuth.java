package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Account;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * OAuth 1.0a without tokens, HMAC-SHA1, as Cardinity uses it (section 4). The JSON body is never signed. That timestamps may be 300
 * seconds off and that a nonce counts once per key and timestamp are this simulator's rules; the real ones are not known. Thread-safe.
 */
final class OAuth {
    private static final long WINDOW_SECONDS = 300;
    private static final int NONCE_LENGTH_MAX = 256;
    private static final Pattern SCHEME = Pattern.compile("^OAuth\\s+(.*)$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\G\\s*([A-Za-z0-9_.~%-]+)\\s*=\\s*\"([^\"]*)\"\\s*(?:,|$)");

    private final NonceStore nonces = new NonceStore();

    void forgetNonces() {
        nonces.clear();
    }

    /** The consumer key the request names itself with, or null. */
    static @Nullable String consumerKey(HttpRequest request) {
        var header = request.header("authorization");
        if (header == null) {
            return null;
        }
        var parameters = parse(header);
        return parameters == null ? null : parameters.get("oauth_consumer_key");
    }

    /**
     * Checks everything about the caller.
     *
     * @param account the active account with the request's consumer key, if there is one
     * @param now what the provider believes the time is
     * @throws ProblemException 401, saying what is wrong
     */
    Account authenticate(HttpRequest request, @Nullable Account account, Instant now, Instant wallTime) {
        var header = request.header("authorization");
        if (header == null) {
            throw unauthorized("The Authorization header is missing");
        }
        var parameters = parse(header);
        if (parameters == null) {
            throw unauthorized("The Authorization header does not read: OAuth name=\"value\", ...");
        }
        var key = required(parameters, "oauth_consumer_key");
        var nonce = required(parameters, "oauth_nonce");
        var signature = required(parameters, "oauth_signature");
        var timestamp = timestamp(required(parameters, "oauth_timestamp"));
        if (!required(parameters, "oauth_signature_method").equals("HMAC-SHA1")) {
            throw unauthorized("oauth_signature_method must be HMAC-SHA1");
        }
        if (!parameters.getOrDefault("oauth_version", "1.0").equals("1.0")) {
            throw unauthorized("oauth_version must be 1.0");
        }
        if (!parameters.getOrDefault("oauth_token", "").isEmpty()) {
            throw unauthorized("oauth_token must be empty or absent");
        }
        if (nonce.length() > NONCE_LENGTH_MAX) {
            throw unauthorized("oauth_nonce is too long");
        }
        if (account == null) {
            throw unauthorized("The consumer key is not known");
        }
        checkSignature(request, account, parameters, signature);
        if (Math.abs(now.getEpochSecond() - timestamp) > WINDOW_SECONDS) {
            throw unauthorized("oauth_timestamp is more than " + WINDOW_SECONDS + " seconds away from the server's time");
        }
        if (!nonces.use(key, timestamp, nonce, wallTime.getEpochSecond())) {
            throw unauthorized("oauth_nonce was used before");
        }
        return account;
    }

    private static void checkSignature(HttpRequest request, Account account, Map<String, String> parameters, String given) {
        var base = baseString(request, parameters);
        var expected = sign(base, account.require("consumer_secret"));
        if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
            throw unauthorized("The signature does not fit. The base string here is " + base);
        }
    }

    static String baseString(HttpRequest request, Map<String, String> parameters) {
        var pairs = new ArrayList<String>();
        parameters.forEach((name, value) -> {
            if (!name.equals("oauth_signature")) {
                pairs.add(encode(name) + "=" + encode(value));
            }
        });
        for (var pair : request.queryParameters()) {
            pairs.add(encode(pair.name()) + "=" + encode(pair.value()));
        }
        return request.method() + "&" + encode("http://" + host(request) + request.path()) + "&" + encode(normalized(pairs));
    }

    static String sign(String base, String consumerSecret) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec((encode(consumerSecret) + "&").getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    /** RFC 3986 with the unreserved characters kept. */
    static String encode(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var encoded = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return encoded.toString();
    }

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /** By name, then value; comparing whole pairs would misplace names of which one begins with the other. */
    private static String normalized(List<String> pairs) {
        return pairs.stream()
                .sorted((a, b) -> {
                    int byName = a.substring(0, a.indexOf('=')).compareTo(b.substring(0, b.indexOf('=')));
                    return byName != 0 ? byName : a.compareTo(b);
                })
                .collect(Collectors.joining("&"));
    }

    private static String host(HttpRequest request) {
        var host = request.header("host");
        if (host == null) {
            throw unauthorized("The Host header is missing");
        }
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(":80") ? lower.substring(0, lower.length() - 3) : lower;
    }

    private static String required(Map<String, String> parameters, String name) {
        var value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw unauthorized(name + " is missing");
        }
        return value;
    }

    private static long timestamp(String text) {
        if (!text.matches("[1-9]\\d{0,11}")) {
            throw unauthorized("oauth_timestamp must be a number of seconds");
        }
        return Long.parseLong(text);
    }

    /** The header's decoded parameters without the realm; null if the header cannot be read or names one twice. */
    private static @Nullable Map<String, String> parse(String header) {
        var scheme = SCHEME.matcher(header.strip());
        if (!scheme.matches()) {
            return null;
        }
        var text = scheme.group(1).strip();
        var parameters = new LinkedHashMap<String, String>();
        var matcher = PARAMETER.matcher(text);
        int read = 0;
        while (read < text.length() && matcher.find()) {
            read = matcher.end();
            var name = Forms.percentDecode(matcher.group(1));
            if (!name.equalsIgnoreCase("realm") && parameters.put(name, Forms.percentDecode(matcher.group(2))) != null) {
                return null;
            }
        }
        return read == text.length() ? parameters : null;
    }

    private static ProblemException unauthorized(String detail) {
        return new ProblemException(401, detail, null);
    }
}
