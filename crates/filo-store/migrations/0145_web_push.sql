-- The browsers that take notifications, and those that were asked and have not answered yet.
CREATE TABLE web_push (
    node         {bytes} NOT NULL PRIMARY KEY,
    visitor      {bytes} NOT NULL,
    anonymous_id {text} NOT NULL,
    endpoint     {text} NOT NULL,
    point        {bytes} NOT NULL,
    auth         {bytes} NOT NULL,
    purpose      {text} NOT NULL,
    wording      {text} NOT NULL,
    context      {text} NOT NULL,
    source       {int} NOT NULL,
    asked_at     {int} NOT NULL,
    confirmed_at {int}
){strict};

CREATE INDEX web_push_asked ON web_push (asked_at);

CREATE INDEX web_push_visitor ON web_push (visitor);
