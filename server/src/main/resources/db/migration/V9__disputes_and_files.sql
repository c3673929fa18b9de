-- What card holders demanded back through their banks, as providers tell it, and what is said about it.

create table dispute (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    charge_id        text collate "C" not null,
    payment_intent_id text collate "C" not null,
    provider         text not null,
    provider_account_id text collate "C" not null,
    provider_id      text collate "C" not null,
    -- of the payment, at the provider
    provider_payment_id text collate "C" not null,
    -- the provider's last word: inquiry (no money moved), taken, returned. What it repeats changes nothing
    heard            text not null check (heard in ('inquiry', 'taken', 'returned')),
    status           text not null check (status in ('warning_needs_response', 'warning_under_review', 'warning_closed',
                                                     'needs_response', 'under_review', 'won', 'lost')),
    reason           text not null,
    -- the provider's own words
    reason_code      text,
    reason_text      text,
    amount           bigint not null check (amount > 0),
    currency         text not null,
    brand            text,
    -- our field names; texts, and ids of files
    evidence         jsonb not null default '{}',
    submission_count integer not null default 0,
    submitted_at     timestamptz,
    -- when the evidence is to be handed to the provider next; null where there is none to hand over, or nobody takes it by API
    hand_over_at     timestamptz,
    handed_over_at   timestamptz,
    due_by           timestamptz,
    metadata         jsonb not null default '{}',
    created_at       timestamptz not null,
    closed_at        timestamptz,
    primary key (account_id, id)
);
-- One row for each that the provider knows, however often it is told.
create unique index dispute_provider on dispute (provider_id, provider_account_id, account_id);
create index dispute_charge on dispute (charge_id, account_id);
create index dispute_intent on dispute (payment_intent_id, account_id);
create index dispute_test on dispute (account_id, id) where not livemode;
create index dispute_hand_over on dispute (hand_over_at) where hand_over_at is not null;
create index dispute_open on dispute (provider_account_id, account_id)
    where status in ('warning_needs_response', 'warning_under_review', 'needs_response', 'under_review');

-- Whether a charge was ever disputed, and what of it is taken away by disputes now.
alter table charge add column disputed boolean not null default false;
alter table charge add column amount_disputed bigint not null default 0 check (amount_disputed >= 0);

-- When each provider account is asked for disputes next.
create table dispute_poll (
    account_id       text collate "C" not null,
    provider_account_id text collate "C" not null,
    livemode         boolean not null,
    -- whether a charge was ever made there; until then nobody asks
    charged          boolean not null default false,
    -- up to which charge that was looked at
    checked_until    text collate "C" not null default '',
    next_at          timestamptz not null default now(),
    -- the newest one on the last listing: the next listing must show it too, or something may be missed
    newest_id        text collate "C",
    -- set while charges are asked about one by one, because something may have been missed: up to which that is done
    sweep_after      text collate "C",
    primary key (account_id, provider_account_id)
);
create index dispute_poll_due on dispute_poll (next_at);

-- Movements of money that no other row stands for: what disputes take and give back, refunds that the bank returns. All others are
-- read off charges, captures and refunds.
create table balance_entry (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    type             text not null,
    reporting_category text not null,
    amount           bigint not null,
    currency         text not null,
    source_id        text collate "C" not null,
    description      text,
    created_at       timestamptz not null,
    primary key (account_id, id)
);
create index balance_entry_source on balance_entry (source_id, account_id);
create index balance_entry_test on balance_entry (account_id, id) where not livemode;

-- What was uploaded. Partitioned by id, which is time.
create table file (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    purpose          text not null,
    -- what its first bytes say: pdf, png, jpg
    type             text not null,
    file_name        text not null,
    size             integer not null check (size > 0),
    content          bytea not null,
    created_at       timestamptz not null,
    primary key (account_id, id)
) partition by range (id);
create index file_test on file (account_id, id) where not livemode;
