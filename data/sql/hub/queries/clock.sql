-- The clock's lists, a piece at a time: what follows on the last one looked at.
-- name: consents-due
-- inputs: now, after, n
SELECT id FROM consent WHERE status = 'in_force' AND term <= :now AND id > :after ORDER BY id LIMIT :n;

-- In force, to be announced: which of them is due says the model.
-- name: consents-ending
-- inputs: now, month, week, after, n
SELECT id FROM consent
WHERE status = 'in_force' AND term > :now
  AND ((term <= :month AND body ->> 'reminded_days' IS NULL) OR (term <= :week AND CAST(body ->> 'reminded_days' AS integer) = 30))
  AND id > :after
ORDER BY id LIMIT :n;

-- Unanswered, and the day they are due has come somewhere; what follows from that says the model.
-- name: referrals-due
-- inputs: day, after, n
SELECT r.id FROM referral r JOIN referral_course y ON y.referral = r.id
WHERE r.phase = 'sent' AND y.due_on <= :day AND r.id > :after ORDER BY r.id LIMIT :n;

-- Plans of free places that still come: which of them are due says the model.
-- name: plans-live
-- inputs: live, after, n
SELECT id FROM capacity_plan WHERE live = :live AND id > :after ORDER BY id LIMIT :n;

-- Requests for correction that wait, to be answered within two weeks somewhere: what is told says the model.
-- name: amendments-due
-- inputs: day, after, n
SELECT id FROM amendment_request WHERE state = 'asked' AND due_on <= :day AND id > :after ORDER BY id LIMIT :n;

-- What is kept for desks that were away, up to the horizon (or, for outcomes, a time), a step at a time.
-- name: day-note
-- inputs: day, q
INSERT INTO hub_day (day, q) VALUES (:day, :q) ON CONFLICT (day) DO NOTHING;

-- The last day that had begun when less than q was reached.
-- name: day-of-number
-- inputs: q
SELECT coalesce(max(day), 0) FROM hub_day WHERE q < :q;

-- name: day-number
-- inputs: day
SELECT coalesce(max(q), 0) FROM hub_day WHERE day <= :day;

-- name: days-prune
-- inputs: day
DELETE FROM hub_day WHERE day < (SELECT max(day) FROM hub_day WHERE day <= :day);

-- name: state-set-horizon
-- inputs: horizon
UPDATE hub_state SET horizon = :horizon WHERE id = 1;

-- Those of which no cursor can tell any more.
-- name: prune-runs
-- inputs: horizon
DELETE FROM hub_run WHERE EXISTS (SELECT 1 FROM hub_run n WHERE n.i > hub_run.i AND n.q < :horizon);

-- name: prune-moved
-- inputs: q, n
DELETE FROM sync_moved WHERE q IN (SELECT q FROM sync_moved WHERE q <= :q ORDER BY q LIMIT :n);

-- name: prune-rows
-- inputs: q, n
DELETE FROM sync_row WHERE del = 1 AND q IN (SELECT q FROM sync_row WHERE del = 1 AND q <= :q ORDER BY q LIMIT :n);

-- name: prune-grants
-- inputs: q, n
DELETE FROM scope_grant WHERE i IN (SELECT i FROM scope_grant WHERE until_q IS NOT NULL AND until_q <= :q ORDER BY until_q LIMIT :n);

-- name: prune-members
-- inputs: q, n
DELETE FROM member WHERE i IN (SELECT i FROM member WHERE until_q IS NOT NULL AND until_q <= :q ORDER BY until_q LIMIT :n);

-- name: prune-refused
-- inputs: before, n
DELETE FROM refused_id WHERE (lane, n) IN (SELECT lane, n FROM op_log WHERE at < :before AND lane IS NOT NULL ORDER BY at, i LIMIT :n);

-- name: prune-lanes
-- inputs: before, n
UPDATE lane SET pruned_n = coalesce (
  (SELECT max(o.n) FROM (SELECT lane, n FROM op_log WHERE at < :before ORDER BY at, i LIMIT :n) o WHERE o.lane = lane.lane), pruned_n)
WHERE lane IN (SELECT lane FROM op_log WHERE at < :before AND lane IS NOT NULL ORDER BY at, i LIMIT :n);

-- Whoever asked did not ask again.
-- name: prune-tries
-- inputs: before, n
DELETE FROM online_try WHERE op_id IN (SELECT op_id FROM online_try WHERE at < :before LIMIT :n);

-- name: prune-ops
-- inputs: before, n
DELETE FROM op_log WHERE i IN (SELECT i FROM op_log WHERE at < :before ORDER BY at, i LIMIT :n);
