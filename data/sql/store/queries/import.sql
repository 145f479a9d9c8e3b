-- A spreadsheet on its way in.

-- name: import-job-put
-- inputs: id, file, source, header, state, started
INSERT INTO import_job (id, file, source, header, state, started) VALUES (:id, :file, :source, :header, :state, :started)
ON CONFLICT (id) DO UPDATE SET file = excluded.file, header = excluded.header, state = excluded.state, started = excluded.started;

-- name: import-job-get
-- inputs: id
SELECT file, source, header, state, started FROM import_job WHERE id = :id;

-- name: import-job-state
-- inputs: id, state
UPDATE import_job SET state = :state WHERE id = :id;

-- name: import-job-drop
-- inputs: id
DELETE FROM import_job WHERE id = :id;

-- name: import-jobs
-- The imports of this computer, the newest first.
SELECT id, file, source, state, started FROM import_job ORDER BY started DESC, id;

-- What an import took stays together, under a name of its own, when its list is looked at again: it can still be taken back.
-- name: import-job-keep
-- inputs: id, kept
INSERT INTO import_job (id, file, source, header, state, started) SELECT :kept, file, source, header, state, started FROM import_job
WHERE id = :id AND EXISTS (SELECT 1 FROM import_row WHERE job = :id AND state = 'taken');

-- name: import-rows-keep
-- inputs: id, kept
UPDATE import_row SET job = :kept WHERE job = :id AND state = 'taken';

-- name: import-job-running
SELECT id FROM import_job WHERE state IN ('running', 'undoing') ORDER BY started, id LIMIT 1;

-- name: import-row-put
-- inputs: job, row, state, source_id, client, body, raw, reason
INSERT INTO import_row (job, row, state, source_id, client, body, raw, reason)
VALUES (:job, :row, :state, :source_id, :client, :body, :raw, :reason);

-- name: import-rows-drop
-- inputs: job
DELETE FROM import_row WHERE job = :job;

-- name: import-same
-- Rows whose client is here already.
-- inputs: job, first, last
UPDATE import_row SET state = 'same'
WHERE job = :job AND row >= :first AND row <= :last AND state = 'new' AND client IN (SELECT id FROM client);

-- name: import-alike
-- Rows that have the birth date of somebody here and, so or exchanged, one of the names, and who: the matcher looks at these. More is
-- found by the hub afterwards.
-- inputs: job, first, last
SELECT r.row, r.body, c.id
FROM (SELECT row, body, body ->> 'given_name' AS given, body ->> 'family_name' AS family, body ->> 'date_of_birth' AS born FROM import_row
      WHERE job = :job AND row >= :first AND row <= :last AND state = 'new') r
JOIN client c ON c.date_of_birth = r.born
WHERE c.family_name = r.family COLLATE NOCASE OR c.given_name = r.given COLLATE NOCASE OR c.family_name = r.given COLLATE NOCASE
      OR c.given_name = r.family COLLATE NOCASE
ORDER BY r.row, c.id;

-- name: import-maybe
-- reason: who
-- inputs: job, row, reason
UPDATE import_row SET state = 'maybe', reason = :reason WHERE job = :job AND row = :row;

-- name: import-counts
-- inputs: job
SELECT state, count(*) FROM import_row WHERE job = :job GROUP BY state;

-- Of those taken back, who is still here: the hub keeps whom somebody worked with since, or has not answered yet.
-- name: import-still-here
-- inputs: job
SELECT count(*) FROM import_row r JOIN client c ON c.id = r.client WHERE r.job = :job AND r.state = 'undone';

-- name: import-next
-- inputs: job, limit
SELECT row, source_id, body FROM import_row WHERE job = :job AND state IN ('new', 'maybe') ORDER BY row LIMIT :limit;

-- name: import-queued
-- inputs: job, row, op_id
UPDATE import_row SET state = 'queued', op_id = :op_id WHERE job = :job AND row = :row;

-- name: import-row-refused
-- inputs: job, row, reason
UPDATE import_row SET state = 'refused', reason = :reason WHERE job = :job AND row = :row;

-- name: import-waiting
-- inputs: job
SELECT count(*) FROM import_row WHERE job = :job AND state = 'queued';

-- name: import-settle-taken
-- Queued rows whose operation the hub took. Where it changed nothing the client was there already, and is not this import's to take back.
-- inputs: job
UPDATE import_row
SET state = CASE (SELECT outcome FROM op WHERE op.op_id = import_row.op_id) WHEN 'noop' THEN 'same' ELSE 'taken' END
WHERE job = :job AND state = 'queued'
  AND op_id IN (SELECT op_id FROM op WHERE outcome IN ('applied', 'noop', 'merged') AND st IN ('sent', 'done'));

-- name: import-settle-refused
-- inputs: job
UPDATE import_row SET state = 'refused', reason = (SELECT message FROM op WHERE op.op_id = import_row.op_id)
WHERE job = :job AND state = 'queued' AND op_id IN (SELECT op_id FROM op WHERE outcome IN ('rejected', 'parked'));

-- name: import-skip-maybe
-- inputs: job
UPDATE import_row SET state = 'skipped' WHERE job = :job AND state = 'maybe';

-- name: import-skip-rest
-- inputs: job
UPDATE import_row SET state = 'skipped' WHERE job = :job AND state IN ('new', 'maybe');

-- name: import-undo-next
-- inputs: job, limit
SELECT row, source_id, body FROM import_row WHERE job = :job AND state IN ('taken', 'queued') ORDER BY row LIMIT :limit;

-- name: import-undone
-- inputs: job, row
UPDATE import_row SET state = 'undone' WHERE job = :job AND row = :row;

-- name: import-bad-rows
-- inputs: job
SELECT row, raw, reason FROM import_row WHERE job = :job AND state IN ('bad', 'refused') ORDER BY row;

-- name: import-bad-first
-- The first of them, for a list that is not longer than a page.
-- inputs: job
SELECT row AS id, row, reason FROM import_row WHERE job = :job AND state IN ('bad', 'refused') ORDER BY row LIMIT 30;

-- name: import-forget
-- Access to the client ended: what its row said goes with it, unless it is the author's own and unsent.
-- inputs: client
UPDATE import_row SET state = 'gone', source_id = NULL, body = NULL, raw = NULL, reason = NULL
WHERE client = :client AND state IN ('same', 'maybe', 'taken', 'undone');

-- name: import-prune
-- inputs: before
DELETE FROM import_row WHERE job IN (SELECT id FROM import_job WHERE started < :before AND state IN ('done', 'undone'));

-- name: import-prune-jobs
-- inputs: before
DELETE FROM import_job WHERE started < :before AND state IN ('done', 'undone');
