-- Addresses that nothing is sent to. Known by their keyed hash alone, so a line outlives erasure;
-- one that was taken off stays, because it says what held when.
CREATE TABLE suppression (
    id          {bytes} NOT NULL PRIMARY KEY,
    node        {bytes} NOT NULL,
    channel     {text} NOT NULL,
    reason      {text} NOT NULL,
    since       {int} NOT NULL,
    made_by     {text} NOT NULL,
    note        {text} NOT NULL,
    lifted_at   {int},
    lifted_by   {text},
    lifted_note {text}
){strict};

CREATE UNIQUE INDEX suppression_node ON suppression (node, channel, reason) WHERE lifted_at IS NULL;

CREATE INDEX suppression_of_node ON suppression (node);

CREATE INDEX suppression_since ON suppression (since, id);

-- Look-ups of numbers in the register of those who want no calls.
CREATE TABLE call_check (
    node         {bytes} NOT NULL PRIMARY KEY,
    checked_at   {int} NOT NULL,
    listed_since {int}
){strict};
