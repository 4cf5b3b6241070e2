-- What buyers are measured by, day by day: limits and counts, nobody in particular.
CREATE TABLE buyer_day (
    day         {int} NOT NULL PRIMARY KEY,
    measured_at {int} NOT NULL,
    measure     {text} NOT NULL
){strict};
