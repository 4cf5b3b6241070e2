-- People who were forgotten: when, by whom, how much, and what of their data stays where.
-- Holds nothing of theirs but the keyed hashes of their identifiers.
CREATE TABLE erasure (
    id          {bytes} NOT NULL PRIMARY KEY,
    at          {int} NOT NULL,
    actor       {text} NOT NULL,
    ground      {text} NOT NULL,
    nodes       {bytes} NOT NULL,
    receipt     {text} NOT NULL,
    finished_at {int}
){strict};

CREATE INDEX erasure_at ON erasure (at, id);

-- Identifiers of which nothing that happened before this instant comes in any more.
CREATE TABLE tombstone (
    node {bytes} NOT NULL PRIMARY KEY,
    at   {int} NOT NULL
){keyed};
