-- What the migrations give on SQLite. Written by a test; do not edit.

-- log.db

CREATE TABLE log (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    events      INTEGER NOT NULL,
    payload     BLOB NOT NULL
) STRICT;

CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL
) STRICT;

-- state.db

CREATE TABLE access_key (
    id           BLOB NOT NULL PRIMARY KEY,
    source       INTEGER REFERENCES source (id),
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    shown        TEXT NOT NULL,
    hash         BLOB NOT NULL UNIQUE,
    scopes       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER,
    last_used_at INTEGER
, origins TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX access_key_source ON access_key (source);

CREATE TABLE alert (
    id           BLOB NOT NULL PRIMARY KEY,
    rule         BLOB NOT NULL,
    subject      TEXT NOT NULL,
    about        TEXT NOT NULL,
    first_day    TEXT NOT NULL,
    last_day     TEXT NOT NULL,
    facts        TEXT NOT NULL,
    raised_at    INTEGER NOT NULL,
    dismissed_at INTEGER,
    dismissed_by TEXT
) STRICT;

CREATE UNIQUE INDEX alert_once ON alert (rule, first_day, about);

CREATE INDEX alert_raised ON alert (raised_at);

CREATE TABLE alert_rule (
    id           BLOB NOT NULL PRIMARY KEY,
    subject      TEXT NOT NULL,
    every        TEXT NOT NULL,
    direction    TEXT NOT NULL,
    percent      INTEGER,
    people_least INTEGER NOT NULL,
    is_on        INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    changed_by   TEXT NOT NULL,
    removed_at   INTEGER
) STRICT;

CREATE TABLE annotation (
    id         BLOB NOT NULL PRIMARY KEY,
    first_day  TEXT NOT NULL,
    last_day   TEXT NOT NULL,
    words      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE INDEX annotation_day ON annotation (last_day);

CREATE TABLE app_user (
    id               BLOB NOT NULL PRIMARY KEY,
    name             TEXT NOT NULL,
    email            TEXT NOT NULL UNIQUE,
    role             TEXT NOT NULL,
    language         TEXT NOT NULL,
    password         TEXT NOT NULL,
    credential_epoch INTEGER NOT NULL,
    factor_seed      BLOB,
    factor_since     INTEGER,
    factor_step      INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    disabled_at      INTEGER
) STRICT;

CREATE TABLE approval (
    id             BLOB NOT NULL PRIMARY KEY,
    journey        BLOB NOT NULL,
    version        INTEGER NOT NULL,
    step           TEXT NOT NULL,
    piece          BLOB NOT NULL,
    piece_version  INTEGER NOT NULL,
    content        BLOB NOT NULL,
    people         INTEGER NOT NULL,
    is_yes         INTEGER NOT NULL,
    is_standing    INTEGER NOT NULL,
    note           TEXT NOT NULL,
    made_at        INTEGER NOT NULL,
    made_by        BLOB NOT NULL,
    made_name      TEXT NOT NULL,
    needs_second   INTEGER NOT NULL,
    seconded_at    INTEGER,
    seconded_name  TEXT NOT NULL,
    withdrawn_at   INTEGER,
    withdrawn_name TEXT NOT NULL
) STRICT;

CREATE INDEX approval_made ON approval (made_at, id);

CREATE INDEX approval_step ON approval (journey, step, made_at, id);

CREATE TABLE audience (
    id              BLOB NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL,
    description     TEXT NOT NULL,
    platform        TEXT NOT NULL,
    delivery        TEXT NOT NULL,
    remote          TEXT NOT NULL,
    segment         BLOB,
    purpose         TEXT NOT NULL,
    fields          TEXT NOT NULL,
    version         INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    created_by      TEXT NOT NULL,
    changed_at      INTEGER NOT NULL,
    changed_by      TEXT NOT NULL,
    paused_at       INTEGER,
    ending_at       INTEGER,
    due_at          INTEGER NOT NULL,
    failures        INTEGER NOT NULL,
    failing_since   INTEGER,
    last_success_at INTEGER,
    last_failure_at INTEGER,
    last_answer     TEXT NOT NULL,
    sweep_stage     INTEGER NOT NULL,
    sweep_behind    BLOB NOT NULL,
    swept_at        INTEGER,
    file_number     INTEGER NOT NULL,
    file_at         INTEGER
) STRICT;

CREATE TABLE audience_entry (
    audience BLOB NOT NULL,
    address  BLOB NOT NULL,
    kind     INTEGER NOT NULL,
    customer BLOB,
    record   TEXT NOT NULL,
    todo     INTEGER NOT NULL,
    is_there INTEGER NOT NULL,
    turn     INTEGER NOT NULL,
    refused  TEXT,
    file     INTEGER NOT NULL,
    PRIMARY KEY (audience, address)
) STRICT;

CREATE INDEX audience_entry_customer ON audience_entry (customer);

CREATE INDEX audience_entry_todo ON audience_entry (audience, todo, address) WHERE todo <> 0;

CREATE TABLE audience_look (
    customer BLOB NOT NULL PRIMARY KEY,
    turn     INTEGER NOT NULL
) STRICT;

CREATE TABLE audience_member (
    audience BLOB NOT NULL,
    customer BLOB NOT NULL,
    standing INTEGER NOT NULL,
    look_at  INTEGER,
    PRIMARY KEY (audience, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX audience_member_customer ON audience_member (customer);

CREATE INDEX audience_member_look ON audience_member (look_at, customer) WHERE look_at IS NOT NULL;

CREATE TABLE audit (
    seq     INTEGER NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    party   TEXT NOT NULL,
    actor   TEXT,
    act     TEXT NOT NULL,
    subject TEXT,
    detail  TEXT NOT NULL,
    hash    BLOB NOT NULL
) STRICT;

CREATE INDEX audit_act ON audit (act, seq);

CREATE INDEX audit_act_at ON audit (act, at);

CREATE INDEX audit_actor ON audit (actor, seq);

CREATE INDEX audit_at ON audit (at, seq);

CREATE TABLE audit_head (
    seq  INTEGER NOT NULL PRIMARY KEY,
    hash BLOB
) STRICT;

CREATE TABLE bulk_act (
    id        BLOB NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    at        INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    question  TEXT NOT NULL,
    people    INTEGER NOT NULL,
    customers BLOB NOT NULL,
    undone_at INTEGER
, list BLOB) STRICT;

CREATE INDEX bulk_act_at ON bulk_act (at, id);

CREATE TABLE buyer_day (
    day         INTEGER NOT NULL PRIMARY KEY,
    measured_at INTEGER NOT NULL,
    measure     TEXT NOT NULL
) STRICT;

CREATE TABLE call_check (
    node         BLOB NOT NULL PRIMARY KEY,
    checked_at   INTEGER NOT NULL,
    listed_since INTEGER
) STRICT;

CREATE TABLE computed_trait (
    id          BLOB NOT NULL PRIMARY KEY,
    key         TEXT NOT NULL,
    label       TEXT NOT NULL,
    recipe      TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL,
    changed_at  INTEGER NOT NULL,
    changed_by  TEXT NOT NULL,
    filled_at   INTEGER,
    archived_at INTEGER
) STRICT;

CREATE UNIQUE INDEX computed_trait_key ON computed_trait (key);

CREATE TABLE confirmation (
    id           BLOB NOT NULL PRIMARY KEY,
    node         BLOB NOT NULL,
    purpose      TEXT NOT NULL,
    channel      TEXT NOT NULL,
    wording      TEXT NOT NULL,
    asked_at     INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    confirmed_at INTEGER
) STRICT;

CREATE INDEX confirmation_asked_at ON confirmation (asked_at);

CREATE INDEX confirmation_node ON confirmation (node, asked_at);

CREATE TABLE customer (
    id            BLOB NOT NULL PRIMARY KEY,
    name          TEXT,
    email         TEXT,
    phone         TEXT,
    first_seen    INTEGER NOT NULL,
    last_seen     INTEGER NOT NULL,
    events        INTEGER NOT NULL,
    orders        INTEGER NOT NULL,
    revenue_cents INTEGER NOT NULL,
    currency      TEXT,
    node_count    INTEGER NOT NULL,
    terms         TEXT NOT NULL
, name_key TEXT NOT NULL DEFAULT '', facets INTEGER NOT NULL DEFAULT 0, birthday INTEGER NOT NULL DEFAULT 0, first_source INTEGER NOT NULL DEFAULT -1) STRICT;

CREATE INDEX customer_birthday ON customer (birthday, id) WHERE birthday > 0;

CREATE INDEX customer_first_seen ON customer (first_seen, id);

CREATE INDEX customer_last_seen ON customer
    (last_seen, id, first_seen, orders, revenue_cents, facets, birthday, first_source, name_key);

CREATE INDEX customer_name_key ON customer (name_key, id);

CREATE INDEX customer_revenue ON customer (revenue_cents, id);

CREATE INDEX customer_unfilled ON customer (id) WHERE facets = 0;

CREATE TABLE customer_list (
    id          BLOB NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL,
    changed_at  INTEGER NOT NULL,
    changed_by  TEXT NOT NULL,
    archived_at INTEGER
) STRICT;

CREATE TABLE customer_list_member (
    list      BLOB NOT NULL,
    customer  BLOB NOT NULL,
    joined_at INTEGER NOT NULL,
    joined_by TEXT NOT NULL,
    PRIMARY KEY (list, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX customer_list_member_customer ON customer_list_member (customer);

CREATE INDEX customer_list_member_joined ON customer_list_member (list, joined_at, customer);

CREATE TABLE customer_term (
    term     TEXT NOT NULL,
    customer BLOB NOT NULL,
    PRIMARY KEY (term, customer)
) STRICT, WITHOUT ROWID;

CREATE TABLE data_request (
    id               BLOB NOT NULL PRIMARY KEY,
    wish             TEXT NOT NULL,
    way              TEXT NOT NULL,
    stage            TEXT NOT NULL,
    contact          TEXT NOT NULL,
    node             BLOB,
    message          TEXT NOT NULL,
    received_at      INTEGER NOT NULL,
    due_at           INTEGER NOT NULL,
    checked_at       INTEGER,
    proof            TEXT,
    extended_at      INTEGER,
    extension_reason TEXT NOT NULL,
    closed_at        INTEGER,
    closing_note     TEXT NOT NULL,
    erasure          BLOB
) STRICT;

CREATE INDEX data_request_closed ON data_request (closed_at, id) WHERE closed_at IS NOT NULL;

CREATE INDEX data_request_due ON data_request (due_at, id) WHERE closed_at IS NULL;

CREATE INDEX data_request_node ON data_request (node) WHERE node IS NOT NULL;

CREATE TABLE duplicate (
    a         BLOB NOT NULL,
    b         BLOB NOT NULL,
    status    INTEGER NOT NULL,
    chance    INTEGER NOT NULL,
    parts     TEXT NOT NULL,
    found_at  INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) STRICT;

CREATE INDEX duplicate_b ON duplicate (b);

CREATE INDEX duplicate_queue ON duplicate (status, chance, a, b);

CREATE TABLE engine_position (
    name    TEXT NOT NULL PRIMARY KEY,
    applied INTEGER NOT NULL,
    flushed INTEGER NOT NULL
) STRICT;

CREATE TABLE erasure (
    id          BLOB NOT NULL PRIMARY KEY,
    at          INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    ground      TEXT NOT NULL,
    nodes       BLOB NOT NULL,
    receipt     TEXT NOT NULL,
    finished_at INTEGER
) STRICT;

CREATE INDEX erasure_at ON erasure (at, id);

CREATE TABLE idempotency (
    key_hash     BLOB NOT NULL PRIMARY KEY,
    request_hash BLOB NOT NULL,
    status       INTEGER,
    body         BLOB,
    at           INTEGER NOT NULL
) STRICT;

CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE import_plan (
    fingerprint BLOB NOT NULL PRIMARY KEY,
    plan        TEXT NOT NULL,
    saved_at    INTEGER NOT NULL,
    actor       TEXT NOT NULL
) STRICT;

CREATE TABLE import_run (
    id           BLOB NOT NULL PRIMARY KEY,
    file_name    TEXT NOT NULL,
    file_hash    BLOB NOT NULL,
    file_bytes   INTEGER NOT NULL,
    fingerprint  BLOB NOT NULL,
    subject      TEXT NOT NULL,
    plan         TEXT NOT NULL,
    state        INTEGER NOT NULL,
    job          BLOB,
    trial        TEXT,
    counts       TEXT,
    failure      TEXT,
    received_at  INTEGER,
    source       INTEGER,
    generation   INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    begun_at     INTEGER,
    ended_at     INTEGER,
    undone_at    INTEGER,
    undone_by    TEXT,
    file_gone_at INTEGER
) STRICT;

CREATE INDEX import_run_created ON import_run (created_at, id);

CREATE INDEX import_run_hash ON import_run (file_hash);

CREATE UNIQUE INDEX import_run_received ON import_run (received_at);

CREATE TABLE incident (
    id          BLOB NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    detail      TEXT NOT NULL,
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    resolved_at INTEGER
) STRICT;

CREATE INDEX incident_last_at ON incident (last_at, id);

CREATE UNIQUE INDEX incident_open ON incident (kind, subject) WHERE resolved_at IS NULL;

CREATE TABLE invite (
    id         BLOB NOT NULL PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    email      TEXT NOT NULL,
    role       TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE INDEX invite_created_at ON invite (created_at, id);

CREATE TABLE job (
    id           BLOB NOT NULL PRIMARY KEY,
    kind         TEXT NOT NULL,
    parameters   TEXT NOT NULL,
    actor        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    step         TEXT NOT NULL,
    done         INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    cancel_asked INTEGER NOT NULL,
    begun_at     INTEGER,
    ended_at     INTEGER,
    outcome      TEXT
) STRICT;

CREATE INDEX job_ended ON job (ended_at, id);

CREATE INDEX job_open ON job (created_at, id) WHERE state < 2;

CREATE TABLE journey (
    id              BLOB NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL,
    description     TEXT NOT NULL,
    status          TEXT NOT NULL,
    draft           TEXT NOT NULL,
    version         INTEGER NOT NULL,
    published       INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    created_by      TEXT NOT NULL,
    changed_at      INTEGER NOT NULL,
    changed_by      TEXT NOT NULL,
    started_at      INTEGER,
    filled_at       INTEGER,
    broadcast_after BLOB
, seen_to INTEGER) STRICT;

CREATE TABLE journey_event (
    id         BLOB NOT NULL PRIMARY KEY,
    run        BLOB NOT NULL,
    thread     BLOB NOT NULL,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    properties TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX journey_event_thread ON journey_event (thread);

CREATE TABLE journey_line (
    run    BLOB NOT NULL,
    number INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    step   TEXT NOT NULL,
    what   TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE journey_occurrence (
    journey  BLOB NOT NULL,
    at       INTEGER NOT NULL,
    outcome  TEXT NOT NULL,
    begun_at INTEGER,
    ended_at INTEGER,
    entered  INTEGER NOT NULL,
    PRIMARY KEY (journey, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE journey_run (
    id         BLOB NOT NULL PRIMARY KEY,
    journey    BLOB NOT NULL,
    version    INTEGER NOT NULL,
    thread     BLOB NOT NULL,
    customer   BLOB NOT NULL,
    subject    BLOB NOT NULL,
    run_key    TEXT NOT NULL,
    why        TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    step       TEXT NOT NULL,
    stand      TEXT NOT NULL,
    stand_at   INTEGER,
    echo       BLOB,
    since      INTEGER NOT NULL,
    wakes_at   INTEGER,
    goal_at    INTEGER,
    ended_at   INTEGER,
    ending     TEXT NOT NULL,
    lines      INTEGER NOT NULL
, held_back INTEGER NOT NULL DEFAULT 0, holdout_percent INTEGER NOT NULL DEFAULT 0, entered_version INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX journey_run_active ON journey_run (thread, journey, run_key) WHERE ended_at IS NULL;

CREATE INDEX journey_run_entered ON journey_run (journey, entered_at, id);

CREATE INDEX journey_run_step ON journey_run (journey, version, step) WHERE ended_at IS NULL;

CREATE INDEX journey_run_thread ON journey_run (thread, journey);

CREATE INDEX journey_run_wake ON journey_run (wakes_at, thread) WHERE wakes_at IS NOT NULL;

CREATE TABLE journey_share (
    journey BLOB NOT NULL,
    step    TEXT NOT NULL,
    ways    TEXT NOT NULL,
    number  INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    shares  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    seen    TEXT NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (journey, step, ways, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE journey_version (
    journey      BLOB NOT NULL,
    version      INTEGER NOT NULL,
    document     TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT NOT NULL,
    PRIMARY KEY (journey, version)
) STRICT;

CREATE TABLE lake_file (
    name       TEXT NOT NULL PRIMARY KEY,
    level      INTEGER NOT NULL,
    month      INTEGER NOT NULL,
    events     INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    min_at     INTEGER NOT NULL,
    max_at     INTEGER NOT NULL,
    first_seq  INTEGER NOT NULL,
    last_seq   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_name  TEXT NOT NULL,
    seen_bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE link (
    a       BLOB NOT NULL,
    b       BLOB NOT NULL,
    trust   INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    event   BLOB NOT NULL,
    verdict INTEGER NOT NULL,
    state   BLOB NOT NULL,
    PRIMARY KEY (a, b)
) STRICT;

CREATE INDEX link_b ON link (b);

CREATE TABLE mail_click (
    message  BLOB NOT NULL,
    link     BLOB NOT NULL,
    people   INTEGER NOT NULL,
    machines INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (message, link)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_count (
    link     BLOB NOT NULL,
    day      INTEGER NOT NULL,
    sent     INTEGER NOT NULL,
    people   INTEGER NOT NULL,
    machines INTEGER NOT NULL,
    PRIMARY KEY (link, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_hit (
    link       BLOB NOT NULL,
    sender     BLOB NOT NULL,
    is_machine INTEGER NOT NULL,
    message    BLOB,
    at         INTEGER NOT NULL,
    PRIMARY KEY (link, sender, is_machine)
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_hit_at ON mail_hit (at);

CREATE INDEX mail_hit_message ON mail_hit (message) WHERE message IS NOT NULL;

CREATE TABLE mail_link (
    id      BLOB NOT NULL PRIMARY KEY,
    journey BLOB NOT NULL,
    step    TEXT NOT NULL,
    piece   BLOB NOT NULL,
    url     TEXT NOT NULL
) STRICT;

CREATE INDEX mail_link_journey ON mail_link (journey, step, url);

CREATE INDEX mail_link_piece ON mail_link (piece);

CREATE TABLE mail_return (
    id      BLOB NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    class   TEXT NOT NULL,
    node    BLOB,
    address TEXT NOT NULL,
    message BLOB,
    code    TEXT NOT NULL,
    basis   TEXT NOT NULL,
    said    TEXT NOT NULL,
    effect  TEXT NOT NULL,
    hash    BLOB NOT NULL,
    raw     TEXT NOT NULL
) STRICT;

CREATE INDEX mail_return_at ON mail_return (at, id);

CREATE INDEX mail_return_hash ON mail_return (hash);

CREATE INDEX mail_return_node ON mail_return (node, at) WHERE node IS NOT NULL;

CREATE TABLE message (
    id         BLOB NOT NULL PRIMARY KEY,
    origin_key TEXT NOT NULL UNIQUE,
    origin     TEXT NOT NULL,
    customer   BLOB NOT NULL,
    medium     TEXT NOT NULL,
    class      TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    value      INTEGER NOT NULL,
    weight     INTEGER NOT NULL,
    content    TEXT NOT NULL,
    planned_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    claimed_at INTEGER,
    ended_at   INTEGER,
    address    BLOB,
    proof      BLOB,
    basis      TEXT,
    answer     TEXT
, asked_about TEXT, approval BLOB, mail_provider TEXT, fallbacks TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX message_approval ON message (approval) WHERE approval IS NOT NULL;

CREATE INDEX message_asked ON message (asked_about, state, planned_at, id)
    WHERE asked_about IS NOT NULL;

CREATE INDEX message_claimed ON message (id) WHERE state = 2;

CREATE INDEX message_customer ON message (customer, planned_at, id);

CREATE INDEX message_due ON message (due_at, id) WHERE state = 0;

CREATE INDEX message_planned ON message (planned_at, id);

CREATE INDEX message_standing ON message (expires_at) WHERE state IN (1, 8);

CREATE TABLE message_copy (
    message BLOB NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    body    TEXT NOT NULL,
    html    TEXT NOT NULL
) STRICT;

CREATE TABLE message_price (
    version  INTEGER NOT NULL PRIMARY KEY,
    since    INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;

CREATE TABLE message_receipt (
    message      BLOB NOT NULL PRIMARY KEY,
    carrier_id   TEXT NOT NULL,
    delivered_at INTEGER,
    read_at      INTEGER,
    failed_at    INTEGER,
    code         TEXT NOT NULL
) STRICT;

CREATE INDEX message_receipt_carrier ON message_receipt (carrier_id);

CREATE TABLE message_shown (
    message  BLOB NOT NULL PRIMARY KEY,
    browser  BLOB NOT NULL,
    times    INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    ended_at INTEGER,
    ended_by TEXT
) STRICT;

CREATE TABLE message_spent (
    journey  BLOB NOT NULL,
    version  INTEGER NOT NULL,
    day      TEXT NOT NULL,
    item     TEXT NOT NULL,
    currency TEXT NOT NULL,
    price    INTEGER NOT NULL,
    units    INTEGER NOT NULL,
    kept     INTEGER NOT NULL,
    PRIMARY KEY (journey, version, day, item, currency, price)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_spent_day ON message_spent (day);

CREATE TABLE message_verdict (
    message  BLOB NOT NULL,
    number   INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    outcome  TEXT NOT NULL,
    until    INTEGER,
    findings TEXT NOT NULL,
    PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL
) STRICT;

CREATE TABLE monday_reader (
    user_id   BLOB NOT NULL PRIMARY KEY,
    weekday   INTEGER NOT NULL,
    hour      INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    week      TEXT NOT NULL,
    message   BLOB,
    tried_at  INTEGER,
    sent_at   INTEGER,
    outcome   TEXT NOT NULL
) STRICT;

CREATE TABLE node (
    id       BLOB NOT NULL PRIMARY KEY,
    kind     INTEGER NOT NULL,
    value    TEXT NOT NULL,
    customer BLOB NOT NULL,
    state    BLOB NOT NULL
) STRICT;

CREATE INDEX node_customer ON node (customer);

CREATE TABLE pace (
    lane      TEXT NOT NULL PRIMARY KEY,
    filled_us INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    slower    INTEGER NOT NULL,
    clean     INTEGER NOT NULL,
    until     INTEGER NOT NULL
) STRICT;

CREATE TABLE password_reset (
    hash       BLOB NOT NULL PRIMARY KEY,
    owner      BLOB NOT NULL REFERENCES app_user (id),
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;

CREATE INDEX password_reset_owner ON password_reset (owner);

CREATE TABLE persona (
    id       BLOB NOT NULL PRIMARY KEY,
    name     TEXT NOT NULL,
    note     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    named_at INTEGER NOT NULL,
    named_by TEXT NOT NULL
) STRICT;

CREATE TABLE persona_run (
    id         BLOB NOT NULL PRIMARY KEY,
    job        BLOB NOT NULL,
    seed       INTEGER NOT NULL,
    begun_at   INTEGER NOT NULL,
    begun_by   TEXT NOT NULL,
    ended_at   INTEGER,
    document   TEXT NOT NULL,
    adoption   INTEGER,
    adopted_at INTEGER,
    adopted_by TEXT NOT NULL
) STRICT;

CREATE TABLE persona_typical (
    run      BLOB NOT NULL,
    persona  BLOB NOT NULL,
    place    INTEGER NOT NULL,
    customer BLOB NOT NULL,
    PRIMARY KEY (run, persona, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX persona_typical_customer ON persona_typical (customer);

CREATE TABLE piece (
    id          BLOB NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    document    TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL,
    changed_at  INTEGER NOT NULL,
    changed_by  TEXT NOT NULL,
    archived_at INTEGER
) STRICT;

CREATE TABLE piece_version (
    piece    BLOB NOT NULL,
    version  INTEGER NOT NULL,
    document TEXT NOT NULL,
    made_at  INTEGER NOT NULL,
    made_by  TEXT NOT NULL,
    PRIMARY KEY (piece, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE promotion (
    id          BLOB NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    document    TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL,
    changed_at  INTEGER NOT NULL,
    changed_by  TEXT NOT NULL,
    archived_at INTEGER
) STRICT;

CREATE TABLE quality_day (
    day          INTEGER NOT NULL,
    scope        TEXT NOT NULL,
    subject      TEXT NOT NULL,
    people       INTEGER NOT NULL,
    completeness INTEGER,
    validity     INTEGER,
    freshness    INTEGER,
    uniqueness   INTEGER,
    consistency  INTEGER,
    PRIMARY KEY (day, scope, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_finding (
    customer BLOB NOT NULL,
    reason   TEXT NOT NULL,
    field    TEXT NOT NULL,
    raw      TEXT NOT NULL,
    proposal TEXT,
    gain     TEXT,
    PRIMARY KEY (customer, reason, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX quality_finding_gain ON quality_finding (gain, customer) WHERE gain IS NOT NULL;

CREATE INDEX quality_finding_reason ON quality_finding (reason, customer, field);

CREATE TABLE quality_ignored (
    customer BLOB NOT NULL,
    reason   TEXT NOT NULL,
    field    TEXT NOT NULL,
    raw      TEXT NOT NULL,
    actor    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (customer, reason, field, raw)
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_key (
    node     BLOB NOT NULL,
    customer BLOB NOT NULL,
    field    TEXT NOT NULL,
    source   INTEGER,
    PRIMARY KEY (node, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX quality_key_customer ON quality_key (customer);

CREATE TABLE quality_mended (
    act      BLOB NOT NULL,
    customer BLOB NOT NULL,
    field    TEXT NOT NULL,
    former   TEXT NOT NULL,
    proposal TEXT NOT NULL,
    PRIMARY KEY (act, customer, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX quality_mended_customer ON quality_mended (customer);

CREATE TABLE quality_person (
    customer   BLOB NOT NULL PRIMARY KEY,
    events     INTEGER NOT NULL,
    node_count INTEGER NOT NULL,
    checks     INTEGER NOT NULL,
    marks      BLOB NOT NULL,
    history    BLOB NOT NULL
) STRICT;

CREATE TABLE quarantine (
    id          BLOB NOT NULL PRIMARY KEY,
    source      INTEGER,
    received_at INTEGER NOT NULL,
    code        TEXT NOT NULL,
    field       TEXT,
    hint        TEXT NOT NULL,
    body        BLOB NOT NULL,
    status      TEXT NOT NULL,
    repaired_at INTEGER,
    actor       TEXT
) STRICT;

CREATE INDEX quarantine_received_at ON quarantine (received_at, id);

CREATE INDEX quarantine_status ON quarantine (status, received_at, id);

CREATE TABLE recovery_code (
    owner   BLOB NOT NULL REFERENCES app_user (id),
    hash    BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (owner, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE rehearsal (
    id       BLOB NOT NULL PRIMARY KEY,
    journey  BLOB NOT NULL,
    job      BLOB NOT NULL,
    asked    TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    begun_by TEXT NOT NULL,
    ended_at INTEGER,
    report   TEXT NOT NULL
) STRICT;

CREATE INDEX rehearsal_journey ON rehearsal (journey, begun_at);

CREATE TABLE rehearsal_person (
    rehearsal  BLOB NOT NULL,
    customer   BLOB NOT NULL,
    entered_at INTEGER NOT NULL,
    runs       INTEGER NOT NULL,
    messages   TEXT NOT NULL,
    PRIMARY KEY (rehearsal, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX rehearsal_person_customer ON rehearsal_person (customer);

CREATE TABLE retention_run (
    id       BLOB NOT NULL PRIMARY KEY,
    due_at   INTEGER NOT NULL,
    begun_at INTEGER,
    ended_at INTEGER,
    gone     TEXT NOT NULL,
    failure  TEXT
) STRICT;

CREATE UNIQUE INDEX retention_run_due ON retention_run (due_at);

CREATE TABLE return_box (
    mailbox       TEXT NOT NULL PRIMARY KEY,
    uid_validity  INTEGER NOT NULL,
    last_uid      INTEGER NOT NULL,
    looked_at     INTEGER,
    due_at        INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    failing_since INTEGER,
    fault         TEXT NOT NULL,
    taken         INTEGER NOT NULL,
    left_alone    INTEGER NOT NULL
) STRICT;

CREATE TABLE return_box_mail (
    mail_id BLOB NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL
) STRICT;

CREATE TABLE saved_query (
    id         BLOB NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    statement  TEXT NOT NULL,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE TABLE sealed_secret (
    place      TEXT NOT NULL,
    owner      BLOB NOT NULL,
    sealed     BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (place, owner)
) STRICT, WITHOUT ROWID;

CREATE TABLE segment (
    id          BLOB NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    definition  TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL,
    changed_at  INTEGER NOT NULL,
    changed_by  TEXT NOT NULL,
    filled_at   INTEGER,
    archived_at INTEGER
) STRICT;

CREATE TABLE segment_member (
    segment    BLOB NOT NULL,
    customer   BLOB NOT NULL,
    entered_at INTEGER NOT NULL,
    PRIMARY KEY (segment, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX segment_member_customer ON segment_member (customer);

CREATE TABLE segment_turn (
    number   INTEGER NOT NULL PRIMARY KEY,
    segment  BLOB NOT NULL,
    customer BLOB NOT NULL,
    at       INTEGER NOT NULL,
    is_in    INTEGER NOT NULL
, occasion TEXT NOT NULL DEFAULT '', event BLOB) STRICT;

CREATE INDEX segment_turn_customer ON segment_turn (customer, number);

CREATE INDEX segment_turn_segment ON segment_turn (segment, number);

CREATE TABLE segment_wake (
    customer BLOB NOT NULL PRIMARY KEY,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX segment_wake_at ON segment_wake (at, customer);

CREATE TABLE session (
    id           BLOB NOT NULL PRIMARY KEY,
    hash         BLOB NOT NULL UNIQUE,
    owner        BLOB REFERENCES app_user (id),
    epoch        INTEGER NOT NULL,
    stage        TEXT NOT NULL,
    agent        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX session_expires_at ON session (expires_at);

CREATE INDEX session_owner ON session (owner);

CREATE TABLE setting (
    name       TEXT NOT NULL PRIMARY KEY,
    value      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sign_on_journey (
    state      BLOB NOT NULL PRIMARY KEY,
    ticket     BLOB NOT NULL,
    nonce      TEXT NOT NULL,
    verifier   TEXT NOT NULL,
    issuer     TEXT NOT NULL,
    owner      BLOB,
    invite     BLOB,
    next       TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_on_journey_expires_at ON sign_on_journey (expires_at);

CREATE TABLE sign_on_link (
    issuer    TEXT NOT NULL,
    subject   TEXT NOT NULL,
    owner     BLOB NOT NULL REFERENCES app_user (id),
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX sign_on_link_owner ON sign_on_link (owner, issuer);

CREATE TABLE source (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE TABLE source_hour (
    source  INTEGER NOT NULL,
    hour    INTEGER NOT NULL,
    events  INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (source, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppression (
    id          BLOB NOT NULL PRIMARY KEY,
    node        BLOB NOT NULL,
    channel     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    since       INTEGER NOT NULL,
    made_by     TEXT NOT NULL,
    note        TEXT NOT NULL,
    lifted_at   INTEGER,
    lifted_by   TEXT,
    lifted_note TEXT
) STRICT;

CREATE UNIQUE INDEX suppression_node ON suppression (node, channel, reason) WHERE lifted_at IS NULL;

CREATE INDEX suppression_of_node ON suppression (node);

CREATE INDEX suppression_since ON suppression (since, id);

CREATE TABLE task (
    id         BLOB NOT NULL PRIMARY KEY,
    journey    BLOB NOT NULL,
    run        BLOB NOT NULL,
    step       TEXT NOT NULL,
    thread     BLOB NOT NULL,
    customer   BLOB NOT NULL,
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    hint       TEXT NOT NULL,
    role       TEXT NOT NULL,
    facts      TEXT NOT NULL,
    outcomes   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    status     TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    note       TEXT NOT NULL,
    done_at    INTEGER,
    done_by    TEXT NOT NULL,
    lines      INTEGER NOT NULL
) STRICT;

CREATE INDEX task_due ON task (status, due_at, id);

CREATE INDEX task_run ON task (run);

CREATE INDEX task_thread ON task (thread);

CREATE TABLE tombstone (
    node BLOB NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE warm_up_day (
    domain     TEXT NOT NULL,
    provider   TEXT NOT NULL,
    day        TEXT NOT NULL,
    allowed    INTEGER NOT NULL,
    hold       TEXT NOT NULL,
    sent       INTEGER NOT NULL,
    taken      INTEGER NOT NULL,
    deferred   INTEGER NOT NULL,
    complained INTEGER NOT NULL,
    PRIMARY KEY (domain, provider, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE web_push (
    node         BLOB NOT NULL PRIMARY KEY,
    visitor      BLOB NOT NULL,
    anonymous_id TEXT NOT NULL,
    endpoint     TEXT NOT NULL,
    point        BLOB NOT NULL,
    auth         BLOB NOT NULL,
    purpose      TEXT NOT NULL,
    wording      TEXT NOT NULL,
    context      TEXT NOT NULL,
    source       INTEGER NOT NULL,
    asked_at     INTEGER NOT NULL,
    confirmed_at INTEGER
) STRICT;

CREATE INDEX web_push_asked ON web_push (asked_at);

CREATE INDEX web_push_visitor ON web_push (visitor);

CREATE TABLE webhook (
    id              BLOB NOT NULL PRIMARY KEY,
    url             TEXT NOT NULL,
    description     TEXT NOT NULL,
    topics          TEXT NOT NULL,
    enabled         INTEGER NOT NULL,
    disabled_reason TEXT,
    created_at      INTEGER NOT NULL,
    previous_until  INTEGER,
    failing_since   INTEGER,
    failures        INTEGER NOT NULL,
    last_success_at INTEGER,
    last_failure_at INTEGER,
    dropped         INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_delivery (
    id            BLOB NOT NULL PRIMARY KEY,
    webhook       BLOB NOT NULL,
    topic         TEXT NOT NULL,
    subject       TEXT NOT NULL,
    body          TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    status        INTEGER NOT NULL,
    tries         INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    tried_at      INTEGER,
    answer_status INTEGER,
    answer        TEXT
) STRICT;

CREATE INDEX webhook_delivery_created ON webhook_delivery (webhook, created_at, id);

CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook, due_at, created_at) WHERE status = 0;

CREATE TABLE wording (
    purpose    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    language   TEXT NOT NULL,
    body       TEXT NOT NULL,
    hash       BLOB NOT NULL,
    valid_from INTEGER NOT NULL,
    written_by TEXT NOT NULL,
    PRIMARY KEY (purpose, version, language)
) STRICT, WITHOUT ROWID;
