-- State of the store, and what it holds.

-- name: state-all
SELECT key, value FROM state WHERE key NOT LIKE 'ddl:%';

-- name: state-get
-- inputs: key
SELECT value FROM state WHERE key = :key;

-- name: state-set
-- inputs: key, value
INSERT INTO state (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: state-drop
-- inputs: key
DELETE FROM state WHERE key = :key;

-- name: kinds-made
SELECT substr(key, length('ddl:') + 1) FROM state WHERE key LIKE 'ddl:%';

-- name: tables-made
SELECT name FROM sqlite_master WHERE type = 'table';

-- Whether any trigger keeps the index of a kind for searching: a bulk load from outside leaves them.
-- name: find-triggers
SELECT 1 FROM sqlite_master
WHERE type = 'trigger' AND (name LIKE '%\_find\_insert' ESCAPE '\' OR name LIKE '%\_find\_delete' ESCAPE '\' OR name LIKE '%\_find\_update' ESCAPE '\') LIMIT 1;

-- name: unknown-kinds
SELECT kind FROM unknown_kind;

-- name: unknown-kind-add
-- inputs: kind
INSERT INTO unknown_kind (kind) VALUES (:kind) ON CONFLICT (kind) DO NOTHING;

-- name: unknown-kind-drop
-- inputs: kind
DELETE FROM unknown_kind WHERE kind = :kind;

-- name: recent-note
-- inputs: t, id, at
INSERT INTO recent (t, id, at) VALUES (:t, :id, :at) ON CONFLICT (t, id) DO UPDATE SET at = excluded.at;

-- name: recent-trim
-- inputs: t
DELETE FROM recent WHERE t = :t AND id NOT IN (SELECT id FROM recent WHERE t = :t ORDER BY at DESC LIMIT 200);

-- Of a record that was taken away, and is not here again, it goes when it was to go; of an account that is closed (closed: 1), everything does.
-- name: draft-save
-- inputs: key, scope, body, at, expires, closed
INSERT INTO draft (key, scope, body, at, expires) VALUES (:key, :scope, :body, :at, nullif(:expires, 0))
ON CONFLICT (key) DO UPDATE SET scope = excluded.scope, body = excluded.body, at = excluded.at,
  expires = CASE WHEN :closed <> 0 OR (draft.scope = excluded.scope AND excluded.scope NOT IN (SELECT name FROM scope)) THEN coalesce(draft.expires, excluded.expires) END;

-- name: draft-load
-- inputs: key
SELECT body, at FROM draft WHERE key = :key;

-- name: draft-scope
-- inputs: key
SELECT scope FROM draft WHERE key = :key;

-- name: draft-is-there
-- inputs: key
SELECT EXISTS (SELECT 1 FROM draft WHERE key = :key);

-- What was typed for an operation, as long as that may be undone.
-- name: undo-draft-keep
-- inputs: op_id, key
INSERT INTO undo_draft (op_id, key, scope, body, at) SELECT :op_id, key, scope, body, at FROM draft WHERE key = :key;

-- name: undo-draft-get
-- inputs: op_id
SELECT key, scope, body, at FROM undo_draft WHERE op_id = :op_id;

-- name: undo-draft-drop
-- inputs: op_id
DELETE FROM undo_draft WHERE op_id = :op_id;

-- Of those that are on their way, or gone.
-- name: undo-drafts-over
DELETE FROM undo_draft WHERE op_id NOT IN (SELECT op_id FROM op WHERE st = 'waiting' AND n IS NULL);

-- name: undo-draft-forget
-- inputs: name
DELETE FROM undo_draft WHERE scope = :name;

-- name: draft-drop
-- inputs: key
DELETE FROM draft WHERE key = :key;

-- Questions to callers that were begun when a queue had one form of calls and its draft stood under the queue: they are of that form, or of a new one. Where
-- something newer is begun there already, it comes first.
-- name: drafts-of-calls
UPDATE OR IGNORE draft SET key = 'form:contact:' || coalesce((SELECT f.id FROM form f WHERE f.use = 'contact' AND coalesce(f.inactive, 0) = 0
    AND EXISTS (SELECT 1 FROM json_each(f.body, '$.queues') q WHERE q.value = substr(draft.key, 14)) ORDER BY f.id LIMIT 1), 'new:' || substr(draft.key, 14))
WHERE key LIKE 'form:contact:%' AND substr(key, 14) IN (SELECT q.id FROM queue q);

-- What was begun and not sent, the newest first. id (the draft's key), at (ms); of the record it is about, as far as it is here: given_name and
-- family_name of a client, number of a case or referral; client of a consent; scope, about (the record's id: what a window asked about it stands in
-- the scope, all else ends the key), contact_name and agency of a referral. Of all the numbers of free places, which are on one page, the newest
-- alone. about_name: of the service, queue or form whose questions or statuses they are, and of whom a call was for.
-- queue, queue_name: of questions to callers: where they are asked, or may be
-- name: drafts-begun
WITH editable AS (SELECT d.key FROM draft d WHERE d.key LIKE 'refer:edit:%' AND (
    EXISTS (SELECT 1 FROM referral r WHERE r.id = substr(d.key, -36) AND r.phase = 'draft')
    OR EXISTS (SELECT 1 FROM op o WHERE o.st IN ('waiting', 'sending') AND o.st = 'waiting' AND o.n IS NULL AND o.name IN ('referral.send', 'contact.assign') AND o.args ->> 'id' = substr(d.key, -36)))),
begun AS (SELECT d.key, d.at, d.scope,
    CASE WHEN d.key LIKE 'ask:%' OR d.key LIKE 'reason:%' OR d.key LIKE 'revoke:%' THEN substr(d.scope, instr(d.scope, ':') + 1, 36)
      ELSE substr(d.key, -36) END AS about
  FROM draft d WHERE (d.expires IS NULL OR EXISTS (SELECT 1 FROM scope s WHERE s.name = d.scope AND s.begun = 0)) AND d.key <> 'import:file'
    AND (d.key NOT LIKE 'refer:edit:%' OR d.key IN (SELECT key FROM editable))
    AND (d.key NOT LIKE 'capacity:%' OR d.key = (SELECT n.key FROM draft n WHERE n.expires IS NULL AND n.key LIKE 'capacity:%' ORDER BY n.at DESC, n.key LIMIT 1)))
SELECT b.key AS id, b.at, c.given_name, c.family_name, coalesce(k.number, r.number) AS number, s.client AS client, b.scope, b.about, r.contact_name, r.agency,
  c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name, coalesce(f.name, q.name, v.name, t.name, t.caller_name) AS about_name,
  w.id AS queue, w.name AS queue_name
FROM begun b LEFT JOIN consent s ON s.id = b.about LEFT JOIN amendment_request a ON a.id = b.about LEFT JOIN client c ON c.id = coalesce(s.client, a.client, b.about)
LEFT JOIN contact_record t ON t.id = b.about
LEFT JOIN "case" k ON k.id = b.about LEFT JOIN referral r ON r.id = b.about
LEFT JOIN form f ON f.id = b.about AND b.key LIKE 'form:%'
LEFT JOIN queue q ON q.id = b.about AND (b.key LIKE 'form:%' OR b.key LIKE 'statuses:%')
LEFT JOIN service v ON v.id = b.about AND b.key LIKE 'form:%'
LEFT JOIN queue w ON b.key LIKE 'form:contact:%' AND w.id = coalesce(q.id,
  (SELECT u.id FROM json_each(f.body, '$.queues') e JOIN queue u ON u.id = e.value ORDER BY coalesce(u.inactive, 0), u.name, u.id LIMIT 1),
  (SELECT u.id FROM queue u ORDER BY coalesce(u.inactive, 0), u.name, u.id LIMIT 1))
ORDER BY b.at DESC;

-- Whose record was taken away. Where the hub gave that back it is a draft like others; that own operations begin it anew does not count (a closed account).
-- And changes to a referral that has gone out meanwhile, or was taken back: no form takes them any more. Nothing was taken away there, so they have no end.
-- Of those phase: as the referral is here; NULL: it is not. numbered (0/1): a send of it went to the hub, and was not refused
-- name: drafts-unsendable
WITH editable AS (SELECT d.key FROM draft d WHERE d.key LIKE 'refer:edit:%' AND (
    EXISTS (SELECT 1 FROM referral r WHERE r.id = substr(d.key, -36) AND r.phase = 'draft')
    OR EXISTS (SELECT 1 FROM op o WHERE o.st IN ('waiting', 'sending') AND o.st = 'waiting' AND o.n IS NULL AND o.name IN ('referral.send', 'contact.assign') AND o.args ->> 'id' = substr(d.key, -36))))
SELECT key, body, at, expires, (SELECT r.phase FROM referral r WHERE key LIKE 'refer:edit:%' AND r.id = substr(key, -36)) AS phase,
  key LIKE 'refer:edit:%' AND EXISTS (SELECT 1 FROM op o WHERE o.n IS NOT NULL AND coalesce(o.outcome, '') NOT IN ('rejected', 'parked')
    AND o.name IN ('referral.send', 'contact.assign') AND o.args ->> 'id' = substr(key, -36) AND coalesce(o.args ->> 'draft', 0) = 0) AS numbered
FROM draft WHERE (expires IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scope s WHERE s.name = draft.scope AND s.begun = 0))
  OR (key LIKE 'refer:edit:%' AND key NOT IN (SELECT key FROM editable)) ORDER BY at;

-- What was kept of records that were taken away, and is over.
-- name: unsendable-over
-- inputs: now
SELECT EXISTS (SELECT 1 FROM draft WHERE expires < :now AND NOT EXISTS (SELECT 1 FROM scope s WHERE s.name = draft.scope AND s.begun = 0)) OR EXISTS (SELECT 1 FROM op WHERE st = 'done' AND expires < :now);

-- name: drafts-expire
-- inputs: now
DELETE FROM draft WHERE expires < :now AND NOT EXISTS (SELECT 1 FROM scope s WHERE s.name = draft.scope AND s.begun = 0);

-- Whether some referral has its course in itself, as all had once: an index of those alone (alone.sql) says so without a look at each.
-- name: course-of-before
SELECT EXISTS (SELECT 1 FROM referral r WHERE r.body ->> 'type' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM referral_course c WHERE c.referral = r.id));

-- How many of the tables, triggers and indexes of alone.sql are not there.
-- name: alone-missing
SELECT count(*) FROM json_each ('["care_alone", "client_count", "care_alone_insert", "care_alone_update", "care_alone_delete", "client_alone_insert", "client_alone_delete",
  "queue_alone", "referral_alone_insert", "referral_alone_update", "referral_alone_delete", "queue_item_alone_insert", "queue_item_alone_delete", "lane_count",
  "queue_item_count_insert", "queue_item_count_update", "queue_item_count_delete", "queue_alone_count_insert", "queue_alone_count_delete", "referral_of_before"]') j
WHERE NOT EXISTS (SELECT 1 FROM sqlite_master m WHERE m.name = j.value AND m.type IN ('table', 'trigger', 'index'));
