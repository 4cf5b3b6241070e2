-- Journeys by the calendar: up to which occurrence everything was seen to, and what became of
-- each of them.
ALTER TABLE journey ADD COLUMN seen_to {int};

CREATE TABLE journey_occurrence (
    journey  {bytes} NOT NULL,
    at       {int} NOT NULL,
    outcome  {text} NOT NULL,
    begun_at {int},
    ended_at {int},
    entered  {int} NOT NULL,
    PRIMARY KEY (journey, at)
){keyed};
