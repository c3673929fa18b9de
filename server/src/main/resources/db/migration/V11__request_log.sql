-- Every request that was answered, for as long as retention says. Written behind the requests' backs, many rows at once, so the last
-- moments before a crash may be missing. Partitioned by id, which is time: by day.
create table request_log (
    -- '' = no valid key came with it: such requests belong to nobody and are shown to the operator alone
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    key_id           text collate "C",
    key_prefix       text,
    method           text not null,
    path             text not null,
    -- the pattern that served it; 'unknown' if none did
    route            text not null,
    -- what it was about: ids in its path, its parameters and its answer
    object_ids       text[] not null,
    -- JSON without anything secret, cut to a size; null if there was none, or none is to be kept
    params           text,
    response         text,
    -- parameters of Stripe's that were taken and ignored
    ignored          text[] not null,
    status           smallint not null,
    dialect          text not null,
    version          text,
    idempotency_key  text collate "C",
    replayed         boolean not null,
    ip               text not null,
    user_agent       text,
    took_us          bigint not null,
    provider_us      bigint not null,
    created_at       timestamptz not null,
    primary key (account_id, id)
) partition by range (id);
create index request_log_test on request_log (account_id, id) where not livemode;
-- For lists of what failed, which is little among much.
create index request_log_failed on request_log (account_id, id) where status >= 400;
create index request_log_object on request_log using gin (object_ids);
create index request_log_idempotency on request_log (idempotency_key, account_id) where idempotency_key is not null;
