-- How many places are free. All columns come as text.
-- Columns of a count: unit, unit_name, period, status, free, held, maximum, waiting, note, target_group, until, per_referral (0/1), observed_at,
-- observed_by_name (with planned, 1: nobody counted, they planned it); and at the end of a list: reserved, assess_first (1: an assessment is needed before), kind. What is not counted any more has no status and is in none of them. capacity_now (service,
-- free, status, observed_at, assess: 0; 1 an assessment is needed before; 2 the places are for that alone): what is open by a number whose time is not over; capacity_counted (the same and per_referral): open or full
-- (kith-store-tables.c). And after that ends_at (from when on the number says nothing; NULL: until the next count).

-- The services of an agency whose places somebody counts, or might: all of them (everything 1), or those on the person's list; of a portal account those it follows, and by
-- an agency that it follows those in a queue that is in use (P14; queues-for).
-- id (of the capacity, else of the service), service, name, program_name, capacity (NULL: not counted yet), the columns of a count, pending (0/1),
-- reserved, n_waiting (referrals on the wait list, for whom no place is kept), ends_at, planned, time_zone (of the agency, if it has set one: by its settings, or, where those
-- are not here, by what stands with the agency), schedules (JSON: the service's, else those of one of its places), refused_free (the number the hub did not
-- take last, until that is decided; NULL: none)
-- name: capacity-own
-- inputs: agency, me, everything
SELECT coalesce(c.id, s.id) AS id, s.id AS service, s.name, p.name AS program_name, c.id AS capacity, c.unit, c.body ->> 'unit_name' AS unit_name,
  c.body ->> 'period' AS period, c.status, c.free, c.body ->> 'held' AS held, c.body ->> 'maximum' AS maximum, c.body ->> 'waiting' AS waiting,
  c.body ->> 'note' AS note, c.body ->> 'target_group' AS target_group, c.body ->> 'until' AS until,
  coalesce(c.body ->> 'per_referral', 0) AS per_referral, c.observed_at, c.body ->> 'observed_by_name' AS observed_by_name,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  c.body ->> 'reserved' AS reserved,
  (SELECT count(*) FROM referral r WHERE r.service = s.id AND r.phase = 'waitlisted'
    AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.referral = r.id AND h.state = 'placed')) AS n_waiting, c.body ->> 'ends_at' AS ends_at,
  c.body ->> 'planned' AS planned, coalesce((SELECT g.body ->> 'time_zone' FROM agency_settings g WHERE g.agency = s.organization_id),
    (SELECT o.body ->> 'time_zone' FROM organization o WHERE o.id = s.organization_id)) AS time_zone,
  coalesce(nullif(s.body ->> 'schedules', '[]'), (SELECT coalesce(nullif(x.body ->> 'schedules', '[]'), nullif(l.body ->> 'schedules', '[]'))
    FROM service_at_location x LEFT JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id
      AND coalesce(nullif(x.body ->> 'schedules', '[]'), nullif(l.body ->> 'schedules', '[]')) IS NOT NULL LIMIT 1)) AS schedules,
  (SELECT x.args ->> 'free' FROM op x WHERE x.attention = 1 AND x.name = 'capacity.observe' AND x.outcome IN ('rejected', 'parked')
    AND x.args ->> 'service' = c.service AND x.args ->> 'unit' = c.unit ORDER BY x.i DESC LIMIT 1) AS refused_free,
  c.body ->> 'assess_first' AS assess_first, c.body ->> 'kind' AS kind
FROM service s LEFT JOIN capacity c ON c.service = s.id AND c.status IS NOT NULL LEFT JOIN program p ON p.id = s.program_id
WHERE s.organization_id = :agency AND coalesce(s.status, 'active') = 'active'
  AND (:everything = 1 OR EXISTS (SELECT 1 FROM staff_service l WHERE l.service = s.id AND +l.staff = :me)
    OR EXISTS (SELECT 1 FROM staff p, json_each(p.body, '$.resources') x WHERE p.id = :me AND (x.value IN (s.id, s.program_id)
      OR x.value = s.organization_id AND EXISTS (SELECT 1 FROM queue q WHERE coalesce(q.inactive, 0) = 0
        AND (NOT EXISTS (SELECT 1 FROM queue_resource l WHERE l.queue = q.id)
          OR EXISTS (SELECT 1 FROM queue_resource l WHERE l.queue = q.id AND l.resource IN (s.id, s.program_id, s.organization_id)))))))
