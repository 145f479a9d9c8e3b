-- When a referral was sent and answered, by when an answer is due, of what type it is and why it was declined lie in a record of their own, which a portal
-- account without access to details has not (P12). What an older hub has of it moves, and each new scope is opened to whom the referral is open to, but for
-- portal accounts: to those with the details alone. Each record that changes gets a number of its own, so that every desk fetches it anew. What was
-- only given to the client has gone to nobody: it has no turn.

CREATE TABLE IF NOT EXISTS referral_course (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  sent_at text GENERATED ALWAYS AS (body ->> 'sent_at') VIRTUAL,
  accepted_at text GENERATED ALWAYS AS (body ->> 'accepted_at') VIRTUAL,
  closed_at text GENERATED ALWAYS AS (body ->> 'closed_at') VIRTUAL,
  due_on text GENERATED ALWAYS AS (body ->> 'due_on') VIRTUAL,
  reason text GENERATED ALWAYS AS (body ->> 'reason') VIRTUAL
);
CREATE INDEX IF NOT EXISTS referral_course_by_referral ON referral_course (referral, sent_at, closed_at, due_on, type, reason);

CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, t TEXT NOT NULL, id TEXT NOT NULL, referral TEXT NOT NULL, UNIQUE (t, id));
INSERT INTO moved (t, id, referral)
SELECT 'referral', id, id FROM referral WHERE id NOT IN (SELECT referral FROM referral_course) ORDER BY id;
INSERT INTO moved (t, id, referral)
SELECT 'referral_course', natural_id('referral_course', id), id FROM moved ORDER BY i;

INSERT INTO referral_course (id, body)
SELECT m.id, json_patch('{}', json_object('accepted_at', r.body ->> 'accepted_at', 'closed_at', r.body ->> 'closed_at', 'due_on', r.body ->> 'due_on',
  'reason', r.body ->> 'reason', 'referral', r.id, 'reminded', r.body ->> 'reminded', 'sent_at', r.body ->> 'sent_at', 'type', r.body ->> 'type'))
FROM moved m JOIN referral r ON r.id = m.referral WHERE m.t = 'referral_course';
UPDATE referral SET body = CASE WHEN body ->> 'type' = 'informational' THEN json_remove(body, '$.turn') ELSE body END
WHERE id IN (SELECT id FROM moved WHERE t = 'referral');
UPDATE referral SET body = json_remove(body, '$.type', '$.sent_at', '$.accepted_at', '$.closed_at', '$.due_on', '$.reminded', '$.reason')
WHERE id IN (SELECT id FROM moved WHERE t = 'referral');

INSERT INTO scope (name, priority) SELECT 'referral_course:' || referral, 3 FROM moved WHERE t = 'referral_course' ORDER BY i ON CONFLICT (name) DO NOTHING;
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.t = 'referral' AND m.id = sync_row.id)
WHERE t = 'referral' AND id IN (SELECT id FROM moved WHERE t = 'referral');
INSERT INTO sync_row (t, id, sid, q, del)
SELECT m.t, m.id, c.sid, s.q + m.i, 0 FROM hub_state s, moved m JOIN scope c ON c.name = 'referral_course:' || m.referral WHERE m.t = 'referral_course';

CREATE TEMP TABLE opened AS
SELECT n.sid, CASE WHEN p.name LIKE 'resource:%' THEN 'resource_detail:' || substr(p.name, length('resource:') + 1) ELSE p.name END AS principal,
  g.reason, g.subject, g.not_after
FROM (SELECT referral FROM moved WHERE t = 'referral_course') m JOIN scope o ON o.name = 'referral:' || m.referral
JOIN scope n ON n.name = 'referral_course:' || m.referral
JOIN scope_grant g ON g.sid = o.sid AND g.until_q IS NULL JOIN principal p ON p.pid = g.pid
WHERE NOT EXISTS (SELECT 1 FROM scope_grant e WHERE e.sid = n.sid AND e.until_q IS NULL)
ORDER BY g.i;
INSERT OR IGNORE INTO principal (name) SELECT DISTINCT principal FROM opened ORDER BY principal;
INSERT INTO scope_grant (sid, pid, reason, subject, since_q, until_q, not_after)
SELECT x.sid, p.pid, x.reason, x.subject, s.q + (SELECT count(*) + 1 FROM moved), NULL, x.not_after
FROM hub_state s, opened x JOIN principal p ON p.name = x.principal;
UPDATE hub_state SET q = q + (SELECT count(*) + 1 FROM moved) WHERE EXISTS (SELECT 1 FROM moved);

DROP TABLE opened;
DROP TABLE moved;
