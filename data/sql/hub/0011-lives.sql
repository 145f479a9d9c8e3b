-- The epochs this hub had before it was restored from backups, one space between: a computer that has met none but one of those still knows it is the
-- same hub.
ALTER TABLE hub_state ADD COLUMN former TEXT NOT NULL DEFAULT '';
