-- The mailbox to which mail comes back: how far it was looked through, and how that went.
CREATE TABLE return_box (
    mailbox       {text} NOT NULL PRIMARY KEY,
    uid_validity  {int} NOT NULL,
    last_uid      {int} NOT NULL,
    looked_at     {int},
    due_at        {int} NOT NULL,
    failures      {int} NOT NULL,
    failing_since {int},
    fault         {text} NOT NULL,
    taken         {int} NOT NULL,
    left_alone    {int} NOT NULL
){strict};

-- Mails that were taken from it, by the hash of their own id. Kept for thirty days.
CREATE TABLE return_box_mail (
    mail_id {bytes} NOT NULL PRIMARY KEY,
    at      {int} NOT NULL
){strict};
