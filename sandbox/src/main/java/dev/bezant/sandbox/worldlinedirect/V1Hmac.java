package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.http.Forms;
import dev.bezant.sandbox.http.HttpRequest;
import dev.bezant.sandbox.world.Account;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code Authorization: GCS v1HMAC:keyId:signature} (section 3). The vendor's SDKs do not sign alike, so every form in which one of
 * them signs what it really sent is taken: the path as it is on the wire or percent-decoded, and on GET the content type as sent or none.
 */
final class V1Hmac {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Pattern HEADER = Pattern.compile("GCS\\s+v1HMAC:([^:\\s]+):([A-Za-z0-9+/]+=*)");
    private static final Pattern FOLD = Pattern.compile("\\r?\\n[^\\S\\r\\n]*");
    /** One SDK does not pad the day, so one digit will do; the day of the week is not compared. */
    private static final Pattern DATE = Pattern.compile("(?:[A-Z][a-z]{2}, )?(\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2}) (?:GMT|UTC|Z|\\+0000)");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ENGLISH);

    private V1Hmac() {}

    /** The key id the request names itself with, or null. */
    static @Nullable String keyId(HttpRequest request) {
        var matcher = HEADER.matcher(request.header("authorization") == null ? "" : request.header("authorization").strip());
        return matcher.matches() ? matcher.group(1) : null;
    }

    /**
     * Checks everything about the caller.
     *
     * @param account the active account with the request's key, if there is one
     * @param now what the provider believes the time is
     * @throws ProblemException 403
     */
    static Account authenticate(HttpRequest request, @Nullable Account account, Instant now) {
        var header = request.header("authorization");
        if (header == null) {
            throw ProblemException.forbidden("the Authorization header is missing");
        }
        var matcher = HEADER.matcher(header.strip());
        if (!matcher.matches()) {
            throw ProblemException.forbidden("the Authorization header does not read: GCS v1HMAC:keyId:signature");
        }
        if (account == null) {
            throw ProblemException.forbidden("the API key is not known");
        }
        if (!isSigned(request, account.require("secret_api_key"), matcher.group(2))) {
            throw ProblemException.forbidden("the signature does not fit");
        }
        if (Settings.checksDate(account)) {
            checkDate(request, now);
        }
        return account;
    }

    private static void checkDate(HttpRequest request, Instant now) {
        var date = request.header("date") != null ? request.header("date") : request.header("x-gcs-date");
        var sent = date == null ? null : parse(date);
        if (sent == null) {
            throw ProblemException.forbidden("the Date header is missing or does not read: Fri, 20 Nov 2026 17:25:34 GMT");
        }
        if (Duration.between(sent, now).abs().compareTo(WINDOW) > 0) {
            throw ProblemException.forbidden("the Date header is more than 5 minutes away from the server's time");
        }
    }

    static @Nullable Instant parse(String date) {
        var matcher = DATE.matcher(date.strip());
        try {
            return matcher.matches() ? LocalDateTime.parse(matcher.group(1), DAY_AND_TIME).toInstant(ZoneOffset.UTC) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isSigned(HttpRequest request, String secret, String signature) {
        boolean fits = false;
        var headers = canonicalHeaders(request);
        for (var type : contentTypes(request)) {
            for (var date : dates(request)) {
                for (var resource : resources(request)) {
                    var data = request.method() + "\n" + type + "\n" + date + "\n" + headers + resource + "\n";
                    fits |= MessageDigest.isEqual(sign(data, secret).getBytes(StandardCharsets.US_ASCII),
                            signature.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return fits;
    }

    /** The Node.js SDK sends a content type with GET but signs none. */
    private static Set<String> contentTypes(HttpRequest request) {
        var types = new LinkedHashSet<String>();
        types.add(orEmpty(request.header("content-type")));
        if (request.method().equals("GET")) {
            types.add("");
        }
        return types;
    }

    /** Where a client cannot set Date, X-GCS-Date stands in for it. */
    private static Set<String> dates(HttpRequest request) {
        var dates = new LinkedHashSet<String>();
        dates.add(orEmpty(request.header("date")));
        if (request.header("x-gcs-date") != null) {
            dates.add(orEmpty(request.header("x-gcs-date")));
            dates.add("");
        }
        return dates;
    }

    /** As sent, percent-decoded (Java), and as UTF-8 where a client sent letters that belong percent-encoded. */
    private static Set<String> resources(HttpRequest request) {
        var sent = new String(request.target().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        var resources = new LinkedHashSet<String>();
        resources.add(sent);
        resources.add(Forms.percentDecode(sent));
        return resources;
    }

    /** The x-gcs headers by name, one per line. */
    private static String canonicalHeaders(HttpRequest request) {
        var ours = new TreeMap<String, String>();
        request.headers().forEach((name, value) -> {
            if (name.startsWith("x-gcs")) {
                ours.put(name, canonical(value));
            }
        });
        var text = new StringBuilder();
        ours.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.toString();
    }

    /** Folded lines become one. */
    static String canonical(String value) {
        return FOLD.matcher(value).replaceAll(" ").strip();
    }

    /** Base64 of the HMAC-SHA256 under the secret's own bytes; the secret is not decoded. */
    static String sign(String data, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
