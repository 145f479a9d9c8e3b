-- What the windows show of referrals. agency is the signed-in person's side: an agency, or 'network'. What went to no agency and to a queue waits for
-- the network's staff.
-- Columns of the lists: id, number, type, phase, sent_at, due_on, closed_at, contact_name, resource_name, client, agency, agency_to,
-- agency_name (the other side's), assignee, assignee_name, urgency, outcome, reason, status, pending (0/1: not with the hub yet); of the Inbox contact_number, queue_name;
-- of what is new decline_waits (1: of a portal account, to which nobody's settings and own side come: a decline waits for its second step)
-- A queue and its status are shown by the names they have now, whatever they were called when it came there (P1).
-- Type, times and reason stand in the course, which a portal account without the detail has not (P12): it has its lists by the contact date. course_known is
-- referral_course, and in a store of before there was one what the referrals themselves say (kith-store-tables.c).

-- Not answered yet: what is due first, first.
-- name: inbox-new
-- inputs: agency
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending,
  r.body ->> 'contact_number' AS contact_number, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name,
  (SELECT b.type = 'decline_waits' FROM notice b JOIN state z ON z.key = 'user' WHERE b.referral = r.id AND b.staff = z.value
    AND b.type IN ('decline_waits', 'decline_sent_back', 'reopened') ORDER BY b.at DESC, b.id DESC LIMIT 1) AS decline_waits
FROM referral r LEFT JOIN organization o ON o.id = r.agency LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency_to IS nullif(:agency, 'network') AND (:agency <> 'network' OR r.body ->> 'queue' IS NOT NULL) AND r.phase = 'sent'
ORDER BY d.body ->> 'urgency' IS NOT 'urgent', y.due_on IS NULL, y.due_on, coalesce(y.sent_at, r.body ->> 'contact_date'), r.id;

-- How many of ours were answered since a moment, whatever has become of them: accepted, or declined. id, answered
-- name: inbox-answered
-- inputs: agency, from
SELECT 'answered' AS id, count(*) AS answered FROM referral r JOIN course_known y ON y.referral = r.id
WHERE r.agency_to IS nullif(:agency, 'network') AND (:agency <> 'network' OR r.body ->> 'queue' IS NOT NULL)
  AND (y.accepted_at >= :from OR (r.phase = 'declined' AND y.closed_at >= :from));

-- name: inbox-work
-- inputs: agency
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending,
  r.body ->> 'contact_number' AS contact_number, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name
FROM referral r LEFT JOIN organization o ON o.id = r.agency LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency_to IS nullif(:agency, 'network') AND (:agency <> 'network' OR r.body ->> 'queue' IS NOT NULL)
  AND r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
ORDER BY d.body ->> 'urgency' IS NOT 'urgent', coalesce(y.sent_at, r.body ->> 'contact_date'), r.id;

-- name: inbox-closed
-- inputs: agency
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending,
  r.body ->> 'contact_number' AS contact_number, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name
FROM referral r LEFT JOIN organization o ON o.id = r.agency LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency_to IS nullif(:agency, 'network') AND (:agency <> 'network' OR r.body ->> 'queue' IS NOT NULL)
  AND r.phase IN ('declined', 'recalled', 'expired', 'closed_resolved', 'closed_unresolved', 'voided')
ORDER BY coalesce(y.closed_at, y.sent_at, r.body ->> 'contact_date') DESC, r.id;

-- What waits for an answer first, by the day it is due; then the newest.
-- name: sent-open
-- inputs: agency
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending
FROM referral r LEFT JOIN organization o ON o.id = r.agency_to LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency = :agency
  AND r.phase IN ('pending_consent', 'sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
ORDER BY CASE r.phase WHEN 'sent' THEN coalesce(y.due_on, '~') ELSE '~~' END, y.sent_at DESC, r.id;

-- 2e: begun, and nobody else's yet. What was written last first; sent_at: when that was.
-- name: sent-drafts
-- inputs: agency
SELECT r.id, r.number, y.type, r.phase, r.body ->> 'contact_date' AS sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending
FROM referral r LEFT JOIN organization o ON o.id = r.agency_to LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency = :agency AND r.phase = 'draft'
ORDER BY r.body ->> 'contact_date' DESC, r.id;

-- name: sent-closed
-- inputs: agency
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending
FROM referral r LEFT JOIN organization o ON o.id = r.agency_to LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency = :agency
  AND r.phase IN ('declined', 'recalled', 'expired', 'closed_resolved', 'closed_unresolved', 'voided')
ORDER BY coalesce(y.closed_at, y.sent_at) DESC, r.id;

-- D3: what clients were told of, and act on by themselves: nothing was sent, and it counts all the same. The newest first; sent_at: when it was given.
-- name: sent-given
-- inputs: agency
SELECT r.id, r.number, y.type, r.phase, r.body ->> 'contact_date' AS sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending
FROM referral r LEFT JOIN organization o ON o.id = r.agency_to LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency = :agency AND r.phase = 'given'
ORDER BY r.body ->> 'contact_date' DESC, r.id;

-- What a side sent, or gave to clients, in a time, for its numbers (D3, D13): no name, nothing of the person. The columns of queue-referrals without
-- those of a queue, with type, agency and agency_to
-- name: side-referrals
-- inputs: agency, from, to
SELECT r.id, coalesce(y.sent_at, r.body ->> 'contact_date') AS came, r.phase, coalesce(r.accepted, 0) AS accepted, y.sent_at, y.accepted_at, y.closed_at,
  d.body ->> 'outcome' AS outcome, y.reason, d.body ->> 'outcome_name' AS outcome_name,
  CASE r.phase WHEN 'declined' THEN (SELECT e.body ->> 'term_name' FROM referral_event e WHERE e.referral = r.id AND e.type = 'declined'
    ORDER BY e.at DESC, e.id DESC LIMIT 1) END AS reason_name,
  CASE r.phase WHEN 'given' THEN 'informational' ELSE y.type END AS type, r.agency, r.agency_to
FROM referral r LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency = :agency AND r.phase NOT IN ('draft', 'pending_consent')
  AND coalesce(y.sent_at, r.body ->> 'contact_date') >= :from AND coalesce(y.sent_at, r.body ->> 'contact_date') < :to;

-- What a filter leaves of one of the lists above. phases: a JSON array; whose: '' everybody's, 'none' nobody's, or a person's; service, late (today:
-- not answered by then) and text (folded) may be ''. Each stands where it stands in the list itself. And the services there are to choose from: id, name
-- name: inbox-found
-- inputs: agency, phases, whose, service, late, text
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending,
  r.body ->> 'contact_number' AS contact_number, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name
FROM referral r LEFT JOIN organization o ON o.id = r.agency LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency_to IS nullif(:agency, 'network') AND (:agency <> 'network' OR r.body ->> 'queue' IS NOT NULL)
  AND r.phase IN (SELECT value FROM json_each(:phases))
  AND (:whose = '' OR coalesce(r.assignee, 'none') = :whose) AND (:service = '' OR r.service = :service)
  AND (:late = '' OR (r.phase = 'sent' AND y.due_on < :late))
  AND (:text = '' OR instr(r.find, :text) > 0 OR instr(fold(r.resource_name), :text) > 0)
ORDER BY CASE WHEN r.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused') THEN d.body ->> 'urgency' IS NOT 'urgent' END,
  CASE WHEN r.phase = 'sent' THEN coalesce(y.due_on, '~') END,
  CASE WHEN r.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused') THEN coalesce(y.sent_at, r.body ->> 'contact_date') END,
  coalesce(y.closed_at, y.sent_at, r.body ->> 'contact_date') DESC, r.id;

-- name: inbox-services
-- inputs: agency
SELECT r.service AS id, coalesce(max(v.name), max(r.resource_name)) AS name FROM referral r LEFT JOIN service v ON v.id = r.service
WHERE r.agency_to IS nullif(:agency, 'network') AND (:agency <> 'network' OR r.body ->> 'queue' IS NOT NULL) AND r.service IS NOT NULL
GROUP BY r.service ORDER BY name, r.service;

-- name: sent-found
-- inputs: agency, phases, whose, service, late, text
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending
FROM referral r LEFT JOIN organization o ON o.id = r.agency_to LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.agency = :agency AND r.phase IN (SELECT value FROM json_each(:phases))
  AND (:whose = '' OR coalesce(r.assignee, 'none') = :whose) AND (:service = '' OR r.service = :service)
  AND (:late = '' OR (r.phase = 'sent' AND y.due_on < :late))
  AND (:text = '' OR instr(r.find, :text) > 0 OR instr(fold(r.resource_name), :text) > 0)
ORDER BY CASE WHEN r.phase = 'sent' THEN coalesce(y.due_on, '~') ELSE '~~' END, coalesce(y.closed_at, y.sent_at) DESC, r.id;

-- name: sent-services
-- inputs: agency
SELECT r.service AS id, coalesce(max(v.name), max(r.resource_name)) AS name FROM referral r LEFT JOIN service v ON v.id = r.service
WHERE r.agency = :agency AND r.service IS NOT NULL
GROUP BY r.service ORDER BY name, r.service;

-- Of one client, whoever sent them; agency_name is the receiver's; released: what it says may be known without a consent (C5, C15), until then ("": without
-- an end; NULL: not released); source: as in lists-care.sql; outcome_name: what the network called the outcome (domain.md 2f).
-- name: client-referrals
-- inputs: client
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, r.assignee, s.name AS assignee_name, d.body ->> 'urgency' AS urgency, d.body ->> 'outcome' AS outcome, y.reason,
  coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending,
  a.name AS sender_name, r.body ->> 'queue' AS queue,
  EXISTS (SELECT 1 FROM referral_health h WHERE h.referral = r.id) AS has_health,
  CASE WHEN EXISTS (SELECT 1 FROM json_each(d.body, '$.release_classes') c WHERE c.value = 'client') THEN coalesce(d.body ->> 'release_until', '') END AS released,
  CASE WHEN r.client <> :client THEN coalesce(c.number, '') END AS source, d.body ->> 'outcome_name' AS outcome_name
FROM referral r LEFT JOIN organization o ON o.id = r.agency_to LEFT JOIN organization a ON a.id = r.agency LEFT JOIN staff s ON s.id = r.assignee
LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
LEFT JOIN client c ON c.id = r.client
WHERE r.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY y.sent_at DESC, r.id;

-- All, for finding one by number or name.
-- name: referrals-all
SELECT r.id, r.number, y.type, r.phase, y.sent_at, y.due_on, y.closed_at, r.contact_name, r.resource_name, r.client, r.agency, r.agency_to,
  o.name AS agency_name, t.name AS agency_to_name, r.assignee,
  r.body ->> 'contact_number' AS contact_number, coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status
FROM referral r LEFT JOIN course_known y ON y.referral = r.id
LEFT JOIN organization o ON o.id = r.agency LEFT JOIN organization t ON t.id = r.agency_to
ORDER BY coalesce(y.sent_at, r.body ->> 'contact_date') DESC, r.id;

-- One referral. id, body (as everywhere here, a queue and its status by the names they have now: history keeps its own words), detail (JSON of referral_detail, NULL: not shared), own (JSON of our side's), agency_name, agency_to_name,
-- author_name, service_name, assignee_name, has_client (0/1: the client, or our own care record of them, is here), pending; previous and next with
-- their numbers: what it goes on from, and the newest it went on as (the sender's own); course (JSON of referral_course, NULL: not shared); decline_waits as in inbox-new;
-- confirm_declines (0/1): by the receiver's rules; served (0/1): it was in service; first_note: what went along with it, else its newest note, unless the
-- timeline has that (P20); end_text: what was written with the end it has now (NULL: nothing; words of an end that was taken back are none of it);
-- end_name: what the network called it then (domain.md 2f; NULL: as the code is called); note_said (0/1): its note is what was written on this computer, and
-- stands in referral-said; no_contact (0/1): the client's record that is here, or one linked to it, says now not to contact this person (C16); sites (JSON
-- of the locations where its service is given: id and name; NULL: none is known)
-- name: referral
-- inputs: referral
SELECT r.id,
  CASE WHEN q.id IS NULL THEN r.body ELSE json_set(r.body, '$.queue_name', q.name, '$.status', coalesce(z.name, r.body ->> 'status')) END AS body, d.body AS detail,
  (SELECT w.body FROM referral_own w JOIN state u ON u.key = 'user' JOIN staff me ON me.id = u.value
   WHERE w.referral = r.id AND w.agency = me.agency) AS own,
  o.name AS agency_name, t.name AS agency_to_name,
  coalesce(a.name, (SELECT e.body ->> 'actor_name' FROM referral_event e WHERE e.referral = r.id AND e.type = 'sent' ORDER BY e.at LIMIT 1)) AS author_name,
  coalesce(v.name, r.resource_name) AS service_name, s.name AS assignee_name,
  (EXISTS (SELECT 1 FROM client c WHERE c.id = r.client) OR EXISTS (SELECT 1 FROM care k WHERE k.client = r.client)) AS has_client,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending,
  p.previous, (SELECT b.number FROM referral b WHERE b.id = p.previous) AS previous_number, n.id AS next, n.number AS next_number,
  y.body AS course,
  (SELECT b.type = 'decline_waits' FROM notice b JOIN state z ON z.key = 'user' WHERE b.referral = r.id AND b.staff = z.value
    AND b.type IN ('decline_waits', 'decline_sent_back', 'reopened') ORDER BY b.at DESC, b.id DESC LIMIT 1) AS decline_waits,
  coalesce((SELECT g.body ->> 'confirm_declines' FROM organization g WHERE g.id = r.agency_to), 0) AS confirm_declines,
  EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = r.id AND 'in_service' IN (e.body ->> 'to_phase', e.body ->> 'from_phase')) AS served,
  coalesce((SELECT e.body ->> 'text' FROM referral_event e WHERE e.referral = r.id AND e.type = 'sent' AND e.body ->> 'text' <> '' ORDER BY e.at, e.id LIMIT 1),
    iif(EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = r.id AND e.type = 'note' AND e.body ->> 'text' = r.body ->> 'note'), NULL, r.body ->> 'note')) AS first_note,
  (SELECT e.body ->> 'text' FROM referral_event e WHERE e.referral = r.id AND e.type IN ('closed', 'declined') ORDER BY e.at DESC, e.id DESC LIMIT 1) AS end_text,
  (SELECT e.body ->> 'term_name' FROM referral_event e WHERE e.referral = r.id AND e.type IN ('closed', 'declined') ORDER BY e.at DESC, e.id DESC LIMIT 1) AS end_name,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.t = 'referral' AND w.id = r.id AND x.name = 'referral.note' AND x.args ->> 'text' = r.body ->> 'note'
    AND x.local_code IS NULL AND coalesce(x.outcome, 'applied') IN ('applied', 'merged', 'noop')) AS note_said,
  EXISTS (SELECT 1 FROM client x WHERE x.body ->> 'do_not_contact' AND x.id IN (WITH RECURSIVE one (id) AS (SELECT r.client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)) AS no_contact,
  (SELECT nullif(json_group_object(l.id, coalesce(l.name, l.body ->> '$.addresses[0].address_1', '')), '{}') FROM location l WHERE l.id IN (
    SELECT x.location_id FROM service_at_location x WHERE x.service_id = r.service)) AS sites
FROM referral r LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
LEFT JOIN queue q ON q.id = r.body ->> 'queue' LEFT JOIN queue_status z ON z.id = r.queue_status
LEFT JOIN referral_own p ON p.referral = r.id AND p.previous IS NOT NULL
LEFT JOIN referral n ON n.id = (SELECT f.referral FROM referral_own f JOIN referral g ON g.id = f.referral LEFT JOIN course_known h ON h.referral = g.id WHERE f.previous = r.id
  ORDER BY h.sent_at DESC, g.id LIMIT 1)
LEFT JOIN organization o ON o.id = r.agency LEFT JOIN organization t ON t.id = r.agency_to
LEFT JOIN staff a ON a.id = r.author LEFT JOIN staff s ON s.id = r.assignee LEFT JOIN service v ON v.id = r.service
WHERE r.id = :referral;

-- What waits for this person, oldest first, at most fifty; put away until later is left out, but not a decline that a supervisor has to confirm. waits: answer, confirm (a decline), contact, assign,
-- go_on (the client still without help), consent (written and kept until the client agrees), send (they have), room (on the wait list, and a place is free); and, with later (1) after all these, what is in hand: outcome
-- (in service), paused, place (on the wait list), draft (written yesterday or before, 2e). What was accepted and is with nobody by name is its managers'. today: the supervisor's turn comes when
-- the day is over. since: what came back long ago waits no more. morning: when that day began here, in UTC as times are.
-- Someone is always on leave: what a colleague who is away would have to do now is its managers' too, what one who has left (U21) had is theirs to assign; where
-- no manager is at work, the supervisors'. What came back to such a colleague is the supervisors', and where none is at work the referral managers'; but
-- whoever works with the client now comes first, once its author was taken off the client or has left (referral-owner.c has the rule; U21, A6). Who is on a
-- client that is not this person's is not known here: then what came back is its author's all the same.
-- What went to no agency and to a queue waits for an answer from each worker of 2-1-1; what one of them sent, or put there, is that one's from then on, and
-- everybody's once that one is away or has left. A portal account has here what it follows and is with no colleague by name, as far as it may change
-- the status (P10). What is urgent comes first.
-- Columns: id, number, phase, sent_at, due_on, contact_name, resource_name, agency_name, agency_to_name, waits, contact_number, queue_name, later, agency,
-- instead_of (the colleague it was with, who is away or has left; NULL: it is this person's or nobody's), urgency, n_waiting (in each: how many of all are
-- not for later)
-- name: referrals-waiting
-- inputs: me, now, today, since, morning
WITH person AS (SELECT s.id, CASE s.level WHEN 'network' THEN 'network' ELSE s.agency END AS agency, s.level = 'network' AS network, s.level, s.role,
  coalesce(s.body ->> 'changes_status', 0) AS may,
  EXISTS (SELECT 1 FROM json_each(s.body, '$.duties') d WHERE d.value = 'supervisor') AS chief
  FROM staff s WHERE s.id = :me),
colleague AS MATERIALIZED (SELECT s.id, s.name, s.role, NOT coalesce(s.active, 0) AS gone,
  NOT coalesce(s.active, 0) OR (coalesce(s.body ->> 'away_from', '~') <= :today AND coalesce(s.body ->> 'away_until', '~') >= :today) AS away,
  EXISTS (SELECT 1 FROM json_each(s.body, '$.duties') d WHERE d.value = 'supervisor') AS chief
  FROM person m JOIN staff s ON (s.agency = m.agency AND s.level = 'standard' AND m.level = 'standard') OR (m.network AND s.level = 'network')),
led AS MATERIALIZED (SELECT l.service FROM colleague c CROSS JOIN staff_service l ON l.staff = c.id WHERE NOT c.away AND coalesce(l.body ->> 'role', c.role) = 'referral_manager'
  UNION SELECT '' FROM colleague c WHERE NOT c.away AND c.role = 'referral_manager'),
stand_in AS MATERIALIZED (SELECT m.id FROM person m WHERE m.level = 'standard'
  AND (m.chief OR (m.role = 'referral_manager' AND NOT EXISTS (SELECT 1 FROM colleague c WHERE c.chief AND NOT c.away)))),
back AS (SELECT r.id FROM referral r WHERE r.author = :me AND r.phase IN ('declined', 'expired', 'pending_consent', 'draft')
  UNION SELECT r.id FROM person m JOIN assignment a ON a.staff = m.id AND a."case" IS NULL
    JOIN referral r ON r.client = a.client AND +r.agency = m.agency AND +r.phase IN ('declined', 'expired', 'pending_consent', 'draft')
  UNION SELECT r.id FROM stand_in z JOIN person m ON m.id = z.id JOIN referral r ON r.agency = m.agency AND r.phase IN ('declined', 'expired', 'pending_consent', 'draft')
    WHERE r.phase IN ('pending_consent', 'draft') OR EXISTS (SELECT 1 FROM course_known y WHERE y.referral = r.id AND y.closed_at > :since)),
owner AS MATERIALIZED (SELECT r.id, r.author, r.client,
  EXISTS (SELECT 1 FROM colleague c WHERE c.id = r.author AND c.gone)
    OR (EXISTS (SELECT 1 FROM past_assignment p WHERE p.client = r.client AND p."case" IS NULL AND p.body ->> 'staff' = r.author)
      AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.client = r.client AND a."case" IS NULL AND a.staff = r.author)) AS off,
  (SELECT count(*) FROM assignment a JOIN colleague c ON c.id = a.staff WHERE a.client = r.client AND a."case" IS NULL AND a.staff <> r.author AND NOT c.gone) AS others,
  (SELECT count(*) FROM assignment a JOIN colleague c ON c.id = a.staff WHERE a.client = r.client AND a."case" IS NULL AND a.staff <> r.author AND NOT c.away) AS others_here
  FROM back b JOIN referral r ON r.id = b.id),
