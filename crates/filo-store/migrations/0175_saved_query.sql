-- Questions in SQL that people saved, with a name.
CREATE TABLE saved_query (
    id         {bytes} NOT NULL PRIMARY KEY,
    name       {text} NOT NULL,
    statement  {text} NOT NULL,
    version    {int} NOT NULL,
    created_at {int} NOT NULL,
    created_by {text} NOT NULL,
    changed_at {int} NOT NULL,
    changed_by {text} NOT NULL,
    removed_at {int}
){strict};
