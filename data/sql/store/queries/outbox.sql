-- Operations: waiting, sending, sent, done. A condition is written as its index has it: only so the few that are pending or
-- unsent are read, and not every operation of a month.

-- name: op-last
SELECT coalesce(max(i), 0) FROM op;

-- name: op-last-hlc
SELECT hlc FROM op ORDER BY i DESC LIMIT 1;

-- name: op-add
-- inputs: i, op_id, name, args, at, hlc, wall, mono, boot, seen, hold
INSERT INTO op (i, op_id, name, args, at, hlc, wall, mono, boot, seen, hold_until)
VALUES (:i, :op_id, :name, :args, :at, :hlc, :wall, :mono, :boot, :seen, :hold);

-- A place before an operation that waits: it and all that comes after it, which waits as well, moves on by one. Twice, for a number is taken
-- by one only. What hangs on one of them hangs on it still.
-- name: op-room
-- inputs: i
UPDATE op SET i = -(i + 1), chain = CASE WHEN chain >= :i THEN chain + 1 ELSE chain END WHERE i >= :i;

-- name: op-moved
UPDATE op SET i = -i WHERE i BETWEEN -9223372036854775807 AND -1;

-- name: op-row-room
-- inputs: i
UPDATE op_row SET i = -(i + 1) WHERE i >= :i;

-- name: op-row-moved
UPDATE op_row SET i = -i WHERE i < 0;

-- name: op-scope-room
-- inputs: i
UPDATE op_scope SET i = -(i + 1) WHERE i >= :i;

-- name: op-scope-moved
UPDATE op_scope SET i = -i WHERE i < 0;

-- name: op-placed
-- inputs: i, to
UPDATE op SET i = -:to WHERE i = :i;

-- name: op-row-placed
-- inputs: i, to
UPDATE op_row SET i = -:to WHERE i = :i;

-- name: op-scope-placed
-- inputs: i, to
UPDATE op_scope SET i = -:to WHERE i = :i;

-- The last one that went out before another. What is done without a number is none: it was stopped here, or is of another life of the hub.
-- name: op-before-sent
-- inputs: i
SELECT coalesce((SELECT i FROM op WHERE i < :i AND (n IS NOT NULL OR st IN ('sending', 'sent')) ORDER BY i DESC LIMIT 1), 0);

-- The last one before a revocation that may have to do with the same client: it names the client, or what the revocation changes; it wrote something of the
-- client, of a case or of a referral of theirs; or what it does is not known here. That something was read is taken whatever became of it since,
-- and what is done goes out no more: only what hangs on it has to stay behind it.
-- name: op-before-related
-- inputs: i, from, key
SELECT coalesce(max(o.i), 0) FROM op o
WHERE o.i > :from AND o.i < :i AND o.name NOT IN ('audit.record', 'notice.read')
  AND (o.st <> 'done' OR EXISTS (SELECT 1 FROM op_row w JOIN op r ON r.i = :i WHERE w.i = o.i AND w.made = 1 AND instr(r.args, w.id) > 0))
  AND (o.args IS NULL OR instr(o.args, :key) > 0
    OR EXISTS (SELECT 1 FROM op_row m WHERE m.i = :i AND instr(o.args, m.id) > 0)
    OR NOT EXISTS (SELECT 1 FROM op_row w WHERE w.i = o.i)
    OR EXISTS (SELECT 1 FROM op_row w WHERE w.i = o.i AND (instr(w.scope, :key) > 0 OR instr(coalesce(w.body, ''), :key) > 0
      OR EXISTS (SELECT 1 FROM op_row m WHERE m.i = :i AND m.t = w.t AND m.id = w.id)
      OR substr(w.scope, instr(w.scope, ':') + 1, 36) IN (SELECT r.id FROM referral r WHERE r.client = :key UNION ALL SELECT k.id FROM "case" k WHERE k.client = :key))));

-- name: op-end-holds-before
-- inputs: i
UPDATE op SET hold_until = 0 WHERE st IN ('waiting', 'sending') AND st = 'waiting' AND hold_until > 0 AND i < :i;

-- Which of them are refused here.
-- name: op-will-not
SELECT coalesce(group_concat(op_id, ' '), '') FROM (SELECT op_id FROM op WHERE st IN ('waiting', 'sending') AND local_code IS NOT NULL ORDER BY +op_id);

-- name: op-set-base
-- inputs: i, base
UPDATE op SET base = :base WHERE i = :i;

