-- What providers tell by themselves. Stored before it is acknowledged; acting upon it means asking the provider.
create table provider_notice (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    provider         text not null,
    provider_account_id text collate "C" not null,
    -- duplicate: the same news has come before; ignored: not about a payment of ours; refused: not provably the provider's
    state            text not null check (state in ('received', 'processed', 'duplicate', 'ignored', 'refused')),
    failure          text,
    type             text,
    fingerprint      text collate "C",
    reference        text collate "C",
    provider_id      text,
    -- without what must not be stored
    body             text,
    attempts         smallint not null default 0,
    due_at           timestamptz not null default now(),
    received_at      timestamptz not null default now(),
    processed_at     timestamptz,
    primary key (account_id, id)
) partition by range (id);
create index provider_notice_due on provider_notice (due_at) where state = 'received';
create index provider_notice_fingerprint on provider_notice (fingerprint, account_id) where fingerprint is not null;
