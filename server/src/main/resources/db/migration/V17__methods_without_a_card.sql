-- What a payment method without a card tells of itself, by the API's names: the bank that a payer named. Null of cards.
alter table payment_method add column details jsonb;
-- With what the refunded charge was paid.
alter table refund add column method_type text not null default 'card';
