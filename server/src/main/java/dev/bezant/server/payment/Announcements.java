package dev.bezant.server.payment;

import dev.bezant.server.database.Session;

/** What was told about an intent already, so that it is not told twice. */
final class Announcements {
    private Announcements() {}

    /** Whether the last thing told is that it is processing. Read the intent before: then a guarded commit makes the answer hold. */
    static boolean processing(Session session, Intent intent) {
        return session.sql("select type from event where account_id = :account and object_id = :intent order by id desc limit 1")
                .bind("account", intent.accountId())
                .bind("intent", intent.id())
                .one(row -> row.text("type"))
                .filter("payment_intent.processing"::equals)
                .isPresent();
    }
}
