-- Each day on which what was kept long enough went: how much of each kind, nothing of whom.
CREATE TABLE retention_run (
    id       {bytes} NOT NULL PRIMARY KEY,
    due_at   {int} NOT NULL,
    begun_at {int},
    ended_at {int},
    gone     {text} NOT NULL,
    failure  {text}
){strict};

CREATE UNIQUE INDEX retention_run_due ON retention_run (due_at);
