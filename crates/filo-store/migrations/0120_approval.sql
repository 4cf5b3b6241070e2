-- What a person said of messages that they were asked about.
CREATE TABLE approval (
    id             {bytes} NOT NULL PRIMARY KEY,
    journey        {bytes} NOT NULL,
    version        {int} NOT NULL,
    step           {text} NOT NULL,
    piece          {bytes} NOT NULL,
    piece_version  {int} NOT NULL,
    content        {bytes} NOT NULL,
    people         {int} NOT NULL,
    is_yes         {int} NOT NULL,
    is_standing    {int} NOT NULL,
    note           {text} NOT NULL,
    made_at        {int} NOT NULL,
    made_by        {bytes} NOT NULL,
    made_name      {text} NOT NULL,
    needs_second   {int} NOT NULL,
    seconded_at    {int},
    seconded_name  {text} NOT NULL,
    withdrawn_at   {int},
    withdrawn_name {text} NOT NULL
){strict};

CREATE INDEX approval_step ON approval (journey, step, made_at, id);

CREATE INDEX approval_made ON approval (made_at, id);

-- Which step of which journey a message waits for, and what was said of it.
ALTER TABLE message ADD COLUMN asked_about {text};

ALTER TABLE message ADD COLUMN approval {bytes};

CREATE INDEX message_asked ON message (asked_about, state, planned_at, id)
    WHERE asked_about IS NOT NULL;

CREATE INDEX message_approval ON message (approval) WHERE approval IS NOT NULL;

-- What stands still until it makes no sense any more.
CREATE INDEX message_standing ON message (expires_at) WHERE state IN (1, 8);
