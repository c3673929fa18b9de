package dev.bezant.server.event;

import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import java.util.List;

/** Writes events in the commit of the change they tell about. */
public final class Events {
    private final Ids ids;

    public Events(Ids ids) {
        this.ids = ids;
    }

    /** Ids for drafts that a caller inserts with a statement of its own. */
    public String nextId() {
        return ids.next("evt");
    }

    /** Adds one event to a transaction. */
    public void append(Session tx, Cause cause, EventDraft draft) {
        tx.sql("""
                insert into event (account_id, id, livemode, type, object_id, data, request_id, idempotency_key)
                values (:account, :id, :livemode, :type, :object, :data, :request, :key)
                """)
                .bind("account", cause.accountId())
                .bind("id", nextId())
                .bind("livemode", cause.livemode())
                .bind("type", draft.type())
                .bind("object", draft.objectId())
                .bind("data", draft.data())
                .bind("request", cause.requestId())
                .bind("key", cause.idempotencyKey())
                .update();
    }

    public void append(Session tx, Cause cause, List<EventDraft> drafts) {
        drafts.forEach(draft -> append(tx, cause, draft));
    }
}
