package dev.bezant.server.payment;

import dev.bezant.server.database.Session;
import dev.bezant.server.event.Cause;
import dev.bezant.server.event.EventDraft;
import dev.bezant.server.event.Events;
import dev.bezant.server.http.Idempotency;
import dev.bezant.server.kernel.Json;
import dev.bezant.server.payment.AttemptStore.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The two commits of a capture, a void or an increment. */
final class OperationStore {
    private static final String BEGIN = """
            with ready as (
                select 1 from payment_intent
                 where account_id = :account and id = :intent and version = :version_read and status = 'requires_capture'
                   for update
            ),""" + Idempotency.CLAIM + """
            , moved as (
                update payment_intent set version = :version, status = 'processing', details = :details::jsonb
                 where account_id = :account and id = :intent and exists (select 1 from won)
                returning id
            ), operation_written as (
                insert into charge_operation (account_id, id, livemode, charge_id, kind, state, reference, amount, last, reason,
                    send_before, give_up_at, idempotency_id, refund_id)
                select :account, :operation, :livemode, :charge, :kind, 'pending', :reference, :amount, :last, :reason::text,
                       now() + make_interval(secs => :send_window_ms / 1000.0), now() + make_interval(secs => :give_up_ms / 1000.0),
                       :idem_id::text, :refund::text
                  from moved
                returning id, send_before, give_up_at
            ), refund_written as (
                insert into refund (account_id, id, livemode, charge_id, payment_intent_id, customer_id, payment_method_id, method_type,
                    state, uncaptured, reference, amount, currency, reason, metadata, send_before, give_up_at, created_at)
                select c.account_id, :refund, c.livemode, c.id, c.payment_intent_id, c.customer_id, c.payment_method_id,
                       coalesce(c.method_snapshot ->> 'type', 'card'), 'submitting', true, :reference, :amount, c.currency, :refund_reason::text, :refund_metadata::jsonb, o.send_before, o.give_up_at,
                       :refund_created::timestamptz
                  from operation_written o
                  join charge c on c.account_id = :account and c.id = :charge
                 where :refund::text is not null
            ),""" + Events.written("operation_written") + """

            select count(*) as moved from operation_written
            """;

    private static final String FINISH = AttemptStore.MOVE_INTENT + """
            , operation_moved as (
                update charge_operation set state = :operation_state, provider_id = :provider_id::text, failure = :failure::jsonb,
                       stuck_reason = case when :operation_state = 'pending' then stuck_reason end
                 where account_id = :account and id = :operation and state = 'pending' and exists (select 1 from moved)
                returning id
            ), charge_moved as (
                update charge set state = :charge_state, amount = :charge_amount, amount_captured = :captured, capture_id = :capture_id::text
                 where account_id = :account and id = :charge and state = 'authorized' and exists (select 1 from moved)
                returning id
            ), refund_moved as (
                update refund set provider_id = :provider_id::text,
                       state = case :operation_state when 'pending' then state else :operation_state end,
                       failure_reason = case when :operation_state = 'failed' then 'unknown' end
                 where account_id = :account and id = :refund::text and exists (select 1 from operation_moved)
                returning id
            ),""" + Idempotency.ANSWER + ", " + AttemptStore.EVENTS_WRITTEN + """

            select case when (select count(*) from moved) = 0 then 0
                        else 1 / ((select count(*) from charge_moved) * (select count(*) from operation_moved)) end as moved
            """;

    private final AttemptStore attempts;
    private final Events events;
    private final PaymentSettings settings;

    OperationStore(AttemptStore attempts, Events events, PaymentSettings settings) {
        this.attempts = attempts;
        this.events = events;
        this.settings = settings;
    }

    /**
     * Makes the operation known.
     *
     * @param refund that asks for it; null where none does
     * @return false if the key was not won or the intent has moved
     */
    boolean begin(Session session, Map<String, @Nullable Object> claim, Intent read, Intent to, Operation operation, @Nullable VoidingRefund refund) {
        var values = new HashMap<>(claim);
        values.put("intent", read.id());
        values.put("version_read", read.version());
        values.put("version", to.version());
        values.put("details", Json.write(to.details()));
        values.put("operation", operation.id());
        values.put("charge", operation.chargeId());
        values.put("kind", operation.kind());
        values.put("reference", operation.reference());
        values.put("amount", operation.amount().amount());
        values.put("last", operation.last());
        values.put("reason", operation.reason());
        values.put("send_window_ms", settings.sendWindow().toMillis());
        values.put("give_up_ms", settings.giveUp().toMillis());
        values.put("refund", refund == null ? null : refund.id());
        values.put("refund_reason", refund == null ? null : refund.reason());
        values.put("refund_metadata", refund == null ? null : Json.write(refund.metadata()));
        values.put("refund_created", refund == null ? null : refund.created());
        values.put("event_idem_key", claim.get("idem_key"));
        values.putAll(events.values(refund == null ? List.of() : refund.events()));
        return AttemptStore.moved(session.sql(BEGIN).bind(values));
    }

    /** @param state of the operation: pending, succeeded or failed */
    record Result(Intent intent, Charge charge, String state, @Nullable String providerId, @Nullable ObjectNode failure, List<EventDraft> events) {}

    boolean finish(Session session, Cause cause, Intent read, Operation operation, Result to, @Nullable Answer answer) {
        Map<String, @Nullable Object> values = attempts.moveValues(cause, read, to.intent(), to.events());
        values.put("operation", operation.id());
        values.put("operation_state", to.state());
        values.put("provider_id", to.providerId());
        values.put("failure", Json.writeOrNull(to.failure()));
        values.put("refund", operation.refundId());
        values.put("charge", operation.chargeId());
        values.put("charge_state", to.charge().state().wireName());
        values.put("charge_amount", to.charge().amount().amount());
        values.put("captured", to.charge().amountCaptured());
        values.put("capture_id", to.charge().extras().captureId());
        values.put("idem_id", answer == null ? null : operation.idempotencyId());
        values.put("idem_status", answer == null ? null : answer.status());
        values.put("idem_body", answer == null ? null : answer.json());
        return AttemptStore.moved(session.sql(FINISH).bind(values));
    }
}
