-- Which computer a lane is of, for whoever looks after the hub and hears that one was lost: what it calls itself, and when it was last heard of, within
-- as long as a token lasts.
ALTER TABLE lane ADD COLUMN computer TEXT;
ALTER TABLE lane ADD COLUMN seen_at BIGINT;
