package dev.bezant.server.event;

import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import java.util.List;
import java.util.Map;

/** Writes events in the commit of the change they tell about. */
public final class Events {
    private final Ids ids;

    public Events(Ids ids) {
        this.ids = ids;
    }

    /**
     * Part of a statement that inserts drafts, named {@code event_written}. Bind {@link #values}, and account, livemode, request and
     * event_idem_key.
     *
     * @param after an earlier part of exactly one row if and only if the change took place
     */
    public static String written(String after) {
        return """
                event_written as (
                    insert into event (account_id, id, livemode, type, object_id, data, request_id, idempotency_key)
                    select :account, drafts.id, :livemode, drafts.type, drafts.object_id, drafts.data, :request::text, :event_idem_key::text
                      from unnest(:event_ids::text[], :event_types::text[], :event_objects::text[], :event_data::text[])
                           as drafts (id, type, object_id, data), %s
                )""".formatted(after);
    }

    /** The drafts as {@link #written} binds them. */
    public Map<String, Object> values(List<EventDraft> drafts) {
        return Map.of(
                "event_ids", drafts.stream().map(draft -> ids.next("evt")).toList(),
                "event_types", drafts.stream().map(EventDraft::type).toList(),
                "event_objects", drafts.stream().map(EventDraft::objectId).toList(),
                "event_data", drafts.stream().map(EventDraft::data).toList());
    }

    /** Adds one event to a transaction. */
    public void append(Session tx, Cause cause, EventDraft draft) {
        tx.sql("""
                insert into event (account_id, id, livemode, type, object_id, data, request_id, idempotency_key)
                values (:account, :id, :livemode, :type, :object, :data, :request, :key)
                """)
                .bind("account", cause.accountId())
                .bind("id", ids.next("evt"))
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
