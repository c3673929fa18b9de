-- Increments of what is authorized are movements like captures.
alter table charge_operation drop constraint charge_operation_kind_check;
alter table charge_operation add constraint charge_operation_kind_check check (kind in ('capture', 'void', 'reverse', 'increment'));
