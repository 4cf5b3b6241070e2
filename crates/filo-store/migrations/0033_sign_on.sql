-- Which account somebody of the company's own directory has here: known by who vouches for them
-- and by their name there, never by their e-mail address.
CREATE TABLE sign_on_link (
    issuer    {text} NOT NULL,
    subject   {text} NOT NULL,
    owner     {bytes} NOT NULL REFERENCES app_user (id),
    linked_at {int} NOT NULL,
    PRIMARY KEY (issuer, subject)
){keyed};

CREATE UNIQUE INDEX sign_on_link_owner ON sign_on_link (owner, issuer);

-- Somebody on their way to the directory and back; of what comes back only a hash.
CREATE TABLE sign_on_journey (
    state      {bytes} NOT NULL PRIMARY KEY,
    ticket     {bytes} NOT NULL,
    nonce      {text} NOT NULL,
    verifier   {text} NOT NULL,
    issuer     {text} NOT NULL,
    owner      {bytes},
    invite     {bytes},
    next       {text} NOT NULL,
    expires_at {int} NOT NULL
){strict};

CREATE INDEX sign_on_journey_expires_at ON sign_on_journey (expires_at);
