-- What was said to providers and what they answered, masked by their SDKs. Written behind the calls' backs, many rows at once, so the last
-- moments before a crash may be missing: payments never depend on it. Partitioned by id, which is time: by day.
create table provider_call (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    provider         text not null,
    provider_account_id text collate "C" not null,
    -- what the server asked its connector for; null if nobody said
    operation        text,
    -- ours, of the payment or movement
    reference        text collate "C",
    method           text not null,
    url              text not null,
    -- cut to a size; null if there was none, or none is to be kept
    request          text,
    -- null: there was no answer
    status           smallint,
    response         text,
    -- why there was no answer
    failure          text,
    took_us          bigint not null,
    created_at       timestamptz not null,
    primary key (account_id, id)
) partition by range (id);
create index provider_call_test on provider_call (account_id, id) where not livemode;
-- For lists of what failed, which is little among much.
create index provider_call_failed on provider_call (account_id, id) where status is null or status >= 400;
create index provider_call_reference on provider_call (reference, account_id) where reference is not null;
create index provider_notice_reference on provider_notice (reference, account_id) where reference is not null;
