-- Files that people bring in. What is personal of them (the file itself, samples, examples,
-- rejected lines) lies in the folder of imports and goes with the file; a row holds words,
-- numbers and the plan. `received_at` marks the events of a run: no two runs share it.
-- state: 0 draft, 1 trying, 2 tried, 3 running, 4 done, 5 cancelled, 6 failed, 7 undoing, 8 undone.
CREATE TABLE import_run (
    id           {bytes} NOT NULL PRIMARY KEY,
    file_name    {text} NOT NULL,
    file_hash    {bytes} NOT NULL,
    file_bytes   {int} NOT NULL,
    fingerprint  {bytes} NOT NULL,
    subject      {text} NOT NULL,
    plan         {text} NOT NULL,
    state        {int} NOT NULL,
    job          {bytes},
    trial        {text},
    counts       {text},
    failure      {text},
    received_at  {int},
    source       {int},
    generation   {int} NOT NULL,
    actor        {text} NOT NULL,
    created_at   {int} NOT NULL,
    begun_at     {int},
    ended_at     {int},
    undone_at    {int},
    undone_by    {text},
    file_gone_at {int}
){strict};

CREATE UNIQUE INDEX import_run_received ON import_run (received_at);
CREATE INDEX import_run_created ON import_run (created_at, id);
CREATE INDEX import_run_hash ON import_run (file_hash);
