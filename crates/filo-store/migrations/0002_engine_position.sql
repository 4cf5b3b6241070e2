-- How far the log has been folded into the state, and how far into the lake.
CREATE TABLE engine_position (
    name    {text} NOT NULL PRIMARY KEY,
    applied {int} NOT NULL,
    flushed {int} NOT NULL
){strict};

INSERT INTO engine_position (name, applied, flushed) VALUES ('engine', 0, 0);
