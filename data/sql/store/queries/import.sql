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
-- The imports of this computer, the newest first. undecided: rows that wait for somebody to say who they are
SELECT j.id, j.file, j.source, j.state, j.started,
  (SELECT count(*) FROM import_row r WHERE r.job = j.id AND (r.state = 'maybe' OR (r.state = 'joining' AND j.state = 'done'))) AS undecided
FROM import_job j ORDER BY j.started DESC, j.id;

-- What an import took stays together, under a name of its own, when its list is looked at again: it can still be taken back.
-- name: import-job-keep
-- inputs: id, kept
INSERT INTO import_job (id, file, source, header, state, started) SELECT :kept, file, source, header, state, started FROM import_job
WHERE id = :id AND EXISTS (SELECT 1 FROM import_row WHERE job = :id AND state IN ('taken', 'joined'));

-- name: import-rows-keep
-- inputs: id, kept
UPDATE import_row SET job = :kept WHERE job = :id AND state IN ('taken', 'joined');

-- name: import-job-running
SELECT id FROM import_job WHERE state IN ('running', 'undoing') ORDER BY started, id LIMIT 1;

-- name: import-row-put
-- like_row: 0: none
-- inputs: job, row, state, source_id, client, body, raw, reason, who, remark, like_row
INSERT INTO import_row (job, row, state, source_id, client, body, raw, reason, who, remark, like_row)
VALUES (:job, :row, :state, :source_id, :client, :body, :raw, :reason, :who, :remark, nullif (:like_row, 0));

-- name: import-rows-drop
-- inputs: job
DELETE FROM import_row WHERE job = :job;

-- name: import-same-list
-- The same with what is said of both.
-- inputs: job, first, last
SELECT r.row, r.body, c.id, c.body FROM import_row r JOIN client c ON c.id = r.client
WHERE r.job = :job AND r.row >= :first AND r.row <= :last AND r.state = 'new' ORDER BY r.row;

-- name: import-same
-- Rows whose client is here already.
-- inputs: job, first, last
UPDATE import_row SET state = 'same'
WHERE job = :job AND row >= :first AND row <= :last AND state = 'new' AND client IN (SELECT id FROM client);

-- Whether somebody said something in a field before, so that it is empty for a reason.
-- name: import-emptied
-- inputs: record, field
SELECT EXISTS (SELECT 1 FROM field_history WHERE record = :record AND field = :field);

-- Of those whose records lack something: filled in like those said to be somebody here, or left as they are.
-- name: import-lacking-choose
-- inputs: fill, job
UPDATE import_row SET state = CASE WHEN :fill THEN 'joining' ELSE 'same' END, reason = CASE WHEN :fill THEN client END
WHERE job = :job AND state = 'lacking';

-- Rows of which it was said before who they are.
-- name: import-chosen
-- inputs: job, first, last
UPDATE import_row SET state = 'joining', reason = (SELECT c.client FROM import_choice c
  WHERE c.job = :job AND c.source_id = import_row.source_id AND c.same ORDER BY c.client LIMIT 1)
WHERE job = :job AND row >= :first AND row <= :last AND state = 'new'
  AND EXISTS (SELECT 1 FROM import_choice c JOIN client k ON k.id = c.client WHERE c.job = :job AND c.source_id = import_row.source_id AND c.same);

-- name: import-alike
-- Rows that have the birth date of somebody here and, so or exchanged, one of the names, and who: the matcher looks at these. More is
-- found by the hub afterwards. Not those who were said to be somebody else.
-- inputs: job, first, last
SELECT r.row, r.body, c.id
FROM (SELECT row, source_id, body, body ->> 'given_name' AS given, body ->> 'family_name' AS family, body ->> 'date_of_birth' AS born FROM import_row
      WHERE job = :job AND row >= :first AND row <= :last AND state = 'new') r
