package dev.bezant.sandbox.worldlinedirect;

import dev.bezant.sandbox.provider.ControlException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An API key of a merchant, the merchant's webhook key, and beside them the settings of the simulator. Several accounts with one
 * {@code merchant_id} are several keys of one merchant, who sees the same payments with each.
 */
final class Credentials {
    /** What requests name an account by. */
    static final List<String> IDENTIFYING = List.of("api_key_id");

    private static final int WEBHOOK_URLS_MAX = 5;
    private static final Set<String> SWITCHES = Set.of("idempotence_compares_bodies", "check_date", "three_ds_by_default");
    private static final Map<String, Integer> NUMBERS = Map.of("idempotence_hours", 24 * 365, "authorization_seconds", 31_536_000,
            "capture_seconds", 31_536_000, "refund_seconds", 31_536_000, "payout_seconds", 31_536_000, "redirect_minutes", 525_600);
    private static final TreeSet<String> KNOWN = new TreeSet<>(List.of("merchant_id", "api_key_id", "secret_api_key", "webhooks_key_id",
            "webhooks_secret", "webhook_urls"));
    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        KNOWN.addAll(SWITCHES);
        KNOWN.addAll(NUMBERS.keySet());
    }

    private Credentials() {}

    static Map<String, String> complete(Map<String, String> given, @Nullable Map<String, String> before) {
        given.forEach(Credentials::check);
        var credentials = new TreeMap<>(given);
        credentials.computeIfAbsent("merchant_id", _ -> before == null ? "merchant" + hex(5) : before.get("merchant_id"));
        credentials.computeIfAbsent("api_key_id", _ -> hex(8).toUpperCase(Locale.ROOT));
        credentials.computeIfAbsent("secret_api_key", _ -> base64(32));
        credentials.computeIfAbsent("webhooks_key_id", _ -> hex(8));
        credentials.computeIfAbsent("webhooks_secret", _ -> base64(24));
        return credentials;
    }

    private static void check(String name, String value) {
        if (!KNOWN.contains(name)) {
            throw new ControlException(400, "credentials." + name + " is not known; known are " + String.join(", ", KNOWN));
        }
        if (value.isEmpty()) {
            throw new ControlException(400, "credentials." + name + " is empty; leave it out to have it made");
        }
        if (SWITCHES.contains(name) && !value.equals("true") && !value.equals("false")) {
            throw wrong(name, value, "true or false");
        }
        var most = NUMBERS.get(name);
        if (most != null && (!value.matches("\\d{1,9}") || Integer.parseInt(value) > most)) {
            throw wrong(name, value, "a whole number from 0 to " + most);
        }
        if (Set.of("merchant_id", "api_key_id").contains(name) && !value.matches("[A-Za-z0-9._-]{1,100}")) {
            throw wrong(name, value, "1 to 100 letters, digits, '.', '_' or '-'");
        }
        if (name.equals("webhook_urls") && !areWebhookUrls(value)) {
            throw wrong(name, value, "up to " + WEBHOOK_URLS_MAX + " http or https URLs with commas between them");
        }
    }

    private static ControlException wrong(String name, String value, String expected) {
        return new ControlException(400, "credentials." + name + " is '" + value + "', expected " + expected);
    }

    private static boolean areWebhookUrls(String value) {
        var urls = value.split(",");
        return urls.length <= WEBHOOK_URLS_MAX && Arrays.stream(urls).allMatch(Credentials::isWebUrl);
    }

    static boolean isWebUrl(String text) {
        try {
            var uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] random(int bytes) {
        var made = new byte[bytes];
        RANDOM.nextBytes(made);
        return made;
    }

    private static String hex(int bytes) {
        return HexFormat.of().formatHex(random(bytes));
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(random(bytes));
    }
}
