-- Dated notes beside figures: what happened that explains them.
CREATE TABLE annotation (
    id         {bytes} NOT NULL PRIMARY KEY,
    first_day  {text} NOT NULL,
    last_day   {text} NOT NULL,
    words      {text} NOT NULL,
    version    {int} NOT NULL,
    created_at {int} NOT NULL,
    created_by {text} NOT NULL,
    changed_at {int} NOT NULL,
    changed_by {text} NOT NULL,
    removed_at {int}
){strict};

CREATE INDEX annotation_day ON annotation (last_day);
