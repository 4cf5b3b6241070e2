-- How far messages came, as whoever carried them told.
CREATE TABLE message_receipt (
    message      {bytes} NOT NULL PRIMARY KEY,
    carrier_id   {text} NOT NULL,
    delivered_at {int},
    read_at      {int},
    failed_at    {int},
    code         {text} NOT NULL
){strict};

CREATE INDEX message_receipt_carrier ON message_receipt (carrier_id);
