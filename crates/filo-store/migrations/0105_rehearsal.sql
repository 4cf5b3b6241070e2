-- Rehearsals of journeys: what each would have come to is told in counts, of nobody by name.
CREATE TABLE rehearsal (
    id       {bytes} NOT NULL PRIMARY KEY,
    journey  {bytes} NOT NULL,
    job      {bytes} NOT NULL,
    asked    {text} NOT NULL,
    begun_at {int} NOT NULL,
    begun_by {text} NOT NULL,
    ended_at {int},
    report   {text} NOT NULL
){strict};

CREATE INDEX rehearsal_journey ON rehearsal (journey, begun_at);

-- Some of those who would have come in, to be looked at one by one.
CREATE TABLE rehearsal_person (
    rehearsal  {bytes} NOT NULL,
    customer   {bytes} NOT NULL,
    entered_at {int} NOT NULL,
    runs       {int} NOT NULL,
    messages   {text} NOT NULL,
    PRIMARY KEY (rehearsal, customer)
){keyed};

CREATE INDEX rehearsal_person_customer ON rehearsal_person (customer);
