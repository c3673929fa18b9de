-- Keys that come in pairs, and the references by which partners name what they ask for.

-- The half that is no secret: null for a key that stands alone.
alter table api_key add column public_key text collate "C";
create unique index api_key_public_key on api_key (public_key) where public_key is not null;

-- What a partner calls an operation can be used once, for longer than an idempotency key is kept. Written before the work begins.
create table partner_reference (
    account_id       text collate "C" not null,
    -- mode, operation and the partner's own word: test/refund/refund_123
    id               text collate "C" not null,
    -- under which the work was begun; nothing else may be begun for the reference
    idempotency_key  text not null,
    -- what came of it; null while at work, or where that could not be written any more
    object_id        text collate "C",
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
);
