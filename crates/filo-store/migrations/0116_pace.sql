-- How fast messages leave by each lane just now: mail as before, and each account.
CREATE TABLE pace (
    lane      {text} NOT NULL PRIMARY KEY,
    filled_us {int} NOT NULL,
    at        {int} NOT NULL,
    slower    {int} NOT NULL,
    clean     {int} NOT NULL,
    until     {int} NOT NULL
){strict};

INSERT INTO pace (lane, filled_us, at, slower, clean, until)
SELECT provider, filled_us, at, slower, clean, until FROM mail_pace;

DROP TABLE mail_pace;
