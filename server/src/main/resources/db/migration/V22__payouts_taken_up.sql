-- Set when the provider has taken a payout up, though it may still show it as unsent: that it shows so proves nothing then.
alter table payout add column taken_up boolean not null default false;
-- An operator's payouts, closed ones too.
create index payout_stuck on payout (account_id, id) where stuck_reason is not null;
