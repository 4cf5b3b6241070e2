-- What could not be taken in, with the reason, until a person repairs or discards it.
CREATE TABLE quarantine (
    id          {bytes} NOT NULL PRIMARY KEY,
    source      {int},
    received_at {int} NOT NULL,
    code        {text} NOT NULL,
    field       {text},
    hint        {text} NOT NULL,
    body        {bytes} NOT NULL,
    status      {text} NOT NULL,
    repaired_at {int},
    actor       {text}
){strict};

CREATE INDEX quarantine_received_at ON quarantine (received_at, id);
CREATE INDEX quarantine_status ON quarantine (status, received_at, id);
