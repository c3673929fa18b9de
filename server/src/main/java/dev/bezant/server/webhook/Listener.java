package dev.bezant.server.webhook;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who fetches events instead of being called, from where nobody can call.
 *
 * @param name what finds it again after a pause; null if nothing has to
 * @param forwardTo where it says it takes them
 * @param apiVersion as it was sent; null = as the account says
 * @param spokenVersion the one that holds
 */
record Listener(
        String accountId,
        String id,
        boolean livemode,
        @Nullable String name,
        @Nullable String forwardTo,
        List<String> enabledEvents,
        @Nullable String apiVersion,
        @Nullable String spokenVersion,
        Instant createdAt) {
    /** For selects from {@code webhook_endpoint w left join account a}. */
    static final String COLUMNS = """
            w.account_id, w.id, w.livemode, w.name, w.url, w.enabled_events, w.api_version,
            coalesce(w.api_version, a.default_api_version) as spoken_version, w.created_at
            """;

    static Listener read(Row row) throws SQLException {
        return new Listener(row.text("account_id"), row.text("id"), row.flag("livemode"), row.textOrNull("name"), row.textOrNull("url"),
                row.texts("enabled_events"), row.textOrNull("api_version"), row.textOrNull("spoken_version"), row.moment("created_at"));
    }

    ObjectNode render() {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "listener");
        shown.put("api_version", apiVersion);
        shown.put("created", createdAt.getEpochSecond());
        shown.set("enabled_events", Json.texts(enabledEvents));
        shown.put("forward_to", forwardTo);
        shown.put("livemode", livemode);
        shown.put("name", name);
        return shown;
    }
}
