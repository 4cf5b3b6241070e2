-- Whether somebody is held back of a journey, how many of a hundred were when they came in, and
-- the version they came in by: they may be moved to another one.
ALTER TABLE journey_run ADD COLUMN held_back {int} NOT NULL DEFAULT 0;

ALTER TABLE journey_run ADD COLUMN holdout_percent {int} NOT NULL DEFAULT 0;

ALTER TABLE journey_run ADD COLUMN entered_version {int} NOT NULL DEFAULT 0;

UPDATE journey_run SET entered_version = version;
