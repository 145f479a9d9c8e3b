-- The lane a computer went by before it was given this one: whoever revokes one of them means the computer (I21).
ALTER TABLE lane ADD COLUMN former BIGINT;
