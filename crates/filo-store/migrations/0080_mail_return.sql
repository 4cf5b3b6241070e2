-- Mail that came back: of which class it is and why, and what followed. Kept for thirty days.
CREATE TABLE mail_return (
    id      {bytes} NOT NULL PRIMARY KEY,
    at      {int} NOT NULL,
    class   {text} NOT NULL,
    node    {bytes},
    address {text} NOT NULL,
    message {bytes},
    code    {text} NOT NULL,
    basis   {text} NOT NULL,
    said    {text} NOT NULL,
    effect  {text} NOT NULL,
    hash    {bytes} NOT NULL,
    raw     {text} NOT NULL
){strict};

CREATE INDEX mail_return_at ON mail_return (at, id);

CREATE INDEX mail_return_node ON mail_return (node, at) WHERE node IS NOT NULL;

CREATE INDEX mail_return_hash ON mail_return (hash);
