package dev.bezant.sandbox.cardinity;

import dev.bezant.sandbox.provider.ControlException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An account's credentials, and beside them the settings of the simulator: {@code live} and {@code links_enabled} and
 * {@code multi_capture} ({@code true} or {@code false}), {@code currencies} (comma-separated, absent for all), {@code webhook_url} and
 * {@code webhook_secret}.
 */
final class Credentials {
    /** What requests name an account by. */
    static final List<String> IDENTIFYING = List.of("consumer_key", "project_id");

    private static final List<String> SWITCHES = List.of("live", "links_enabled", "multi_capture");
    private static final TreeSet<String> KNOWN = new TreeSet<>(List.of("consumer_key", "consumer_secret", "project_id", "project_secret",
            "live", "links_enabled", "multi_capture", "currencies", "webhook_url", "webhook_secret"));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789".toCharArray();

    private Credentials() {}

    static Map<String, String> complete(Map<String, String> given) {
        given.forEach(Credentials::check);
        var credentials = new TreeMap<>(given);
        credentials.computeIfAbsent("consumer_key", _ -> "test_" + random(32));
        credentials.computeIfAbsent("consumer_secret", _ -> random(50));
        credentials.computeIfAbsent("project_id", _ -> "pr_" + random(22));
        credentials.computeIfAbsent("project_secret", _ -> random(50));
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
            throw new ControlException(400, "credentials." + name + " is '" + value + "', expected true or false");
        }
        if (name.equals("currencies") && !Arrays.stream(value.split(",")).allMatch(Amounts::isCurrency)) {
            throw new ControlException(400, "credentials.currencies is '" + value + "', expected codes such as EUR,USD");
        }
        if (name.equals("webhook_url") && !ThreeDsRequest.isWebUrl(value)) {
            throw new ControlException(400, "credentials.webhook_url is '" + value + "', expected an http or https URL");
        }
    }

    private static String random(int length) {
        var text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = ALPHABET[RANDOM.nextInt(ALPHABET.length)];
        }
        return new String(text);
    }
}
