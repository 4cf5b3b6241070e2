-- The shares of experiments that learn: from when which were in force, and why.
CREATE TABLE journey_share (
    journey {bytes} NOT NULL,
    step    {text} NOT NULL,
    ways    {text} NOT NULL,
    number  {int} NOT NULL,
    since   {int} NOT NULL,
    shares  {text} NOT NULL,
    reason  {text} NOT NULL,
    seen    {text} NOT NULL,
    made_by {text} NOT NULL,
    PRIMARY KEY (journey, step, ways, number)
){keyed};
