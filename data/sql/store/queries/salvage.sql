-- Of a damaged store, as far as it can be read.

-- name: salvage-unsent
SELECT i FROM op WHERE st IN ('waiting', 'sending') ORDER BY i;

-- name: salvage-from-first
SELECT i FROM op NOT INDEXED WHERE st IN ('waiting', 'sending') ORDER BY i;

-- name: salvage-from-last
SELECT i FROM op NOT INDEXED WHERE st IN ('waiting', 'sending') ORDER BY i DESC;

-- What has its answer: refused ones that nobody has dealt with, whose words are here alone, and what the hub took of late (kept for a hub that is put
-- back from a copy).
-- name: salvage-attention
SELECT i FROM op WHERE attention = 1;

-- name: salvage-past-first
SELECT i FROM op NOT INDEXED WHERE st IN ('sent', 'done') AND (attention = 1 OR args IS NOT NULL) ORDER BY i;

-- name: salvage-past-last
SELECT i FROM op NOT INDEXED WHERE st IN ('sent', 'done') AND (attention = 1 OR args IS NOT NULL) ORDER BY i DESC;

-- name: salvage-op
-- inputs: i
SELECT op_id, name, args, at, hlc, wall, mono, boot, seen, base, st, outcome, code, message, now, conflict, attention, chain, answered, expires, n FROM op WHERE i = :i;

-- name: salvage-rows
-- inputs: i
SELECT t, id, scope, removed, made FROM op_row WHERE i = :i;

-- Into the new store: when an operation is done with, and a scope of which nothing is here yet: should the hub not bring it, what was written about it goes.
-- name: op-set-expires
-- inputs: i, expires
UPDATE op SET expires = :expires WHERE i = :i;

-- name: scope-expect
-- inputs: name
INSERT INTO scope (name, stale) VALUES (:name, 1) ON CONFLICT (name) DO NOTHING;

-- name: salvage-drafts
SELECT key, scope, body, at, expires FROM draft;

-- name: salvage-scope
-- inputs: name
SELECT 1 FROM scope WHERE name = :name;

-- Into the new store: what was typed since under the same key is the newer.
-- name: draft-take-over
-- inputs: key, scope, body, at, expires
INSERT INTO draft (key, scope, body, at, expires) VALUES (:key, :scope, :body, :at, nullif(:expires, 0))
ON CONFLICT (key) DO UPDATE SET scope = excluded.scope, body = excluded.body, at = excluded.at, expires = excluded.expires WHERE excluded.at > draft.at;

-- Lists of which rows have not gone out: whoever imports them again doubles nobody.
-- name: salvage-imports
SELECT count(*) FROM import_job j
WHERE j.state = 'running' AND EXISTS (SELECT 1 FROM import_row r WHERE r.job = j.id AND r.state IN ('new', 'joining', 'queued'));

-- What was attached here, sent or not.
-- name: salvage-files
SELECT document, sha256, size, key, op_id, used, sent = size FROM file WHERE sent IS NOT NULL AND have = size;
