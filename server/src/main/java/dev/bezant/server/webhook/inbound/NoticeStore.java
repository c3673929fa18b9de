package dev.bezant.server.webhook.inbound;

import dev.bezant.server.connector.ProviderAccount;
import dev.bezant.server.connector.TellsByNotice.Notice;
import dev.bezant.server.database.Database;
import dev.bezant.server.kernel.Ids;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of notices, and the work list that it is. */
final class NoticeStore {
    private final Database database;
    private final Ids ids;

    NoticeStore(Database database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    /** One to act upon. */
    record Stored(String accountId, String id, String providerAccountId, @Nullable String reference, @Nullable String providerId, int attempts) {}

    /** Stores a genuine notice; one that has come before is noted, and not acted upon again. */
    void add(ProviderAccount account, Notice notice) {
        database.sql("""
                        insert into provider_notice (account_id, id, livemode, provider, provider_account_id, state, type, fingerprint, reference,
                               provider_id, body)
                        select :account, :id, :livemode, :provider, :provider_account,
                               case when exists (select 1 from provider_notice n
                                       where n.fingerprint = :fingerprint and n.account_id = :account and n.provider_account_id = :provider_account)
                                   then 'duplicate' else 'received' end,
                               :type, :fingerprint, :reference::text, :provider_id::text, :body
                        """)
                .bind("account", account.accountId())
                .bind("id", ids.next("ntc"))
                .bind("livemode", account.livemode())
                .bind("provider", account.provider())
                .bind("provider_account", account.id())
                .bind("type", notice.type())
                .bind("fingerprint", notice.fingerprint())
                .bind("reference", notice.reference())
                .bind("provider_id", notice.providerId())
                .bind("body", notice.shown())
                .update();
    }

    /** Stores that one was refused, and nothing of what it said: anybody can have sent it. */
    void refuse(ProviderAccount account, String reason) {
        database.sql("""
                        insert into provider_notice (account_id, id, livemode, provider, provider_account_id, state, failure, processed_at)
                        values (:account, :id, :livemode, :provider, :provider_account, 'refused', :reason, now())
                        """)
                .bind("account", account.accountId())
                .bind("id", ids.next("ntc"))
                .bind("livemode", account.livemode())
                .bind("provider", account.provider())
                .bind("provider_account", account.id())
                .bind("reason", reason)
                .update();
    }

    /**
     * Takes what is due for a minute; nobody else gets it meanwhile.
     *
     * @param busy provider accounts whose notices wait
     */
    List<Stored> claim(int max, Set<String> busy) {
        return database.sql("""
                        update provider_notice n set due_at = now() + interval '1 minute', attempts = attempts + 1
                          from (select account_id, id from provider_notice where state = 'received' and due_at <= now()
                                   and provider_account_id <> all (:busy)
                                 order by due_at limit :max for update skip locked) due
                         where n.account_id = due.account_id and n.id = due.id
                        returning n.account_id, n.id, n.provider_account_id, n.reference, n.provider_id, n.attempts
                        """)
                .bind("max", max)
                .bind("busy", List.copyOf(busy))
                .list(row -> new Stored(row.text("account_id"), row.text("id"), row.text("provider_account_id"), row.textOrNull("reference"),
                        row.textOrNull("provider_id"), row.whole("attempts")));
    }

    /** @param state {@code processed} or {@code ignored} */
    void done(Stored notice, String state) {
        database.sql("update provider_notice set state = :state, processed_at = now() where account_id = :account and id = :id")
                .bind("state", state)
                .bind("account", notice.accountId())
                .bind("id", notice.id())
                .update();
    }

    /** Until after 5, 10, 20 ... seconds. */
    void postpone(Stored notice) {
        database.sql("""
                        update provider_notice set due_at = now() + make_interval(secs => 2.5 * power(2, attempts))
                         where account_id = :account and id = :id
                        """)
                .bind("account", notice.accountId())
                .bind("id", notice.id())
                .update();
    }
}
