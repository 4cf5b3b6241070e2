-- Who stands for a kind of customers: the people nearest to its middle.
CREATE TABLE persona_typical (
    run      {bytes} NOT NULL,
    persona  {bytes} NOT NULL,
    place    {int} NOT NULL,
    customer {bytes} NOT NULL,
    PRIMARY KEY (run, persona, place)
){keyed};

CREATE INDEX persona_typical_customer ON persona_typical (customer);
