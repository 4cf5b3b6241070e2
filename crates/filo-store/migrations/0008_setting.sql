-- What an owner changes: JSON that SQL never looks into.
CREATE TABLE setting (
    name       {text} NOT NULL PRIMARY KEY,
    value      {text} NOT NULL,
    version    {int} NOT NULL,
    updated_at {int} NOT NULL
){strict};
