-- Computed traits: how each is made. No value stands anywhere: values are worked out when they
-- are read. One that was put away stays, so that its key is not taken and it can be brought back.
CREATE TABLE computed_trait (
    id          {bytes} NOT NULL PRIMARY KEY,
    key         {text} NOT NULL,
    label       {text} NOT NULL,
    recipe      {text} NOT NULL,
    version     {int} NOT NULL,
    created_at  {int} NOT NULL,
    created_by  {text} NOT NULL,
    changed_at  {int} NOT NULL,
    changed_by  {text} NOT NULL,
    filled_at   {int},
    archived_at {int}
){strict};

CREATE UNIQUE INDEX computed_trait_key ON computed_trait (key);
