-- Who is on which way, where they stand and when to look again; and what happened to them on it.
CREATE TABLE journey_run (
    id         {bytes} NOT NULL PRIMARY KEY,
    journey    {bytes} NOT NULL,
    version    {int} NOT NULL,
    thread     {bytes} NOT NULL,
    customer   {bytes} NOT NULL,
    subject    {bytes} NOT NULL,
    run_key    {text} NOT NULL,
    why        {text} NOT NULL,
    entered_at {int} NOT NULL,
    step       {text} NOT NULL,
    stand      {text} NOT NULL,
    stand_at   {int},
    echo       {bytes},
    since      {int} NOT NULL,
    wakes_at   {int},
    goal_at    {int},
    ended_at   {int},
    ending     {text} NOT NULL,
    lines      {int} NOT NULL
){strict};

-- One run at a time for each customer and key.
CREATE UNIQUE INDEX journey_run_active ON journey_run (thread, journey, run_key) WHERE ended_at IS NULL;

CREATE INDEX journey_run_thread ON journey_run (thread, journey);

CREATE INDEX journey_run_wake ON journey_run (wakes_at, thread) WHERE wakes_at IS NOT NULL;

CREATE INDEX journey_run_step ON journey_run (journey, version, step) WHERE ended_at IS NULL;

CREATE INDEX journey_run_entered ON journey_run (journey, entered_at, id);

CREATE TABLE journey_line (
    run    {bytes} NOT NULL,
    number {int} NOT NULL,
    at     {int} NOT NULL,
    step   {text} NOT NULL,
    what   {text} NOT NULL,
    detail {text} NOT NULL,
    PRIMARY KEY (run, number)
){keyed};
