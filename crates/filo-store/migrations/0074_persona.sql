-- Searches for kinds of customers: what each found is told in counts, of nobody by name. The one
-- with the highest adoption is in force.
CREATE TABLE persona_run (
    id         {bytes} NOT NULL PRIMARY KEY,
    job        {bytes} NOT NULL,
    seed       {int} NOT NULL,
    begun_at   {int} NOT NULL,
    begun_by   {text} NOT NULL,
    ended_at   {int},
    document   {text} NOT NULL,
    adoption   {int},
    adopted_at {int},
    adopted_by {text} NOT NULL
){strict};

-- What people call a kind, for as long as it is found again.
CREATE TABLE persona (
    id       {bytes} NOT NULL PRIMARY KEY,
    name     {text} NOT NULL,
    note     {text} NOT NULL,
    version  {int} NOT NULL,
    named_at {int} NOT NULL,
    named_by {text} NOT NULL
){strict};
