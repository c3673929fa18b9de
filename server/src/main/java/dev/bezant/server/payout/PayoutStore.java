package dev.bezant.server.payout;

import dev.bezant.server.database.Row;
import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.method.PaymentMethods;
import dev.bezant.server.payment.PaymentSettings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The commits of a payout, each one statement. */
final class PayoutStore {
    private static final String METHOD = """
            method as (
                select pm.id, pm.card_id, card.pan,
                       jsonb_build_object('type', pm.type, 'card', jsonb_build_object('brand', pm.brand, 'last4', pm.last4,
                           'exp_month', pm.exp_month, 'exp_year', pm.exp_year, 'fingerprint', pm.fingerprint,
                           'funding', pm.funding, 'country', pm.country), 'billing_details', pm.billing_details) as snapshot
                  from payment_method pm
                  join vault_card card on card.account_id = pm.account_id and card.id = pm.card_id
                 where pm.account_id = :account and pm.livemode = :livemode and pm.id = :method and pm.detached_at is null
            )""";

    /** The same of a card that is stored by this statement. */
    private static final String FRESH_METHOD = PaymentMethods.insertParts("from won", true) + """
            , method as (
                select :pm_id::text as id, :pm_card_id::text as card_id, :pm_pan::bytea as pan, :pm_snapshot::jsonb as snapshot from won
            )""";

    private static final String WRITTEN = """
            payout_written as (
                insert into payout (account_id, id, livemode, state, provider, provider_account_id, reference, payment_method_id, method_snapshot,
                    amount, currency, description, statement_descriptor, metadata, idempotency_id, send_before, give_up_at, created_at)
                select :account, :payout, :livemode, 'pending', :provider, :provider_account, :reference, method.id, method.snapshot,
                       :amount, :currency, :description::text, :statement_descriptor::text, :metadata::jsonb, :idem_id::text,
                       now() + make_interval(secs => :send_window_ms / 1000.0), now() + make_interval(secs => :give_up_ms / 1000.0),
                       :created::timestamptz
                  from method, won
                returning id
            ), moved as (select id from payout_written),""" + Events.written("moved") + """

            select method.card_id, method.pan, method.snapshot from payout_written cross join method
            """;

    private static final String BEGIN = "with " + METHOD + ", ready as (select 1 from method), " + Idempotency.CLAIM + ", " + WRITTEN;

    private static final String BEGIN_FRESH = "with ready as (select 1), " + Idempotency.CLAIM + ", " + FRESH_METHOD + ", " + WRITTEN;

    /** What a sender needs, read back. */
    private static final String RESUME = """
            select card.id as card_id, card.pan, p.method_snapshot as snapshot
              from payout p
              join payment_method pm on pm.account_id = p.account_id and pm.id = p.payment_method_id
              join vault_card card on card.account_id = pm.account_id and card.id = pm.card_id
             where p.account_id = :account and p.id = :payout and p.state = 'pending'
            """;

    private static final String FINISH = """
            with moved as (
                update payout
                   set state = :state, provider_id = coalesce(:provider_id::text, provider_id), failure = :failure::jsonb,
                       resolved_at = case when :state <> 'pending' then now() end,
                       stuck_reason = case when :state = 'pending' then stuck_reason end
                 where account_id = :account and id = :payout and state = 'pending'
                returning id
            ),""" + Idempotency.ANSWER + ", " + Events.written("moved") + "\nselect count(*) as moved from moved";

    private final Events events;
    private final PaymentSettings settings;

    PayoutStore(Events events, PaymentSettings settings) {
        this.events = events;
        this.settings = settings;
    }

    /** @param pan ciphertext */
    record Begun(String cardId, byte[] pan, ObjectNode snapshot) {
        static Begun read(Row row) throws SQLException {
            return new Begun(row.text("card_id"), row.bytes("pan"), Json.readObject(row.text("snapshot")));
        }
    }

    /**
     * One that is pending, with the database's time.
     *
     * @param takenUp that its provider shows it as unsent proves nothing
     */
    record Open(PayoutRow payout, boolean takenUp, Instant giveUpAt, Instant now) {}

    /** @return empty if the key was not won or the card cannot be used */
    Optional<Begun> begin(Session session, Map<String, @Nullable Object> claim, PayoutRow payout, PaymentMethods.@Nullable Draft fresh) {
        var values = new HashMap<>(claim);
        values.put("payout", payout.id());
        values.put("provider", payout.provider());
        values.put("provider_account", payout.providerAccountId());
        values.put("reference", payout.reference());
        values.put("amount", payout.amount().amount());
        values.put("currency", payout.amount().currency().code());
        values.put("description", payout.description());
        values.put("statement_descriptor", payout.statementDescriptor());
        values.put("metadata", Json.write(payout.metadata()));
        values.put("created", payout.createdAt());
        values.put("send_window_ms", settings.sendWindow().toMillis());
        values.put("give_up_ms", settings.giveUp().toMillis());
        values.put("event_idem_key", claim.get("idem_key"));
        values.putAll(events.values(List.of(EventDraft.of("payout.created", payout.render()))));
        if (fresh == null) {
            values.put("method", payout.paymentMethodId());
        } else {
            values.putAll(PaymentMethods.values(fresh));
            values.put("pm_snapshot", Json.write(PaymentMethods.snapshot(fresh.method())));
        }
        return session.sql(fresh == null ? BEGIN : BEGIN_FRESH).bind(values).one(Begun::read);
    }

