-- name: mail-add-notice
-- inputs: staff, notice, at
INSERT INTO mail (staff, notice, at, next_at) VALUES (:staff, :notice, :at, :at) ON CONFLICT DO NOTHING;

-- name: mail-add-week
-- inputs: staff, week, at
INSERT INTO mail (staff, week, at, next_at) VALUES (:staff, :week, :at, :at) ON CONFLICT DO NOTHING;

-- Whoever had the most that go in an hour (since) waits.
-- name: mail-next
-- inputs: now, since, most
SELECT i, staff, notice, week, at, attempts FROM mail m
WHERE dead = 0 AND next_at <= :now AND with_i IS NULL AND (SELECT count(*) FROM mail_sent s WHERE s.staff = m.staff AND s.at > :since) < :most
ORDER BY next_at, i LIMIT 1;

-- What else waits for the person goes along, but for what was tried before or carries others itself.
-- name: mail-take-along
-- inputs: i, staff, now, most
UPDATE mail SET with_i = :i WHERE i IN (SELECT o.i FROM mail o
  WHERE o.staff = :staff AND o.notice IS NOT NULL AND o.dead = 0 AND o.with_i IS NULL AND o.next_at <= :now AND o.i <> :i AND o.attempts = 0
    AND NOT EXISTS (SELECT 1 FROM mail w WHERE w.with_i = o.i) ORDER BY o.i LIMIT :most);

-- name: mail-along
-- inputs: i
SELECT i, notice FROM mail WHERE with_i = :i ORDER BY i;

-- name: mail-drop
-- inputs: i
DELETE FROM mail WHERE i = :i;

-- name: mail-sent-add
-- inputs: staff, at
INSERT INTO mail_sent (staff, at) VALUES (:staff, :at);

-- name: mail-sent-prune
-- inputs: staff, since
DELETE FROM mail_sent WHERE staff = :staff AND at <= :since;

-- name: mail-state
-- inputs: i
SELECT at, attempts, staff FROM mail WHERE i = :i;

-- name: mail-done
-- inputs: i
DELETE FROM mail WHERE i = :i OR with_i = :i;

-- name: mail-again
-- inputs: i, next, why
UPDATE mail SET attempts = attempts + 1, next_at = :next, why = :why WHERE i = :i;

-- name: mail-dead
-- inputs: i, why
UPDATE mail SET attempts = attempts + 1, dead = 1, why = :why WHERE i = :i OR with_i = :i;

-- What cannot be read at present does not keep those that would have gone with it.
-- name: mail-apart
-- inputs: i
UPDATE mail SET with_i = NULL WHERE i = :i OR with_i = :i;

-- name: mail-dead-all
SELECT m.i, m.at, a.login, m.why FROM mail m LEFT JOIN account a ON a.staff = m.staff WHERE m.dead = 1 ORDER BY m.i;

-- As if they came now: what waits for one person goes together.
-- name: mail-revive
-- inputs: now
UPDATE mail SET dead = 0, attempts = 0, with_i = NULL, at = :now, next_at = :now, why = NULL WHERE dead = 1;

-- name: mail-prune
-- inputs: before
DELETE FROM mail WHERE dead = 1 AND at < :before;

-- name: mail-count
-- inputs: dead
SELECT count(*) FROM mail WHERE dead = :dead;

-- name: mail-week-get
-- inputs: staff
SELECT week FROM mail_week WHERE staff = :staff;

-- name: mail-week-set
-- inputs: staff, week
INSERT INTO mail_week (staff, week) VALUES (:staff, :week) ON CONFLICT (staff) DO UPDATE SET week = excluded.week;

-- Who may want an overview: duties, switch and address are looked at in the record.
-- name: mail-staff
-- inputs: level
SELECT id FROM staff WHERE level = :level AND active = 1 ORDER BY id;

-- What the overview counts: what waits and is in work as it stands now, what was closed in a week (from, to), whatever became of it since. What was never
-- taken up is out of the supervisors' sight once no consent covers it: then it is not counted (C1, C4).
-- name: mail-week-agency
-- inputs: agency, today, from, to, now
WITH waits AS (SELECT r.id FROM referral r JOIN scope s ON s.name = 'referral:' || r.id JOIN principal p ON p.name = 'received:' || :agency
  WHERE r.agency_to = :agency AND r.phase = 'sent'
    AND EXISTS (SELECT 1 FROM scope_grant g WHERE g.pid = p.pid AND g.sid = s.sid AND g.until_q IS NULL AND (g.not_after IS NULL OR g.not_after > :now)))
SELECT (SELECT count(*) FROM waits),
  (SELECT count(*) FROM waits w JOIN referral_course y ON y.referral = w.id WHERE y.due_on < :today),
  count(CASE WHEN phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused') THEN 1 END),
  count(CASE WHEN phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused') AND assignee IS NULL THEN 1 END),
  (SELECT count(DISTINCT e.referral) FROM referral c JOIN referral_event e ON e.referral = c.id AND e.at >= :from AND e.at < :to
    WHERE c.agency_to = :agency AND c.phase <> 'voided' AND e.type = 'closed')
FROM referral WHERE agency_to = :agency;

-- Of each of those this person supervises how many referrals they have in work, the most first, and how many they closed in that week: whose each was when
-- it was closed, who has it since it was opened again did not. A mail names nobody.
-- name: mail-week-people
-- inputs: supervisor, from, to
WITH closed AS (SELECT DISTINCT e.referral, coalesce((SELECT a.body ->> 'staff' FROM referral_event a WHERE a.referral = e.referral AND a.type = 'assigned'
    AND a.at <= e.at AND a.body ->> 'staff' IS NOT NULL ORDER BY a.at DESC LIMIT 1), c.assignee) AS staff
  FROM staff m JOIN referral c ON c.agency_to = m.agency JOIN referral_event e ON e.referral = c.id AND e.at >= :from AND e.at < :to
  WHERE m.id = :supervisor AND c.phase <> 'voided' AND e.type = 'closed')
SELECT (SELECT count(*) FROM referral r WHERE r.assignee = s.id AND r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')) AS n,
  (SELECT count(*) FROM closed WHERE closed.staff = s.id) AS n_closed
FROM staff s WHERE s.supervisor = :supervisor AND s.active = 1 ORDER BY n DESC, n_closed DESC, s.id;