near AS (SELECT r.id FROM person m JOIN referral r ON r.agency_to = m.agency AND r.phase IN ('sent', 'accepted', 'waitlisted')
  UNION SELECT r.id FROM person m JOIN referral r ON r.agency_to = m.agency AND r.phase IN ('contacting', 'in_service', 'paused')
    WHERE r.assignee IS NULL OR r.assignee IN (SELECT c.id FROM colleague c WHERE c.away)
  UNION SELECT r.id FROM person m JOIN referral r ON r.agency_to IS NULL AND r.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
    WHERE m.network AND r.body ->> 'queue' IS NOT NULL
  UNION SELECT r.id FROM referral r WHERE r.assignee = :me AND r.phase IN ('contacting', 'in_service', 'paused')
  UNION SELECT o.id FROM person m JOIN owner o ON CASE WHEN o.off AND o.others > 0
      THEN EXISTS (SELECT 1 FROM assignment a WHERE a.client = o.client AND a."case" IS NULL AND a.staff = m.id) OR (o.others_here = 0 AND m.id IN (SELECT id FROM stand_in))
      ELSE o.author = m.id OR (o.author IN (SELECT c.id FROM colleague c WHERE c.away) AND m.id IN (SELECT id FROM stand_in)) END
  UNION SELECT r.id FROM person m JOIN referral r ON r.agency = 'network' AND r.phase IN ('declined', 'expired')
    WHERE m.network AND NOT EXISTS (SELECT 1 FROM colleague c WHERE c.id = r.author AND NOT c.away)),
