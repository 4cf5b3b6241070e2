-- Secrets that Filo must be able to read again, sealed with the operator's key. Whose each one
-- is stands in its place (`table.column`) and owner (the id there), and is sealed in.
CREATE TABLE sealed_secret (
    place      {text} NOT NULL,
    owner      {bytes} NOT NULL,
    sealed     {bytes} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (place, owner)
){keyed};
