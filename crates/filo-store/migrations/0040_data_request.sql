-- What people asked about their data, and by when it is answered. Once they are forgotten, or
-- the time to keep it is over, a line says when it was asked and answered, and nothing of whom.
CREATE TABLE data_request (
    id               {bytes} NOT NULL PRIMARY KEY,
    wish             {text} NOT NULL,
    way              {text} NOT NULL,
    stage            {text} NOT NULL,
    contact          {text} NOT NULL,
    node             {bytes},
    message          {text} NOT NULL,
    received_at      {int} NOT NULL,
    due_at           {int} NOT NULL,
    checked_at       {int},
    proof            {text},
    extended_at      {int},
    extension_reason {text} NOT NULL,
    closed_at        {int},
    closing_note     {text} NOT NULL,
    erasure          {bytes}
){strict};

CREATE INDEX data_request_due ON data_request (due_at, id) WHERE closed_at IS NULL;

CREATE INDEX data_request_closed ON data_request (closed_at, id) WHERE closed_at IS NOT NULL;

CREATE INDEX data_request_node ON data_request (node) WHERE node IS NOT NULL;