waiting AS (SELECT r.id, r.agency, r.number, r.phase, coalesce(y.sent_at, r.body ->> 'contact_date') AS sent_at, y.due_on, r.contact_name, r.resource_name, o.name AS agency_name, t.name AS agency_to_name,
  r.body ->> 'contact_number' AS contact_number, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name, CASE
    WHEN r.phase = 'pending_consent' THEN iif(EXISTS (SELECT 1 FROM consent k, json_each(k.body, '$.receivers') x WHERE k.client = r.client AND k.status = 'in_force'
      AND coalesce(k.term, '~') > :now AND x.value = coalesce(r.agency_to, 'network') AND EXISTS (SELECT 1 FROM json_each(k.body, '$.classes') c WHERE c.value = 'client')
      AND (k.body ->> 'disclosers' IS NULL OR EXISTS (SELECT 1 FROM json_each(k.body, '$.disclosers') g WHERE g.value = r.agency))), 'send', 'consent')
    WHEN r.phase = 'draft' THEN iif(r.body ->> 'contact_date' < :morning, 'draft', NULL)
    WHEN r.phase IN ('declined', 'expired') THEN
      CASE WHEN coalesce(y.closed_at, '') > :since AND NOT EXISTS (SELECT 1 FROM referral_own f WHERE f.previous = r.id) THEN 'go_on' END
    WHEN m.network AND r.phase <> 'sent' AND r.author <> m.id AND r.author IN (SELECT c.id FROM colleague c WHERE NOT c.away) THEN NULL
    WHEN m.network THEN CASE r.phase WHEN 'sent' THEN 'answer' WHEN 'waitlisted' THEN 'place' WHEN 'in_service' THEN 'outcome' WHEN 'paused' THEN 'paused' ELSE 'contact' END
    WHEN m.level = 'portal' AND NOT m.may THEN NULL
    WHEN m.level = 'portal' AND r.phase = 'sent' AND (SELECT b.type = 'decline_waits' FROM notice b JOIN state z ON z.key = 'user' WHERE b.referral = r.id AND b.staff = z.value
      AND b.type IN ('decline_waits', 'decline_sent_back', 'reopened') ORDER BY b.at DESC, b.id DESC LIMIT 1) THEN NULL
    WHEN r.phase = 'accepted' AND r.assignee = m.id THEN 'contact'
    WHEN r.phase = 'sent' AND w.body ->> 'decline_reason' IS NOT NULL THEN CASE WHEN m.chief THEN 'confirm' END
    WHEN r.phase = 'sent' AND m.chief AND y.due_on < :today THEN 'answer'
    WHEN r.phase <> 'sent' AND r.assignee IS NOT NULL AND r.assignee <> m.id AND r.assignee NOT IN (SELECT c.id FROM colleague c WHERE c.away) THEN NULL
    WHEN r.assignee = m.id OR m.level = 'portal' OR (m.chief AND coalesce(r.service, '') NOT IN (SELECT service FROM led)) OR CASE WHEN r.service IS NULL THEN m.role = 'referral_manager' ELSE EXISTS (SELECT 1 FROM staff_service l
        WHERE l.staff = m.id AND l.service = r.service AND coalesce(l.body ->> 'role', m.role) = 'referral_manager') END
      THEN CASE WHEN r.phase = 'sent' THEN 'answer'
        WHEN r.assignee IN (SELECT c.id FROM colleague c WHERE c.gone) THEN 'assign'
        WHEN r.phase = 'accepted' THEN iif(m.level = 'portal' OR r.assignee IS NOT NULL, 'contact', 'assign') WHEN r.phase = 'contacting' THEN 'contact'
        WHEN r.phase = 'waitlisted' AND EXISTS (SELECT 1 FROM hold h WHERE h.referral = r.id AND h.state = 'placed') THEN 'contact'
        WHEN r.phase = 'waitlisted' AND EXISTS (SELECT 1 FROM capacity_now c WHERE c.service = r.service AND c.free > 0
          AND (c.assess < 2 OR NOT EXISTS (SELECT 1 FROM capacity_counted k WHERE k.service = r.service AND k.assess < 2))) THEN 'room'
        WHEN r.assignee IS NOT NULL AND r.assignee <> m.id THEN NULL
        WHEN r.phase = 'in_service' THEN 'outcome' WHEN r.phase = 'paused' THEN 'paused' ELSE 'place' END
  END AS waits,
  (SELECT c.name FROM colleague c WHERE c.id = iif(m.network OR r.phase IN ('declined', 'expired', 'pending_consent', 'draft'), r.author, r.assignee) AND c.id <> m.id
    AND NOT (m.network AND r.phase = 'sent')) AS instead_of, d.body ->> 'urgency' AS urgency
FROM person m JOIN near a JOIN referral r ON r.id = a.id LEFT JOIN referral_own w ON w.referral = r.id AND w.agency = m.agency
LEFT JOIN course_known y ON y.referral = r.id LEFT JOIN organization o ON o.id = r.agency LEFT JOIN organization t ON t.id = r.agency_to
LEFT JOIN referral_detail d ON d.referral = r.id
WHERE coalesce(w.snoozed_until, '') <= :now OR (m.chief AND r.phase = 'sent' AND w.body ->> 'decline_reason' IS NOT NULL))
SELECT id, number, phase, sent_at, due_on, contact_name, resource_name, agency_name, agency_to_name, waits, contact_number, queue_name,
  waits IN ('outcome', 'paused', 'place', 'draft') AS later, agency, instead_of, urgency,
  sum(waits NOT IN ('outcome', 'paused', 'place', 'draft')) OVER () AS n_waiting
