-- What was done of a kind in some days is found without walking over the whole log.
CREATE INDEX audit_act_at ON audit (act, at);
