package dev.bezant.server.dispute;

import dev.bezant.server.connector.ReportsDisputes.Word;
import dev.bezant.server.database.Session;
import dev.bezant.server.database.Statement;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.Rows;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table {@code dispute}, and what of a charge belongs to its disputes. */
final class DisputeStore {
    private DisputeStore() {}

    static Optional<Dispute> find(Session session, String account, boolean livemode, String id) {
        return session.sql("select * from dispute where account_id = :account and livemode = :livemode and id = :id")
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("id", id)
                .one(Dispute::read);
    }

    /** Some of one account and mode, in any order. */
    static List<Dispute> find(Session session, String account, boolean livemode, Collection<String> ids) {
        return session.sql("select * from dispute where account_id = :account and livemode = :livemode and id = any (:ids)")
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("ids", List.copyOf(ids))
                .list(Dispute::read);
    }

    /** Held still until the transaction ends. Whoever changes its charge too takes that first. */
    static Optional<Dispute> locked(Session tx, String account, String id) {
        return tx.sql("select * from dispute where account_id = :account and id = :id for update")
                .bind("account", account)
                .bind("id", id)
                .one(Dispute::read);
    }

    /** By the provider's id. */
    static Optional<Dispute> known(Session session, String account, String providerAccountId, String providerId) {
        return session.sql("""
                        select * from dispute
                         where provider_id = :provider_id and provider_account_id = :provider_account and account_id = :account
                        """)
                .bind("provider_id", providerId)
                .bind("provider_account", providerAccountId)
                .bind("account", account)
                .one(Dispute::read);
    }

    /** Those of a provider account that are not closed. */
    static List<Dispute> open(Session session, String account, String providerAccountId) {
        return session.sql("""
                        select * from dispute
                         where provider_account_id = :provider_account and account_id = :account
                           and status in ('warning_needs_response', 'warning_under_review', 'needs_response', 'under_review')
                         order by id limit 1000
                        """)
                .bind("provider_account", providerAccountId)
                .bind("account", account)
                .list(Dispute::read);
    }

    /** @return false if it is known already */
    static boolean insert(Session tx, Dispute dispute) {
        return tx.sql("""
                        insert into dispute (account_id, id, livemode, charge_id, payment_intent_id, provider, provider_account_id, provider_id,
                            provider_payment_id, heard, status, reason, reason_code, reason_text, amount, currency, brand, due_by, created_at,
                            closed_at)
                        values (:account, :id, :livemode, :charge, :intent, :provider, :provider_account, :provider_id, :provider_payment,
                            :heard, :status, :reason, :reason_code, :reason_text, :amount, :currency, :brand, :due_by, :created,
                            case when :open then null else :created end)
                        on conflict (provider_id, provider_account_id, account_id) do nothing
                        """)
                .bind("account", dispute.accountId())
                .bind("id", dispute.id())
                .bind("livemode", dispute.livemode())
                .bind("charge", dispute.chargeId())
                .bind("intent", dispute.paymentIntentId())
                .bind("provider", dispute.provider())
                .bind("provider_account", dispute.providerAccountId())
                .bind("provider_id", dispute.providerId())
                .bind("provider_payment", dispute.providerPaymentId())
                .bind("heard", word(dispute.heard()))
                .bind("status", dispute.status().wireName())
                .bind("reason", dispute.reason())
                .bind("reason_code", dispute.reasonCode())
                .bind("reason_text", dispute.reasonText())
                .bind("amount", dispute.amount().amount())
                .bind("currency", dispute.amount().currency().code())
                .bind("brand", dispute.brand())
                .bind("due_by", dispute.dueBy())
                .bind("created", dispute.createdAt())
                .bind("open", dispute.status().open())
                .update() == 1;
    }

    /** Stores what a dispute has become; the caller holds it. A word about the evidence that was sent in starts handing it over. */
    static void update(Session tx, Dispute before, Dispute after) {
        boolean submitted = after.submissionCount() > before.submissionCount();
        Statement statement = tx.sql("""
                update dispute
                   set heard = :heard, status = :status, evidence = :evidence::jsonb, metadata = :metadata::jsonb,
                       submission_count = :submissions, submitted_at = :submitted_at::timestamptz,
                       handed_over_at = :handed_over_at::timestamptz,
                       hand_over_at = case when :submitted then now() when :open then hand_over_at end,
                       closed_at = case when :open then null else coalesce(closed_at, now()) end
                 where account_id = :account and id = :id
                """);
        statement.bind("heard", word(after.heard()))
                .bind("status", after.status().wireName())
                .bind("evidence", Json.write(after.evidence()))
                .bind("metadata", Json.write(after.metadata()))
                .bind("submissions", after.submissionCount())
                .bind("submitted_at", after.submittedAt())
                .bind("handed_over_at", after.handedOverAt())
                .bind("submitted", submitted)
                .bind("open", after.status().open())
                .bind("account", after.accountId())
                .bind("id", after.id())
                .update();
    }

    /** A charge, held still until the transaction ends: its refunds and its other disputes wait. */
    static Optional<Charge> lockCharge(Session tx, String account, String id) {
        return tx.sql("select * from charge where account_id = :account and id = :id for update")
                .bind("account", account)
                .bind("id", id)
                .one(Rows::charge);
    }

    /** Notes on the charge that it was disputed, and what disputes took of it or gave back; gives it as it is then. */
    static Charge disputed(Session tx, Charge charge, long taken) {
        return tx.sql("""
                        update charge set disputed = true, amount_disputed = amount_disputed + :taken
                         where account_id = :account and id = :id
                        returning *
                        """)
                .bind("taken", taken)
                .bind("account", charge.accountId())
                .bind("id", charge.id())
                .one(Rows::charge)
                .orElseThrow();
    }

    private static String word(Word word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