-- name: op-base
-- inputs: i
SELECT r.t, r.id, s.q FROM op_row r JOIN shadow s ON s.t = r.t AND s.id = r.id WHERE r.i = :i AND s.q > 0 ORDER BY r.t, r.id;

-- name: op-end-holds
-- inputs: i
UPDATE op SET hold_until = 0
WHERE st = 'waiting' AND hold_until > 0 AND i < :i
  AND i IN (SELECT before.i FROM op_row mine JOIN op_row before ON before.t = mine.t AND before.id = mine.id WHERE mine.i = :i);

-- Not yet in a push, and nothing later builds on what it touched.
-- name: op-undoable
-- inputs: op_id
SELECT o.i FROM op o
WHERE o.op_id = :op_id AND o.st = 'waiting' AND o.n IS NULL
  AND NOT EXISTS (SELECT 1 FROM op_row mine JOIN op_row later ON later.t = mine.t AND later.id = mine.id AND later.i > mine.i
                  WHERE mine.i = o.i);

-- The operation that makes a record, as long as it was never put into a push.
-- name: op-editable
-- inputs: name, record
SELECT i, args FROM op WHERE st = 'waiting' AND n IS NULL AND name = :name AND args ->> 'id' = :record;

-- name: op-local
-- inputs: i
SELECT local_code, local_message FROM op WHERE i = :i;

-- name: op-drop
-- inputs: i
DELETE FROM op WHERE i = :i;

-- name: op-any-pending
SELECT 1 FROM op WHERE st <> 'done' LIMIT 1;

-- name: op-pending
SELECT i, op_id, name, args, at, hlc, st, q, seen FROM op WHERE st <> 'done' AND name <> 'audit.record' ORDER BY i;

-- Referrals that were not put into a push yet, by what sends them.
-- name: op-waiting-sends
SELECT op_id, args, name FROM op WHERE st = 'waiting' AND n IS NULL AND name IN ('referral.send', 'referral.reroute', 'referral.dispatch') AND args IS NOT NULL ORDER BY i;

-- What a revocation stopped, where the referral's history has the entry that only this operation makes.
-- name: op-stopped-sent
SELECT o.op_id FROM op o
WHERE o.attention = 1 AND o.outcome = 'rejected' AND o.code = 'consent_missing' AND o.n IS NULL
  AND EXISTS (SELECT 1 FROM op_row w JOIN referral_event e ON e.id = w.id WHERE w.i = o.i AND w.t = 'referral_event' AND w.made = 1);

-- name: op-was-sent
-- inputs: op_id, message
UPDATE op SET outcome = 'applied', code = NULL, message = :message WHERE op_id = :op_id;

-- name: op-mark-local
-- inputs: i, code, message
UPDATE op SET local_code = :code, local_message = :message WHERE i = :i AND local_code IS NOT :code;

-- name: op-rows
-- inputs: i
SELECT t, id, scope, body, removed FROM op_row WHERE i = :i ORDER BY t, id;

-- name: op-row-put
-- inputs: i, t, id, scope, body, removed, made
INSERT INTO op_row (i, t, id, scope, body, removed, made) VALUES (:i, :t, :id, :scope, :body, :removed, :made)
ON CONFLICT (i, t, id) DO UPDATE SET scope = excluded.scope, body = excluded.body, removed = excluded.removed, kept = 0;

-- name: op-row-drop
-- inputs: i
DELETE FROM op_row WHERE i = :i;

-- Before it is run again; what it writes then is not kept but new.
-- name: op-row-keep
-- inputs: i
UPDATE op_row SET kept = 1 WHERE i = :i;

-- After that: what it writes no more goes, unless only its scope is missing here, or a record that the operation goes by may be: what is hidden as its
-- time is over by this computer's clock comes back where that was wrong.
-- name: op-row-drop-kept
-- inputs: i
DELETE FROM op_row WHERE i = :i AND kept = 1 AND NOT EXISTS (SELECT 1 FROM hidden_row)
  AND EXISTS (SELECT 1 FROM scope s WHERE s.name = op_row.scope AND s.hidden = 0);

-- Something was forgotten, on which the rest may have been built. That there was a row stays known: its operation's words go with the answer.
-- name: op-row-blank-kept
-- inputs: i
UPDATE op_row SET body = NULL WHERE i = :i AND kept = 1 AND body IS NOT NULL;

