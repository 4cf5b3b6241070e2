-- The links of mails as a step sends them to everybody, and with an empty address the mail itself.
CREATE TABLE mail_link (
    id      {bytes} NOT NULL PRIMARY KEY,
    journey {bytes} NOT NULL,
    step    {text} NOT NULL,
    piece   {bytes} NOT NULL,
    url     {text} NOT NULL
){strict};

CREATE INDEX mail_link_journey ON mail_link (journey, step, url);

CREATE INDEX mail_link_piece ON mail_link (piece);

-- How many, by day: of nobody.
CREATE TABLE mail_count (
    link     {bytes} NOT NULL,
    day      {int} NOT NULL,
    sent     {int} NOT NULL,
    people   {int} NOT NULL,
    machines {int} NOT NULL,
    PRIMARY KEY (link, day)
){keyed};

-- What was fetched and not judged yet: a quarter of an hour at most.
CREATE TABLE mail_hit (
    link       {bytes} NOT NULL,
    sender     {bytes} NOT NULL,
    is_machine {int} NOT NULL,
    message    {bytes},
    at         {int} NOT NULL,
    PRIMARY KEY (link, sender, is_machine)
){keyed};

CREATE INDEX mail_hit_at ON mail_hit (at);

-- What was clicked and opened of a message, of people who said yes to that.
CREATE TABLE mail_click (
    message  {bytes} NOT NULL,
    link     {bytes} NOT NULL,
    people   {int} NOT NULL,
    machines {int} NOT NULL,
    first_at {int} NOT NULL,
    last_at  {int} NOT NULL,
    PRIMARY KEY (message, link)
){keyed};
