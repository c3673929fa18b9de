package dev.bezant.sandbox.worldlineacquiring;

import dev.bezant.sandbox.provider.ControlException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client of the authorization server that may act for one merchant, and beside it the settings of the simulator. Several accounts with one
 * {@code merchant_id} are several clients of one merchant, who sees the same with each.
 */
final class Credentials {
    /** What requests name an account by. */
    static final List<String> IDENTIFYING = List.of("client_id");

    private static final int YEAR_SECONDS = 31_536_000;
    private static final Map<String, Integer> NUMBERS = Map.of("token_seconds", YEAR_SECONDS, "token_calls", 1_000_000, "clearing_seconds",
            YEAR_SECONDS, "authorization_seconds", YEAR_SECONDS, "refund_seconds", YEAR_SECONDS);
    private static final Map<String, Set<String>> WORDS = Map.of("duplicates", Set.of("replay", "replay_any", "refuse"), "unknown_reversal",
            Set.of("not_found", "approved"), "state_status", Set.of("400", "409"));
    private static final TreeSet<String> KNOWN = new TreeSet<>(List.of("acquirer_id", "merchant_id", "client_id", "client_secret", "scopes"));
    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        KNOWN.addAll(NUMBERS.keySet());
        KNOWN.addAll(WORDS.keySet());
    }

    private Credentials() {}

    static Map<String, String> complete(Map<String, String> given, @Nullable Map<String, String> before) {
        given.forEach(Credentials::check);
        var credentials = new TreeMap<>(given);
        credentials.computeIfAbsent("acquirer_id", _ -> before == null ? "100812" : before.get("acquirer_id"));
        credentials.computeIfAbsent("merchant_id", _ -> before == null ? "52" + SchemeIds.digits(7) : before.get("merchant_id"));
        credentials.computeIfAbsent("client_id", _ -> hex(12));
        credentials.computeIfAbsent("client_secret", _ -> base64(32));
        return credentials;
    }

    private static void check(String name, String value) {
        if (name.equals("token_url")) {
            throw new ControlException(400, "credentials.token_url is told by the sandbox and cannot be set");
        }
        if (!KNOWN.contains(name)) {
            throw new ControlException(400, "credentials." + name + " is not known; known are " + String.join(", ", KNOWN));
        }
        if (value.isEmpty()) {
            throw new ControlException(400, "credentials." + name + " is empty; leave it out to have it made");
        }
        var most = NUMBERS.get(name);
        if (most != null && (!value.matches("\\d{1,9}") || Integer.parseInt(value) > most)) {
            throw wrong(name, value, "a whole number from 0 to " + most);
        }
        var words = WORDS.get(name);
        if (words != null && !words.contains(value)) {
            throw wrong(name, value, "one of " + String.join(", ", words.stream().sorted().toList()));
        }
        if (Set.of("acquirer_id", "merchant_id", "client_id").contains(name) && !value.matches("[A-Za-z0-9._-]{1,100}")) {
            throw wrong(name, value, "1 to 100 letters, digits, '.', '_' or '-'");
        }
        if (name.equals("scopes") && !Scopes.ALL.containsAll(Scopes.split(value))) {
            throw wrong(name, value, "some of " + String.join(" ", Scopes.ALL) + ", with blanks between them");
        }
    }

    private static ControlException wrong(String name, String value, String expected) {
        return new ControlException(400, "credentials." + name + " is '" + value + "', expected " + expected);
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
