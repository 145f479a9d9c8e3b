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

-- name: table-exists
-- inputs: name
SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name;

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

-- name: draft-save
-- inputs: key, scope, body, at
INSERT INTO draft (key, scope, body, at) VALUES (:key, :scope, :body, :at)
ON CONFLICT (key) DO UPDATE SET scope = excluded.scope, body = excluded.body, at = excluded.at, expires = NULL;

-- name: draft-load
-- inputs: key
SELECT body, at FROM draft WHERE key = :key;

-- name: draft-drop
-- inputs: key
DELETE FROM draft WHERE key = :key;

-- What was begun and not sent, the newest first. id (the draft's key), at (ms); of the record its key ends with, as far as it is here: given_name and
-- family_name of a client, number of a case; client of a consent. Those of a window have no place of their own
-- name: drafts-begun
SELECT d.key AS id, d.at, c.given_name, c.family_name, k.number, s.client AS client
FROM draft d LEFT JOIN consent s ON s.id = substr(d.key, -36) LEFT JOIN client c ON c.id = coalesce(s.client, substr(d.key, -36))
LEFT JOIN "case" k ON k.id = substr(d.key, -36)
WHERE d.expires IS NULL AND d.key NOT LIKE 'ask:%' AND d.key NOT LIKE 'reason:%' AND d.key NOT LIKE 'revoke:%' ORDER BY d.at DESC LIMIT 20;

-- name: drafts-unsendable
SELECT key, body, at, expires FROM draft WHERE expires IS NOT NULL ORDER BY at;

-- What was kept of records that were taken away, and is over.
-- name: unsendable-over
-- inputs: now
SELECT EXISTS (SELECT 1 FROM draft WHERE expires < :now) OR EXISTS (SELECT 1 FROM op WHERE st = 'done' AND expires < :now);

-- name: drafts-expire
-- inputs: now
DELETE FROM draft WHERE expires < :now;

-- How many of the tables and triggers of alone.sql are not there.
-- name: alone-missing
SELECT count(*) FROM json_each ('["care_alone", "client_count", "care_alone_insert", "care_alone_update", "care_alone_delete", "client_alone_insert", "client_alone_delete",
  "queue_alone", "referral_alone_insert", "referral_alone_update", "referral_alone_delete", "queue_item_alone_insert", "queue_item_alone_delete"]') j
WHERE NOT EXISTS (SELECT 1 FROM sqlite_master m WHERE m.name = j.value AND m.type IN ('table', 'trigger'));