JOIN client c ON c.date_of_birth = r.born
WHERE (c.family_name = r.family COLLATE NOCASE OR c.given_name = r.given COLLATE NOCASE OR c.family_name = r.given COLLATE NOCASE
      OR c.given_name = r.family COLLATE NOCASE)
  AND NOT EXISTS (SELECT 1 FROM import_choice h WHERE h.job = :job AND h.source_id = r.source_id AND h.client = c.id AND NOT h.same)
ORDER BY r.row, c.id;

-- The same out of what is in memory of the clients here (kith-store-import-known.c).
-- name: import-alike-known
-- inputs: job, first, last
WITH r AS MATERIALIZED (SELECT row, source_id, body, body ->> 'given_name' AS given, body ->> 'family_name' AS family, body ->> 'date_of_birth' AS born
  FROM import_row WHERE job = :job AND row >= :first AND row <= :last AND state = 'new')
SELECT r.row, r.body, c.id
FROM r CROSS JOIN import_known k ON k.born = r.born CROSS JOIN client c ON c.rid = k.rid
WHERE (k.family = r.family COLLATE NOCASE OR k.given = r.given COLLATE NOCASE OR k.family = r.given COLLATE NOCASE OR k.given = r.family COLLATE NOCASE)
  AND NOT EXISTS (SELECT 1 FROM import_choice h WHERE h.job = :job AND h.source_id = r.source_id AND h.client = c.id AND NOT h.same)
ORDER BY r.row, c.id;

-- Whether it follows the clients.
-- name: import-known-kept
SELECT count(*) FROM sqlite_temp_master WHERE type = 'trigger' AND name = 'import_known_insert';

-- Whether rows of the list came before these, and there are not more clients than so many.
-- name: import-known-worth
-- inputs: job, first, most
SELECT EXISTS (SELECT 1 FROM import_row WHERE job = :job AND row < :first) AND (SELECT n FROM client_count) <= :most;

-- name: import-maybe
-- reason: who
-- inputs: job, row, reason
UPDATE import_row SET state = 'maybe', reason = :reason WHERE job = :job AND row = :row;

-- Rows whose person stands in the list before, by names and birth date: who that row's becomes. Not those who were said to be somebody else.
-- name: import-twice
-- inputs: job, first, last
UPDATE import_row SET reason = t.client,
  state = CASE WHEN EXISTS (SELECT 1 FROM import_choice c WHERE c.job = :job AND c.source_id = import_row.source_id AND c.client = t.client AND c.same)
               THEN 'joining' ELSE 'maybe' END
FROM import_row t
WHERE import_row.job = :job AND import_row.row >= :first AND import_row.row <= :last AND import_row.state = 'new' AND import_row.like_row IS NOT NULL
  AND t.job = :job AND t.row = import_row.like_row AND t.client IS NOT NULL AND t.state NOT IN ('bad', 'refused')
  AND NOT EXISTS (SELECT 1 FROM import_choice h WHERE h.job = :job AND h.source_id = import_row.source_id AND h.client = t.client AND NOT h.same);

-- Those said to be the same person as a row that goes out now, and whose client that becomes.
-- name: import-merging
-- inputs: job, client
SELECT row, body FROM import_row
WHERE job = :job AND reason = :client AND state IN ('maybe', 'joining', 'joined') AND state = 'joining' ORDER BY row;

-- name: import-merged
-- inputs: job, row
UPDATE import_row SET state = 'merged', reason = NULL WHERE job = :job AND row = :row;

-- They came in with a row that the hub did not take.
-- name: import-settle-merged
-- inputs: job, reason
UPDATE import_row SET state = 'refused', reason = :reason
WHERE job = :job AND state = 'merged'
  AND EXISTS (SELECT 1 FROM import_row t WHERE t.job = :job AND t.row = import_row.like_row AND t.state = 'refused');

