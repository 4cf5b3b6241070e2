-- Long work beside requests: what is to be done, how far it is, how it ended.
-- state: 0 waiting, 1 running, 2 done, 3 failed, 4 cancelled.
CREATE TABLE job (
    id           {bytes} NOT NULL PRIMARY KEY,
    kind         {text} NOT NULL,
    parameters   {text} NOT NULL,
    actor        {text} NOT NULL,
    created_at   {int} NOT NULL,
    state        {int} NOT NULL,
    step         {text} NOT NULL,
    done         {int} NOT NULL,
    total        {int} NOT NULL,
    cancel_asked {int} NOT NULL,
    begun_at     {int},
    ended_at     {int},
    outcome      {text}
){strict};

CREATE INDEX job_open ON job (created_at, id) WHERE state < 2;
CREATE INDEX job_ended ON job (ended_at, id);
