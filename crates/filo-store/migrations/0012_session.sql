-- Who is logged in. Without an owner it is the operator, who came with a printed link.
CREATE TABLE session (
    id           {bytes} NOT NULL PRIMARY KEY,
    hash         {bytes} NOT NULL UNIQUE,
    owner        {bytes} REFERENCES app_user (id),
    epoch        {int} NOT NULL,
    stage        {text} NOT NULL,
    agent        {text} NOT NULL,
    created_at   {int} NOT NULL,
    last_seen_at {int} NOT NULL,
    confirmed_at {int} NOT NULL,
    expires_at   {int} NOT NULL
){strict};

CREATE INDEX session_owner ON session (owner);

CREATE INDEX session_expires_at ON session (expires_at);

-- Sessions were keys before; they would go on opening the API.
UPDATE access_key
   SET revoked_at = created_at
 WHERE shown LIKE 'filo_ses_%'
   AND revoked_at IS NULL;
