package dev.bezant.server.ops;

import java.util.List;

/**
 * Something that must always be true of the data.
 *
 * @param name for people and scripts
 * @param meaning what is wrong with a row that is found, and what to do
 * @param offenders a query for the column {@code row}: a text that tells which row breaks the rule
 * @see "docs/architecture.md, what must always be true"
 */
record Check(String name, String meaning, String offenders) {
    /** Payments first. */
    static final List<Check> ALL = List.of(
            new Check("one-live-charge", "an intent has more than one charge that is accepted or in flight", """
                    select account_id || ' ' || payment_intent_id as row
                      from charge
                     where state in ('pending', 'requires_action', 'completing', 'authorized', 'captured')
                     group by account_id, payment_intent_id
                    having count(*) > 1
                    """),
            new Check("refunds-within-capture", "more is refunded, or about to be, than was captured, or more captured than authorized", """
                    select account_id || ' ' || id as row
                      from charge
                     where amount_refunded + amount_refunding > amount_captured or amount_captured > amount
                    """),
            new Check("refunded-adds-up", "a charge's refunded amount is not the sum of its refunds that succeeded", """
                    select c.account_id || ' ' || c.id || ': ' || c.amount_refunded || ' instead of ' || coalesce(sum(r.amount), 0) as row
                      from charge c
                      left join refund r on r.account_id = c.account_id and r.charge_id = c.id and r.state = 'succeeded'
                     where c.state in ('captured', 'authorized')
                     group by c.account_id, c.id, c.amount_refunded
                    having c.amount_refunded <> coalesce(sum(r.amount), 0)
                    """),
            new Check("refunding-adds-up", "a charge reserves another amount than its refunds in flight have", """
                    select c.account_id || ' ' || c.id || ': ' || c.amount_refunding || ' instead of ' || coalesce(sum(r.amount), 0) as row
                      from charge c
                      left join refund r on r.account_id = c.account_id and r.charge_id = c.id and r.state in ('submitting', 'pending')
                                        and not r.uncaptured
                     where c.state in ('captured', 'authorized')
                     group by c.account_id, c.id, c.amount_refunding
                    having c.amount_refunding <> coalesce(sum(r.amount), 0)
                    """),
            new Check("intent-within-amount", "an intent has received or may capture more than its amount", """
                    select account_id || ' ' || id as row
                      from payment_intent
                     where amount_received + amount_capturable > amount
                    """),
            new Check("succeeded-is-captured", "an intent succeeded without a captured charge of the amount it received", """
                    select i.account_id || ' ' || i.id as row
                      from payment_intent i
                     where i.status = 'succeeded' and i.purpose = 'payment'
                       and not exists (select from charge c
                                        where c.account_id = i.account_id and c.payment_intent_id = i.id
                                          and c.state = 'captured' and c.amount_captured = i.amount_received)
                    """),
            new Check("capturable-is-authorized", "an intent waits for a capture without an authorized charge", """
                    select i.account_id || ' ' || i.id as row
                      from payment_intent i
                     where i.status = 'requires_capture'
                       and not exists (select from charge c
                                        where c.account_id = i.account_id and c.payment_intent_id = i.id and c.state = 'authorized')
                    """),
            new Check("no-money-without-its-intent", "a charge holds money that its intent does not want", """
                    select c.account_id || ' ' || c.id || ' of ' || i.status || ' ' || i.id as row
                      from charge c
                      join payment_intent i on i.account_id = c.account_id and i.id = c.payment_intent_id
                     where c.state in ('authorized', 'captured')
                       and i.status in ('requires_payment_method', 'requires_confirmation', 'canceled')
                    """),
            new Check("charges-have-intents", "a charge has no intent, or that of another mode", """
                    select c.account_id || ' ' || c.id as row
                      from charge c
                      left join payment_intent i on i.account_id = c.account_id and i.id = c.payment_intent_id and i.livemode = c.livemode
                     where i.id is null
                    """),
            new Check("same-currency", "a charge or a refund has another currency than what it belongs to", """
                    select c.account_id || ' ' || c.id as row
                      from charge c
                      join payment_intent i on i.account_id = c.account_id and i.id = c.payment_intent_id
                     where c.currency <> i.currency and c.state not in ('failed', 'reversing', 'reversed')
                    union all
                    select r.account_id || ' ' || r.id
                      from refund r
                      join charge c on c.account_id = r.account_id and c.id = r.charge_id
                     where r.currency <> c.currency
                    """),
            new Check("disputed-adds-up", "a charge says that disputes took another amount than they did", """
                    select c.account_id || ' ' || c.id || ': ' || c.amount_disputed || ' instead of ' || coalesce(sum(d.amount), 0) as row
                      from charge c
                      left join dispute d on d.account_id = c.account_id and d.charge_id = c.id and d.status in ('needs_response', 'under_review', 'lost')
                     where c.disputed or c.amount_disputed <> 0
                     group by c.account_id, c.id, c.amount_disputed
                    having c.amount_disputed <> coalesce(sum(d.amount), 0)
                    """),
            new Check("disputes-moved-money", "a dispute stands for money that its balance transactions do not move", """
                    select d.account_id || ' ' || d.id as row
                      from dispute d
                      left join balance_entry e on e.account_id = d.account_id and e.source_id = d.id
                     group by d.account_id, d.id, d.status, d.amount
                    having coalesce(sum(e.amount), 0) <> case when d.status in ('needs_response', 'under_review', 'lost') then -d.amount else 0 end
                    """),
            new Check("balance-adds-up", "the balance transactions come to another sum than what charges say was captured, refunded and disputed", """
                    select coalesce(f.account_id, t.account_id) || ' ' || coalesce(f.currency, t.currency) || ': ' || coalesce(t.amount, 0) || ' instead of '
                               || coalesce(f.amount, 0) as row
                      from (select account_id, livemode, currency, sum(amount) as amount from (
                                select account_id, livemode, currency,
                                       case when state = 'reversed' then 0 else amount_captured - amount_refunded end - amount_disputed as amount
                                  from charge where amount_captured > 0
                                union all
                                select account_id, livemode, currency, -amount from refund where state = 'pending' and taken) facts
                             group by 1, 2, 3) f
                      full join (select account_id, livemode, currency, sum(amount) as amount from (
                                select account_id, livemode, currency, amount_captured as amount from charge where amount_captured > 0 and capture_id is null
                                union all
                                select o.account_id, o.livemode, c.currency, case when o.kind = 'capture' then o.amount else -o.amount end
                                  from charge_operation o join charge c on c.account_id = o.account_id and c.id = o.charge_id
                                 where o.state = 'succeeded' and (o.kind = 'capture' or o.kind = 'reverse' and c.amount_captured > 0)
                                union all
                                select account_id, livemode, currency, -amount from refund where taken
                                union all
                                select account_id, livemode, currency, amount from balance_entry) transactions
                             group by 1, 2, 3) t
                        on t.account_id = f.account_id and t.livemode = f.livemode and t.currency = f.currency
                     where coalesce(f.amount, 0) <> coalesce(t.amount, 0)
                    """),
            new Check("customer-balance-adds-up", "a customer's balance is not what its last entry says", """
                    select c.account_id || ' ' || c.id as row
                      from customer c
                      join lateral (select ending_balance from customer_balance_transaction b
                                     where b.account_id = c.account_id and b.customer_id = c.id order by b.id desc limit 1) last on true
                     where last.ending_balance <> c.balance
                    """),
            new Check("unknown-gets-settled", "an operation is unresolved an hour after its sender gave up, and nobody was told", """
                    select account_id || ' ' || id as row
                      from charge
                     where state in ('pending', 'completing', 'reversing') and stuck_reason is null and give_up_at < now() - interval '1 hour'
                    union all
                    select account_id || ' ' || id
                      from charge_operation
                     where state = 'pending' and stuck_reason is null and give_up_at < now() - interval '1 hour'
                    union all
                    select account_id || ' ' || id
                      from refund
                     where state = 'submitting' and not uncaptured and stuck_reason is null and give_up_at < now() - interval '1 hour'
                    union all
                    select account_id || ' ' || id
                      from payout
                     where state = 'pending' and provider_id is null and stuck_reason is null and give_up_at < now() - interval '1 hour'
                    """),
            new Check("payouts-arrive", "a payout has been pending at its provider for more than three days: ask the provider what holds it", """
                    select account_id || ' ' || id || ': ' || provider_id as row
                      from payout
                     where state = 'pending' and provider_id is not null and stuck_reason is null and created_at < now() - interval '3 days'
                    """),
            new Check("nothing-stuck", "an operator has to find out what happened at the provider and resolve the operation", """
                    select account_id || ' ' || id || ': ' || stuck_reason as row from charge where stuck_reason is not null
                    union all
                    select account_id || ' ' || id || ': ' || stuck_reason from charge_operation where stuck_reason is not null
                    union all
                    select account_id || ' ' || id || ': ' || stuck_reason from refund where stuck_reason is not null
                    union all
                    select account_id || ' ' || id || ': ' || stuck_reason from payout where stuck_reason is not null
                    """),
            new Check("success-has-one-event", "a payment succeeded without exactly one event that tells so", """
                    select i.account_id || ' ' || i.id || ': ' || count(e.id) || ' events' as row
                      from payment_intent i
                      left join event e on e.account_id = i.account_id and e.object_id = i.id
                       and e.type = i.purpose || '_intent.succeeded'
                     where i.status = 'succeeded'
                     group by i.account_id, i.id
                    having count(e.id) <> 1
                    """),
            new Check("answers-are-stored", "a request with an Idempotency-Key has no answer although nothing it began is in flight", """
                    select k.account_id || ' ' || k.id as row
                      from idempotency_key k
                     where k.status_code is null and k.created_at < now() - interval '1 hour'
                       and not exists (select from charge c where c.account_id = k.account_id and c.idempotency_id = k.id
                                          and c.state in ('pending', 'completing', 'reversing'))
                       and not exists (select from charge_operation o where o.account_id = k.account_id and o.idempotency_id = k.id
                                          and o.state = 'pending')
                       and not exists (select from refund r where r.account_id = k.account_id and r.idempotency_id = k.id
                                          and r.state = 'submitting')
                       and not exists (select from payout p where p.account_id = k.account_id and p.idempotency_id = k.id
                                          and p.state = 'pending')
                    """),
            new Check("setups-hold-nothing", "a setup intent has moved money, or succeeded without its card verified", """
                    select i.account_id || ' ' || i.id as row
                      from payment_intent i
                     where i.purpose = 'setup'
                       and (i.amount_received + i.amount_capturable > 0
                            or exists (select from charge c where c.account_id = i.account_id and c.payment_intent_id = i.id and c.amount > 0)
                            or i.status = 'succeeded' and not exists (select from charge c
                                where c.account_id = i.account_id and c.payment_intent_id = i.id and c.state = 'verified'))
                    """),
            new Check("follow-ups-are-done", "what a success left to do is not done: the job that does it fails or does not run", """
                    select account_id || ' ' || id as row from payment_intent where follow_up and created_at < now() - interval '1 hour'
                    """),
            new Check("cvc-is-gone", "a CVC is kept past its hour", """
                    select account_id || ' ' || card_id as row from vault_cvc where expires_at < now() - interval '30 minutes'
                    """),
            new Check("cards-are-sealed", "a payment method refers to a card that is not in the vault", """
                    select m.account_id || ' ' || m.id as row
                      from payment_method m
                      left join vault_card v on v.account_id = m.account_id and v.id = m.card_id and v.livemode = m.livemode
                     where m.card_id is not null and v.id is null
                    """),
            new Check("events-are-handed-on", "an event waits for more than ten minutes to be handed to webhook endpoints: no server runs, or its job fails", """
                    select account_id || ' ' || id as row from event where undispatched and created_at < now() - interval '10 minutes'
                    """),
            new Check("deliveries-have-endpoints", "a webhook delivery is pending at an endpoint that does not exist", """
                    select d.account_id || ' ' || d.id as row
                      from webhook_delivery d
                      left join webhook_endpoint w on w.account_id = d.account_id and w.id = d.endpoint_id
                     where d.state = 'pending' and w.id is null
                    """),
            new Check("line-moves", "a webhook delivery waits for an earlier one that is not pending", """
                    select d.account_id || ' ' || d.id as row
                      from webhook_delivery d
                     where d.state = 'pending' and d.due_at is null
                       and not exists (select from webhook_delivery e
                                        where e.endpoint_id = d.endpoint_id and e.object_id = d.object_id and e.state = 'pending' and e.ordered
                                          and (e.seq, e.id) < (d.seq, d.id))
                    """),
            new Check("lanes-wake", "a webhook delivery is due before anybody looks for it", """
                    select d.account_id || ' ' || d.id as row
                      from webhook_delivery d
                      join webhook_endpoint w on w.account_id = d.account_id and w.id = d.endpoint_id and w.kind = 'endpoint' and w.status = 'enabled'
                      join webhook_lane l on l.account_id = d.account_id and l.id = d.endpoint_id
                     where d.state = 'pending' and l.owner is null and d.due_at < l.due_at
                    """),
            new Check("events-are-partitioned", "events fall into the default partition: the job that makes partitions does not run", """
                    select account_id || ' ' || id as row from event_default
                    """));
}
