-- What lists and searches show of a customer; the whole is in the nodes.
CREATE TABLE customer (
    id            {bytes} NOT NULL PRIMARY KEY,
    name          {text},
    email         {text},
    phone         {text},
    first_seen    {int} NOT NULL,
    last_seen     {int} NOT NULL,
    events        {int} NOT NULL,
    orders        {int} NOT NULL,
    revenue_cents {int} NOT NULL,
    currency      {text},
    node_count    {int} NOT NULL,
    terms         {text} NOT NULL
){strict};

CREATE INDEX customer_last_seen ON customer (last_seen, id);

-- The words by which a customer is found.
CREATE TABLE customer_term (
    term     {text} NOT NULL,
    customer {bytes} NOT NULL,
    PRIMARY KEY (term, customer)
){keyed};
