-- The highest time the hub has seen: a clock that is far from it ends nothing. What an older hub knows of it is the last day it was up.
ALTER TABLE hub_state ADD COLUMN seen_ms BIGINT NOT NULL DEFAULT 0;
UPDATE hub_state SET seen_ms = coalesce((SELECT max(day) FROM hub_day), 0) * 86400000;
