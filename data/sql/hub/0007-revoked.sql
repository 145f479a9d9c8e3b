-- A person's computer that is not theirs any more: it gets no row from then on, and what it sends is not taken (I21).
ALTER TABLE lane ADD COLUMN revoked_at BIGINT;
CREATE INDEX lane_user ON lane (user_id);
