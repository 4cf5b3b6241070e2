-- What the list of people is filtered and sorted by. Rows from before are filled in by the
-- engine's node after its start; until then `facets` is 0.
ALTER TABLE customer ADD COLUMN name_key {text} NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN facets {int} NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN birthday {int} NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN first_source {int} NOT NULL DEFAULT -1;

DROP INDEX customer_last_seen;

-- Holds all that filters look at, so that a filter true of nobody reads this index alone.
CREATE INDEX customer_last_seen ON customer
    (last_seen, id, first_seen, orders, revenue_cents, facets, birthday, first_source, name_key);

CREATE INDEX customer_name_key ON customer (name_key, id);

CREATE INDEX customer_first_seen ON customer (first_seen, id);

CREATE INDEX customer_revenue ON customer (revenue_cents, id);

CREATE INDEX customer_unfilled ON customer (id) WHERE facets = 0;

-- What was done with many people at once: who, when, how many, and what undoing it needs.
CREATE TABLE bulk_act (
    id        {bytes} NOT NULL PRIMARY KEY,
    kind      {text} NOT NULL,
    at        {int} NOT NULL,
    actor     {text} NOT NULL,
    question  {text} NOT NULL,
    people    {int} NOT NULL,
    customers {bytes} NOT NULL,
    undone_at {int}
){strict};

CREATE INDEX bulk_act_at ON bulk_act (at, id);
