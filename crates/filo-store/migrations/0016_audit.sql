-- The audit log: only ever appended to. `audit_head` has one row, whose lock puts the appends of
-- all nodes into one order.
CREATE TABLE audit (
    seq     {int} NOT NULL PRIMARY KEY,
    at      {int} NOT NULL,
    party   {text} NOT NULL,
    actor   {text},
    act     {text} NOT NULL,
    subject {text},
    detail  {text} NOT NULL,
    hash    {bytes} NOT NULL
){strict};

CREATE INDEX audit_act ON audit (act, seq);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_at ON audit (at, seq);

CREATE TABLE audit_head (
    seq  {int} NOT NULL PRIMARY KEY,
    hash {bytes}
){strict};

INSERT INTO audit_head (seq) VALUES (0);
