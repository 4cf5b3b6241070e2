-- The people of the company. A password is an Argon2id text; the seed of the second factor is
-- sealed. `credential_epoch` grows with every change of what proves or permits, and ends every
-- session of an earlier one.
CREATE TABLE app_user (
    id               {bytes} NOT NULL PRIMARY KEY,
    name             {text} NOT NULL,
    email            {text} NOT NULL UNIQUE,
    role             {text} NOT NULL,
    language         {text} NOT NULL,
    password         {text} NOT NULL,
    credential_epoch {int} NOT NULL,
    factor_seed      {bytes},
    factor_since     {int},
    factor_step      {int} NOT NULL,
    created_at       {int} NOT NULL,
    disabled_at      {int}
){strict};

-- Codes that stand in for the second factor, each once; of each only its hash.
CREATE TABLE recovery_code (
    owner   {bytes} NOT NULL REFERENCES app_user (id),
    hash    {bytes} NOT NULL,
    used_at {int},
    PRIMARY KEY (owner, hash)
){keyed};

-- Links to set a password anew; of each only its hash.
CREATE TABLE password_reset (
    hash       {bytes} NOT NULL PRIMARY KEY,
    owner      {bytes} NOT NULL REFERENCES app_user (id),
    expires_at {int} NOT NULL,
    used_at    {int}
){strict};

CREATE INDEX password_reset_owner ON password_reset (owner);
