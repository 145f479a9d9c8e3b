-- Scopes: announced, filled, hidden, forgotten.

-- name: scope-look-up
-- inputs: name
SELECT i, filled FROM scope WHERE name = :name AND hidden = 0;

-- name: scope-any-number
-- inputs: name
SELECT i FROM scope WHERE name = :name;

-- name: scope-name
-- inputs: i
SELECT name FROM scope WHERE i = :i;

-- name: scope-of-sid
-- inputs: sid
SELECT name, i FROM scope WHERE sid = :sid;

-- name: scope-fresh
-- inputs: sid
SELECT fresh FROM scope WHERE sid = :sid;

-- name: scope-begin
-- inputs: name
INSERT INTO scope (name, begun, filled) VALUES (:name, 1, 1) ON CONFLICT (name) DO NOTHING;

-- name: scope-begin-again
-- inputs: op
INSERT INTO scope (name, begun, filled) SELECT name, 1, 1 FROM op_scope WHERE i = :op ON CONFLICT (name) DO NOTHING;

-- name: scope-drop-begun
DELETE FROM scope WHERE begun = 1;

-- name: scope-announce
-- inputs: name, sid, round
INSERT INTO scope (name, sid, fresh) VALUES (:name, :sid, :round)
ON CONFLICT (name) DO UPDATE SET sid = excluded.sid, begun = 0;

-- name: scope-announce-new
-- inputs: name, sid, round
INSERT INTO scope (name, sid, fresh) VALUES (:name, :sid, :round) ON CONFLICT DO NOTHING;

-- name: scope-lose-sid
-- inputs: sid
UPDATE scope SET sid = NULL WHERE sid = :sid;

-- name: scope-lose-sids
UPDATE scope SET sid = NULL;

-- name: scope-set-filled
-- inputs: i
UPDATE scope SET filled = 1, fresh = 0, stale = 0 WHERE i = :i;

-- name: scope-set-hidden
-- inputs: name
UPDATE scope SET hidden = 1 WHERE name = :name;

-- name: scopes-unhide
UPDATE scope SET hidden = 0 WHERE hidden = 1;

-- name: scopes-set-stale
UPDATE scope SET stale = 1, fresh = 0;

-- name: scopes-stale
SELECT name FROM scope WHERE stale = 1 AND begun = 0;

-- name: scopes-all
SELECT name FROM scope;

-- name: scopes-due
-- inputs: now
SELECT s.name FROM scope_until u CROSS JOIN scope s ON s.sid = u.sid WHERE u.until <= :now AND s.hidden = 0;

-- name: scopes-next-end
SELECT u.until FROM scope_until u CROSS JOIN scope s ON s.sid = u.sid WHERE s.hidden = 0 ORDER BY u.until LIMIT 1;

-- Scopes to be fetched anew, one by one.
-- name: refill-add
-- inputs: sid
INSERT INTO refill (sid) VALUES (:sid) ON CONFLICT (sid) DO NOTHING;

-- name: refill-all
SELECT sid FROM refill ORDER BY sid;

-- name: refill-any
SELECT 1 FROM refill LIMIT 1;

-- name: refill-drop
-- inputs: i
DELETE FROM refill WHERE sid = (SELECT sid FROM scope WHERE i = :i);

-- name: refill-forget
-- inputs: name
DELETE FROM refill WHERE sid = (SELECT sid FROM scope WHERE name = :name);

-- name: refill-clear
DELETE FROM refill;

-- What is here of it may not be all of it.
-- name: scope-set-refill
-- inputs: sid
UPDATE scope SET filled = 0, fresh = 0 WHERE sid = :sid;

-- name: shadow-age
-- inputs: i
UPDATE shadow SET q = 0 WHERE scope = :i;

-- name: shadow-age-all
UPDATE shadow SET q = 0;

-- name: hidden-age-all
UPDATE hidden_row SET q = 0;

-- name: hidden-age
-- inputs: i
UPDATE hidden_row SET q = 0 WHERE scope = :i;

-- name: scope-numbers
SELECT i, sid FROM scope;

-- name: until-set
-- inputs: sid, until
INSERT INTO scope_until (sid, until) VALUES (:sid, :until) ON CONFLICT (sid) DO UPDATE SET until = excluded.until;