FROM waiting WHERE waits IS NOT NULL ORDER BY later, urgency IS NOT 'urgent', sent_at, id;

-- The timeline of the loop, oldest first. id, type, at, actor_name, agency, agency_name, from_phase, to_phase, how, result, outcome, reason, text,
-- private (0/1), pending (0/1), term_name (the reason or the outcome in the network's words, as they were then: domain.md 2f)
-- name: referral-events
-- inputs: referral
SELECT e.id, e.type, e.at, e.body ->> 'actor_name' AS actor_name, e.body ->> 'agency' AS agency,
  coalesce(e.body ->> 'agency_name', o.name) AS agency_name, e.body ->> 'from_phase' AS from_phase, e.body ->> 'to_phase' AS to_phase,
  e.body ->> 'how' AS how, e.body ->> 'result' AS result, e.body ->> 'outcome' AS outcome, e.body ->> 'reason' AS reason,
  e.body ->> 'text' AS text, coalesce(e.body ->> 'private', 0) AS private,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = e.id AND x.st IN ('waiting', 'sending')) AS pending,
  e.body ->> 'term_name' AS term_name
FROM referral_event e LEFT JOIN organization o ON o.id = e.body ->> 'agency'
WHERE e.referral = :referral
ORDER BY e.at, e.id;