-- They came in with a row whose client the hub had already: nothing of what they say came with it. Not before the hub's rows are here: those that
-- the operation wrote hide what is missing.
-- name: import-unmerge
-- inputs: job
UPDATE import_row SET state = 'joining', reason = t.client
FROM import_row t
WHERE import_row.job = :job AND import_row.state = 'merged' AND t.job = :job AND t.row = import_row.like_row AND t.state = 'same'
  AND NOT EXISTS (SELECT 1 FROM op WHERE op_id = t.op_id AND st <> 'done');

-- Those nobody has said anything of, with who is here, or the earlier row of the list (both NULL: not any more).
-- name: import-maybes
-- inputs: job, limit
SELECT r.row, r.body, coalesce (c.id, t.client) AS client, coalesce (c.body, t.body) AS body, c.number, o.name,
  (SELECT b.body FROM client_billing b WHERE b.client = c.id LIMIT 1) AS billing, CASE WHEN c.id IS NULL THEN t.row END AS like_row
FROM import_row r LEFT JOIN client c ON c.id = r.reason LEFT JOIN organization o ON o.id = c.agency
  LEFT JOIN import_row t ON t.job = r.job AND t.row = r.like_row AND t.client = r.reason
WHERE r.job = :job AND r.state = 'maybe' ORDER BY r.row LIMIT :limit;

-- name: import-row-get
-- inputs: job, row
SELECT source_id, state FROM import_row WHERE job = :job AND row = :row;

-- name: import-row-set
-- inputs: job, row, state, reason
UPDATE import_row SET state = :state, reason = :reason WHERE job = :job AND row = :row;

-- name: import-choice-put
-- inputs: job, source_id, client, same
INSERT INTO import_choice (job, source_id, client, same) VALUES (:job, :source_id, :client, :same)
ON CONFLICT (job, source_id, client) DO UPDATE SET same = excluded.same;

-- name: import-choice-drop
-- inputs: job, source_id, client
DELETE FROM import_choice WHERE job = :job AND source_id = :source_id AND client = :client;

-- name: import-client
-- inputs: id
SELECT body FROM client WHERE id = :id;

-- name: import-billing
-- inputs: client
SELECT body FROM client_billing WHERE client = :client LIMIT 1;

-- Not as long as it is open what becomes of the row whose person they are; where that one is somebody who is here, they are too.
-- name: import-joining
-- inputs: job, limit
SELECT r.row, r.body,
  coalesce ((SELECT j.reason FROM import_row j WHERE j.job = :job AND j.row = r.like_row AND j.client = r.reason AND j.state = 'joined'), r.reason) AS client,
  r.client = r.reason AS own
FROM import_row r
WHERE r.job = :job AND r.state = 'joining'
  AND NOT EXISTS (SELECT 1 FROM import_row t WHERE t.job = :job AND t.row = r.like_row AND t.client = r.reason AND t.state IN ('new', 'maybe', 'joining', 'queued'))
ORDER BY r.row LIMIT :limit;

-- name: import-joined
-- inputs: job, row, filled
UPDATE import_row SET state = 'joined', filled = :filled WHERE job = :job AND row = :row;

-- Of those taken back: whom something was filled in of.
-- name: import-joined-next
-- inputs: job, limit
SELECT row, filled, reason, client = reason AS own FROM import_row WHERE job = :job AND state = 'joined' ORDER BY row LIMIT :limit;

-- Whose person depends on a row nobody has decided on, in an import that is done: neither has anybody on them. filled: who came in with the list before; one of whom nothing was
-- taken after all is as they were.
-- name: import-counts
-- inputs: job
SELECT CASE WHEN r.state = 'joining' AND j.state = 'done' THEN 'maybe' WHEN r.client = r.reason AND (r.state = 'joining' OR (r.state = 'joined' AND r.filled IS NOT NULL)) THEN 'filled'
  WHEN r.client = r.reason AND r.state = 'joined' THEN 'same'
  ELSE r.state END AS is_now, count(*)
