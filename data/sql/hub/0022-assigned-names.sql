-- Who is assigned to a client, and by whom, stands with the assignment, since no other agency's desk holds the staff of this one (D12). What an older hub
-- made without is named now, each of the two names that is missing and known here. Each record that changes gets a number of its own, so that every desk
-- fetches it anew.

-- A hub may be too old for either kind's columns, or its table (see 0018).
CREATE TABLE IF NOT EXISTS staff (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS assignment (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT, by_name TEXT);
INSERT INTO moved (id, name, by_name)
SELECT a.id, coalesce(a.body ->> 'name', substr(s.body ->> 'name', 1, 255)), coalesce(a.body ->> 'by_name', substr(b.body ->> 'name', 1, 255))
FROM assignment a LEFT JOIN staff s ON s.id = a.body ->> 'staff' LEFT JOIN staff b ON b.id = a.body ->> 'by'
WHERE (a.body ->> 'name' IS NULL AND s.body ->> 'name' IS NOT NULL) OR (a.body ->> 'by_name' IS NULL AND b.body ->> 'name' IS NOT NULL) ORDER BY a.id;
CREATE UNIQUE INDEX temp.moved_by_id ON moved (id);
-- NULL would take the member away: what was there is in moved, so what is NULL there is not in the record either.
UPDATE assignment SET body = (SELECT json_patch(assignment.body, json_object('name', m.name, 'by_name', m.by_name)) FROM moved m WHERE m.id = assignment.id)
WHERE id IN (SELECT id FROM moved);
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.id = sync_row.id)
WHERE t = 'assignment' AND id IN (SELECT id FROM moved);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
