-- From which sites a public key may send: origins with spaces between; empty says from anywhere.
ALTER TABLE access_key ADD COLUMN origins {text} NOT NULL DEFAULT '';
