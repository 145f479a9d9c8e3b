-- What the file's tables, indexes and triggers were made with; the tables that a search keeps for itself are its own matter.
-- name: schema-objects
SELECT name, tbl_name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND NOT (type = 'table' AND name LIKE '%\_find\__%' ESCAPE '\');

-- name: state-read
SELECT epoch, q, horizon, secret, copied_at, former FROM hub_state WHERE id = 1;

-- Of a database in whatever form: no column that came later.
-- name: state-epoch
SELECT epoch FROM hub_state WHERE id = 1;

-- name: state-read-q
SELECT q FROM hub_state WHERE id = 1;

-- name: state-new
-- inputs: epoch, secret
INSERT INTO hub_state (id, epoch, q, horizon, secret, lanes) VALUES (1, :epoch, 0, 0, :secret, 0);

-- name: state-read-seen
SELECT seen_ms FROM hub_state WHERE id = 1;

-- name: state-set-seen
-- inputs: ms
UPDATE hub_state SET seen_ms = :ms WHERE id = 1;

-- name: state-set-copied
-- inputs: at
UPDATE hub_state SET copied_at = :at WHERE id = 1;

-- A copy that is put to use is another life of the hub; lane codes given since the copy was made are not given again.
-- name: state-begin-anew
-- inputs: epoch, lanes
UPDATE hub_state SET former = trim(former || ' ' || epoch), epoch = :epoch, lanes = lanes + :lanes, copied_at = NULL WHERE id = 1;

-- name: run-last
SELECT run FROM hub_run ORDER BY i DESC LIMIT 1;

-- name: run-add
-- inputs: run, q
INSERT INTO hub_run (run, q) VALUES (:run, :q);

-- name: runs-clear
DELETE FROM hub_run;

-- Where the next one began. '' stands for what was before the first.
-- name: run-end
-- inputs: run
SELECT n.q FROM hub_run n
WHERE n.i > CASE WHEN :run = '' THEN 0 ELSE (SELECT r.i FROM hub_run r WHERE r.run = :run) END ORDER BY n.i LIMIT 1;

-- name: state-set-q
-- inputs: q
UPDATE hub_state SET q = :q WHERE id = 1;

-- name: row-get
-- inputs: t, id
SELECT sid, q, del FROM sync_row WHERE t = :t AND id = :id;

-- name: row-put
-- inputs: t, id, sid, q, del
INSERT INTO sync_row (t, id, sid, q, del) VALUES (:t, :id, :sid, :q, :del)
ON CONFLICT (t, id) DO UPDATE SET sid = excluded.sid, q = excluded.q, del = excluded.del;

-- name: moved-add
-- inputs: q, t, id, sid
INSERT INTO sync_moved (q, t, id, old_sid) VALUES (:q, :t, :id, :sid);

-- name: rows-of-scope
-- inputs: sid, t, id
SELECT t, id, q FROM sync_row WHERE sid = :sid AND del = 0 AND (t > :t OR (t = :t AND id > :id)) ORDER BY t, id;

-- name: rows-of-scope-kind
-- inputs: sid, t
SELECT id FROM sync_row WHERE sid = :sid AND del = 0 AND t = :t ORDER BY id;

-- name: rows-after
-- inputs: q, max_q
SELECT q, t, id, sid FROM sync_row WHERE q > :q AND q <= :max_q AND del = 0 ORDER BY q;

-- name: moved-after
-- inputs: q, max_q
SELECT q, t, id, old_sid FROM sync_moved WHERE q > :q AND q <= :max_q ORDER BY q;

-- name: scope-find
-- inputs: name
SELECT sid FROM scope WHERE name = :name;

-- name: scope-name
-- inputs: sid
SELECT name FROM scope WHERE sid = :sid;

-- name: scope-new
-- inputs: name, priority
INSERT INTO scope (name, priority) VALUES (:name, :priority);

-- name: principal-find
-- inputs: name
SELECT pid FROM principal WHERE name = :name;

-- name: principal-new
-- inputs: name
INSERT INTO principal (name) VALUES (:name);

-- Of other agencies, and to be found as their consents stand on paper; the model decides (C14).
-- name: lookup-findable
-- inputs: match, agency, n
SELECT c.id, c.body FROM client_find f JOIN client c ON c.rid = f.rowid
WHERE client_find MATCH :match AND c.agency <> :agency
  AND EXISTS (SELECT 1 FROM consent k WHERE k.client = c.id AND k.status = 'in_force' AND k.findable)
LIMIT :n;

-- Whose names, sounds or days are these.
-- name: lookup-clients
-- inputs: match, n
SELECT c.id, c.body FROM client_find f JOIN client c ON c.rid = f.rowid WHERE client_find MATCH :match LIMIT :n;
