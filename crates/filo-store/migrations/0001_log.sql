-- What was accepted, in the order of acceptance. A row is one group commit: compressed
-- event frames. Rows are only ever added at the end and dropped from the beginning.
CREATE TABLE log (
    seq         {serial},
    received_at {int} NOT NULL,
    events      {int} NOT NULL,
    payload     {bytes} NOT NULL
){strict};

-- PostgreSQL only:
-- The highest number given. Its row lock is held until commit, so numbers have no gaps and
-- become visible in their order; a sequence promises neither.
CREATE TABLE log_head (
    seq BIGINT NOT NULL
);
INSERT INTO log_head (seq) VALUES (0);
-- The payload is compressed already.
ALTER TABLE log ALTER COLUMN payload SET STORAGE EXTERNAL;
