-- What was done of a kind in some days is found without walking over the whole log.
CREATE INDEX audit_act ON audit (act, at);
