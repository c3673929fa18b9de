package dev.bezant.server.account;

import dev.bezant.server.database.Row;
import dev.bezant.server.http.Caller.KeyKind;
import dev.bezant.server.http.Permissions;
import dev.bezant.server.http.Permissions.Level;
import dev.bezant.server.kernel.AddressRange;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.kernel.Mode;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the columns of {@code api_key}. */
final class KeyTable {
    private static final String[] COLUMNS = {"account_id", "id", "livemode", "kind", "name", "permissions", "allowed_addresses",
        "limit_requests", "limit_payments", "prefix", "created_at", "expires_at", "revoked_at", "last_used_at", "public_key"};

    private KeyTable() {}

    /** {@code k.account_id, k.id, ...}. */
    static String columns(String alias) {
        return alias + "." + String.join(", " + alias + ".", COLUMNS);
    }

    static ApiKey read(Row row) throws SQLException {
        var terms = new ApiKey.Terms(row.textOrNull("name"), permissions(row.textOrNull("permissions")),
                row.texts("allowed_addresses").stream().map(text -> AddressRange.parse(text).orElseThrow()).toList(),
                row.wholeOrNull("limit_requests"), row.wholeOrNull("limit_payments"));
        return new ApiKey(row.text("account_id"), row.text("id"), Mode.of(row.flag("livemode")),
                KeyKind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)), terms, row.text("prefix"), row.moment("created_at"),
                row.momentOrNull("expires_at"), row.momentOrNull("revoked_at"), row.momentOrNull("last_used_at"),
                row.textOrNull("public_key"));
    }

    /** As stored; null for a key that may do everything. */
    static @Nullable String permissions(Permissions permissions) {
        return permissions.all() ? null : Json.write(shown(permissions));
    }

    static ObjectNode shown(Permissions permissions) {
        ObjectNode shown = Json.object();
        new TreeMap<>(permissions.levels()).forEach((family, level) -> shown.put(family, level.name().toLowerCase(Locale.ROOT)));
        return shown;
    }

    private static Permissions permissions(@Nullable String json) {
        if (json == null) {
            return Permissions.ALL;
        }
        Map<String, Level> levels = new LinkedHashMap<>();
        Json.readObject(json).properties().forEach(it ->
                levels.put(it.getKey(), Level.valueOf(it.getValue().asString().toUpperCase(Locale.ROOT))));
        return Permissions.only(levels);
    }
}