-- The same, the newest first: what a window shows by and by
-- name: referral-timeline
-- inputs: referral
SELECT e.id, e.type, e.at, e.body ->> 'actor_name' AS actor_name, e.body ->> 'agency' AS agency,
  coalesce(e.body ->> 'agency_name', o.name) AS agency_name, e.body ->> 'from_phase' AS from_phase, e.body ->> 'to_phase' AS to_phase,
  e.body ->> 'how' AS how, e.body ->> 'result' AS result, e.body ->> 'outcome' AS outcome, e.body ->> 'reason' AS reason,
  e.body ->> 'text' AS text, coalesce(e.body ->> 'private', 0) AS private,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = e.id AND x.st IN ('waiting', 'sending')) AS pending,
  e.body ->> 'term_name' AS term_name
FROM referral_event e LEFT JOIN organization o ON o.id = e.body ->> 'agency'
WHERE e.referral = :referral
ORDER BY e.at DESC, e.id DESC;

-- What this account wrote on this computer itself, the newest first: of a portal account without the detail, which holds none of the timeline (P12), and
-- still reads its own words, with whose they are and when (P20). As long as what was done is kept; what was refused is left out. Columns as of
-- referral-timeline.
-- name: referral-said
-- inputs: referral
SELECT o.op_id AS id, CASE o.name WHEN 'referral.note' THEN 'note' WHEN 'referral.accept' THEN 'accepted' WHEN 'referral.decline' THEN 'declined'
    WHEN 'referral.close' THEN 'closed' ELSE 'status' END AS type,
  strftime('%Y-%m-%dT%H:%M:%fZ', o.at / 1000.0, 'unixepoch') AS at, s.name AS actor_name, s.agency AS agency, g.name AS agency_name, NULL AS from_phase,
  coalesce(o.args ->> 'phase', z.phase) AS to_phase, NULL AS how, NULL AS result, o.args ->> 'outcome' AS outcome, o.args ->> 'reason' AS reason,
  o.args ->> 'text' AS text, 0 AS private, o.st IN ('waiting', 'sending') AS pending, o.args ->> 'term_name' AS term_name, z.name AS status
