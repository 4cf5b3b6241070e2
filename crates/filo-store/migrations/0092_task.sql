-- What people of the company are asked to do.
CREATE TABLE task (
    id         {bytes} NOT NULL PRIMARY KEY,
    journey    {bytes} NOT NULL,
    run        {bytes} NOT NULL,
    step       {text} NOT NULL,
    thread     {bytes} NOT NULL,
    customer   {bytes} NOT NULL,
    kind       {text} NOT NULL,
    title      {text} NOT NULL,
    hint       {text} NOT NULL,
    role       {text} NOT NULL,
    facts      {text} NOT NULL,
    outcomes   {text} NOT NULL,
    created_at {int} NOT NULL,
    due_at     {int} NOT NULL,
    status     {text} NOT NULL,
    outcome    {text} NOT NULL,
    note       {text} NOT NULL,
    done_at    {int},
    done_by    {text} NOT NULL,
    lines      {int} NOT NULL
){strict};

CREATE INDEX task_due ON task (status, due_at, id);

CREATE INDEX task_thread ON task (thread);

CREATE INDEX task_run ON task (run);
