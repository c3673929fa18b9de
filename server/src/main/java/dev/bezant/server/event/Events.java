package dev.bezant.server.event;

import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import java.util.List;
import java.util.Map;

/**
 * Writes events in the commit of the change they tell about.
 *
 * <p>Where somebody is to be told, the event says itself that it is still to be handed on: nothing else is written here.
 */
public final class Events {
    private static final String COLUMNS =
            "account_id, id, livemode, type, object_id, data, request_id, idempotency_key, undispatched";

    /** Disabled endpoints too: what happens meanwhile is held for them. */
    private static final String SOMEBODY_LISTENS =
            "exists (select 1 from webhook_endpoint w where w.account_id = :account and w.livemode = :livemode)";

    private final Ids ids;

    public Events(Ids ids) {
        this.ids = ids;
    }

    /**
     * Part of a statement that inserts drafts, named {@code event_written}. Bind {@link #values}, and account, livemode, request and
     * event_idem_key. They are numbered in the order of the drafts.
     *
     * @param after an earlier part of exactly one row if and only if the change took place
     */
    public static String written(String after) {
        return """
                event_written as (
                    insert into event (%s)
                    select :account, drafts.id, :livemode, drafts.type, drafts.object_id, drafts.data, :request::text, :event_idem_key::text, %s
                      from unnest(:event_ids::text[], :event_types::text[], :event_objects::text[], :event_data::text[])
                           with ordinality as drafts (id, type, object_id, data, place), %s
                     order by drafts.place
                )""".formatted(COLUMNS, SOMEBODY_LISTENS, after);
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
        tx.sql("insert into event (" + COLUMNS + ") values (:account, :id, :livemode, :type, :object, :data, :request, :key, " + SOMEBODY_LISTENS + ")")
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