FROM op_row w JOIN op o ON o.i = w.i LEFT JOIN queue_status z ON o.name = 'queue.move' AND z.id = o.args ->> 'status'
LEFT JOIN state u ON u.key = 'user' LEFT JOIN staff s ON s.id = u.value LEFT JOIN organization g ON g.id = s.agency
WHERE w.t = 'referral' AND w.id = :referral
  AND o.name IN ('referral.note', 'referral.accept', 'referral.decline', 'referral.close', 'referral.set_status', 'queue.move')
  AND trim(coalesce(o.args ->> 'text', '')) <> '' AND o.local_code IS NULL AND coalesce(o.outcome, 'applied') IN ('applied', 'merged', 'noop')
ORDER BY o.i DESC;

-- Those not read yet, without those that ask for an answer somebody gave meanwhile; here (0/1): the client is on this computer; ours
-- (0/1): the referral is one this agency, or 2-1-1, sent and does not answer itself. Who it is about and the agency on the other side are of the record
-- on this computer, not of the notice, which names nobody (C17): name, agency_name, referral_number and contact_number are NULL where it is not here. id,
-- type, referral, client, case, number, at, here, ours, name, agency_name, referral_number, contact_number, given_name, family_name, second_family_name, middle_name
-- name: notices-new
-- inputs: me
SELECT n.id, n.type, n.referral, n.client, n.body ->> 'case' AS "case", n.body ->> 'number' AS number, n.at, c.id IS NOT NULL AS here,
  r.agency = coalesce(s.agency, 'network') AND coalesce(r.agency_to, 'network') <> coalesce(s.agency, 'network') AS ours,
  r.contact_name AS name, o.name AS agency_name, r.number AS referral_number, r.body ->> 'contact_number' AS contact_number,
  c.given_name, c.family_name, c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name
