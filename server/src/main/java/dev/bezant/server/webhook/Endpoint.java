package dev.bezant.server.webhook;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a merchant wants to be told of events.
 *
 * @param enabledEvents types, or just {@code *}
 * @param apiVersion as it was sent; null = as the account says
 * @param disabled null while it is enabled
 * @see "docs/protocols/payments-api.md, section 2.4"
 */
record Endpoint(
        String accountId,
        String id,
        boolean livemode,
        String url,
        List<String> enabledEvents,
        @Nullable String apiVersion,
        @Nullable String description,
        ObjectNode metadata,
        @Nullable Disabled disabled,
        boolean ordered,
        int maxConcurrency,
        Instant createdAt) {
    /** Why nothing is sent. */
    enum Disabled {
        /** Somebody asked for it. */
        REQUEST,
        /** Nothing has arrived for days. */
        FAILING
    }

    static final String COLUMNS = """
            w.account_id, w.id, w.livemode, w.url, w.enabled_events, w.api_version, w.description, w.metadata, w.status, w.disabled_reason,
            w.ordered, w.max_concurrency, w.created_at
            """;

    static Endpoint read(Row row) throws SQLException {
        String reason = row.textOrNull("disabled_reason");
        return new Endpoint(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("url"), row.texts("enabled_events"),
                row.textOrNull("api_version"), row.textOrNull("description"), Json.readObject(row.text("metadata")),
                reason == null ? null : Disabled.valueOf(reason.toUpperCase(Locale.ROOT)), row.flag("ordered"), row.whole("max_concurrency"),
                row.moment("created_at"));
    }

    Endpoint disabled(Disabled reason) {
        return new Endpoint(accountId, id, livemode, url, enabledEvents, apiVersion, description, metadata, reason, ordered, maxConcurrency, createdAt);
    }

    ObjectNode render() {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "webhook_endpoint");
        shown.put("api_version", apiVersion);
        shown.putNull("application");
        shown.put("created", createdAt.getEpochSecond());
        shown.put("description", description);
        shown.put("disabled_reason", word(disabled));
        shown.set("enabled_events", Json.texts(enabledEvents));
        shown.put("livemode", livemode);
        shown.put("max_concurrency", maxConcurrency);
        shown.set("metadata", metadata);
        shown.put("ordered", ordered);
        shown.put("status", status());
        shown.put("url", url);
        return shown;
    }

    String status() {
        return disabled == null ? "enabled" : "disabled";
    }

    static @Nullable String word(@Nullable Disabled reason) {
        return reason == null ? null : reason.name().toLowerCase(Locale.ROOT);
    }
}
