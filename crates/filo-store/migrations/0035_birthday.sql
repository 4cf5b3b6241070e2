-- Today's birthdays are a handful among everybody: they are not looked for in everybody. By the
-- day alone, so that it is written only where a birthday is.
CREATE INDEX customer_birthday ON customer (birthday, id) WHERE birthday > 0;