-- It is refused here. The records it made are its author's own: they show again if the hub takes it all the same (I12).
-- name: op-row-refused
-- inputs: i, forgot
UPDATE op_row SET kept = 1, body = CASE WHEN made = 1 AND :forgot = 0 THEN body END
WHERE i = :i AND (kept = 0 OR (body IS NOT NULL AND (made = 0 OR :forgot <> 0)));

-- The hub has taken it: what was kept shows.
-- name: op-row-show
-- inputs: i
UPDATE op_row SET kept = 0 WHERE i = :i AND kept = 1;

-- What the hub told of a record that is not known here any more: no forget would find it.
-- name: op-now-untied
-- inputs: i
UPDATE op SET now = NULL WHERE i = :i AND now IS NOT NULL AND NOT EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i);

-- What was written is no longer needed; which records it was stays known.
-- name: op-row-blank
-- inputs: i
UPDATE op_row SET body = NULL WHERE i = :i AND body IS NOT NULL;

-- name: op-row-blank-reached
-- inputs: q
UPDATE op_row SET body = NULL WHERE body IS NOT NULL AND i IN (SELECT i FROM op WHERE st <> 'done' AND st = 'sent' AND q <= :q);

-- name: op-finish-reached
-- inputs: q
UPDATE op SET st = 'done' WHERE st <> 'done' AND st = 'sent' AND q <= :q;

-- name: op-sent-beyond
-- inputs: q
-- Whether rows of something the hub has taken are still to come.
SELECT EXISTS (SELECT 1 FROM op WHERE st <> 'done' AND st = 'sent' AND q > :q);

-- name: op-scope-add
-- inputs: i, name
INSERT INTO op_scope (i, name) VALUES (:i, :name) ON CONFLICT (i, name) DO NOTHING;

-- name: op-scope-drop
-- inputs: i
DELETE FROM op_scope WHERE i = :i;

-- name: shadow-all
SELECT t, id, scope, q, body FROM shadow;

-- name: shadow-add
-- inputs: t, id, scope, q, body
INSERT INTO shadow (t, id, scope, q, body) VALUES (:t, :id, :scope, :q, :body) ON CONFLICT (t, id) DO NOTHING;

-- name: shadow-clear
DELETE FROM shadow;

-- name: op-first-unsent
SELECT hold_until, boot, n FROM op WHERE st IN ('waiting', 'sending') AND needs = 0 ORDER BY i LIMIT 1;

-- name: op-unsent
SELECT i, op_id, name, args, hlc, wall, mono, boot, seen, base, n, hold_until FROM op
WHERE st IN ('waiting', 'sending') AND needs = 0 ORDER BY i;

-- The first of those not yet sent.
-- name: op-to-number
-- inputs: most
SELECT i, n, hold_until, boot FROM op WHERE st IN ('waiting', 'sending') AND needs = 0 ORDER BY i LIMIT :most;

-- Under an id of its own: under this one the hub has put it aside. What hangs on it goes along.
-- name: op-wait-for-hub-file
-- inputs: i, op_id
UPDATE file SET op_id = :op_id WHERE op_id = (SELECT o.op_id FROM op o WHERE o.i = :i);

-- name: op-wait-for-hub-row
-- inputs: i, op_id
UPDATE import_row SET op_id = :op_id
WHERE EXISTS (SELECT 1 FROM op n WHERE n.i = :i AND n.name = 'client.import') AND op_id = (SELECT o.op_id FROM op o WHERE o.i = :i);

-- name: op-wait-for-hub
-- inputs: i, op_id, needs
UPDATE op SET op_id = :op_id, n = NULL, st = 'waiting', hold_until = 0, needs = :needs WHERE i = :i;

-- It never went out: it keeps its id.
-- name: op-set-needs
-- inputs: i, needs
UPDATE op SET needs = :needs WHERE i = :i;

-- The hub is of this schema now.
-- name: op-end-wait-for-hub
-- inputs: schema
UPDATE op SET needs = 0 WHERE st IN ('waiting', 'sending') AND needs > 0 AND needs <= :schema;

-- name: op-any-needs
SELECT EXISTS (SELECT 1 FROM op WHERE st IN ('waiting', 'sending') AND needs > 0);

-- What names a record that only such a one makes, or sends on, waits with it: gone out first it would take its place, and be in its way when it comes.
-- name: op-lean-on-waiting
WITH made AS MATERIALIZED (SELECT r.i, r.needs, w.id FROM op r CROSS JOIN op_row w ON w.i = r.i AND (w.made = 1 OR (w.t = 'referral' AND r.name IN ('referral.reroute', 'referral.dispatch')))
  WHERE r.st IN ('waiting', 'sending') AND r.needs > 0)
