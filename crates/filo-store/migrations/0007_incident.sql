-- What a person should look at. One open row per kind and subject; repeating only counts.
CREATE TABLE incident (
    id          {bytes} NOT NULL PRIMARY KEY,
    kind        {text} NOT NULL,
    subject     {text} NOT NULL,
    detail      {text} NOT NULL,
    first_at    {int} NOT NULL,
    last_at     {int} NOT NULL,
    count       {int} NOT NULL,
    resolved_at {int}
){strict};

CREATE UNIQUE INDEX incident_open ON incident (kind, subject) WHERE resolved_at IS NULL;
CREATE INDEX incident_last_at ON incident (last_at, id);
