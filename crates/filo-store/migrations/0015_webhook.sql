-- Addresses of the company that hear what happens, and what is on its way to each.
CREATE TABLE webhook (
    id              {bytes} NOT NULL PRIMARY KEY,
    url             {text} NOT NULL,
    description     {text} NOT NULL,
    topics          {text} NOT NULL,
    enabled         {int} NOT NULL,
    disabled_reason {text},
    created_at      {int} NOT NULL,
    previous_until  {int},
    failing_since   {int},
    failures        {int} NOT NULL,
    last_success_at {int},
    last_failure_at {int},
    dropped         {int} NOT NULL
){strict};

-- No foreign key: what is on its way to a webhook that was just removed is swept, and must never
-- stop a checkpoint.
-- status: 0 waiting, 1 delivered, 2 given up, 3 dropped for want of room.
CREATE TABLE webhook_delivery (
    id            {bytes} NOT NULL PRIMARY KEY,
    webhook       {bytes} NOT NULL,
    topic         {text} NOT NULL,
    subject       {text} NOT NULL,
    body          {text} NOT NULL,
    created_at    {int} NOT NULL,
    status        {int} NOT NULL,
    tries         {int} NOT NULL,
    due_at        {int} NOT NULL,
    tried_at      {int},
    answer_status {int},
    answer        {text}
){strict};

CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook, due_at, created_at) WHERE status = 0;
CREATE INDEX webhook_delivery_created ON webhook_delivery (webhook, created_at, id);
