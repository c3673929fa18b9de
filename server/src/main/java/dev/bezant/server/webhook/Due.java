package dev.bezant.server.webhook;

import dev.bezant.server.database.Row;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A delivery that is to be tried now.
 *
 * @param tries how many were made before
 * @param pendingWebhooks what the event says of itself
 * @param version of the endpoint when this was read
 * @param readAt the database's time when this was read
 */
record Due(
        String accountId,
        String id,
        String endpointId,
        boolean livemode,
        String eventId,
        String objectId,
        boolean ordered,
        boolean fresh,
        int tries,
        int pendingWebhooks,
        int version,
        Instant readAt) {
    static Due read(Row row) throws SQLException {
        return new Due(row.text("account_id"), row.text("id"), row.text("endpoint_id"), row.flag("livemode"), row.text("event_id"), row.text("object_id"),
                row.flag("ordered"), row.text("origin").equals("event"), row.whole("tries"), row.whole("pending_webhooks"), row.whole("version"),
                row.moment("read_at"));
    }
}
