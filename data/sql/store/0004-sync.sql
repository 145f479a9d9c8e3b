-- kept: the last run of the operation did not write this row, because it was refused here or what it builds on is not here (yet); the body
-- is what an earlier run wrote. It shows nothing until the hub has taken the operation, and goes with the next forget of anything.
ALTER TABLE op_row ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
CREATE INDEX op_row_kept ON op_row (i) WHERE kept = 1;
