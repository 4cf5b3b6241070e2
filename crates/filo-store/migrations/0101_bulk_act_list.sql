-- The list that an act with many people put them on or took them off.
ALTER TABLE bulk_act ADD COLUMN list {bytes};
