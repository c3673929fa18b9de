-- What the API's resources lacked.

-- Charges: what was said about the payment when it was made (description, metadata, shipping ...), changed by updates; null = nothing.
alter table charge add column details jsonb;
-- which challenge the payer was sent to, if any: 3ds2, 3ds1
alter table charge add column challenge text;
-- the capture that took the money, where that was not the payment itself: its balance transaction is named after it
alter table charge add column capture_id text collate "C";
update charge c
   set details = nullif((select jsonb_object_agg(d.key, d.value) from jsonb_each(i.details) d
                          where d.key in ('description', 'metadata', 'receipt_email', 'shipping', 'statement_descriptor',
                                          'statement_descriptor_suffix', 'transfer_group')), '{}'),
       capture_id = (select o.id from charge_operation o
                      where o.account_id = c.account_id and o.charge_id = c.id and o.kind = 'capture' and o.state = 'succeeded')
  from payment_intent i
 where i.account_id = c.account_id and i.id = c.payment_intent_id;
create index charge_customer on charge (customer_id, account_id, id) where customer_id is not null;

-- A void that a refund of an uncaptured charge asked for.
alter table charge_operation add column refund_id text collate "C";
create index charge_operation_charge on charge_operation (charge_id, account_id);

alter table refund add column customer_id text collate "C";
alter table refund add column payment_method_id text collate "C";
-- a void instead of money given back: nothing had been captured
alter table refund add column uncaptured boolean not null default false;
-- whether the provider took it, so that the money is on its way; from then on it is in the balance
alter table refund add column taken boolean not null default false;
-- the balance entry that brought the money back, where a refund failed after it had been taken
alter table refund add column returned_by text collate "C";
update refund r
   set customer_id = c.customer_id, payment_method_id = c.payment_method_id, taken = r.state in ('pending', 'succeeded')
  from charge c
 where c.account_id = r.account_id and c.id = r.charge_id;

-- What an account tells about itself.
alter table account add column email text;
alter table account add column country text;
alter table account add column default_currency text not null default 'eur';

alter table customer add column currency text;
-- a payment method, set by the older parameters source and default_source
alter table customer add column default_source text collate "C";
-- custom_fields, footer, rendering_options
alter table customer add column invoice_settings jsonb not null default '{}';

create table customer_tax_id (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    customer_id      text collate "C" not null,
    type             text not null,
    value            text not null,
    created_at       timestamptz not null,
    primary key (account_id, id)
);
create index customer_tax_id_customer on customer_tax_id (customer_id, account_id, id);

-- Every change of a customer's balance, with what it came to.
create table customer_balance_transaction (
    account_id       text collate "C" not null,
    id               text collate "C" not null,
    livemode         boolean not null,
    customer_id      text collate "C" not null,
    type             text not null,
    amount           bigint not null,
    currency         text not null,
    ending_balance   bigint not null,
    description      text,
    metadata         jsonb not null default '{}',
    created_at       timestamptz not null,
    primary key (account_id, id)
);
create index customer_balance_transaction_customer on customer_balance_transaction (customer_id, account_id, id);

-- Searches by what merchants put into metadata, and for customers by e-mail address without regard to case. Only rows that have some
-- are in them, so that a payment without metadata costs nothing.
create index payment_intent_metadata on payment_intent using gin ((details -> 'metadata') jsonb_path_ops) where details ? 'metadata';
create index charge_metadata on charge using gin ((details -> 'metadata') jsonb_path_ops) where details ? 'metadata';
create index customer_metadata on customer using gin (metadata jsonb_path_ops) where metadata <> '{}';
create index customer_email_folded on customer (lower(email), account_id) where deleted_at is null;
