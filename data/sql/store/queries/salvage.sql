-- Of a damaged store, as far as it can be read.

-- name: salvage-unsent
SELECT i FROM op WHERE st IN ('waiting', 'sending') ORDER BY i;

-- name: salvage-from-first
SELECT i FROM op NOT INDEXED WHERE st IN ('waiting', 'sending') ORDER BY i;

-- name: salvage-from-last
SELECT i FROM op NOT INDEXED WHERE st IN ('waiting', 'sending') ORDER BY i DESC;

-- name: salvage-op
-- inputs: i
SELECT op_id, name, args, at, hlc, wall, mono, boot, seen, base FROM op WHERE i = :i;

-- name: salvage-drafts
SELECT key, scope, body, at FROM draft;

-- name: salvage-files
SELECT document, sha256, size, key, op_id, used FROM file WHERE sent < size AND have = size;