FROM notice n LEFT JOIN client c ON c.id = n.client LEFT JOIN referral r ON r.id = n.referral LEFT JOIN staff s ON s.id = n.staff
LEFT JOIN organization o ON o.id = CASE r.agency WHEN coalesce(s.agency, 'network') THEN r.agency_to ELSE r.agency END
WHERE n.staff = :me AND n.read = 0
  AND NOT (n.type IN ('sent', 'due', 'overdue', 'unanswered', 'check_in', 'more_time', 'decline_proposed') AND coalesce(r.phase, 'sent') <> 'sent')
ORDER BY n.at DESC, n.id;

-- Notices of the signed-in person, unread first. id, type, referral, number, at, read, client (what is about no referral)
-- name: notices
-- inputs: me
SELECT n.id, n.type, n.referral, n.body ->> 'number' AS number, n.at, coalesce(n.read, 0) AS read, n.client
FROM notice n WHERE n.staff = :me
ORDER BY coalesce(n.read, 0), n.at DESC, n.id;

-- P17: somebody was told of it, and it is on this computer no more: by its id, or by the number as it was told, folded. id (of the notice), number
-- name: referral-left
-- inputs: me, referral, words
SELECT n.id, n.body ->> 'number' AS number FROM notice n
WHERE n.staff = :me AND n.referral IS NOT NULL AND (n.referral = :referral OR lower(replace(n.body ->> 'number', '-', ' ')) = :words)
  AND NOT EXISTS (SELECT 1 FROM referral r WHERE r.id = n.referral)
ORDER BY n.at DESC, n.id LIMIT 1;