    Optional<Begun> resume(Session session, PayoutRow payout) {
        return session.sql(RESUME).bind("account", payout.accountId()).bind("payout", payout.id()).one(Begun::read);
    }

    /** Keeps the provider's id before any money moves. @return false if the payout is not pending any more */
    boolean place(Session session, PayoutRow payout, String providerId) {
        return session.sql("update payout set provider_id = :provider_id where account_id = :account and id = :payout and state = 'pending'")
                .bind("provider_id", providerId)
                .bind("account", payout.accountId())
                .bind("payout", payout.id())
                .update() > 0;
    }

    /** @return false if the payout is not pending any more */
    boolean takenUp(Session session, PayoutRow payout) {
        return session.sql("update payout set taken_up = true where account_id = :account and id = :payout and state = 'pending'")
                .bind("account", payout.accountId())
                .bind("payout", payout.id())
                .update() > 0;
    }

    /** Stores an outcome and the answer. @return false if somebody was faster */
    boolean finish(Session session, Cause cause, PayoutRow to, List<EventDraft> drafts) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("account", to.accountId());
        values.put("livemode", to.livemode());
        values.put("payout", to.id());
        values.put("state", to.state());
        values.put("provider_id", to.providerId());
        values.put("failure", Json.writeOrNull(to.failure()));
        values.put("idem_id", to.idempotencyId());
        values.put("idem_status", 200);
        values.put("idem_body", Json.write(to.render()));
        values.put("request", cause.requestId());
        values.put("event_idem_key", cause.idempotencyKey());
        values.putAll(events.values(drafts));
        return session.sql(FINISH).bind(values).one(row -> row.number("moved") > 0).orElse(false);
    }

    static Optional<PayoutRow> find(Session session, String account, boolean livemode, String id) {
        return session.sql("select * from payout where account_id = :account and livemode = :livemode and id = :id")
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("id", id)
                .one(PayoutRow::read);
    }

    /**
     * Those that nobody's request is about just now. An operator's too, where an id tells what to ask for: its provider may know by now.
     *
     * <p>So few of each provider account that a round of a slow one is short. The newest of those that were not asked about yet come first: most are
     * resolved by one question. Where more of the others are due than can be asked, each has its chance.
     *
     * @param busy provider accounts that are being asked still
     * @param known payouts that were asked about before
     * @param paused payouts that were asked about a moment ago
     */
    static List<Open> open(Session session, Set<String> busy, Set<String> known, Set<String> paused) {
        return session.sql("""
                        select due.*, now() as moment
                          from (select distinct account_id, provider_account_id from payout
                                 where state = 'pending' and provider_account_id <> all (:busy)) lane
                          cross join lateral (
                                select * from payout p
                                 where p.state = 'pending' and p.account_id = lane.account_id and p.provider_account_id = lane.provider_account_id
                                   and (p.stuck_reason is null or p.provider_id is not null) and p.created_at < now() - interval '2 seconds'
                                   and p.id <> all (:paused)
                                 order by p.id = any(:known), case when p.id = any(:known) then random() end, p.give_up_at desc
                                 limit 20) due
                        """)
                .bind("busy", List.copyOf(busy))
                .bind("known", List.copyOf(known))
                .bind("paused", List.copyOf(paused))
                .list(PayoutStore::open);
    }

    /** One, open or not. */
    static Optional<Open> open(Session session, String account, String providerAccount, String reference) {
        return session.sql("""
                        select *, now() as moment from payout
                         where reference = :reference and account_id = :account and provider_account_id = :provider_account
                        """)
                .bind("reference", reference)
                .bind("account", account)
                .bind("provider_account", providerAccount)
                .one(PayoutStore::open);
    }

    private static Open open(Row row) throws SQLException {
        return new Open(PayoutRow.read(row), row.flag("taken_up"), row.moment("give_up_at"), row.moment("moment"));
    }

    /** Marks one whose outcome cannot be proved, once. @return whether this did it */
    static boolean stuck(Session session, PayoutRow payout, String reason) {
        return session.sql("""
                        update payout set stuck_reason = :reason
                         where account_id = :account and id = :payout and state = :state and stuck_reason is null
                        """)
                .bind("reason", reason)
                .bind("state", payout.state())
                .bind("account", payout.accountId())
                .bind("payout", payout.id())
                .update() > 0;
    }
}