UPDATE op SET needs = (SELECT max(m.needs) FROM made m WHERE m.i < op.i AND instr(op.args, '"' || m.id || '"') > 0)
WHERE st IN ('waiting', 'sending') AND st = 'waiting' AND n IS NULL AND needs = 0 AND args IS NOT NULL
  AND EXISTS (SELECT 1 FROM made m WHERE m.i < op.i AND instr(op.args, '"' || m.id || '"') > 0);

-- Of what may lean on such a one in another way: what sends a referral, and counts of places.
-- name: op-may-lean
SELECT i, name, args FROM op
WHERE st = 'waiting' AND n IS NULL AND needs = 0 AND args IS NOT NULL AND name IN ('referral.send', 'referral.reroute', 'referral.dispatch', 'capacity.observe') ORDER BY i;

-- And of those, what waits: what it leaned on may have gone.
-- name: op-may-lean-no-more
SELECT i, name, args FROM op
WHERE st = 'waiting' AND n IS NULL AND needs > 0 AND args IS NOT NULL AND name IN ('referral.send', 'referral.reroute', 'referral.dispatch', 'capacity.observe') ORDER BY i;

-- What the one needs that makes a record and comes before another; -1: it comes after it; 0: neither: the hub has it, or gets it before.
-- name: op-made-waits
-- inputs: i, kind, id
SELECT coalesce(max(iif(o.i > :i, -1, o.needs)), 0) FROM op_row w JOIN op o ON o.i = w.i
WHERE w.t = :kind AND w.id = :id AND w.made = 1 AND o.st IN ('waiting', 'sending') AND (o.i > :i OR (o.i < :i AND o.needs > 0));

-- What those before it need that wrote what it wrote; 0: none waits.
-- name: op-wrote-waits
-- inputs: i
SELECT coalesce(max(o.needs), 0) FROM op_row mine JOIN op_row w ON w.t = mine.t AND w.id = mine.id AND w.i < mine.i JOIN op o ON o.i = w.i
WHERE mine.i = :i AND o.st IN ('waiting', 'sending') AND o.needs > 0;

-- It says something else now, which may wait for no other hub: it, and what waits with it, is looked at anew.
-- name: op-forget-needs
-- inputs: i
WITH RECURSIVE anew(i) AS (SELECT :i UNION
  SELECT o.i FROM anew a JOIN op_row w ON w.i = a.i AND w.made = 1
  JOIN op o ON o.st IN ('waiting', 'sending') AND o.i > a.i AND o.n IS NULL AND o.needs > 0 AND instr(o.args, '"' || w.id || '"') > 0)
UPDATE op SET needs = 0 WHERE needs > 0 AND i IN (SELECT i FROM anew);

-- Whether it names what an operation wrote that waits for another hub.
-- name: op-leans-on-waiting
-- inputs: i
SELECT EXISTS (SELECT 1 FROM op o JOIN op r ON r.i < o.i AND r.st IN ('waiting', 'sending') AND r.needs > 0 JOIN op_row w ON w.i = r.i
  WHERE o.i = :i AND instr(o.args, '"' || w.id || '"') > 0);

-- name: op-not-numbered
SELECT i, name, args FROM op WHERE st = 'waiting' AND n IS NULL AND needs = 0 AND args IS NOT NULL ORDER BY i;

-- name: op-number
-- inputs: i, n
UPDATE op SET n = :n, st = 'sending' WHERE i = :i;

-- i, st, args, op_id, loose (0/1: its records are not known here, or one of them lies in no scope held), kept (0/1: of what it wrote something
-- does not show), name
-- name: op-by-id
-- inputs: op_id
SELECT i, st, args, op_id,
  NOT EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i) OR EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i AND r.scope NOT IN (SELECT name FROM scope)),
  EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i AND r.kept = 1), name
FROM op WHERE op_id = :op_id;

-- name: op-by-n
-- inputs: n
SELECT i, st, args, op_id,
  NOT EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i) OR EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i AND r.scope NOT IN (SELECT name FROM scope)),
  EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i AND r.kept = 1), name
FROM op WHERE n = :n ORDER BY i DESC LIMIT 1;

