-- Pairs of customers who are probably one person, until somebody has said so or not.
-- status: 0 waits, 1 is put off. The chance is in ten-thousandths; parts are JSON.
CREATE TABLE duplicate (
    a         {bytes} NOT NULL,
    b         {bytes} NOT NULL,
    status    {int} NOT NULL,
    chance    {int} NOT NULL,
    parts     {text} NOT NULL,
    found_at  {int} NOT NULL,
    PRIMARY KEY (a, b)
){strict};

CREATE INDEX duplicate_queue ON duplicate (status, chance, a, b);

CREATE INDEX duplicate_b ON duplicate (b);
