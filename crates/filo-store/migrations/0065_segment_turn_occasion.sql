-- What made somebody come into a segment or leave it; empty for turns from before it was noted.
ALTER TABLE segment_turn ADD COLUMN occasion {text} NOT NULL DEFAULT '';

-- The event, if it was one.
ALTER TABLE segment_turn ADD COLUMN event {bytes};
