-- Links with which somebody of the company makes an account; of each only its hash.
CREATE TABLE invite (
    id         {bytes} NOT NULL PRIMARY KEY,
    hash       {bytes} NOT NULL UNIQUE,
    email      {text} NOT NULL,
    role       {text} NOT NULL,
    invited_by {text} NOT NULL,
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    used_at    {int},
    revoked_at {int}
){strict};

CREATE INDEX invite_created_at ON invite (created_at, id);