-- The first refused operation that was to make a record this one names.
-- name: op-chain-root
-- inputs: i
SELECT coalesce(r.chain, r.i) FROM op o
JOIN op r ON r.i < o.i AND r.attention = 1 AND r.outcome IN ('rejected', 'parked')
JOIN op_row w ON w.i = r.i AND w.made = 1
WHERE o.i = :i AND instr(o.args, '"' || w.id || '"') > 0
ORDER BY r.i LIMIT 1;

-- name: op-answer
-- inputs: i, st, outcome, code, message, now, conflict, q, attention, chain, answered
UPDATE op SET st = :st, outcome = :outcome, code = :code, message = :message, now = :now, conflict = :conflict, q = :q,
  attention = :attention, chain = nullif(:chain, 0), answered = :answered, local_code = NULL, local_message = NULL
WHERE i = :i;

-- Whether the hub has ever taken one that is numbered above this.
-- name: op-taken-beyond
-- inputs: n
SELECT EXISTS (SELECT 1 FROM op WHERE n > :n AND st IN ('sent', 'done'));

-- What the hub says it has of this lane, but took when it was further than it is now: before it was put back. What it has under those numbers came in a
-- request of before, and is something else perhaps.
-- name: op-lose-beyond
-- inputs: n, q
UPDATE op SET n = NULL WHERE n <= :n AND q > :q AND st IN ('sent', 'done') AND outcome NOT IN ('rejected', 'parked') AND args IS NOT NULL;

-- name: op-count-from
-- inputs: n
SELECT count(*) FROM op WHERE n >= :n;

-- What the hub did not do then is not done now: the person was told, and may have done something else since. Nor can what
-- went with its records be sent.
-- name: op-resend-leave
-- inputs: n
UPDATE op SET n = NULL WHERE n >= :n AND st = 'done' AND (outcome IN ('rejected', 'parked') OR args IS NULL);

-- name: op-resend
-- inputs: n
UPDATE op SET st = 'sending', outcome = NULL, q = 0 WHERE n >= :n AND st IN ('sent', 'done');

-- What the hub took on a former lane of this computer.
-- name: op-resend-former
UPDATE op SET st = 'sending', outcome = NULL, q = 0
WHERE n IS NULL AND st IN ('sent', 'done') AND outcome NOT IN ('rejected', 'parked') AND args IS NOT NULL;

-- Numbers that were given anew, below nothing so that none stands twice meanwhile.
-- name: op-flip-n
UPDATE op SET n = -n WHERE n < 0;

-- Numbers of another life of the hub say nothing in this one.
-- name: op-seen-nothing
UPDATE op SET seen = 0 WHERE seen <> 0;

-- name: op-numbered-from
-- inputs: n
SELECT i, coalesce(n, 0) FROM op WHERE n >= :n OR (n IS NULL AND st = 'sending') ORDER BY i;

-- name: op-set-n
-- inputs: i, n
UPDATE op SET n = :n WHERE i = :i;

-- name: op-renumber
UPDATE op SET n = NULL, st = CASE st WHEN 'sending' THEN 'waiting' ELSE st END WHERE n IS NOT NULL;

-- name: op-unsent-args
SELECT i, name, args FROM op WHERE st IN ('waiting', 'sending') AND args IS NOT NULL ORDER BY i;

-- name: op-set-args
-- inputs: i, args
UPDATE op SET args = :args WHERE i = :i;

-- What a person did; that they read something (audit.record) goes with it and is no work of theirs.
-- name: op-count-waiting
SELECT count(*) FROM op WHERE st IN ('waiting', 'sending') AND name <> 'audit.record';

-- name: op-count-attention
SELECT (SELECT count(*) FROM op WHERE attention = 1 AND chain IS NULL)
  + (SELECT count(*) FROM op WHERE st IN ('waiting', 'sending') AND local_code IS NOT NULL AND (attention <> 1 OR chain IS NOT NULL));

-- What is on its way and nobody's to deal with, the oldest first. That somebody read something goes with it and is no work of theirs. held (0/1): what waits for
-- a newer hub, or all else.
-- name: op-list-outbox
-- inputs: held, most
SELECT i, op_id, name, args, at, n, st, local_code, local_message, outcome, code, message, now, answered, needs FROM op
WHERE st <> 'done' AND name <> 'audit.record' AND local_code IS NULL AND coalesce(outcome, '') NOT IN ('rejected', 'merged', 'parked') AND (needs > 0) = :held
ORDER BY i LIMIT :most;

-- name: op-count-outbox
-- inputs: held
SELECT count(*) FROM op
WHERE st <> 'done' AND name <> 'audit.record' AND local_code IS NULL AND coalesce(outcome, '') NOT IN ('rejected', 'merged', 'parked') AND (needs > 0) = :held;

