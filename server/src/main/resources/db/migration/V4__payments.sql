-- Of each table only the primary key begins with the account. Otherwise the planner, which knows nothing of a table that is still
-- empty, may look for a row by an index that has the account alone in common, and keep that plan while the table grows.

-- Money. Every row here that stands for a movement at a provider is committed before its request is sent.

create table payment_intent (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    -- bumped by every change: the guard that every transition is conditional on
    version          integer not null default 1,
    status           text not null check (status in ('requires_payment_method', 'requires_confirmation', 'requires_action',
                                                     'processing', 'requires_capture', 'succeeded', 'canceled')),
    amount           bigint not null check (amount > 0),
    currency         text not null,
    amount_capturable bigint not null default 0 check (amount_capturable >= 0),
    amount_received  bigint not null default 0 check (amount_received >= 0),
    capture_method   text not null,
    confirmation_method text not null,
    customer_id      text collate "C",
    payment_method_id text collate "C",
    latest_charge_id text collate "C",
    client_secret    text not null,
    cancellation_reason text,
    canceled_at      timestamptz,
    -- what is set once and only shown: description, metadata, shipping, return_url, options ...
    details          jsonb not null default '{}',
    next_action      jsonb,
    last_payment_error jsonb,
    created_at       timestamptz not null,
    primary key (account_id, id),
    check (amount_received + amount_capturable <= amount)
);
-- Lists use the primary key; those of test mode this one, so that a live account's payments are not read past.
create index payment_intent_test on payment_intent (account_id, id) where not livemode;
create index payment_intent_customer on payment_intent (customer_id, account_id, id) where customer_id is not null;

create table charge (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    payment_intent_id text collate "C" not null,
    attempt          smallint not null,
    -- pending: sent or about to be; completing: the payer came back, the completion is on its way;
    -- reversing: approved too late, its void or refund is on its way
    state            text not null check (state in ('pending', 'requires_action', 'completing', 'authorized', 'captured',
                                                    'voided', 'failed', 'reversing', 'reversed')),
    provider         text not null,
    provider_account_id text collate "C" not null,
    -- ours, told to the provider, unique: what settling asks for
    reference        text collate "C" not null,
    provider_id      text,
    payment_method_id text collate "C" not null,
    customer_id      text collate "C",
    amount           bigint not null check (amount > 0),
    currency         text not null,
    amount_captured  bigint not null default 0 check (amount_captured >= 0),
    -- reserved by operations in flight
    amount_refunded  bigint not null default 0 check (amount_refunded >= 0),
    amount_refunding bigint not null default 0 check (amount_refunding >= 0),
    -- the sender may send until here; nobody settles absence before give_up_at
    send_before      timestamptz not null,
    give_up_at       timestamptz not null,
    action           jsonb,
    action_expires_at timestamptz,
    failure          jsonb,
    -- card as it was when charged, billing details, 3-D Secure result; for people and reports
    method_snapshot  jsonb not null default '{}',
    -- whose answer this attempt owes: the idempotency row, if any
    idempotency_id   text collate "C",
    -- set when settling could not prove anything: an operator's task, never a failure by time
    stuck_reason     text,
    created_at       timestamptz not null default now(),
    -- when its outcome was stored: whatever the provider created before this, it created before every later attempt
    resolved_at      timestamptz,
    primary key (account_id, id),
    check (amount_captured <= amount),
    check (amount_refunded + amount_refunding <= amount_captured)
);
create unique index charge_reference on charge (reference, account_id);
-- Invariant 1: at most one live charge per intent, so that an API call, a page, a link and a batch cannot race into two.
create unique index charge_one_live on charge (payment_intent_id, account_id)
    where state in ('pending', 'requires_action', 'completing', 'authorized', 'captured');
create index charge_intent on charge (payment_intent_id, account_id);
create index charge_test on charge (account_id, id) where not livemode;
create index charge_unsettled on charge (give_up_at) where state in ('pending', 'completing', 'reversing');
create index charge_action_expiry on charge (action_expires_at) where state = 'requires_action';

-- Captures, voids and reversals: movements on a charge that are not objects of the API.
create table charge_operation (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    charge_id        text collate "C" not null,
    kind             text not null check (kind in ('capture', 'void', 'reverse')),
    state            text not null check (state in ('pending', 'succeeded', 'failed')),
    reference        text collate "C" not null,
    provider_id      text,
    amount           bigint not null check (amount > 0),
    -- of a void: why the intent is canceled
    reason           text,
    send_before      timestamptz not null,
    give_up_at       timestamptz not null,
    failure          jsonb,
    idempotency_id   text collate "C",
    stuck_reason     text,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
);
create unique index charge_operation_reference on charge_operation (reference, account_id);
-- A capture, a void and a reversal of one charge exclude each other.
create unique index charge_operation_exclusive on charge_operation (charge_id, account_id) where state = 'pending';
create index charge_operation_unsettled on charge_operation (give_up_at) where state = 'pending';

create table refund (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    charge_id        text collate "C" not null,
    payment_intent_id text collate "C" not null,
    -- submitting: our request may be on its way; pending: the provider works on it
    state            text not null check (state in ('submitting', 'pending', 'succeeded', 'failed', 'canceled')),
    reference        text collate "C" not null,
    provider_id      text,
    amount           bigint not null check (amount > 0),
    currency         text not null,
    reason           text,
    failure_reason   text,
    metadata         jsonb not null default '{}',
    send_before      timestamptz not null,
    give_up_at       timestamptz not null,
    -- when a pending one is asked after next
    poll_at          timestamptz,
    failure          jsonb,
    idempotency_id   text collate "C",
    stuck_reason     text,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
);
create unique index refund_reference on refund (reference, account_id);
create index refund_charge on refund (charge_id, account_id);
create index refund_test on refund (account_id, id) where not livemode;
create index refund_unsettled on refund (give_up_at) where state = 'submitting';
create index refund_poll on refund (poll_at) where state = 'pending';

-- A card paid with before needs no CVC: the first approved payment stands for it at that provider account.
create table stored_credential (
    account_id       text collate "C" not null,
    payment_method_id text collate "C" not null,
    provider_account_id text collate "C" not null,
    provider_id      text not null,
    primary key (account_id, payment_method_id, provider_account_id)
);

-- The unbroken chain of listings that proves absence where a provider can only list its latest payments.
create table provider_scan (
    account_id       text collate "C" not null,
    provider_account_id text collate "C" not null,
    -- every payment created at the provider after this moment of ours was on some listing of the chain
    covers_since     timestamptz not null,
    last_scan_at     timestamptz not null,
    newest_id        text,
    primary key (account_id, provider_account_id)
);
