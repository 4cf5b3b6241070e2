-- The texts that customers agree to: a version is never changed, so that a statement can name it.
CREATE TABLE wording (
    purpose    {text} NOT NULL,
    version    {int} NOT NULL,
    language   {text} NOT NULL,
    body       {text} NOT NULL,
    hash       {bytes} NOT NULL,
    valid_from {int} NOT NULL,
    written_by {text} NOT NULL,
    PRIMARY KEY (purpose, version, language)
){keyed};
