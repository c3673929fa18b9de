-- The only tables that hold card data, and only as the vault's ciphertext.

create table vault_card (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    -- Tink AEAD over the PAN; associated data: account, mode and id
    pan              bytea not null,
    -- Tink key id that encrypted it, so that a rotation knows what is left to do
    key_id           bigint not null,
    -- keyed HMAC of the PAN per account and mode
    fingerprint      text not null,
    created_at       timestamptz not null default now(),
    primary key (account_id, id)
);
create index vault_card_key on vault_card (key_id);

-- A CVC that came with a payment method: used once, gone within the hour. Its key lives outside PostgreSQL and is destroyed,
-- so that dead rows and WAL are nothing.
create table vault_cvc (
    account_id       text collate "C" not null,
    card_id          text collate "C" not null,
    cvc              bytea not null,
    key_id           text not null,
    expires_at       timestamptz not null,
    -- the charge that uses it, so that a lost acknowledgement does not lose it; deleted with the charge's outcome
    taken_by         text collate "C",
    primary key (account_id, card_id)
);
create index vault_cvc_expiry on vault_cvc (expires_at);
