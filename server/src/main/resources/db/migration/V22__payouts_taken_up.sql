-- Set when the provider has taken a payout up, though it may still show it as unsent: that it shows so proves nothing then.
alter table payout add column taken_up boolean not null default false;
