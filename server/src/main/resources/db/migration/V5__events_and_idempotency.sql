-- One row per POST with an Idempotency-Key. Claimed in the commit that begins the work, answered in the commit that ends it.
create table idempotency_key (
    account_id       text collate "C" not null,
    livemode         boolean not null,
    key              text collate "C" not null,
    id               text collate "C" not null,
    method_path      text not null,
    -- keyed HMAC of the decoded parameters: a plain hash of a body with a card number could be searched
    fingerprint      bytea not null,
    -- null while the work is in flight
    status_code      smallint,
    body             text,
    request_id       text not null,
    created_at       timestamptz not null default now(),
    primary key (key, account_id, livemode)
);
create unique index idempotency_key_id on idempotency_key (id, account_id);
-- In time order, for the job that forgets answered keys.
create index idempotency_key_age on idempotency_key (created_at) where status_code is not null;

-- The outbox. Partitioned by id, which is time: retention drops partitions. Bounds are made by Partitions.
create table event (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    type             text not null,
    object_id        text collate "C" not null,
    -- the snapshot, rendered once; never changes
    data             text not null,
    request_id       text,
    idempotency_key  text,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
) partition by range (id);
create index event_test on event (account_id, id) where not livemode;
create index event_object on event (object_id, account_id);
