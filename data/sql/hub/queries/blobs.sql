-- The bytes of attached files.

-- name: blob-get
-- inputs: document
SELECT size, have, whole, key FROM blob WHERE document = :document;

-- name: blob-new
-- inputs: document, agency, size, key
INSERT INTO blob (document, agency, size, have, key) VALUES (:document, :agency, :size, 0, :key);

-- name: blob-set-have
-- inputs: document, have, whole
UPDATE blob SET have = :have, whole = :whole WHERE document = :document;

-- name: blob-agency-bytes
-- inputs: agency
SELECT coalesce(sum(size), 0) FROM blob WHERE agency = :agency;

-- name: blob-drop
-- inputs: document
DELETE FROM blob WHERE document = :document;

-- Files nobody may read any more: their document was removed, or is gone.
-- name: blobs-to-drop
SELECT b.document FROM blob b LEFT JOIN document d ON d.id = b.document WHERE d.id IS NULL OR d.removed_at IS NOT NULL;

-- What should be there, and what is told of it when it is not.
-- name: blobs-all
SELECT b.document, b.size, b.have, b.whole, b.key, d.sha256, o.body ->> 'name', d.at
FROM blob b JOIN document d ON d.id = b.document LEFT JOIN organization o ON o.id = b.agency WHERE d.removed_at IS NULL ORDER BY b.document;