-- Those that were merged, which the conflict that came of it may tell of, and of the others the oldest.
-- name: op-list-attention
-- inputs: most
SELECT i, op_id, name, args, at, n, st, local_code, local_message, outcome, code, message, now, answered, needs FROM op
WHERE i IN (SELECT i FROM op WHERE attention = 1 AND chain IS NULL UNION SELECT i FROM op WHERE st IN ('waiting', 'sending') AND local_code IS NOT NULL)
  AND (outcome IS 'merged' OR i <= coalesce((SELECT i FROM op WHERE attention = 1 AND chain IS NULL AND outcome <> 'merged'
    UNION SELECT i FROM op WHERE st IN ('waiting', 'sending') AND local_code IS NOT NULL ORDER BY i LIMIT 1 OFFSET :most - 1), 9223372036854775807))
ORDER BY i;

-- name: op-get
-- inputs: op_id
SELECT i, op_id, name, args, at, n, st, local_code, local_message, outcome, code, message, now, answered, needs FROM op
WHERE op_id = :op_id;

-- name: op-records
-- inputs: i
SELECT t, id FROM op_row WHERE i = :i ORDER BY made DESC, t, id;

-- What agencies that see a client by consent suggested for a record (C1). field, state, kept, settled_by, mine (JSON), agency_name (that registered
-- the client and decides)
-- name: op-proposals
-- inputs: t, record
SELECT f.field, f.state, f.body ->> 'kept', f.body ->> 'settled_by', f.body -> 'mine', o.name
FROM conflict f LEFT JOIN client c ON c.id = substr(f.body ->> 'scope', instr(f.body ->> 'scope', ':') + 1)
LEFT JOIN organization o ON o.id = c.agency
WHERE f.record = :record AND f.body ->> 't' = :t AND f.body ->> 'proposed' = 1
ORDER BY f.state <> 'open', f.at DESC, f.id;

-- The first of them is the one they hang on.
-- name: op-chain
-- inputs: i
SELECT op_id, name, args, i FROM op WHERE i = :i OR (chain = :i AND attention = 1) ORDER BY i;

-- The same of one that waits and applies: what names a record that it makes cannot be without it.
-- name: op-builds-on
-- inputs: i
WITH RECURSIVE goes(i) AS (SELECT :i UNION
  SELECT o.i FROM goes g JOIN op_row w ON w.i = g.i AND w.made = 1
  JOIN op o ON o.st IN ('waiting', 'sending') AND o.i > g.i AND o.n IS NULL AND instr(o.args, '"' || w.id || '"') > 0)
SELECT op_id, name, args, i FROM op WHERE i IN (SELECT i FROM goes) ORDER BY i;

-- It is taken back. What waits with it only to come after it is looked at anew.
-- name: op-lean-anew
-- inputs: i
UPDATE op SET needs = 0 WHERE st IN ('waiting', 'sending') AND needs > 0 AND n IS NULL AND i > :i
  AND EXISTS (SELECT 1 FROM op r JOIN op_row w ON w.i = r.i WHERE r.i = :i AND r.name IN ('referral.reroute', 'referral.dispatch') AND w.t = 'referral' AND instr(op.args, '"' || w.id || '"') > 0);

-- One of a chain that was done again; the rest of it stays.
-- name: op-settle-one
-- inputs: i
UPDATE op SET attention = 0 WHERE i = :i;

-- One of a chain that was refused once more, or hangs on such a one (chain; 0: it is an entry of its own now).
-- name: op-stays
-- inputs: i, chain, code, message
UPDATE op SET chain = nullif(:chain, 0), code = :code, message = :message, now = NULL WHERE i = :i;

-- name: op-settle
-- inputs: i
UPDATE op SET attention = 0 WHERE i = :i OR chain = :i;

-- A list that is imported goes by its operations until it has heard what became of them.
-- name: op-prune
-- inputs: before, now
DELETE FROM op WHERE st = 'done'
  AND (expires < :now OR (attention = 0 AND answered < :before AND op_id NOT IN (SELECT op_id FROM import_row WHERE state = 'queued' AND op_id IS NOT NULL)));

-- name: op-row-prune
DELETE FROM op_row WHERE i NOT IN (SELECT i FROM op);

-- name: op-scope-prune
DELETE FROM op_scope WHERE i NOT IN (SELECT i FROM op);
