-- Accounts of a made-up network are derived at the least cost that desks take, so that it is quickly made and signed in to. Nobody else stands here.
CREATE TABLE account_low_cost (login TEXT PRIMARY KEY) WITHOUT ROWID;

-- A sign-in name is one, however it is written: what staff records of an older hub have it as. A name that two of them share by now stays as it is.
CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO moved (id)
SELECT id FROM staff s WHERE login <> lower(trim(login)) AND NOT EXISTS (SELECT 1 FROM staff o WHERE o.login = lower(trim(s.login)))
  AND NOT EXISTS (SELECT 1 FROM staff o WHERE lower(trim(o.login)) = lower(trim(s.login)) AND o.id < s.id)
ORDER BY id;
UPDATE staff SET body = json_set(body, '$.login', lower(trim(body ->> 'login'))) WHERE id IN (SELECT id FROM moved);
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.id = sync_row.id)
WHERE t = 'staff' AND id IN (SELECT id FROM moved);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
