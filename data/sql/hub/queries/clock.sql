-- name: consents-due
-- inputs: now
SELECT id FROM consent WHERE status = 'in_force' AND term <= :now ORDER BY id;

-- Unanswered and past the day they were due; the receiver's grace is counted by the model.
-- name: referrals-due
-- inputs: day
SELECT id FROM referral WHERE phase = 'sent' AND due_on <= :day ORDER BY id;
