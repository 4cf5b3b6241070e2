-- What is known of each person and what is wrong with it: worked out from the customers, and can
-- be worked out again. What was ignored or mended is people's word and stays.
CREATE TABLE quality_person (
    customer   {bytes} NOT NULL PRIMARY KEY,
    events     {int} NOT NULL,
    node_count {int} NOT NULL,
    checks     {int} NOT NULL,
    marks      {bytes} NOT NULL,
    history    {bytes} NOT NULL
){strict};

CREATE TABLE quality_finding (
    customer {bytes} NOT NULL,
    reason   {text} NOT NULL,
    field    {text} NOT NULL,
    raw      {text} NOT NULL,
    proposal {text},
    gain     {text},
    PRIMARY KEY (customer, reason, field)
){keyed};

CREATE INDEX quality_finding_reason ON quality_finding (reason, customer, field);

CREATE INDEX quality_finding_gain ON quality_finding (gain, customer) WHERE gain IS NOT NULL;

-- What belongs to one person alone: whoever else has it shares it.
CREATE TABLE quality_key (
    node     {bytes} NOT NULL,
    customer {bytes} NOT NULL,
    field    {text} NOT NULL,
    source   {int},
    PRIMARY KEY (node, customer)
){keyed};

CREATE INDEX quality_key_customer ON quality_key (customer);

CREATE TABLE quality_ignored (
    customer {bytes} NOT NULL,
    reason   {text} NOT NULL,
    field    {text} NOT NULL,
    raw      {text} NOT NULL,
    actor    {text} NOT NULL,
    at       {int} NOT NULL,
    PRIMARY KEY (customer, reason, field, raw)
){keyed};

-- Each value that an act mended: undoing says the former one again.
CREATE TABLE quality_mended (
    act      {bytes} NOT NULL,
    customer {bytes} NOT NULL,
    field    {text} NOT NULL,
    former   {text} NOT NULL,
    proposal {text} NOT NULL,
    PRIMARY KEY (act, customer, field)
){keyed};

CREATE INDEX quality_mended_customer ON quality_mended (customer);
