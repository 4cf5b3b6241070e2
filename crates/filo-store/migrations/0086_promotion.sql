-- Promotions: offers that pieces of content refer to, so that each is told in one way.
CREATE TABLE promotion (
    id          {bytes} NOT NULL PRIMARY KEY,
    name        {text} NOT NULL,
    document    {text} NOT NULL,
    version     {int} NOT NULL,
    created_at  {int} NOT NULL,
    created_by  {text} NOT NULL,
    changed_at  {int} NOT NULL,
    changed_by  {text} NOT NULL,
    archived_at {int}
){strict};
