-- Journeys as people work on them, and the versions that were published and never change.
CREATE TABLE journey (
    id              {bytes} NOT NULL PRIMARY KEY,
    name            {text} NOT NULL,
    description     {text} NOT NULL,
    status          {text} NOT NULL,
    draft           {text} NOT NULL,
    version         {int} NOT NULL,
    published       {int} NOT NULL,
    created_at      {int} NOT NULL,
    created_by      {text} NOT NULL,
    changed_at      {int} NOT NULL,
    changed_by      {text} NOT NULL,
    started_at      {int},
    filled_at       {int},
    broadcast_after {bytes}
){strict};

CREATE TABLE journey_version (
    journey      {bytes} NOT NULL,
    version      {int} NOT NULL,
    document     {text} NOT NULL,
    published_at {int} NOT NULL,
    published_by {text} NOT NULL,
    PRIMARY KEY (journey, version)
){strict};
