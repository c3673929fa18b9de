-- Webhooks out: who is told of events, what is still to be told, and how telling went.

-- The event itself says whether it is still to be handed to the endpoints, so that a payment writes no row more. What was written
-- before this column is done with; the release before, which does not know it, leaves it to us: an event too many is no harm.
alter table event add column undispatched boolean not null default false;
alter table event alter column undispatched set default true;
-- The order in which events were written: those of one object are written one after the other, while ids of several nodes depend on
-- their clocks.
create sequence event_seq;
alter table event add column seq bigint;
alter table event alter column seq set default nextval('event_seq');
create index event_undispatched on event (seq) where undispatched;

create table webhook_endpoint (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    -- an endpoint is called; a listener fetches
    kind             text not null check (kind in ('endpoint', 'listener')),
    -- of a listener: where it says it forwards to
    url              text,
    -- event types, or just *
    enabled_events   text[] not null check (cardinality(enabled_events) > 0),
    -- as it was sent; null = as the account says
    api_version      text,
    description      text,
    metadata         jsonb not null default '{}',
    status           text not null default 'enabled' check (status in ('enabled', 'disabled')),
    -- request, or failing: nothing arrived for days
    disabled_reason  text,
    ordered          boolean not null default false,
    max_concurrency  integer not null check (max_concurrency > 0),
    -- bumped by every change that a sender has to know of
    version          integer not null default 1,
    -- of a listener: what finds it again, and when it last fetched
    name             text,
    seen_at          timestamptz,
    created_at       timestamptz not null default now(),
    primary key (account_id, id),
    check (kind = 'listener' or url is not null)
);

-- At most two of an endpoint work at a time: the present one, and the former one until it expires.
create table webhook_secret (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    endpoint_id      text collate "C" not null,
    -- encrypted by the vault
    sealed           bytea not null,
    expires_at       timestamptz,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
);
create index webhook_secret_endpoint on webhook_secret (endpoint_id, account_id);

-- One per endpoint: which node sends to it now, and when there is something to send. Kept apart from the endpoint, since it changes
-- all the time. Whoever adds deliveries or looks whether there are any holds this row.
create table webhook_lane (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    owner            text,
    lease_until      timestamptz not null default '-infinity',
    due_at           timestamptz not null default 'infinity',
    -- since when no try has succeeded; null = the last one has
    failing_since    timestamptz,
    -- the last failure known of; kept up to date only when it has been failing for long
    failed_at        timestamptz,
    primary key (account_id, id)
);
create index webhook_lane_id on webhook_lane (id, account_id);
create index webhook_lane_due on webhook_lane (due_at);
create index webhook_lane_failing on webhook_lane (failing_since) where failing_since is not null;

-- An event on its way to an endpoint. Partitioned by id, which is time.
create table webhook_delivery (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    endpoint_id      text collate "C" not null,
    event_id         text collate "C" not null,
    event_type       text not null,
    object_id        text collate "C" not null,
    -- that of the event
    seq              bigint not null,
    -- whether it waits for earlier events of its object
    ordered          boolean not null,
    origin           text not null check (origin in ('event', 'resend', 'replay')),
    -- how many endpoints had not got the event when this was made; told with every try alike
    pending_webhooks smallint not null,
    state            text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'canceled')),
    tries            integer not null default 0,
    -- what the last try was answered; null = nothing
    last_status      integer,
    -- when it is tried next; null = after an earlier one, or never again
    due_at           timestamptz,
    -- no try begins later, but the first
    expires_at       timestamptz not null,
    finished_at      timestamptz,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
) partition by range (id);
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at, seq) where state = 'pending';
create index webhook_delivery_line on webhook_delivery (endpoint_id, object_id, seq, id) where state = 'pending' and ordered;
create index webhook_delivery_event on webhook_delivery (event_id, account_id);
create index webhook_delivery_endpoint on webhook_delivery (endpoint_id, id);

-- Every try, with what was sent and what came back. The body is the event's.
create table webhook_attempt (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    delivery_id      text collate "C" not null,
    number           integer not null,
    url              text not null,
    request_headers  jsonb not null,
    -- null = there was no answer
    status_code      integer,
    -- the first 4 KiB
    response_body    text,
    error            text,
    duration_ms      integer not null,
    -- null = this was the last one
    next_try_at      timestamptz,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
) partition by range (id);
create index webhook_attempt_delivery on webhook_attempt (delivery_id, account_id);
