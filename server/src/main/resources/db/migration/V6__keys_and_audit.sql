-- Keys that may do less, from fewer places, at their own pace.
alter table api_key drop constraint api_key_kind_check;
alter table api_key add constraint api_key_kind_check check (kind in ('secret', 'publishable', 'restricted'));
-- for people: what it is for
alter table api_key add column name text;
-- family -> read or write; of restricted keys alone
alter table api_key add column permissions jsonb;
alter table api_key add constraint api_key_permissions check ((kind = 'restricted') = (permissions is not null));
-- CIDR ranges it may be used from; empty = from anywhere
alter table api_key add column allowed_addresses text[] not null default '{}';
-- of this key alone, before those of the account; 0 = no limit, null = as the account says
alter table api_key add column limit_requests integer check (limit_requests >= 0);
alter table api_key add column limit_payments integer check (limit_payments >= 0);
-- within a minute or so
alter table api_key add column last_used_at timestamptz;

-- What its webhook endpoints speak unless they say otherwise; null = our own dialect.
alter table account add column default_api_version text;

-- Answers that hold a secret: encrypted by the vault, and then body is empty.
alter table idempotency_key add column sealed_body bytea;
create index idempotency_key_sealed on idempotency_key (account_id, id) where sealed_body is not null;

-- Who changed what of keys, accounts, providers and webhooks. Nothing here is ever changed. Partitioned by id, which is time.
create table audit (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    -- command line: cli:<user of the system>; API: the key's id
    actor            text not null,
    action           text not null,
    object_id        text collate "C" not null,
    -- what it was and became, nothing secret
    details          jsonb not null default '{}',
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
) partition by range (id);
