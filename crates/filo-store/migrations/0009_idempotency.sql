-- Answers already given, by the hash of the `Idempotency-Key`; without an answer the request
-- is still being worked on.
CREATE TABLE idempotency (
    key_hash     {bytes} NOT NULL PRIMARY KEY,
    request_hash {bytes} NOT NULL,
    status       {int},
    body         {bytes},
    at           {int} NOT NULL
){strict};

CREATE INDEX idempotency_at ON idempotency (at);
