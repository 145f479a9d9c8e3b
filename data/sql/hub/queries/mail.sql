-- name: mail-add-notice
-- inputs: staff, notice, at
INSERT INTO mail (staff, notice, at, next_at) VALUES (:staff, :notice, :at, :at) ON CONFLICT DO NOTHING;

-- name: mail-add-week
-- inputs: staff, week, at
INSERT INTO mail (staff, week, at, next_at) VALUES (:staff, :week, :at, :at) ON CONFLICT DO NOTHING;

-- name: mail-next
-- inputs: now
SELECT i, staff, notice, week, at, attempts FROM mail WHERE dead = 0 AND next_at <= :now ORDER BY next_at, i LIMIT 1;

-- name: mail-state
-- inputs: i
SELECT at, attempts FROM mail WHERE i = :i;

-- name: mail-done
-- inputs: i
DELETE FROM mail WHERE i = :i;

-- name: mail-again
-- inputs: i, next, why
UPDATE mail SET attempts = attempts + 1, next_at = :next, why = :why WHERE i = :i;

-- name: mail-dead
-- inputs: i, why
UPDATE mail SET attempts = attempts + 1, dead = 1, why = :why WHERE i = :i;

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

-- What the overview counts, as it stands now.
-- name: mail-week-agency
-- inputs: agency, today, since
SELECT count(CASE WHEN phase = 'sent' THEN 1 END), count(CASE WHEN phase = 'sent' AND due_on < :today THEN 1 END),
  count(CASE WHEN phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused') THEN 1 END),
  count(CASE WHEN phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused') AND assignee IS NULL THEN 1 END),
  count(CASE WHEN phase IN ('closed_resolved', 'closed_unresolved') AND closed_at >= :since THEN 1 END)
FROM referral WHERE agency_to = :agency;

-- Each of those this person supervises, with the referrals they have in work.
-- name: mail-week-people
-- inputs: supervisor
SELECT s.name, count(r.id) FROM staff s
LEFT JOIN referral r ON r.assignee = s.id AND r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
WHERE s.supervisor = :supervisor AND s.active = 1 GROUP BY s.id, s.name ORDER BY s.name, s.id;