-- name: until-drop
-- inputs: sid
DELETE FROM scope_until WHERE sid = :sid;

-- name: until-clear
DELETE FROM scope_until;

-- name: until-forget
-- inputs: name
DELETE FROM scope_until WHERE sid = (SELECT sid FROM scope WHERE name = :name);

-- name: forgotten-all
SELECT sid FROM forgotten ORDER BY sid;

-- name: forgotten-add
-- inputs: sid
INSERT INTO forgotten (sid) VALUES (:sid) ON CONFLICT (sid) DO NOTHING;

-- name: forgotten-clear
DELETE FROM forgotten;

-- name: mark-add
-- inputs: scope, t, id
INSERT INTO fill_mark (scope, t, id) VALUES (:scope, :t, :id) ON CONFLICT (scope, t, id) DO NOTHING;

-- name: mark-clear
DELETE FROM fill_mark;

-- name: mark-forget
-- inputs: name
DELETE FROM fill_mark WHERE scope = (SELECT i FROM scope WHERE name = :name);

-- name: kept-any
SELECT 1 FROM kept_row LIMIT 1;

-- name: kept-add
-- inputs: t, id, scope, q
INSERT INTO kept_row (t, id, scope, q) VALUES (:t, :id, :scope, :q) ON CONFLICT (t, id) DO UPDATE SET scope = excluded.scope, q = excluded.q;

-- name: kept-drop
-- inputs: t, id
DELETE FROM kept_row WHERE t = :t AND id = :id;

-- What a fill did not name again.
-- name: kept-sweep
-- inputs: scope
DELETE FROM kept_row WHERE scope = :scope AND NOT EXISTS (SELECT 1 FROM fill_mark m WHERE m.scope = kept_row.scope AND m.t = kept_row.t AND m.id = kept_row.id);

-- name: kept-forget
-- inputs: name
DELETE FROM kept_row WHERE scope = (SELECT i FROM scope WHERE name = :name);

-- name: hidden-all
SELECT t, id, scope, q, body FROM hidden_row;

-- name: hidden-clear
DELETE FROM hidden_row;

-- name: hidden-forget
-- inputs: name
DELETE FROM hidden_row WHERE scope = (SELECT i FROM scope WHERE name = :name);

-- Those of a kind that this Kith does not know.
-- name: hidden-drop-kind
-- inputs: kind
DELETE FROM hidden_row WHERE t = :kind;

-- name: shadow-drop-kind
-- inputs: kind
DELETE FROM shadow WHERE t = :kind;

-- name: kept-drop-kind
-- inputs: kind
DELETE FROM kept_row WHERE t = :kind;

-- name: shadow-forget
-- inputs: name
DELETE FROM shadow WHERE scope = (SELECT i FROM scope WHERE name = :name);

-- name: scope-forget
-- inputs: name
DELETE FROM scope WHERE name = :name;

-- Search history goes with the record: its id is the second part of the scope's name ("client:ID", "care:ID:AGENCY").
-- name: recent-forget
-- inputs: name
DELETE FROM recent WHERE instr(':' || :name || ':', ':' || id || ':') > 0;

-- The account is closed. What the hub has taken is the hub's alone; what it refused its author may still hand on, for a while.
-- name: closed-ops
UPDATE op SET st = 'done', args = CASE WHEN attention = 1 THEN args END, base = NULL, message = CASE WHEN attention = 1 THEN message END, now = NULL
WHERE st IN ('sent', 'done');

-- name: closed-op-rows
UPDATE op_row SET body = NULL WHERE body IS NOT NULL AND i IN (SELECT i FROM op WHERE st = 'done');

-- name: closed-op-scopes
DELETE FROM op_scope WHERE i IN (SELECT i FROM op WHERE st = 'done');

-- name: closed-attention
-- inputs: expires
UPDATE op SET expires = :expires WHERE attention = 1 AND expires IS NULL;

-- name: closed-drafts
-- inputs: expires
UPDATE draft SET expires = :expires WHERE expires IS NULL;

-- name: closed-left
SELECT (SELECT count(*) FROM op WHERE (st <> 'done' OR attention = 1) AND name <> 'audit.record') + (SELECT count(*) FROM draft);

-- name: recent-clear
DELETE FROM recent;

