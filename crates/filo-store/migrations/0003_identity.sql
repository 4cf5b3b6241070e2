-- One identifier of somebody, with the state folded from the events on its thread.
CREATE TABLE node (
    id       {bytes} NOT NULL PRIMARY KEY,
    kind     {int} NOT NULL,
    value    {text} NOT NULL,
    customer {bytes} NOT NULL,
    state    {bytes} NOT NULL
){strict};

CREATE INDEX node_customer ON node (customer);

-- What proves, or forbids, that two identifiers are the same person; a is below b.
CREATE TABLE link (
    a       {bytes} NOT NULL,
    b       {bytes} NOT NULL,
    trust   {int} NOT NULL,
    at      {int} NOT NULL,
    event   {bytes} NOT NULL,
    verdict {int} NOT NULL,
    state   {bytes} NOT NULL,
    PRIMARY KEY (a, b)
){strict};

CREATE INDEX link_b ON link (b);
