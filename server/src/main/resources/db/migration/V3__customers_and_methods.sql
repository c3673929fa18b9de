create table customer (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    email            text,
    name             text,
    phone            text,
    description      text,
    address          jsonb,
    shipping         jsonb,
    preferred_locales text[] not null default '{}',
    tax_exempt       text not null default 'none' check (tax_exempt in ('none', 'exempt', 'reverse')),
    balance          bigint not null default 0,
    invoice_prefix   text not null,
    next_invoice_sequence integer not null default 1,
    default_payment_method text collate "C",
    metadata         jsonb not null default '{}',
    created_at       timestamptz not null default now(),
    deleted_at       timestamptz,
    primary key (account_id, id)
);
-- Lists use the primary key; those of test mode this one, so that a live account's payments are not read past.
create index customer_test on customer (account_id, id) where not livemode;
create index customer_email on customer (email, account_id) where deleted_at is null;

create table payment_method (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    type             text not null,
    customer_id      text collate "C",
    -- attached once, then detached: never usable again
    detached_at      timestamptz,
    card_id          text collate "C",
    brand            text,
    last4            text,
    bin              text,
    exp_month        smallint check (exp_month between 1 and 12),
    exp_year         smallint,
    funding          text,
    country          text,
    fingerprint      text,
    billing_details  jsonb not null default '{}',
    metadata         jsonb not null default '{}',
    allow_redisplay  text not null default 'unspecified',
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
);
create index payment_method_customer on payment_method (customer_id, account_id, id) where customer_id is not null;
create index payment_method_test on payment_method (account_id, id) where not livemode;
