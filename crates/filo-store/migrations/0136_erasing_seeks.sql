-- Whoever is erased is found by an index wherever something of them is kept.
CREATE INDEX mail_hit_message ON mail_hit (message) WHERE message IS NOT NULL;

CREATE INDEX journey_event_thread ON journey_event (thread);
