-- What a victim service agency holds of a client is covered by fewer consents than an older hub thought (C15). What stands open by any consent, of a client
-- that such an agency knows, has come to its end by the time the hub was last up: so it works out anew who may see what before it answers anybody, and what
-- is covered still opens with the same number as the rest closes.
-- A hub may be too old for either kind: then there is nobody, and the tables are made as they should be once all numbered files were (kith-hub-tables.c).
CREATE TABLE IF NOT EXISTS care (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS agency_settings (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
UPDATE scope_grant SET not_after = (SELECT CASE WHEN seen_ms > 0 THEN seen_ms ELSE 1 END FROM hub_state)
WHERE until_q IS NULL AND (not_after IS NULL OR not_after > (SELECT seen_ms FROM hub_state)) AND ' ' || reason LIKE '% consent:%' AND subject IN (
  SELECT 'client:' || (c.body ->> 'client') FROM care c JOIN agency_settings s ON s.body ->> 'agency' = c.body ->> 'agency' AND s.body ->> 'victim_service');
