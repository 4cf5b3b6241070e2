-- What the company pays for messages: every list of prices there was, from when on it held.
CREATE TABLE message_price (
    version  {int} NOT NULL PRIMARY KEY,
    since    {int} NOT NULL,
    document {text} NOT NULL
){strict};

-- How much left at which price, by day and by version of a journey: of nobody. A price of -1 was
-- not given; what was kept here was handed to nobody and is not paid.
CREATE TABLE message_spent (
    journey  {bytes} NOT NULL,
    version  {int} NOT NULL,
    day      {text} NOT NULL,
    item     {text} NOT NULL,
    currency {text} NOT NULL,
    price    {int} NOT NULL,
    units    {int} NOT NULL,
    kept     {int} NOT NULL,
    PRIMARY KEY (journey, version, day, item, currency, price)
){keyed};

CREATE INDEX message_spent_day ON message_spent (day);
