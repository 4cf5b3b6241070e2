-- The outbox: every message to a customer, from the wish to what became of it.
CREATE TABLE message (
    id         {bytes} NOT NULL PRIMARY KEY,
    origin_key {text} NOT NULL UNIQUE,
    origin     {text} NOT NULL,
    customer   {bytes} NOT NULL,
    medium     {text} NOT NULL,
    class      {text} NOT NULL,
    purpose    {text} NOT NULL,
    value      {int} NOT NULL,
    weight     {int} NOT NULL,
    content    {text} NOT NULL,
    planned_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    state      {int} NOT NULL,
    due_at     {int} NOT NULL,
    tries      {int} NOT NULL,
    claimed_at {int},
    ended_at   {int},
    address    {bytes},
    proof      {bytes},
    basis      {text},
    answer     {text}
){strict};

CREATE INDEX message_due ON message (due_at, id) WHERE state = 0;

CREATE INDEX message_claimed ON message (id) WHERE state = 2;

CREATE INDEX message_customer ON message (customer, planned_at, id);

CREATE INDEX message_planned ON message (planned_at, id);

-- What the gate said of it, each time that was something new.
CREATE TABLE message_verdict (
    message  {bytes} NOT NULL,
    number   {int} NOT NULL,
    at       {int} NOT NULL,
    outcome  {text} NOT NULL,
    until    {int},
    findings {text} NOT NULL,
    PRIMARY KEY (message, number)
){keyed};

-- What left, to the letter.
CREATE TABLE message_copy (
    message {bytes} NOT NULL PRIMARY KEY,
    subject {text} NOT NULL,
    body    {text} NOT NULL,
    html    {text} NOT NULL
){strict};

-- How many were asked in the last hour.
CREATE INDEX confirmation_asked_at ON confirmation (asked_at);
