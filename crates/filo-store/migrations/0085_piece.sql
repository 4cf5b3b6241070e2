-- Pieces of content: what the company says, as it stands and as it stood. One that was put away
-- stays, so that it can be brought back.
CREATE TABLE piece (
    id          {bytes} NOT NULL PRIMARY KEY,
    name        {text} NOT NULL,
    document    {text} NOT NULL,
    version     {int} NOT NULL,
    created_at  {int} NOT NULL,
    created_by  {text} NOT NULL,
    changed_at  {int} NOT NULL,
    changed_by  {text} NOT NULL,
    archived_at {int}
){strict};

-- Every version that was saved, the one in force among them.
CREATE TABLE piece_version (
    piece    {bytes} NOT NULL,
    version  {int} NOT NULL,
    document {text} NOT NULL,
    made_at  {int} NOT NULL,
    made_by  {text} NOT NULL,
    PRIMARY KEY (piece, version)
){keyed};
