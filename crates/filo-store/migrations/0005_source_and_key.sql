-- Where events come from.
CREATE TABLE source (
    id          {int} PRIMARY KEY,
    name        {text} NOT NULL,
    kind        {text} NOT NULL,
    created_at  {int} NOT NULL,
    disabled_at {int}
){strict};

-- Who may send and read. `shown` is the key itself where the key is public, and only its
-- first characters where it is secret; of a secret there is nothing else but the hash.
CREATE TABLE access_key (
    id           {bytes} NOT NULL PRIMARY KEY,
    source       {int} REFERENCES source (id),
    kind         {text} NOT NULL,
    name         {text} NOT NULL,
    shown        {text} NOT NULL,
    hash         {bytes} NOT NULL UNIQUE,
    scopes       {text} NOT NULL,
    created_at   {int} NOT NULL,
    expires_at   {int},
    revoked_at   {int},
    last_used_at {int}
){strict};

CREATE INDEX access_key_source ON access_key (source);
