-- Whether what a capture leaves is released with it, or can be captured later.
alter table charge_operation add column last boolean not null default true;
