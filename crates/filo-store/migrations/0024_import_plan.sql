-- How files of a shape were brought in last: the same header is mapped so again.
CREATE TABLE import_plan (
    fingerprint {bytes} NOT NULL PRIMARY KEY,
    plan        {text} NOT NULL,
    saved_at    {int} NOT NULL,
    actor       {text} NOT NULL
){strict};
