-- The figures of each day: of everybody, of each source, of each kind of value. In parts of a
-- thousand; absent where nothing can be told.
CREATE TABLE quality_day (
    day          {int} NOT NULL,
    scope        {text} NOT NULL,
    subject      {text} NOT NULL,
    people       {int} NOT NULL,
    completeness {int},
    validity     {int},
    freshness    {int},
    uniqueness   {int},
    consistency  {int},
    PRIMARY KEY (day, scope, subject)
){keyed};
