-- The bytes of attached files.

-- name: file-get
-- inputs: document
SELECT sha256, size, key, have, sent, wanted, failed, tries, (SELECT substr(d.body ->> 't', -7) = '_health' FROM document d WHERE d.id = document) AS health
FROM file WHERE document = :document;

-- name: file-attach
-- inputs: document, sha256, size, key, op_id, used
INSERT INTO file (document, sha256, size, key, have, sent, op_id, used) VALUES (:document, :sha256, :size, :key, :size, 0, :op_id, :used);

-- Somebody wants to see it: from now on it is fetched, if all of it is not here yet.
-- name: file-want
-- inputs: document, key, used
INSERT INTO file (document, sha256, size, key, have, wanted, used)
SELECT d.id, d.sha256, d.body ->> 'size', :key, 0, 1, :used FROM document d WHERE d.id = :document AND d.removed_at IS NULL
ON CONFLICT (document) DO UPDATE SET wanted = have < size, used = excluded.used, tries = 0, failed = CASE WHEN have < size THEN NULL ELSE failed END;

-- name: file-leave
-- inputs: document
UPDATE file SET wanted = 0 WHERE document = :document;

-- name: file-set-have
-- inputs: document, have, tries
UPDATE file SET have = :have, tries = :tries, wanted = :have < size AND wanted = 1, failed = NULL WHERE document = :document;

-- name: file-set-sent
-- inputs: document, sent, tries
UPDATE file SET sent = :sent, tries = :tries, failed = NULL WHERE document = :document;

-- name: file-fail
-- inputs: document, failed
UPDATE file SET failed = :failed, wanted = 0 WHERE document = :document;

-- What was asked for last comes first.
-- name: file-next-fetch
SELECT document, sha256, size, key, have FROM file WHERE wanted = 1 AND have < size AND failed IS NULL ORDER BY used DESC, document LIMIT 1;

-- Not before the hub has the operation that attached it. One the hub did not know is tried again when it is attached anew.
-- name: file-next-send
SELECT f.document, f.sha256, f.size, f.key, f.sent FROM file f
WHERE f.sent < f.size AND f.have = f.size
  AND (f.failed IS NULL OR (f.failed = 'not_found' AND EXISTS (SELECT 1 FROM document d WHERE d.id = f.document)))
  AND NOT EXISTS (SELECT 1 FROM op o WHERE o.op_id = f.op_id AND o.st IN ('waiting', 'sending'))
  AND NOT EXISTS (SELECT 1 FROM op_row r JOIN op o ON o.i = r.i WHERE r.id = f.document AND o.st IN ('waiting', 'sending'))
ORDER BY f.used, f.document LIMIT 1;

-- Files that are still to be sent, as the outbox shows them once their operation is through.
-- name: files-unsent
SELECT f.document, d.client, f.used, f.sent > 0 FROM file f LEFT JOIN document d ON d.id = f.document
WHERE f.sent < f.size AND f.failed IS NULL AND NOT EXISTS (SELECT 1 FROM op o WHERE o.op_id = f.op_id AND o.st IN ('waiting', 'sending'))
ORDER BY f.used, f.document;

-- name: files-count-unsent
SELECT count(*) FROM file f
WHERE f.sent < f.size AND f.failed IS NULL AND NOT EXISTS (SELECT 1 FROM op o WHERE o.op_id = f.op_id AND o.st IN ('waiting', 'sending'));

-- A restored hub may lack what it had: it is offered again.
-- name: files-send-again
UPDATE file SET sent = 0, failed = NULL, tries = 0 WHERE sent IS NOT NULL;

-- name: files-try-again
UPDATE file SET failed = NULL, tries = 0 WHERE failed IS NOT NULL AND sent < size;

-- name: file-drop
-- inputs: document
DELETE FROM file WHERE document = :document;

-- Files nobody here may read any more: their document was removed or taken away. One's own that the hub has not got all of stays until it has
-- (sync.md 2.3), unless what attached it was taken back or is refused for good, or it is not what it was said to be. That the agency's space is used up
-- is no reason: it is offered again at the next start.
-- name: files-to-drop
SELECT f.document FROM file f LEFT JOIN document d ON d.id = f.document
WHERE NOT EXISTS (SELECT 1 FROM op o WHERE o.op_id = f.op_id AND o.st <> 'done')
  AND NOT EXISTS (SELECT 1 FROM op_row r JOIN op o ON o.i = r.i WHERE r.id = f.document AND o.st <> 'done')
  AND (d.removed_at IS NOT NULL
       OR (d.id IS NULL
           AND (f.sent IS NULL OR f.sent >= f.size OR f.failed IN ('not_found', 'blob_mismatch', 'damaged') OR NOT EXISTS (SELECT 1 FROM op o WHERE o.op_id = f.op_id))
           AND NOT EXISTS (SELECT 1 FROM op o WHERE o.attention = 1 AND o.op_id = f.op_id)));

-- Copies nobody looked at for a while: they come again when they are wanted.
-- name: files-unused
-- inputs: before
SELECT document FROM file WHERE used < :before AND wanted = 0 AND (sent IS NULL OR sent >= size);

-- name: files-all
SELECT document FROM file;
