-- Audiences: people that a platform of advertising is told of, and how telling it goes.
CREATE TABLE audience (
    id              {bytes} NOT NULL PRIMARY KEY,
    name            {text} NOT NULL,
    description     {text} NOT NULL,
    platform        {text} NOT NULL,
    delivery        {text} NOT NULL,
    remote          {text} NOT NULL,
    segment         {bytes},
    purpose         {text} NOT NULL,
    fields          {text} NOT NULL,
    version         {int} NOT NULL,
    created_at      {int} NOT NULL,
    created_by      {text} NOT NULL,
    changed_at      {int} NOT NULL,
    changed_by      {text} NOT NULL,
    paused_at       {int},
    ending_at       {int},
    due_at          {int} NOT NULL,
    failures        {int} NOT NULL,
    failing_since   {int},
    last_success_at {int},
    last_failure_at {int},
    last_answer     {text} NOT NULL,
    sweep_stage     {int} NOT NULL,
    sweep_behind    {bytes} NOT NULL,
    swept_at        {int},
    file_number     {int} NOT NULL,
    file_at         {int}
){strict};

-- Everybody whom the source of an audience names, and whether they may be offered.
-- standing: 0 offered, 1 no yes, 2 no address.
CREATE TABLE audience_member (
    audience {bytes} NOT NULL,
    customer {bytes} NOT NULL,
    standing {int} NOT NULL,
    look_at  {int},
    PRIMARY KEY (audience, customer)
){keyed};

CREATE INDEX audience_member_customer ON audience_member (customer);

CREATE INDEX audience_member_look ON audience_member (look_at, customer) WHERE look_at IS NOT NULL;

-- Addresses as the platform knows them, by their hashes. Of whoever was forgotten only the hash
-- stays, until it was taken out there.
-- todo: 0 nothing, 1 to be put there, 2 to be taken out, 3 taken out by the last file.
CREATE TABLE audience_entry (
    audience {bytes} NOT NULL,
    address  {bytes} NOT NULL,
    kind     {int} NOT NULL,
    customer {bytes},
    record   {text} NOT NULL,
    todo     {int} NOT NULL,
    is_there {int} NOT NULL,
    turn     {int} NOT NULL,
    refused  {text},
    file     {int} NOT NULL,
    PRIMARY KEY (audience, address)
){strict};

CREATE INDEX audience_entry_customer ON audience_entry (customer);

CREATE INDEX audience_entry_todo ON audience_entry (audience, todo, address) WHERE todo <> 0;

-- Who is to be looked at: something about them changed.
CREATE TABLE audience_look (
    customer {bytes} NOT NULL PRIMARY KEY,
    turn     {int} NOT NULL
){strict};
