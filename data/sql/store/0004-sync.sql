-- kept: the last run of the operation did not write this row, because it was refused here or what it builds on is not here (yet); the body
-- is what an earlier run wrote. It shows nothing until the hub has taken the operation, and goes with the next forget of anything.
ALTER TABLE op_row ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
CREATE INDEX op_row_kept ON op_row (i) WHERE kept = 1;

-- Scopes, by the hub's number, whose rows here are not what they should be: asked for anew until each is filled.
CREATE TABLE refill (sid BIGINT PRIMARY KEY);
