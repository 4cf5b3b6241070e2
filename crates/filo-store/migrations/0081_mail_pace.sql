-- How fast each provider is written to just now, so that a restart does not begin anew.
CREATE TABLE mail_pace (
    provider  {text} NOT NULL PRIMARY KEY,
    filled_us {int} NOT NULL,
    at        {int} NOT NULL,
    slower    {int} NOT NULL,
    clean     {int} NOT NULL,
    until     {int} NOT NULL
){strict};