ORDER BY c.id IS NULL, s.name, s.id, c.unit;

-- What partners see of a service's places. id, the columns of a count, phones (JSON: by which it is called; those of its agency where it has none of its own)
-- name: capacity-of
-- inputs: service
SELECT c.id, c.unit, c.body ->> 'unit_name' AS unit_name, c.body ->> 'period' AS period, c.status, c.free, c.body ->> 'held' AS held,
  c.body ->> 'maximum' AS maximum, c.body ->> 'waiting' AS waiting, c.body ->> 'note' AS note, c.body ->> 'target_group' AS target_group,
  c.body ->> 'until' AS until, coalesce(c.body ->> 'per_referral', 0) AS per_referral, c.observed_at,
  c.body ->> 'observed_by_name' AS observed_by_name, c.body ->> 'reserved' AS reserved, c.body ->> 'ends_at' AS ends_at,
  c.body ->> 'planned' AS planned, c.body ->> 'assess_first' AS assess_first, c.body ->> 'kind' AS kind,
  (SELECT coalesce(nullif(s.body ->> 'phones', '[]'), (SELECT nullif(o.body ->> 'phones', '[]') FROM organization o WHERE o.id = s.organization_id))
    FROM service s WHERE s.id = c.service) AS phones
FROM capacity c WHERE c.service = :service AND c.status IS NOT NULL ORDER BY c.unit;

-- The last counts, the newest first: there may be those of many years, of which the oldest are not told. id, status, free, maximum, note, observed_at, by_name, plan, late (0/1),
-- words (1: no count, but what was said at `at` about the one that stood), at, assess_first, kind (both as they were said then; NULL: nobody said)
-- name: capacity-counts
-- inputs: capacity
SELECT o.id, o.status, o.free, o.body ->> 'maximum' AS maximum, o.body ->> 'note' AS note, o.observed_at, o.by_name, o.body ->> 'plan' AS plan,
  coalesce(o.late, 0) AS late, coalesce(o.body ->> 'words', 0) AS words, o.body ->> 'at' AS at,
  o.body ->> 'assess_first' AS assess_first, o.body ->> 'kind' AS kind
FROM capacity_observation o WHERE o.capacity = :capacity ORDER BY o.observed_at DESC, o.id LIMIT 400;

-- What was counted in a time, the oldest first; words alone are no count. id, status, free, observed_at, by_name, plan
-- name: capacity-week
-- inputs: capacity, since, before
SELECT o.id, o.status, o.free, o.observed_at, o.by_name, o.body ->> 'plan' AS plan
FROM capacity_observation o WHERE o.capacity = :capacity AND o.observed_at >= :since AND o.observed_at < :before AND coalesce(o.body ->> 'words', 0) = 0
ORDER BY o.observed_at, o.id;

-- What is planned for a service and still comes. id, unit, planned_on, weekdays (JSON), hour, ends_on, status, free, note, by_name, at (when it was planned),
-- done_on (the last day it was entered for)
-- name: capacity-plans
-- inputs: service
SELECT p.id, p.body ->> 'unit' AS unit, p.planned_on, p.body ->> 'weekdays' AS weekdays, p.hour, p.body ->> 'ends_on' AS ends_on, p.body ->> 'status' AS status,
  p.body ->> 'free' AS free, p.body ->> 'note' AS note, p.body ->> 'by_name' AS by_name, p.body ->> 'at' AS at, p.body ->> 'done_on' AS done_on
FROM capacity_plan p WHERE p.service = :service AND p.live = 1 ORDER BY p.planned_on, p.hour, p.id;

-- What was planned for a unit of a service and was cancelled, the newest first. As capacity-plans up to by_name, then cancelled_at, cancelled_by_name
-- name: capacity-plans-cancelled
-- inputs: service, unit
SELECT p.id, p.body ->> 'unit' AS unit, p.planned_on, p.body ->> 'weekdays' AS weekdays, p.hour, p.body ->> 'ends_on' AS ends_on, p.body ->> 'status' AS status,
  p.body ->> 'free' AS free, p.body ->> 'note' AS note, p.body ->> 'by_name' AS by_name, p.body ->> 'cancelled_at' AS cancelled_at,
  p.body ->> 'cancelled_by_name' AS cancelled_by_name
