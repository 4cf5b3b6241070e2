-- Who of the company gets the Monday page by mail, and of which week they had it.
CREATE TABLE monday_reader (
    user_id   {bytes} NOT NULL PRIMARY KEY,
    weekday   {int} NOT NULL,
    hour      {int} NOT NULL,
    since     {int} NOT NULL,
    week      {text} NOT NULL,
    message   {bytes},
    tried_at  {int},
    sent_at   {int},
    outcome   {text} NOT NULL
){strict};
