package dev.bezant.server.event;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as stored.
 *
 * @param data {@code {"object":{...},"previous_attributes":{...}}}
 * @see "docs/protocols/payments-api.md, section 6.4"
 */
public record EventRow(
        String accountId,
        String id,
        boolean livemode,
        String type,
        String data,
        @Nullable String requestId,
        @Nullable String idempotencyKey,
        Instant createdAt) {
    /** For selects from {@code event e}. */
    public static final String COLUMNS = "e.account_id, e.id, e.livemode, e.type, e.data, e.request_id, e.idempotency_key, e.created_at";

    public static EventRow read(Row row) throws SQLException {
        return new EventRow(row.text("account_id"), row.text("id"), row.flag("livemode"), row.text("type"), row.text("data"),
                row.textOrNull("request_id"), row.textOrNull("idempotency_key"), row.moment("created_at"));
    }

    /**
     * In the native shape; a dialect puts its version in.
     *
     * @param pendingWebhooks how many endpoints have not got it yet
     */
    public ObjectNode render(int pendingWebhooks) {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "event");
        shown.putNull("api_version");
        shown.put("created", createdAt.getEpochSecond());
        shown.set("data", Json.readObject(data));
        shown.put("livemode", livemode);
        shown.put("pending_webhooks", pendingWebhooks);
        ObjectNode request = Json.object();
        request.put("id", requestId);
        request.put("idempotency_key", idempotencyKey);
        shown.set("request", request);
        shown.put("type", type);
        return shown;
    }
}