FROM import_row r JOIN import_job j ON j.id = r.job WHERE r.job = :job GROUP BY is_now;

-- Those of which something is left out, or read in another way than it stands in the list.
-- name: import-remarked
-- inputs: job
SELECT count(*) FROM import_row WHERE job = :job AND remark IS NOT NULL AND state IN ('new', 'maybe', 'joining', 'joined', 'merged', 'queued', 'taken');

-- Of those taken back, who is still here: the hub keeps whom somebody worked with since, or has not answered yet.
-- name: import-still-here
-- inputs: job
SELECT count(*) FROM import_row r JOIN client c ON c.id = r.client WHERE r.job = :job AND r.state = 'undone';

-- With whom they were said not to be, a JSON list.
-- name: import-next
-- inputs: job, limit
SELECT r.row, r.source_id, r.body,
  (SELECT json_group_array (c.client) FROM import_choice c WHERE c.job = :job AND c.source_id = r.source_id AND NOT c.same HAVING count(*) > 0) AS others
FROM import_row r WHERE r.job = :job AND r.state = 'new' ORDER BY r.row LIMIT :limit;

-- name: import-queued
-- inputs: job, row, op_id
UPDATE import_row SET state = 'queued', op_id = :op_id WHERE job = :job AND row = :row;

-- name: import-row-refused
-- inputs: job, row, reason
UPDATE import_row SET state = 'refused', reason = :reason WHERE job = :job AND row = :row;

-- Those the hub has not answered yet, and those that wait for the rows of an answer.
-- name: import-waiting
-- inputs: job
SELECT count(*) FROM import_row r
WHERE r.job = :job AND (r.state = 'queued' OR (r.state = 'merged'
  AND EXISTS (SELECT 1 FROM import_row t WHERE t.job = :job AND t.row = r.like_row AND t.state = 'same')));

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

-- name: import-settle-gone
-- Queued rows whose operation somebody discarded: nobody will answer.
-- inputs: job, reason
UPDATE import_row SET state = CASE WHEN client IN (SELECT id FROM client) THEN 'same' ELSE 'refused' END, reason = :reason
WHERE job = :job AND state = 'queued' AND op_id NOT IN (SELECT op_id FROM op);

-- name: import-redone
-- The row's operation is done again under another id.
-- inputs: i, op_id
UPDATE import_row SET op_id = :op_id
WHERE job IN (SELECT id FROM import_job) AND state = 'queued' AND op_id = (SELECT o.op_id FROM op o WHERE o.i = :i);

-- name: import-skip-rest
-- inputs: job
UPDATE import_row SET state = 'skipped' WHERE job = :job AND state IN ('new', 'maybe', 'joining', 'merged');

-- Those the hub took. What it has not answered yet waits: it may have been there already.
-- name: import-undo-next
-- inputs: job, limit
SELECT row, source_id, body, NULL AS others FROM import_row WHERE job = :job AND state = 'taken' ORDER BY row LIMIT :limit;

-- Those that never went out, and on which nothing builds.
-- name: import-unsent
-- inputs: job, limit
SELECT r.row, o.i FROM import_row r JOIN op o ON o.op_id = r.op_id
WHERE r.job = :job AND r.state = 'queued' AND o.st = 'waiting' AND o.n IS NULL
  AND NOT EXISTS (SELECT 1 FROM op_row mine JOIN op_row later ON later.t = mine.t AND later.id = mine.id AND later.i > mine.i WHERE mine.i = o.i)
ORDER BY r.row LIMIT :limit;

-- name: import-undone
-- inputs: job, row
UPDATE import_row SET state = 'undone' WHERE job = :job AND row = :row;

