-- How many events each source sent in each hour (counted since 1970), written by the same
-- transaction as the engine's position: exact whatever happens.
CREATE TABLE source_hour (
    source  {int} NOT NULL,
    hour    {int} NOT NULL,
    events  {int} NOT NULL,
    last_at {int} NOT NULL,
    PRIMARY KEY (source, hour)
){keyed};
