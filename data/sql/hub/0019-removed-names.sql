-- The name of a file that was removed goes with it (C11): whoever holds what is known of it is told, as of any change.
-- A hub may be too old for the kind: then there is none, and the table is made as it should be once all numbered files were (kith-hub-tables.c).
CREATE TABLE IF NOT EXISTS document (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO moved (id) SELECT id FROM document WHERE body ->> 'removed_at' IS NOT NULL AND body ->> 'name' <> '–' ORDER BY id;
UPDATE document SET body = json_set(body, '$.name', '–') WHERE id IN (SELECT id FROM moved);
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.id = sync_row.id)
WHERE t = 'document' AND id IN (SELECT id FROM moved);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
