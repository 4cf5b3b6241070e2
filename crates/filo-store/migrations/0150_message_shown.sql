-- How often a message was shown on the site, in which browser last, and how that ended.
CREATE TABLE message_shown (
    message  {bytes} NOT NULL PRIMARY KEY,
    browser  {bytes} NOT NULL,
    times    {int} NOT NULL,
    first_at {int} NOT NULL,
    last_at  {int} NOT NULL,
    ended_at {int},
    ended_by {text}
){strict};
