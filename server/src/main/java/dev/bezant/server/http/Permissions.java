package dev.bezant.server.http;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a key may read and write, by family of endpoints; a restricted key has only what it names.
 *
 * @see "docs/protocols/payments-api.md, section 7.3"
 */
public record Permissions(boolean all, Map<String, Level> levels) {
    /** How far a permission goes; writing includes reading. */
    public enum Level {
        NONE,
        READ,
        WRITE
    }

    /** Every family there is: the first segment of the paths, but for those that belong to another one. */
    public static final List<String> FAMILIES = List.of("account", "balance", "charges", "customers", "disputes", "events", "files",
            "integrations", "payment_intents", "payment_methods", "payouts", "provider_logs", "refunds", "request_logs", "setup_intents",
            "webhook_endpoints");

    /** Of a secret key. */
    public static final Permissions ALL = new Permissions(true, Map.of());

    public Permissions {
        levels = Map.copyOf(levels);
    }

    public static Permissions only(Map<String, Level> levels) {
        return new Permissions(false, levels);
    }

    public boolean allow(String family, boolean writing) {
        Level level = levels.getOrDefault(family, Level.NONE);
        return all || level == Level.WRITE || (level == Level.READ && !writing);
    }

    /** For people: {@code charges:read customers:write}. */
    @Override
    public String toString() {
        return all ? "all" : new TreeMap<>(levels).entrySet().stream()
                .map(it -> it.getKey() + ":" + it.getValue().name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
