-- A copy that was made to be put to use: when (ms), as long as nobody has.
ALTER TABLE hub_state ADD COLUMN copied_at BIGINT;

-- Each process that changed something, with the number at which it began. A cursor tells of one: what was told in a run that this database does not
-- know, or further on in it, was told by another that went on where this one was copied.
CREATE TABLE hub_run (i INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, q BIGINT NOT NULL);
