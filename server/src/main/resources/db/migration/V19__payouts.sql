-- Money sent to a card. Written before it is sent; pending until it is proved what became of it.
create table payout (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    state            text not null check (state in ('pending', 'paid', 'failed')),
    provider         text not null,
    provider_account_id text collate "C" not null,
    -- ours, told to the provider
    reference        text collate "C" not null unique,
    provider_id      text,
    payment_method_id text collate "C" not null,
    -- the card and billing details as they were
    method_snapshot  jsonb not null,
    amount           bigint not null check (amount > 0),
    currency         text not null,
    description      text,
    statement_descriptor text,
    metadata         jsonb not null default '{}',
    -- code, message, and what the provider said
    failure          jsonb,
    idempotency_id   text collate "C",
    -- set when settling needs an operator
    stuck_reason     text,
    send_before      timestamptz not null,
    give_up_at       timestamptz not null,
    created_at       timestamptz not null default now(),
    resolved_at      timestamptz,
    primary key (account_id, id)
);
create index payout_test on payout (account_id, id) where not livemode;
-- What settling looks at.
create index payout_open on payout (give_up_at) where state = 'pending';
