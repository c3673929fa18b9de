-- A setup intent is an intent that wants a card verified instead of charged: the same row, the same path, an amount of zero.
alter table payment_intent add column purpose text not null default 'payment' check (purpose in ('payment', 'setup'));
alter table payment_intent drop constraint payment_intent_amount_check;
alter table payment_intent add constraint payment_intent_amount_check check (amount > 0 or (amount = 0 and purpose = 'setup'));
-- After success there is something left to do: keep the card with its customer, write down a mandate.
alter table payment_intent add column follow_up boolean not null default false;
create index payment_intent_follow_up on payment_intent (id) where follow_up;
create index payment_intent_setup on payment_intent (account_id, id) where purpose = 'setup';

-- Verified: the issuer said yes to an amount of zero. Nothing is held, nothing is captured.
alter table charge drop constraint charge_state_check;
alter table charge add constraint charge_state_check check (state in ('pending', 'requires_action', 'completing', 'authorized', 'captured',
    'voided', 'failed', 'reversing', 'reversed', 'verified'));
alter table charge drop constraint charge_amount_check;
alter table charge add constraint charge_amount_check check (amount >= 0);
-- Authorizations that nobody captures are released after a while.
create index charge_authorized on charge (resolved_at) where state = 'authorized';

-- What a payer agreed to, for being charged while absent.
create table mandate (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    status           text not null default 'active' check (status in ('active', 'inactive', 'pending')),
    type             text not null check (type in ('multi_use', 'single_use')),
    payment_method_id text collate "C" not null,
    -- amount and currency, of one for a single use
    single_use       jsonb,
    customer_acceptance jsonb not null,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
);

-- From web pages a publishable key may begin payments up to this amount, in minor units; null = not in live mode.
alter table account add column browser_payment_max bigint check (browser_payment_max > 0);