-- name: drafts-of-scope
-- inputs: name
SELECT key, body FROM draft WHERE scope = :name AND expires IS NULL;

-- name: draft-keep
-- inputs: key, body, expires
UPDATE draft SET body = :body, expires = :expires WHERE key = :key;

-- Whether an operation wrote something in it.
-- name: op-row-any
-- inputs: scope
SELECT 1 FROM op_row WHERE scope = :scope LIMIT 1;

-- Refusals not dealt with: their author's own words stay for a while, what the hub told of the record does not. What fell with one of them goes with it: by
-- itself nobody would see it.
-- name: op-attention-forget
-- inputs: name, expires
UPDATE op SET expires = :expires
WHERE attention = 1 AND expires IS NULL AND (i IN (SELECT i FROM op_row WHERE scope = :name) OR chain IN (SELECT i FROM op_row WHERE scope = :name));

-- name: op-attention-forget-now
-- inputs: name
UPDATE op SET now = NULL WHERE now IS NOT NULL AND i IN (SELECT i FROM op_row WHERE scope = :name);

-- Its sentence names people and days of the record as much. What these codes say is the same of every record.
-- name: op-attention-forget-message
-- inputs: name, message
UPDATE op SET message = :message
WHERE attention = 1 AND outcome = 'rejected' AND code NOT IN ('not_found', 'access_ended', 'after_refused') AND i IN (SELECT i FROM op_row WHERE scope = :name);

-- Nor do the values a refused operation was to replace, or picked between: they were the record's. What its author wrote instead
-- stays; a Redo reads anew what is there (sync.md 2.3). name: a scope that goes; i: an operation answered after its records went.
-- name: op-forget-past
-- inputs: name, i
UPDATE op SET args = CASE
  WHEN op.name = 'conflict.settle' THEN json_remove(args, '$.mine')
  ELSE json_patch(args, json_object('set',
    (SELECT json_group_object(key, json('{"old":null}')) FROM json_each(op.args, '$.set') WHERE type = 'object'))) END
WHERE (op.name = 'conflict.settle' OR json_type(args, '$.set') = 'object') AND ((attention = 1 AND i IN (SELECT i FROM op_row WHERE scope = :name))
  OR (i = :i AND (NOT EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i)
    OR EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i AND r.scope NOT IN (SELECT name FROM scope)))));

-- name: op-done-forget
-- inputs: name
UPDATE op SET args = NULL, base = NULL, message = NULL, now = NULL
WHERE st IN ('sent', 'done') AND attention = 0 AND i IN (SELECT i FROM op_row WHERE scope = :name);

-- The same for what was answered after the forget. Scopes that pending operations began are here too, whether or not they are laid at this moment.
-- name: op-done-forget-late
-- inputs: i
UPDATE op SET args = NULL, base = NULL, message = NULL, now = NULL
WHERE i = :i AND st = 'done' AND attention = 0
  AND EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i AND r.scope NOT IN (SELECT name FROM scope)
    AND r.scope NOT IN (SELECT s.name FROM op_scope s JOIN op o ON o.i = s.i WHERE o.st <> 'done'));

-- The same for those whose rows would have come with the page that reaches q; before they are done.
-- name: op-reached-forget-late
-- inputs: q
UPDATE op SET args = NULL, base = NULL, message = NULL, now = NULL
WHERE st <> 'done' AND st = 'sent' AND q <= :q AND attention = 0
  AND EXISTS (SELECT 1 FROM op_row r WHERE r.i = op.i AND r.scope NOT IN (SELECT name FROM scope)
    AND r.scope NOT IN (SELECT s.name FROM op_scope s JOIN op o ON o.i = s.i WHERE o.st <> 'done' AND (o.st <> 'sent' OR o.q > :q)));

-- name: op-row-forget
-- inputs: name
UPDATE op_row SET body = NULL WHERE scope = :name;

-- Nor does an operation that the hub has taken begin it once more.
-- name: op-scope-forget
-- inputs: name
DELETE FROM op_scope WHERE name = :name AND i IN (SELECT i FROM op WHERE st <> 'done');

-- Images that are not shown may have been built on what goes, in whatever scope they lie themselves.
-- name: op-row-forget-kept
UPDATE op_row SET body = NULL WHERE kept = 1 AND body IS NOT NULL;
