-- The queues and what stands in them (P1). All columns come as text. Whoever holds the eight fields of a referral and not its detail sees it
-- in the queue it is shown in (P12); when it came there is known of what is over. Which these are is kept in queue_alone (alone.sql).

-- The queues, those in use first. id, name, description, inactive (0/1), n (what is in it, as far as this computer holds it), n_statuses
-- name: queues
-- inputs: all
SELECT q.id, q.name, q.body ->> 'description' AS description, coalesce(q.inactive, 0) AS inactive,
  (SELECT coalesce(sum(c.n), 0) FROM lane_count c WHERE c.queue = q.id)
    + (SELECT coalesce(sum(c.n), 0) FROM queue_status s JOIN lane_count c ON c.queue = '' AND c.status = s.id WHERE s.queue = q.id) AS n,
  (SELECT count(*) FROM queue_status s WHERE s.queue = q.id AND coalesce(s.retired, 0) = 0) AS n_statuses
FROM queue q WHERE :all = 1 OR coalesce(q.inactive, 0) = 0
ORDER BY coalesce(q.inactive, 0), q.name, q.id;

-- What the network calls the reasons of a list ('' both), and what it has beside Kith's own (domain.md 2f). id, list, code, name (NULL: as Kith calls it),
-- builtin (0/1), retired (0/1), version
-- name: reason-terms
-- inputs: list
SELECT t.id, t.list, t.code, t.name, coalesce(t.builtin, 0) AS builtin, coalesce(t.retired, 0) AS retired, t.body ->> 'version' AS version
FROM reason_term t WHERE t.list = :list OR :list = ''
ORDER BY t.list, coalesce(t.builtin, 0) DESC, t.place, t.id;

-- For whom a queue is (P2): none: for all. id, name, t (organization, program or service; NULL: no longer in the directory), agency_name (whose program or
-- service it is)
-- name: queue-links
-- inputs: queue
SELECT l.resource AS id, coalesce(o.name, p.name, s.name) AS name,
  CASE WHEN o.id IS NOT NULL THEN 'organization' WHEN p.id IS NOT NULL THEN 'program' WHEN s.id IS NOT NULL THEN 'service' END AS t,
  (SELECT a.name FROM organization a WHERE a.id = coalesce(p.organization_id, s.organization_id)) AS agency_name
FROM queue_resource l LEFT JOIN organization o ON o.id = l.resource LEFT JOIN program p ON p.id = l.resource LEFT JOIN service s ON s.id = l.resource
WHERE l.queue = :queue ORDER BY name, l.resource;

-- The queues a board may show: those in use, and others as long as something is in them or they are asked for. id, name, inactive (0/1),
-- waits (1: something in it is not over)
-- name: board-queues
-- inputs: wanted
SELECT q.id, q.name, coalesce(q.inactive, 0) AS inactive,
  EXISTS (SELECT 1 FROM queue_status s WHERE s.queue = q.id
    AND s.phase NOT IN ('declined', 'recalled', 'expired', 'closed_resolved', 'closed_unresolved', 'voided')
    AND (EXISTS (SELECT 1 FROM queue_item i WHERE i.queue = q.id AND i.status = s.id) OR EXISTS (SELECT 1 FROM queue_alone a WHERE a.status = s.id))) AS waits
FROM queue q
WHERE coalesce(q.inactive, 0) = 0 OR q.id = :wanted
  OR EXISTS (SELECT 1 FROM queue_item i WHERE i.queue = q.id AND i.status IS NOT NULL)
  OR EXISTS (SELECT 1 FROM queue_status s JOIN queue_alone a ON a.status = s.id WHERE s.queue = q.id)
ORDER BY coalesce(q.inactive, 0), q.name, q.id;

