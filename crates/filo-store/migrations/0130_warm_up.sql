-- Warming up: what each day had room for at each provider of mailboxes, and what became of it.
CREATE TABLE warm_up_day (
    domain     {text} NOT NULL,
    provider   {text} NOT NULL,
    day        {text} NOT NULL,
    allowed    {int} NOT NULL,
    hold       {text} NOT NULL,
    sent       {int} NOT NULL,
    taken      {int} NOT NULL,
    deferred   {int} NOT NULL,
    complained {int} NOT NULL,
    PRIMARY KEY (domain, provider, day)
){keyed};

-- At whose mailboxes a message counted, so that a complaint counts there too.
ALTER TABLE message ADD COLUMN mail_provider {text};
