-- Some providers finish a challenged payment without us: an attempt that was closed while its payer was away is looked after until here.
alter table charge add column watch_until timestamptz;
create index charge_watched on charge (watch_until) where watch_until is not null;
