package dev.bezant.server.webhook;

import dev.bezant.server.database.Row;
import dev.bezant.server.kernel.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An event on its way to an endpoint, as the API shows it. */
record Delivery(
        String id,
        boolean livemode,
        String endpointId,
        String eventId,
        String eventType,
        boolean ordered,
        String origin,
        String state,
        int tries,
        @Nullable Integer lastStatus,
        @Nullable Instant dueAt,
        @Nullable Instant finishedAt,
        Instant createdAt) {
    static final List<String> STATES = List.of("pending", "delivered", "failed", "canceled");

    static final String COLUMNS = """
            d.id, d.livemode, d.endpoint_id, d.event_id, d.event_type, d.ordered, d.origin, d.state, d.tries, d.last_status, d.due_at,
            d.finished_at, d.created_at
            """;

    static Delivery read(Row row) throws SQLException {
        return new Delivery(row.text("id"), row.flag("livemode"), row.text("endpoint_id"), row.text("event_id"), row.text("event_type"),
                row.flag("ordered"), row.text("origin"), row.text("state"), row.whole("tries"), row.wholeOrNull("last_status"),
                row.momentOrNull("due_at"), row.momentOrNull("finished_at"), row.moment("created_at"));
    }

    ObjectNode render() {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("object", "webhook_delivery");
        shown.put("created", createdAt.getEpochSecond());
        shown.put("event", eventId);
        shown.put("event_type", eventType);
        shown.put("finished_at", seconds(finishedAt));
        shown.put("last_status_code", lastStatus);
        shown.put("livemode", livemode);
        shown.put("next_try_at", seconds(dueAt));
        shown.put("origin", origin);
        shown.put("status", state);
        shown.put("tries", tries);
        shown.put("waits_for_earlier", state.equals("pending") && ordered && dueAt == null);
        shown.put("webhook_endpoint", endpointId);
        return shown;
    }

    /** A try of a delivery. */
    record Attempt(
            String id,
            int number,
            String url,
            ObjectNode requestHeaders,
            @Nullable Integer status,
            @Nullable String answer,
            @Nullable String error,
            int tookMillis,
            @Nullable Instant nextTryAt,
            Instant createdAt) {
        static Attempt read(Row row) throws SQLException {
            return new Attempt(row.text("id"), row.whole("number"), row.text("url"), Json.readObject(row.text("request_headers")),
                    row.wholeOrNull("status_code"), row.textOrNull("response_body"), row.textOrNull("error"), row.whole("duration_ms"),
                    row.momentOrNull("next_try_at"), row.moment("created_at"));
        }

        ObjectNode render() {
            ObjectNode shown = Json.object();
            shown.put("id", id);
            shown.put("object", "webhook_attempt");
            shown.put("created", createdAt.getEpochSecond());
            shown.put("duration_ms", tookMillis);
            shown.put("error", error);
            shown.put("next_try_at", seconds(nextTryAt));
            shown.put("number", number);
            shown.set("request_headers", requestHeaders);
            shown.put("response_body", answer);
            shown.put("status_code", status);
            shown.put("url", url);
            return shown;
        }
    }

    private static @Nullable Long seconds(@Nullable Instant moment) {
        return moment == null ? null : moment.getEpochSecond();
    }
}
