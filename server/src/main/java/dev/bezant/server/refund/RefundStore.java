package dev.bezant.server.refund;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.payment.Charge;
import dev.bezant.server.payment.PaymentSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The commits of a refund. */
final class RefundStore {
    /** Reserves the amount where there is enough left; the charge's constraints would refuse anything else. */
    private static final String BEGIN = """
            with ready as (
                select 1 from charge
                 where account_id = :account and id = :charge and state = 'captured'
                   and amount_captured - amount_refunded - amount_refunding >= :amount and amount_disputed = 0
                   for update
            ),""" + Idempotency.CLAIM + """
            , reserved as (
                update charge set amount_refunding = amount_refunding + :amount
                 where account_id = :account and id = :charge and exists (select 1 from won)
                returning id
            ), refund_written as (
                insert into refund (account_id, id, livemode, charge_id, payment_intent_id, customer_id, payment_method_id, method_type, state, reference, amount, currency,
                    reason, metadata, send_before, give_up_at, idempotency_id, created_at)
                select :account, :refund, :livemode, :charge, :intent, :customer::text, :method::text, :method_type, 'submitting', :reference, :amount, :currency,
                       :reason::text, :metadata::jsonb, now() + make_interval(secs => :send_window_ms / 1000.0),
                       now() + make_interval(secs => :give_up_ms / 1000.0), :idem_id::text, :created::timestamptz
                  from reserved
                returning id
            ), moved as (select id from refund_written),""" + Events.written("moved") + """

            select count(*) as moved from refund_written
            """;

    private static final String FINISH = """
            with ready as (
                select 1 from charge
                 where account_id = :account and id = :charge and amount_refunded = :refunded_read
                   and disputed = :disputed_read and amount_disputed = :amount_disputed_read
                   for update
            ), moved as (
                update refund
                   set state = :state, provider_id = :provider_id::text, failure_reason = :failure_reason::text,
                       taken = :taken, returned_by = :returned_by::text,
                       poll_at = case when :state = 'pending' then now() + interval '1 minute' end
                 where account_id = :account and id = :refund and state = :state_read and exists (select 1 from ready)
                returning id
            ), charge_moved as (
                update charge set amount_refunded = amount_refunded + :refunded, amount_refunding = amount_refunding - :released
                 where account_id = :account and id = :charge and exists (select 1 from moved)
                returning id
            ), returned as (
                insert into balance_entry (account_id, id, livemode, type, reporting_category, amount, currency, source_id, description, created_at)
                select :account, :returned_now::text, :livemode, 'refund_failure', 'refund_failure', :amount, :currency, :refund,
                       'Refund that failed, of charge ' || :charge::text, now()
                  from moved where :returned_now::text is not null
            ),""" + Idempotency.ANSWER + ", " + Events.written("moved") + """

            select case when (select count(*) from moved) = 0 then 0 else 1 / (select count(*) from charge_moved) end as moved
            """;

    private final Events events;
    private final PaymentSettings settings;

    RefundStore(Events events, PaymentSettings settings) {
        this.events = events;
        this.settings = settings;
    }

    /** @return false if the key was not won or the charge has not enough left */
    boolean begin(Session session, Map<String, @Nullable Object> claim, RefundRow refund, List<EventDraft> drafts) {
        var values = new HashMap<>(claim);
        values.put("charge", refund.chargeId());
        values.put("intent", refund.paymentIntentId());
        values.put("customer", refund.customerId());
        values.put("method", refund.paymentMethodId());
        values.put("method_type", refund.methodType());
        values.put("refund", refund.id());
        values.put("amount", refund.amount().amount());
        values.put("currency", refund.amount().currency().code());
        values.put("reference", refund.reference());
        values.put("reason", refund.reason());
        values.put("metadata", Json.write(refund.metadata()));
        values.put("created", refund.createdAt());
        values.put("send_window_ms", settings.sendWindow().toMillis());
        values.put("give_up_ms", settings.giveUp().toMillis());
        values.put("event_idem_key", claim.get("idem_key"));
        values.putAll(events.values(drafts));
        return session.sql(BEGIN).bind(values).one(row -> row.number("moved") > 0).orElse(false);
    }

    /**
     * Stores an outcome.
     *
     * @param charge as it was before, which the events were written with
     * @param json the answer for the idempotency row; null leaves it as it is
     * @return false if the refund is not in the state it was read in, or another refund of the charge was faster
     */
    boolean finish(Session session, Cause cause, RefundRow read, Charge charge, RefundRow to, int status, @Nullable String json, List<EventDraft> drafts) {
        var values = new HashMap<String, @Nullable Object>();
        boolean open = to.state().equals("submitting") || to.state().equals("pending");
        values.put("account", read.accountId());
        values.put("livemode", read.livemode());
        values.put("refund", read.id());
        values.put("charge", read.chargeId());
        values.put("state_read", read.state());
        values.put("refunded_read", charge.amountRefunded());
        values.put("disputed_read", charge.extras().disputed());
        values.put("amount_disputed_read", charge.extras().amountDisputed());
        values.put("taken", to.taken());
        values.put("returned_by", to.returnedBy());
        values.put("returned_now", read.returnedBy() == null ? to.returnedBy() : null);
        values.put("amount", read.amount().amount());
        values.put("currency", read.amount().currency().code());
        values.put("state", to.state());
        values.put("provider_id", to.providerId());
        values.put("failure_reason", to.failureReason());
        values.put("refunded", to.state().equals("succeeded") ? read.amount().amount() : 0L);
        values.put("released", open ? 0L : read.amount().amount());
        values.put("idem_id", json == null ? null : read.idempotencyId());
        values.put("idem_status", json == null ? null : status);
        values.put("idem_body", json);
        values.put("request", cause.requestId());
        values.put("event_idem_key", cause.idempotencyKey());
        values.putAll(events.values(drafts));
        return session.sql(FINISH).bind(values).one(row -> row.number("moved") > 0).orElse(false);
    }

    static Optional<RefundRow> find(Session session, String account, boolean livemode, String id) {
        return session.sql("select * from refund where account_id = :account and livemode = :livemode and id = :id")
                .bind("account", account)
                .bind("livemode", livemode)
                .bind("id", id)
                .one(RefundRow::read);
    }
}
