-- Whether anybody answers referrals at an agency stands with its entry, since no other agency's desk holds its accounts (D2, D4). What an older hub never
-- said is said of all of them now. Each record that changes gets a number of its own, so that every desk fetches it anew.

-- A hub may be too old for either kind's columns, or its table (see 0018).
CREATE TABLE IF NOT EXISTS staff (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS organization (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TEMP TABLE answered (agency TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT OR IGNORE INTO answered (agency)
SELECT s.body ->> 'agency' FROM staff s WHERE s.body ->> 'agency' IS NOT NULL AND s.body ->> 'level' = 'standard' AND s.body ->> 'active' = 1 AND s.body ->> 'trained' = 1
  AND (s.body ->> 'role' = 'referral_manager' OR EXISTS (SELECT 1 FROM json_each(s.body, '$.duties') d WHERE d.value = 'supervisor'))
UNION
SELECT x.value FROM staff s, json_each(s.body, '$.resources') x WHERE s.body ->> 'level' = 'portal' AND s.body ->> 'active' = 1 AND s.body ->> 'changes_status' = 1;
CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO moved (id)
SELECT o.id FROM organization o WHERE (o.body ->> 'answered') IS NOT (o.id IN (SELECT agency FROM answered)) ORDER BY o.id;
UPDATE organization SET body = json_set(body, '$.answered', json(iif(id IN (SELECT agency FROM answered), 'true', 'false')))
WHERE id IN (SELECT id FROM moved);
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.id = sync_row.id)
WHERE t = 'organization' AND id IN (SELECT id FROM moved);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
DROP TABLE answered;
