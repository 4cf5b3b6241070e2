-- Events that journeys put on threads, until they are on the log.
CREATE TABLE journey_event (
    id         {bytes} NOT NULL PRIMARY KEY,
    run        {bytes} NOT NULL,
    thread     {bytes} NOT NULL,
    at         {int} NOT NULL,
    kind       {text} NOT NULL,
    name       {text} NOT NULL,
    properties {text} NOT NULL
){keyed};
