package dev.bezant.sandbox.corefy;

import dev.bezant.sandbox.provider.ControlException;
import dev.bezant.sandbox.world.Account;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An account's credentials in both dialects, and beside them the settings of the simulator ({@code docs/guide/sandbox.md}).
 *
 * <p>{@code account_id} is the Basic user and the intents dialect's client key, {@code secret_key} signs the latter's requests,
 * {@code callback_secret} signs callbacks of test mode and the latter's events, {@code callback_secret_live} callbacks of live mode.
 */
final class Credentials {
    /** What requests name an account by. */
    static final List<String> IDENTIFYING = List.of("account_id", "public_key", "public_key_live");

    /** A setting with the values it may have. */
    private static final Map<String, List<String>> CHOICES = Map.of(
            "duplicate_status", List.of("422", "409", "429"),
            "unique_references", List.of("invoices", "all"),
            "refund_answer", List.of("refund", "invoice"),
            "refunds_listed", List.of("true", "false"),
            "gate_answer", List.of("flat", "resource"),
            "three_ds", List.of("2", "1"),
            "cvv_required", List.of("true", "false"),
            "browser_info_required", List.of("true", "false"),
            "callbacks", List.of("all", "final"),
            "public_creation", List.of("true", "false"));
    private static final Map<String, String> NUMBERS =
            Map.of("rate_limit_per_minute", "0 (none) or more", "callback_merge_ms", "0 or more", "opening_balance", "0 or more, in major units");
    private static final List<String> KEYS = List.of("account_id", "api_key", "secret_key", "callback_secret", "callback_secret_live",
            "public_key", "public_key_live", "callback_url");

    private Credentials() {}

    static Map<String, String> complete(Map<String, String> given, @Nullable Map<String, String> before) {
        given.forEach(Credentials::check);
        var credentials = new TreeMap<>(given);
        // A new key pair of the same merchant finds what the old one did.
        credentials.computeIfAbsent("account_id", _ -> before != null ? before.get("account_id") : Ids.next("coma_"));
        credentials.computeIfAbsent("api_key", _ -> Ids.text(32));
        credentials.computeIfAbsent("secret_key", _ -> Ids.text(40));
        credentials.computeIfAbsent("callback_secret", _ -> "sk_test_" + Ids.text(32));
        credentials.computeIfAbsent("callback_secret_live", _ -> "sk_live_" + Ids.text(32));
        credentials.computeIfAbsent("public_key", _ -> "pk_test_" + Ids.text(32));
        credentials.computeIfAbsent("public_key_live", _ -> "pk_live_" + Ids.text(32));
        return credentials;
    }

    static boolean is(Account account, String setting, String value) {
        return value.equals(account.get(setting));
    }

    static long number(Account account, String setting, long standard) {
        var value = account.get(setting);
        return value == null ? standard : Long.parseLong(value);
    }

    private static void check(String name, String value) {
        var choices = CHOICES.get(name);
        var number = NUMBERS.get(name);
        if (choices == null && number == null && !KEYS.contains(name)) {
            var known = new TreeSet<>(KEYS);
            known.addAll(CHOICES.keySet());
            known.addAll(NUMBERS.keySet());
            throw new ControlException(400, "credentials." + name + " is not known; known are " + String.join(", ", known));
        }
        if (value.isEmpty()) {
            throw new ControlException(400, "credentials." + name + " is empty; leave it out to have it made");
        }
        if (choices != null && !choices.contains(value.toLowerCase(Locale.ROOT))) {
            throw new ControlException(400, "credentials." + name + " is '" + value + "', expected " + String.join(" or ", choices));
        }
        if (number != null && !value.matches("\\d{1,9}")) {
            throw new ControlException(400, "credentials." + name + " is '" + value + "', expected " + number);
        }
        if (name.equals("account_id") && value.indexOf(':') >= 0) {
            throw new ControlException(400, "credentials.account_id is '" + value + "', expected one without a colon");
        }
        if (name.equals("callback_url") && !Attributes.isWebAddress(value)) {
            throw new ControlException(400, "credentials.callback_url is '" + value + "', expected an http or https URL");
        }
    }
}
