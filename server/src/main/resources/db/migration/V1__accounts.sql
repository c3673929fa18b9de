-- Who uses the platform. Ids are prefix_<time><random>, compared bytewise (collate "C"), so that id order is time order.

create table account (
    id               text collate "C" primary key,
    name             text not null,
    status           text not null default 'active' check (status in ('active', 'suspended')),
    -- null = no limit; requests per minute and key, all paths / writes of payment intents
    limit_requests   integer check (limit_requests > 0),
    limit_payments   integer check (limit_payments > 0),
    created_at       timestamptz not null default now()
);

create table api_key (
    account_id       text collate "C" not null references account (id),
    id               text collate "C" not null,
    livemode         boolean not null,
    kind             text not null check (kind in ('secret', 'publishable')),
    -- SHA-256 of the whole key; the key itself is shown once and stored nowhere
    hash             bytea not null,
    -- for people: sk_test_...Ab3d
    prefix           text not null,
    last4            text not null,
    created_at       timestamptz not null default now(),
    expires_at       timestamptz,
    revoked_at       timestamptz,
    primary key (account_id, id)
);
-- The one look-up that cannot name the account: it finds it.
create unique index api_key_hash on api_key (hash);

create table provider_account (
    account_id       text collate "C" not null references account (id),
    id               text collate "C" not null,
    livemode         boolean not null,
    provider         text not null,
    name             text not null,
    -- encrypted by the vault; JSON of the provider's own names when open
    credentials      bytea not null,
    -- url, default_country, default_holder, timeouts; nothing secret
    settings         jsonb not null default '{}',
    -- the account's default order, ascending
    position         integer not null,
    enabled          boolean not null default true,
    created_at       timestamptz not null default now(),
    primary key (account_id, id),
    unique (account_id, livemode, provider, name)
);
