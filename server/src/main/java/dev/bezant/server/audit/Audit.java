package dev.bezant.server.audit;

import dev.bezant.server.database.Session;
import dev.bezant.server.kernel.Ids;
import dev.bezant.server.kernel.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes and reads the audit. Thread-safe. */
public final class Audit {
    private final Ids ids;

    public Audit(Ids ids) {
        this.ids = ids;
    }

    /**
     * Something that was done.
     *
     * @param action such as {@code key.roll}
     * @param details what it was and became; nothing secret
     */
    public record Entry(String id, String accountId, String actor, String action, String objectId, ObjectNode details, Instant createdAt) {}

    /** Adds an entry to the transaction of the change. */
    public void record(Session tx, Actor actor, String accountId, String action, String objectId, ObjectNode details) {
        tx.sql("""
                insert into audit (account_id, id, actor, action, object_id, details)
                values (:account, :id, :actor, :action, :object, :details::jsonb)
                """)
                .bind("account", accountId)
                .bind("id", ids.next("aud"))
                .bind("actor", actor.name())
                .bind("action", action)
                .bind("object", objectId)
                .bind("details", Json.write(details))
                .update();
    }

    /**
     * The latest entries, newest first.
     *
     * @param objectId only those about it; null = about anything
     * @param limit at least 1
     */
    public List<Entry> latest(Session session, String accountId, @Nullable String objectId, int limit) {
        return session.sql("""
                        select id, account_id, actor, action, object_id, details, created_at from audit
                         where account_id = :account and (:object::text is null or object_id = :object)
                         order by id desc limit :limit
                        """)
                .bind("account", accountId)
                .bind("object", objectId)
                .bind("limit", limit)
                .list(row -> new Entry(row.text("id"), row.text("account_id"), row.text("actor"), row.text("action"), row.text("object_id"),
                        Json.readObject(row.text("details")), row.moment("created_at")));
    }
}