-- The lanes of a board: its statuses in their order, a retired one as long as something stands in it.
-- id, name, phase, retired (0/1), n, oldest (since when what came first stands there), today (how many came since :today, a time: the day's begin where the reader is)
-- name: board-lanes
-- inputs: queue, today
SELECT s.id, s.name, s.phase, coalesce(s.retired, 0) AS retired,
  (SELECT coalesce(sum(c.n), 0) FROM lane_count c WHERE c.queue IN (s.queue, '') AND c.status = s.id) AS n,
  (SELECT min(i.moved_at) FROM queue_item i WHERE i.queue = s.queue AND i.status = s.id) AS oldest,
  (SELECT count(*) FROM queue_item i WHERE i.queue = s.queue AND i.status = s.id AND i.moved_at >= :today) AS today
FROM queue_status s WHERE s.queue = :queue
  AND (coalesce(s.retired, 0) = 0 OR EXISTS (SELECT 1 FROM queue_item i WHERE i.queue = s.queue AND i.status = s.id)
       OR EXISTS (SELECT 1 FROM queue_alone a WHERE a.status = s.id))
ORDER BY s.place, s.id;

-- The cards of one lane, what stands there longest first. id (the referral's), status, phase, moved_at, number, contact_name, resource_name, agency,
-- agency_to, assignee_name, urgency, pending (0/1: not with the hub yet), contact_number (the call's, where it was made from one: P12)
-- name: board-cards
-- inputs: queue, status
SELECT i.referral AS id, i.status, r.phase, i.moved_at, r.number, r.contact_name, r.resource_name, r.agency, r.agency_to, s.name AS assignee_name,
  d.body ->> 'urgency' AS urgency,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = i.id AND x.st IN ('waiting', 'sending')) AS pending,
  r.body ->> 'contact_number' AS contact_number
FROM queue_item i LEFT JOIN referral r ON r.id = i.referral LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id
WHERE i.queue = :queue AND i.status = :status
UNION ALL
SELECT r.id, r.queue_status, r.phase, y.closed_at, r.number, r.contact_name, r.resource_name, r.agency, r.agency_to, s.name, NULL,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')),
  r.body ->> 'contact_number'
FROM queue_alone a JOIN referral r ON r.id = a.id LEFT JOIN staff s ON s.id = r.assignee LEFT JOIN course_known y ON y.referral = r.id
WHERE a.status = :status
ORDER BY moved_at, id;

-- name: board-cards-count
-- inputs: queue, status
SELECT coalesce(sum(c.n), 0) FROM lane_count c WHERE c.queue IN (:queue, '') AND c.status = :status;

-- The same, and what a filter leaves of it: whose: '' everybody's, or a person's; before (a time: it stands there since then or longer) and text
-- (folded) may be ''.
-- name: board-found
-- inputs: queue, status, whose, before, text
SELECT i.referral AS id, i.status, r.phase, i.moved_at, r.number, r.contact_name, r.resource_name, r.agency, r.agency_to, s.name AS assignee_name,
  d.body ->> 'urgency' AS urgency,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = i.id AND x.st IN ('waiting', 'sending')) AS pending,
  r.body ->> 'contact_number' AS contact_number
FROM queue_item i JOIN referral r ON r.id = i.referral LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id
WHERE i.queue = :queue AND i.status = :status AND (:whose = '' OR r.assignee = :whose) AND (:before = '' OR i.moved_at < :before)
  AND (:text = '' OR instr(r.find, :text) > 0 OR instr(fold(r.resource_name), :text) > 0)
UNION ALL
SELECT r.id, r.queue_status, r.phase, y.closed_at, r.number, r.contact_name, r.resource_name, r.agency, r.agency_to, s.name, NULL,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')),
  r.body ->> 'contact_number'
FROM queue_alone a JOIN referral r ON r.id = a.id LEFT JOIN staff s ON s.id = r.assignee LEFT JOIN course_known y ON y.referral = r.id
WHERE a.status = :status
  AND (:whose = '' OR r.assignee = :whose) AND (:before = '' OR y.closed_at < :before)
  AND (:text = '' OR instr(r.find, :text) > 0 OR instr(fold(r.resource_name), :text) > 0)
ORDER BY moved_at, id;

-- All statuses of a queue in use, in their order. id, name, phase, n
-- name: queue-statuses
-- inputs: queue
SELECT s.id, s.name, s.phase,
  (SELECT coalesce(sum(c.n), 0) FROM lane_count c WHERE c.queue IN (s.queue, '') AND c.status = s.id) AS n
FROM queue_status s WHERE s.queue = :queue AND coalesce(s.retired, 0) = 0 ORDER BY s.place, s.id;

-- The queues in use, to choose one of. id, name, description
-- name: queues-named
-- inputs: whatever
SELECT q.id, q.name, q.body ->> 'description' AS description FROM queue q WHERE coalesce(q.inactive, 0) = 0 AND :whatever = '' ORDER BY q.name, q.id;

-- Those that a referral to each of some services (a JSON array; none: a queue alone) may be put in: linked to it, to its program or agency, or to nothing
-- at all (P2, P14). id, name
-- name: queues-for
-- inputs: services
SELECT q.id, q.name FROM queue q WHERE coalesce(q.inactive, 0) = 0
  AND (NOT EXISTS (SELECT 1 FROM queue_resource l WHERE l.queue = q.id)
    OR NOT EXISTS (SELECT 1 FROM json_each(:services) x WHERE NOT EXISTS (SELECT 1 FROM service s
      JOIN queue_resource l ON l.queue = q.id AND l.resource IN (s.id, s.program_id, s.organization_id) WHERE s.id = x.value)))
ORDER BY q.name, q.id;

-- Where a referral stands: the queues it is in, the one it moved in last first. id (the queue's), name, status (its name), since
-- name: referral-queues
-- inputs: referral
SELECT q.id, q.name, s.name AS status, i.moved_at AS since
FROM queue_item i JOIN queue q ON q.id = i.queue JOIN queue_status s ON s.id = i.status
WHERE i.referral = :referral ORDER BY i.moved_at DESC, q.id;

-- Those it may be put in: as queues-for, without those it is in. id, name, description
-- name: referral-queues-open
-- inputs: referral
SELECT q.id, q.name, q.body ->> 'description' AS description FROM queue q, referral r WHERE r.id = :referral AND coalesce(q.inactive, 0) = 0
  AND NOT EXISTS (SELECT 1 FROM queue_item i WHERE i.referral = r.id AND i.queue = q.id AND i.status IS NOT NULL)
  AND (r.agency_to IS NULL OR NOT EXISTS (SELECT 1 FROM queue_resource l WHERE l.queue = q.id)
    OR EXISTS (SELECT 1 FROM queue_resource l, json_each (r.body, '$.resources') x WHERE l.queue = q.id AND l.resource = x.value))
ORDER BY q.name, q.id;

-- What a service or a queue asks (P2). id, body
-- name: form-of
-- inputs: record
SELECT f.id, f.body FROM form f WHERE f.record = :record AND coalesce(f.inactive, 0) = 0;

-- The same for who writes it: also one that is not asked any more. id, body
-- name: form-written
-- inputs: record
SELECT f.id, f.body FROM form f WHERE f.record = :record;

-- What was answered, with a referral's detail and about health (P2). id, body
-- name: referral-answers
-- inputs: referral
SELECT a.id, a.body FROM form_answer a WHERE a.record IN ((SELECT d.id FROM referral_detail d WHERE d.referral = :referral),
  (SELECT h.id FROM referral_health h WHERE h.referral = :referral))
ORDER BY a.body ->> 't', a.id;

-- The files sent with a referral: the columns of record-documents without the agency.
-- name: referral-documents
-- inputs: referral
SELECT d.id, d.body ->> 't' AS t, d.record, d.type, d.name, d.body ->> 'media_type' AS media_type, d.body ->> 'size' AS size, d.sha256, d.at
FROM document d
WHERE d.record IN ((SELECT x.id FROM referral_detail x WHERE x.referral = :referral), (SELECT h.id FROM referral_health h WHERE h.referral = :referral))
  AND d.removed_at IS NULL
ORDER BY d.at DESC, d.id DESC;

-- The names of where a referral goes. id, agency, agency_name, service_name, direct (0/1), queue_name
-- name: referral-target
-- inputs: referral
SELECT r.id, coalesce(s.organization_id, r.agency_to) AS agency, t.name AS agency_name, s.name AS service_name, coalesce(s.direct, 0) AS direct, q.name AS queue_name
FROM referral r LEFT JOIN service s ON s.id = r.service LEFT JOIN organization t ON t.id = coalesce(s.organization_id, r.agency_to)
LEFT JOIN queue q ON q.id = r.body ->> 'queue'
WHERE r.id = :referral;

-- What came into a queue in a time, for its numbers (D13): no name, nothing of the person. came, phase, accepted (0/1), sent_at, accepted_at,
-- closed_at, outcome, reason, status (its name; NULL: taken out), place, outcome_name and reason_name (in the network's words: domain.md 2f)
-- name: queue-referrals
-- inputs: queue, from, to
SELECT r.id, i.body ->> 'placed_at' AS came, r.phase, coalesce(r.accepted, 0) AS accepted, y.sent_at, y.accepted_at, y.closed_at,
  d.body ->> 'outcome' AS outcome, y.reason, s.name AS status, s.place, d.body ->> 'outcome_name' AS outcome_name,
  CASE r.phase WHEN 'declined' THEN (SELECT e.body ->> 'term_name' FROM referral_event e WHERE e.referral = r.id AND e.type = 'declined'
    ORDER BY e.at DESC, e.id DESC LIMIT 1) END AS reason_name
FROM queue_item i JOIN referral r ON r.id = i.referral LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN queue_status s ON s.id = i.status
LEFT JOIN course_known y ON y.referral = r.id
WHERE i.queue = :queue AND i.body ->> 'placed_at' >= :from AND i.body ->> 'placed_at' < :to
UNION ALL
SELECT r.id, y.sent_at, r.phase, coalesce(r.accepted, 0), y.sent_at, y.accepted_at, y.closed_at, d.body ->> 'outcome', y.reason, s.name, s.place,
  d.body ->> 'outcome_name', NULL
FROM queue_status s JOIN queue_alone a ON a.status = s.id JOIN referral r ON r.id = a.id LEFT JOIN referral_detail d ON d.referral = r.id
JOIN course_known y ON y.referral = r.id
WHERE s.queue = :queue AND y.sent_at >= :from AND y.sent_at < :to;
