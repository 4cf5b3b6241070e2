-- Lists: people put together by hand. A list that was put away stays, because what was told of it
-- still names it, and can be brought back.
CREATE TABLE customer_list (
    id          {bytes} NOT NULL PRIMARY KEY,
    name        {text} NOT NULL,
    description {text} NOT NULL,
    version     {int} NOT NULL,
    created_at  {int} NOT NULL,
    created_by  {text} NOT NULL,
    changed_at  {int} NOT NULL,
    changed_by  {text} NOT NULL,
    archived_at {int}
){strict};

-- Who is on which list, since when and by whom: what their threads say, so that it can be listed.
CREATE TABLE customer_list_member (
    list      {bytes} NOT NULL,
    customer  {bytes} NOT NULL,
    joined_at {int} NOT NULL,
    joined_by {text} NOT NULL,
    PRIMARY KEY (list, customer)
){keyed};

CREATE INDEX customer_list_member_customer ON customer_list_member (customer);

CREATE INDEX customer_list_member_joined ON customer_list_member (list, joined_at, customer);