-- What was not taken, those nobody has decided on too: number of who may be meant, or the earlier row (reason is NULL or theirs). Such are also
-- those that wait for that row when the import is done.
-- name: import-bad-rows
-- inputs: job
SELECT r.row, r.raw, r.reason, r.open AS undecided, c.number, CASE WHEN r.open AND c.id IS NULL AND r.reason IS NOT NULL THEN r.like_row END AS like_row
FROM (SELECT x.*, x.state = 'maybe' OR (x.state = 'joining' AND j.state = 'done') AS open FROM import_row x JOIN import_job j ON j.id = x.job WHERE x.job = :job) r
LEFT JOIN client c ON r.open AND c.id = r.reason
WHERE r.open OR r.state IN ('bad', 'refused') ORDER BY r.row;

-- As those, for the ones that are taken and have a remark.
-- name: import-remarked-rows
-- inputs: job
SELECT row, raw, remark, 0 AS undecided, NULL AS number, NULL AS like_row FROM import_row
WHERE job = :job AND remark IS NOT NULL AND state IN ('new', 'maybe', 'joining', 'joined', 'merged', 'queued', 'taken') ORDER BY row;

-- name: import-bad-first
-- The first of them, for a list that is not longer than a page. who: whom it is about: as it stands in the file, or by the names that were read
-- inputs: job
SELECT row AS id, row, reason,
  coalesce (who, nullif (trim (coalesce (body ->> 'given_name', '') || ' ' || coalesce (body ->> 'family_name', '')), ''), body ->> 'preferred_name', body ->> 'described_as') AS who
FROM import_row WHERE job = :job AND state IN ('bad', 'refused') ORDER BY row LIMIT 30;

-- name: import-remarked-first
-- inputs: job
SELECT row AS id, row, remark AS reason,
  coalesce (nullif (trim (coalesce (body ->> 'given_name', '') || ' ' || coalesce (body ->> 'family_name', '')), ''), body ->> 'preferred_name', body ->> 'described_as') AS who
FROM import_row
WHERE job = :job AND remark IS NOT NULL AND state IN ('new', 'maybe', 'joining', 'joined', 'merged', 'queued', 'taken') ORDER BY row LIMIT 30;

-- The same of the rows that came in with it, which have another client's id of their own: also where the import was taken back since, or filled
-- something in. Before import-forget, which hides which ones they are.
-- name: import-forget-merged
-- inputs: client
UPDATE import_row SET state = 'gone', source_id = NULL, body = NULL, raw = NULL, reason = NULL, who = NULL, remark = NULL, filled = NULL
FROM import_row t
WHERE t.client = :client AND t.state IN ('same', 'lacking', 'taken', 'undone') AND import_row.job = t.job AND import_row.like_row = t.row
  AND import_row.state IN ('merged', 'skipped') AND import_row.reason IS NULL;

-- name: import-forget
-- Access to the client ended: what its row said goes with it, unless it is the author's own and unsent. One whose own client was filled in is
-- told by its reason.
-- inputs: client
UPDATE import_row SET state = 'gone', source_id = NULL, body = NULL, raw = NULL, reason = NULL, who = NULL, remark = NULL, filled = NULL
WHERE client = :client AND (state IN ('same', 'lacking', 'maybe', 'taken', 'undone', 'skipped') OR (state IN ('joining', 'joined') AND reason = client));

-- Who may be meant by a row, and is not here any more: the row stays, it is the author's own.
-- name: import-forget-meant
-- inputs: client
UPDATE import_row SET reason = NULL WHERE reason = :client AND state IN ('maybe', 'joining', 'joined');

-- name: import-forget-choice
-- inputs: client
DELETE FROM import_choice WHERE client = :client;

-- name: import-prune
-- inputs: before
DELETE FROM import_row WHERE job IN (SELECT id FROM import_job WHERE started < :before AND state IN ('done', 'undone'));

-- name: import-prune-choices
-- inputs: before
DELETE FROM import_choice WHERE job IN (SELECT id FROM import_job WHERE started < :before AND state IN ('done', 'undone'));

-- name: import-prune-jobs
-- inputs: before
DELETE FROM import_job WHERE started < :before AND state IN ('done', 'undone');
