-- An attempt whose answer was lost is taken back at providers that can do nothing else with it. Written before they are asked to: from then on
-- no approval of it counts.
alter table charge add column taking_back_at timestamptz;
