-- Segments: everybody of whom a condition is true. A segment that was put away stays, because
-- what was told of it still names it, and can be brought back.
CREATE TABLE segment (
    id          {bytes} NOT NULL PRIMARY KEY,
    name        {text} NOT NULL,
    description {text} NOT NULL,
    definition  {text} NOT NULL,
    version     {int} NOT NULL,
    created_at  {int} NOT NULL,
    created_by  {text} NOT NULL,
    changed_at  {int} NOT NULL,
    changed_by  {text} NOT NULL,
    filled_at   {int},
    archived_at {int}
){strict};

-- Who is in which segment, and since when.
CREATE TABLE segment_member (
    segment    {bytes} NOT NULL,
    customer   {bytes} NOT NULL,
    entered_at {int} NOT NULL,
    PRIMARY KEY (segment, customer)
){keyed};

CREATE INDEX segment_member_customer ON segment_member (customer);

-- Who came in and who left, in the order in which it was written down.
CREATE TABLE segment_turn (
    number   {int} NOT NULL PRIMARY KEY,
    segment  {bytes} NOT NULL,
    customer {bytes} NOT NULL,
    at       {int} NOT NULL,
    is_in    {int} NOT NULL
){strict};

CREATE INDEX segment_turn_segment ON segment_turn (segment, number);

CREATE INDEX segment_turn_customer ON segment_turn (customer, number);

-- When a customer's segments can next change of their own accord.
CREATE TABLE segment_wake (
    customer {bytes} NOT NULL PRIMARY KEY,
    at       {int} NOT NULL
){keyed};

CREATE INDEX segment_wake_at ON segment_wake (at, customer);