FROM capacity_plan p WHERE p.service = :service AND p.body ->> 'unit' = :unit AND p.body ->> 'cancelled_at' IS NOT NULL ORDER BY cancelled_at DESC, p.id;

-- The places held for accepted referrals, the newest first. id, referral, number, contact_name, placed_at,
-- assignee, contact_number (the call's, where it was made from one: P12)
-- name: capacity-holds
-- inputs: capacity
SELECT h.id, h.referral, r.number, r.contact_name, h.placed_at, r.assignee, r.body ->> 'contact_number' AS contact_number
FROM hold h LEFT JOIN referral r ON r.id = h.referral
WHERE h.capacity = :capacity AND h.state = 'placed' ORDER BY h.placed_at DESC, h.id;

-- Who waits for a place of a service, whoever has waited longest first: on the wait list, and no place kept. id (the referral's), number,
-- contact_name, since (when it went on the list, as far as its timeline is here; NULL: not known here, P12), asked (1: a place is asked for, not confirmed
-- yet), assignee, contact_number
-- name: capacity-waiting
-- inputs: service
SELECT r.id, r.number, r.contact_name, coalesce((SELECT max(e.at) FROM referral_event e WHERE e.referral = r.id AND e.body ->> 'to_phase' = 'waitlisted'),
  y.accepted_at, y.sent_at) AS since,
  EXISTS (SELECT 1 FROM op x WHERE x.st IN ('waiting', 'sending') AND x.name = 'hold.place' AND x.args ->> 'referral' = r.id) AS asked, r.assignee,
  r.body ->> 'contact_number' AS contact_number
FROM referral r LEFT JOIN course_known y ON y.referral = r.id
WHERE r.service = :service AND r.phase = 'waitlisted' AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.referral = r.id AND h.state = 'placed')
ORDER BY coalesce(since, r.body ->> 'contact_date'), r.id;

-- The place of a referral. id (the referral's), held (0/1), unit, since (of the hold), counted (1: the service counts places for referrals), free
-- (the most in one of its units; of those one is only assessed for where there are no others, as kith_capacity_for_referral(); NULL: nothing is counted), asked (what of it waits to be confirmed: "hold.place", "hold.release", "hold.convert" or
-- "referral.accept", by a status of its queue too; NULL: nothing), taken (1: the client has one)
-- name: referral-place
-- inputs: referral
SELECT r.id, h.id IS NOT NULL AS held, h.body ->> 'unit' AS unit, h.placed_at AS since,
  EXISTS (SELECT 1 FROM capacity_counted c WHERE c.service = r.service AND c.free IS NOT NULL AND c.per_referral = 1) AS counted,
  (SELECT max(c.free) FROM capacity_counted c WHERE c.service = r.service AND c.per_referral = 1
    AND (c.assess < 2 OR NOT EXISTS (SELECT 1 FROM capacity_counted k WHERE k.service = r.service AND k.per_referral = 1 AND k.free IS NOT NULL AND k.assess < 2))) AS free,
  (SELECT iif(x.name = 'queue.move', 'referral.accept', x.name) FROM op x WHERE x.st IN ('waiting', 'sending') AND x.args ->> 'referral' = r.id
    AND (x.name IN ('hold.place', 'hold.release', 'hold.convert', 'referral.accept')
      OR (x.name = 'queue.move' AND EXISTS (SELECT 1 FROM queue_status f, queue_status z WHERE f.id = x.args ->> 'was' AND f.phase = 'sent'
        AND z.id = x.args ->> 'status' AND z.phase IN ('accepted', 'contacting', 'paused')))) ORDER BY x.i DESC LIMIT 1) AS asked,
  EXISTS (SELECT 1 FROM hold t WHERE t.referral = r.id AND t.state = 'converted') AS taken
FROM referral r LEFT JOIN hold h ON h.referral = r.id AND h.state = 'placed'
WHERE r.id = :referral LIMIT 1;
