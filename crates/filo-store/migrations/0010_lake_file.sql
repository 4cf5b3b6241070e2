-- The files that are the lake. A file that is not here is rubbish, whatever its name.
CREATE TABLE lake_file (
    name       {text} NOT NULL PRIMARY KEY,
    level      {int} NOT NULL,
    month      {int} NOT NULL,
    events     {int} NOT NULL,
    bytes      {int} NOT NULL,
    min_at     {int} NOT NULL,
    max_at     {int} NOT NULL,
    first_seq  {int} NOT NULL,
    last_seq   {int} NOT NULL,
    created_at {int} NOT NULL,
    seen_name  {text} NOT NULL,
    seen_bytes {int} NOT NULL
){strict};
