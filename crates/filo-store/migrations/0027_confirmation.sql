-- Links by which a customer confirms a yes that was only claimed.
CREATE TABLE confirmation (
    id           {bytes} NOT NULL PRIMARY KEY,
    node         {bytes} NOT NULL,
    purpose      {text} NOT NULL,
    channel      {text} NOT NULL,
    wording      {text} NOT NULL,
    asked_at     {int} NOT NULL,
    expires_at   {int} NOT NULL,
    confirmed_at {int}
){strict};

CREATE INDEX confirmation_node ON confirmation (node, asked_at);
