-- The rules by which figures are watched, as far as people made or changed them, and what they told.
CREATE TABLE alert_rule (
    id           {bytes} NOT NULL PRIMARY KEY,
    subject      {text} NOT NULL,
    every        {text} NOT NULL,
    direction    {text} NOT NULL,
    percent      {int},
    people_least {int} NOT NULL,
    is_on        {int} NOT NULL,
    version      {int} NOT NULL,
    changed_at   {int} NOT NULL,
    changed_by   {text} NOT NULL,
    removed_at   {int}
){strict};

CREATE TABLE alert (
    id           {bytes} NOT NULL PRIMARY KEY,
    rule         {bytes} NOT NULL,
    subject      {text} NOT NULL,
    about        {text} NOT NULL,
    first_day    {text} NOT NULL,
    last_day     {text} NOT NULL,
    facts        {text} NOT NULL,
    raised_at    {int} NOT NULL,
    dismissed_at {int},
    dismissed_by {text}
){strict};

CREATE UNIQUE INDEX alert_once ON alert (rule, first_day, about);

CREATE INDEX alert_raised ON alert (raised_at);
