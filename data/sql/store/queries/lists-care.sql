-- What the windows show of one client beside the forms. "mine" is 1 where the own agency did it. "one" are all records that are said to be
-- the same person, each linked with another of them; "source" is the number of such another record that a line is of (NULL: of this one).

-- Programs, open ones first. id, program, program_name, agency, agency_name, mine, started_on, ended_on, end_reason, note, end_note, by_name,
-- ended_by_name, source
-- name: client-enrollments
-- inputs: client
SELECT e.id, e.program, coalesce(p.name, e.body ->> 'program_name') AS program_name, e.agency, o.name AS agency_name,
  e.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AS mine,
  e.started_on, e.ended_on, e.body ->> 'end_reason' AS end_reason, e.body ->> 'note' AS note, e.body ->> 'end_note' AS end_note,
  e.body ->> 'by_name' AS by_name, e.body ->> 'ended_by_name' AS ended_by_name, CASE WHEN e.client <> :client THEN coalesce(c.number, '') END AS source
FROM enrollment e LEFT JOIN program p ON p.id = e.program LEFT JOIN organization o ON o.id = e.agency LEFT JOIN client c ON c.id = e.client
WHERE e.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY e.ended_on IS NOT NULL, e.started_on DESC, e.id DESC;

-- Enrolled at your agency, now: the columns of client-enrollments as far as they say something, source.
-- name: client-enrolled-here
-- inputs: client
SELECT e.id, e.program, coalesce(p.name, e.body ->> 'program_name') AS program_name, e.started_on, e.body ->> 'by_name' AS by_name,
  CASE WHEN e.client <> :client THEN coalesce(c.number, '') END AS source, e.body ->> 'note' AS note
FROM enrollment e LEFT JOIN program p ON p.id = e.program LEFT JOIN client c ON c.id = e.client
WHERE e.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one) AND e.ended_on IS NULL
  AND e.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value)
ORDER BY program_name, e.id;

-- What an agency can enroll into: id, name
-- name: programs-own
-- inputs: agency
SELECT p.id, p.name FROM program p WHERE p.organization_id = :agency ORDER BY p.name, p.id;

-- What an agency gives itself: id, name
-- name: services-own
-- inputs: agency
SELECT s.id, s.name FROM service s WHERE s.organization_id = :agency ORDER BY s.name, s.id;

-- Who works with them: those who do now, then those who did. id, staff, name, role, agency, agency_name, mine, started_on, ended_on, by_name,
-- ended_by_name, assigned (1: holds an assignment on the client too), source, client (whose: what is done with the line is done there), end_note,
-- role_after (another role began then: nobody left)
-- name: client-care-team
-- inputs: client
SELECT m.id, m.staff, m.name, m.role, m.agency, o.name AS agency_name,
  m.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AS mine,
  m.started_on, m.ended_on, m.body ->> 'by_name' AS by_name, m.body ->> 'ended_by_name' AS ended_by_name,
  EXISTS (SELECT 1 FROM assignment a WHERE a.client = m.client AND +a.staff = m.staff) AS assigned,
  CASE WHEN m.client <> :client THEN coalesce(c.number, '') END AS source, m.client, m.body ->> 'end_note' AS end_note,
  m.body ->> 'role_after' AS role_after
FROM care_team_member m LEFT JOIN organization o ON o.id = m.agency LEFT JOIN client c ON c.id = m.client
WHERE m.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY m.ended_on IS NOT NULL, m.name, m.started_on DESC, m.id;

-- Nights, meals, rides: the last one first, so that it can be repeated. id, type, service, service_name, given_on, count, note, agency,
-- agency_name, mine, by_name, voided_at, voided_by_name, void_reason: taken back, it is read and counts nowhere; source
-- name: client-services
-- inputs: client
SELECT v.id, v.type, v.service, coalesce(s.name, v.body ->> 'service_name') AS service_name, v.given_on, v.body ->> 'count' AS count,
  v.body ->> 'note' AS note, v.agency, o.name AS agency_name,
  v.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AS mine, v.body ->> 'by_name' AS by_name,
  v.voided_at, v.body ->> 'voided_by_name' AS voided_by_name, v.body ->> 'void_reason' AS void_reason,
  CASE WHEN v.client <> :client THEN coalesce(c.number, '') END AS source
FROM service_event v LEFT JOIN service s ON s.id = v.service LEFT JOIN organization o ON o.id = v.agency LEFT JOIN client c ON c.id = v.client
WHERE v.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY v.given_on DESC, v.at DESC, v.id DESC;

-- What "repeat the last" repeats and "take back the last" takes back: the own agency's last that counts, on whichever of the records. The columns of
-- client-services but source, client (whose it is).
-- name: client-service-last
-- inputs: client
SELECT v.id, v.type, v.service, coalesce(s.name, v.body ->> 'service_name') AS service_name, v.given_on, v.body ->> 'count' AS count,
  v.body ->> 'note' AS note, v.agency, NULL AS agency_name, 1 AS mine, v.body ->> 'by_name' AS by_name,
  NULL AS voided_at, NULL AS voided_by_name, NULL AS void_reason, v.client
FROM service_event v LEFT JOIN service s ON s.id = v.service
WHERE v.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one) AND v.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value)
  AND v.voided_at IS NULL
ORDER BY v.given_on DESC, v.at DESC, v.id DESC LIMIT 1;

-- What the client asks about the record (C19), what is to be answered first. id, about, wanted, asked_on, due_on, state, agency, agency_name, mine, by_name,
-- decided_on, decided_by_name, basis, reason, disagreement, disagreed_on, disagreed_by_name, number, source, type (NULL: a correction), whom, ended_on,
-- ended_by_name, end_reason, keep, end_agreed (1: the client agrees to the end), client
-- name: client-amendments
-- inputs: client
SELECT a.id, a.body ->> 'about' AS about, a.body ->> 'wanted' AS wanted, a.asked_on, a.due_on, a.state, a.body ->> 'agency' AS agency,
  o.name AS agency_name, a.body ->> 'agency' = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AS mine,
  a.body ->> 'by_name' AS by_name, a.decided_on, a.body ->> 'decided_by_name' AS decided_by_name, a.body ->> 'basis' AS basis,
  a.body ->> 'reason' AS reason, a.body ->> 'disagreement' AS disagreement, a.body ->> 'disagreed_on' AS disagreed_on,
  a.body ->> 'disagreed_by_name' AS disagreed_by_name, a.body ->> 'number' AS number, CASE WHEN a.client <> :client THEN coalesce(c.number, '') END AS source,
  a.body ->> 'type' AS type, a.body ->> 'whom' AS whom, a.body ->> 'ended_on' AS ended_on, a.body ->> 'ended_by_name' AS ended_by_name, a.body ->> 'end_reason' AS end_reason,
  a.body ->> 'keep' AS keep, a.body ->> 'end_agreed' AS end_agreed, a.client
FROM amendment_request a LEFT JOIN organization o ON o.id = a.body ->> 'agency' LEFT JOIN client c ON c.id = a.client
WHERE a.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY a.state <> 'asked', a.asked_on DESC, a.at DESC, a.id;

-- Those of the household that this computer knows, the client's own part last. id (client), household, relationship, since, given_name,
-- family_name, date_of_birth, number, own (the person's own part, on whichever of the records), source, second_family_name,
-- heads (how many are said to be its head; HMIS knows one), middle_name
-- name: client-household
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked'),
  home (id) AS (SELECT DISTINCT h.household FROM one CROSS JOIN household_member h ON h.client = one.id AND h.ended_on IS NULL)
SELECT h.client AS id, h.household, h.relationship, h.body ->> 'since' AS since, c.given_name, c.family_name, c.date_of_birth, c.number,
  h.client IN (SELECT id FROM one) AS own,
  CASE WHEN h.client IN (SELECT id FROM one) THEN CASE WHEN h.client <> :client THEN coalesce(c.number, '') END
    WHEN NOT EXISTS (SELECT 1 FROM household_member x WHERE x.client = :client AND x.household = h.household AND x.ended_on IS NULL)
    THEN (SELECT coalesce(min(y.number), '') FROM one CROSS JOIN household_member x ON x.client = one.id AND x.household = h.household AND x.ended_on IS NULL
      LEFT JOIN client y ON y.id = one.id) END AS source,
  c.body ->> 'second_family_name' AS second_family_name,
  (SELECT count(DISTINCT CASE WHEN x.client IN (SELECT id FROM one) THEN :client ELSE x.client END) FROM household_member x
    WHERE x.household = h.household AND x.relationship = '1' AND x.ended_on IS NULL) AS heads,
  c.body ->> 'middle_name' AS middle_name
FROM home CROSS JOIN household_member h ON h.household = home.id AND h.ended_on IS NULL LEFT JOIN client c ON c.id = h.client
ORDER BY own, h.relationship, c.date_of_birth, h.client;

-- Who would be a head beside this client ('': one who is being registered) if they joined that one's household as its head: whoever of it is head already, or
-- whoever begins it so (household.join). id (client), begins (1: there is no household yet), given_name, family_name, second_family_name, middle_name
-- name: household-heads
-- inputs: client, with
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked'),
  home (id) AS (SELECT coalesce((SELECT h.household FROM household_member h WHERE h.client = :with AND h.ended_on IS NULL),
    (SELECT h.household FROM household_member h WHERE h.client = :client AND h.ended_on IS NULL))),
  head (id, begins) AS (SELECT h.client, 0 FROM home CROSS JOIN household_member h ON h.household = home.id AND h.relationship = '1' AND h.ended_on IS NULL
    UNION ALL SELECT :with, 1 FROM home WHERE home.id IS NULL)
SELECT c.id, head.begins, c.given_name, c.family_name, c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name
FROM head CROSS JOIN client c ON c.id = head.id
WHERE c.id NOT IN (SELECT id FROM one)
ORDER BY c.id;

-- Alerts, those that count today first, the gravest first. id, level, text, until, active, raised_at, raised_by_name, agency, agency_name,
-- cleared_at, cleared_by_name, clear_reason, source, ours (1: one's own agency raised it, or registered that client: it may clear it); kept (what
-- one's own agency agreed with the client and is bound by, C19: its type; NULL: an alert), kept_until (it ended without the client's agreement)
-- name: client-alerts
-- inputs: client, today
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
SELECT a.id, a.level, a.body ->> 'text' AS text, a.until, a.cleared_at IS NULL AND (a.until IS NULL OR a.until >= :today) AS active,
  a.raised_at, a.body ->> 'raised_by_name' AS raised_by_name, a.body ->> 'agency' AS agency, o.name AS agency_name, a.cleared_at,
  a.body ->> 'cleared_by_name' AS cleared_by_name, a.body ->> 'clear_reason' AS clear_reason,
  CASE WHEN a.client <> :client THEN coalesce(c.number, '') END AS source,
  a.body ->> 'kept' IS NULL AND EXISTS (SELECT 1 FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value AND me.agency IN (a.body ->> 'agency', c.agency)) AS ours,
  a.body ->> 'kept' AS kept, a.body ->> 'kept_until' AS kept_until
FROM alert a LEFT JOIN organization o ON o.id = a.body ->> 'agency' LEFT JOIN client c ON c.id = a.client
WHERE a.client IN (SELECT id FROM one)
ORDER BY active DESC, CASE a.level WHEN 'danger' THEN 0 WHEN 'caution' THEN 1 ELSE 2 END, a.raised_at DESC, a.id;

-- Attached files of a client, whatever they belong to, removed ones last. id, t, record, type, name, media_type, size, sha256, at, by_name,
-- agency_name, mine, removed_at, removed_by_name, remove_reason, pending (1: what attached or removed it is not with the hub), have (bytes on this
-- computer), ours (1: this computer sends it), sent (bytes of it the hub has), wanted, failed
-- name: client-documents
-- inputs: client
SELECT d.id, d.body ->> 't' AS t, d.record, d.type, d.name, d.body ->> 'media_type' AS media_type, d.body ->> 'size' AS size, d.sha256, d.at,
  d.body ->> 'by_name' AS by_name, o.name AS agency_name,
  d.body ->> 'agency' = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AS mine,
  d.removed_at, d.body ->> 'removed_by_name' AS removed_by_name, d.body ->> 'remove_reason' AS remove_reason,
  EXISTS (SELECT 1 FROM op_row r JOIN op p ON p.i = r.i WHERE r.id = d.id AND p.st IN ('waiting', 'sending')) AS pending,
  coalesce(f.have, 0) AS have, f.sent IS NOT NULL AS ours, f.sent AS sent, coalesce(f.wanted, 0) AS wanted, f.failed AS failed
FROM document d LEFT JOIN organization o ON o.id = d.body ->> 'agency' LEFT JOIN file f ON f.document = d.id
WHERE d.client = :client
ORDER BY d.removed_at IS NOT NULL, d.at DESC, d.id DESC;

-- What the record shows of them, and of those of the records linked with it: the columns of client-documents, client, source (the number of
-- the linked record it is of; NULL: of this one). What belongs to health information has a list of its own.
-- name: client-record-documents
-- inputs: client
SELECT d.id, d.body ->> 't' AS t, d.record, d.type, d.name, d.body ->> 'media_type' AS media_type, d.body ->> 'size' AS size, d.sha256, d.at,
  d.body ->> 'by_name' AS by_name, o.name AS agency_name,
  d.body ->> 'agency' = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AS mine,
  d.removed_at, d.body ->> 'removed_by_name' AS removed_by_name, d.body ->> 'remove_reason' AS remove_reason,
  EXISTS (SELECT 1 FROM op_row r JOIN op p ON p.i = r.i WHERE r.id = d.id AND p.st IN ('waiting', 'sending')) AS pending,
  coalesce(f.have, 0) AS have, f.sent IS NOT NULL AS ours, f.sent AS sent, coalesce(f.wanted, 0) AS wanted, f.failed AS failed,
  d.client, CASE WHEN d.client <> :client THEN coalesce(c.number, '') END AS source
FROM document d LEFT JOIN organization o ON o.id = d.body ->> 'agency' LEFT JOIN file f ON f.document = d.id LEFT JOIN client c ON c.id = d.client
WHERE d.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
  AND d.body ->> 't' NOT IN ('client_health', 'referral_health')
ORDER BY d.removed_at IS NOT NULL, d.at DESC, d.id DESC;

-- name: client-health-documents
-- inputs: client
SELECT d.id, d.body ->> 't' AS t, d.record, d.type, d.name, d.body ->> 'media_type' AS media_type, d.body ->> 'size' AS size, d.sha256, d.at,
  d.body ->> 'by_name' AS by_name, o.name AS agency_name,
  d.body ->> 'agency' = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AS mine,
  d.removed_at, d.body ->> 'removed_by_name' AS removed_by_name, d.body ->> 'remove_reason' AS remove_reason,
  EXISTS (SELECT 1 FROM op_row r JOIN op p ON p.i = r.i WHERE r.id = d.id AND p.st IN ('waiting', 'sending')) AS pending,
  coalesce(f.have, 0) AS have, f.sent IS NOT NULL AS ours, f.sent AS sent, coalesce(f.wanted, 0) AS wanted, f.failed AS failed,
  d.client, CASE WHEN d.client <> :client THEN coalesce(c.number, '') END AS source
FROM document d LEFT JOIN organization o ON o.id = d.body ->> 'agency' LEFT JOIN file f ON f.document = d.id LEFT JOIN client c ON c.id = d.client
WHERE d.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
  AND d.body ->> 't' IN ('client_health', 'referral_health')
ORDER BY d.removed_at IS NOT NULL, d.at DESC, d.id DESC;

-- Files of one record (a consent, a referral's detail): the columns of client-documents without those removed.
-- name: record-documents
-- inputs: record
SELECT d.id, d.body ->> 't' AS t, d.record, d.type, d.name, d.body ->> 'media_type' AS media_type, d.body ->> 'size' AS size, d.sha256, d.at,
  d.body ->> 'by_name' AS by_name, o.name AS agency_name
FROM document d LEFT JOIN organization o ON o.id = d.body ->> 'agency'
WHERE d.record = :record AND d.removed_at IS NULL
ORDER BY d.at DESC, d.id DESC;

-- Health information of a client and of the records linked with it, where this person may see it: one row each, its body NULL when nothing was
-- recorded; the client's own first. id, body, client, number, agency_name (who registered that record), own (0/1),
-- before (the body as the hub has it, while something of it is not sent yet; {}: it has none)
-- name: client-health
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
SELECT coalesce(h.id, s.name) AS id, h.body AS body, one.id AS client, c.number, o.name AS agency_name, one.id = :client AS own,
  (SELECT coalesce(y.body, '{}') FROM shadow y WHERE y.t = 'client_health' AND y.id = h.id
    AND EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = h.id AND x.st IN ('waiting', 'sending'))) AS before
FROM one JOIN scope s ON s.name = 'client_health:' || one.id AND s.hidden = 0 LEFT JOIN client_health h ON h.client = one.id
LEFT JOIN client c ON c.id = one.id LEFT JOIN organization o ON o.id = c.agency
ORDER BY own DESC, c.number, one.id;

-- Consents of my own clients that end by a day, the first to end first: what My Day says without a network too. Not those that were given for so
-- short a time that they are not announced (kith_consent_reminder_due ()), nor those that a notice tells of. id, client, number, given_name,
-- family_name, term, receiver_names, receiver_list and receiver_classes (JSON).
-- name: consents-expiring
-- inputs: now, until
SELECT k.id, k.client, c.number, c.given_name, c.family_name, k.term,
  (SELECT group_concat(coalesce(t.name, r.value), ', ') FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_names,
  (SELECT json_group_array(coalesce(t.name, r.value)) FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_list,
  k.body -> 'receiver_classes' AS receiver_classes,
  c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name
FROM state u JOIN assignment a ON a.staff = u.value AND a."case" IS NULL JOIN consent k ON k.client = a.client JOIN client c ON c.id = k.client
WHERE u.key = 'user' AND k.status = 'in_force' AND k.term > :now AND k.term <= :until
  AND (julianday(k.term) - julianday(k.body ->> 'start') > 30 OR (julianday(k.term) - julianday(:now) <= 7 AND julianday(k.term) - julianday(k.body ->> 'start') > 7))
  AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.staff = u.value AND n.client = k.client AND n.type = 'consent_expiring' AND coalesce(n.read, 0) = 0)
ORDER BY k.term, k.id;

-- Everything that was changed in a client's forms, cases, goals, tasks, enrollments, care team and household, and in those of the records linked with it, the last change first: what a field said before, whose
-- value that was, what took its place, and who changed it; also what a merge, or who settled between two, set aside. Of health information only
-- where this person may see it: it lies where its record lies. id, t, field, value (JSON), by_name, set_hlc, replaced_at, was and now
-- ({"value": …}, without one: nothing), known (0: what took its place is not known), changed_by_name, agency_name, set_aside (0/1), source
-- (the number of the linked record; NULL: of this one)
-- name: client-changes
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked'),
  form (id, client, body, about) AS (SELECT c.id, c.id, c.body, NULL FROM one JOIN client c ON c.id = one.id
    UNION ALL SELECT b.id, b.client, b.body, NULL FROM one JOIN client_billing b ON b.client = one.id
    UNION ALL SELECT h.id, h.client, h.body, NULL FROM one JOIN client_health h ON h.client = one.id
    UNION ALL SELECT k.id, k.client, k.body, k.number FROM one JOIN "case" k ON k.client = one.id
    UNION ALL SELECT t.id, k.client, t.body, t.subject FROM one JOIN "case" k ON k.client = one.id JOIN task t ON t."case" = k.id
    UNION ALL SELECT t.id, t.client, t.body, t.subject FROM one JOIN task t ON t.client = one.id
    UNION ALL SELECT g.id, k.client, g.body, g.body ->> 'title' FROM one JOIN "case" k ON k.client = one.id JOIN goal g ON g."case" = k.id
    UNION ALL SELECT e.id, e.client, e.body, e.body ->> 'program_name' FROM one JOIN enrollment e ON e.client = one.id
    UNION ALL SELECT m.id, m.client, m.body, m.name FROM one JOIN care_team_member m ON m.client = one.id)
SELECT id, t, field, value, by_name, set_hlc, replaced_at,
  CASE WHEN t = 'task' AND field = 'staff' THEN json_object('value', (SELECT s.name FROM staff s WHERE s.id = was ->> 'value')) ELSE was END AS was,
  CASE WHEN t = 'task' AND field = 'staff' THEN json_object('value', (SELECT s.name FROM staff s WHERE s.id = now ->> 'value')) ELSE now END AS now,
  known, changed_by_name, agency_name, set_aside, source, about FROM (
SELECT f.id AS id, f.body ->> 't' AS t, f.field, f.body -> 'value' AS value, f.body ->> 'by_name' AS by_name, f.body ->> 'hlc' AS set_hlc, f.at AS replaced_at,
  json_object('value', f.body -> 'value') AS was,
  json_object('value', json(CASE WHEN form.body -> '_hlc' ->> f.field IS f.body ->> 'kept_hlc' THEN form.body -> f.field
    ELSE (SELECT g.body -> 'value' FROM field_history g WHERE g.record = f.record AND g.field = f.field AND g.body ->> 'hlc' = f.body ->> 'kept_hlc' LIMIT 1) END)) AS now,
  f.body ->> 'kept_hlc' IS NOT NULL AS known, f.body ->> 'changed_by_name' AS changed_by_name, f.body ->> 'agency_name' AS agency_name,
  coalesce(f.body ->> 'set_aside', 0) AS set_aside, CASE WHEN form.client <> :client THEN coalesce(c.number, '') END AS source, form.about AS about
FROM form CROSS JOIN field_history f ON f.record = form.id LEFT JOIN client c ON c.id = form.client
UNION ALL
SELECT k.id, k.body ->> 't', k.field, k.body -> 'mine', k.body ->> 'mine_by', NULL, k.body ->> 'settled_at', json_object('value', k.body -> 'mine'),
  json_object('value', k.body -> 'theirs'), 1, k.body ->> 'mine_by', k.body ->> 'mine_agency', 1, CASE WHEN form.client <> :client THEN coalesce(c.number, '') END, form.about
FROM form CROSS JOIN conflict k ON k.record = form.id AND k.state = 'settled' AND k.body ->> 'kept' = 'theirs' LEFT JOIN client c ON c.id = form.client
UNION ALL
-- Of a household in its client's scope: the stay it is of may be over, and has another id since.
SELECT f.id, 'household_member', f.field, f.body -> 'value', f.body ->> 'by_name', f.body ->> 'hlc', f.at, json_object('value', f.body -> 'value'),
  json_object('value', json(coalesce((SELECT h.body -> f.field FROM household_member h WHERE h.client = one.id AND h.body -> '_hlc' ->> f.field = f.body ->> 'kept_hlc' LIMIT 1),
    (SELECT g.body -> 'value' FROM field_history g WHERE g.record = f.record AND g.field = f.field AND g.body ->> 'hlc' = f.body ->> 'kept_hlc' LIMIT 1)))),
  f.body ->> 'kept_hlc' IS NOT NULL, f.body ->> 'changed_by_name', f.body ->> 'agency_name', 0, CASE WHEN one.id <> :client THEN coalesce(c.number, '') END, NULL
FROM one JOIN scope s ON s.name = 'client:' || one.id CROSS JOIN field_history f ON f.scope = s.i AND f.body ->> 't' = 'household_member' LEFT JOIN client c ON c.id = one.id)
ORDER BY replaced_at DESC, set_hlc DESC, id;

-- The agency's log, for its privacy officers: the last entry first. from and until: wire times; what: "" for all; w1 to w3: folded words, "" for
-- none, each of which the names of who did it or of the client, or its number, must have.
-- id, what, at, staff_name, client, number, given_name, family_name, t, record, detail
-- name: audit-log
-- inputs: agency, from, until, what, w1, w2, w3
SELECT id, what, at, staff_name, client, number, given_name, family_name, t, record, detail, second_family_name, middle_name FROM
  (SELECT a.id, a.what, a.at, a.body ->> 'staff_name' AS staff_name, a.client, c.number, c.given_name, c.family_name, a.body ->> 't' AS t,
     a.body ->> 'record' AS record, a.body ->> 'detail' AS detail, c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name,
     CASE WHEN :w1 = '' THEN '' ELSE coalesce(s.find, lower(a.body ->> 'staff_name')) || ' ' || coalesce(c.find, '') || ' ' || coalesce(lower(c.number), '') END AS hay
   FROM audit_entry a LEFT JOIN client c ON c.id = a.client LEFT JOIN staff s ON s.id = a.staff
   WHERE a.agency = :agency AND a.at >= :from AND a.at < :until AND (:what = '' OR a.what = :what))
WHERE :w1 = '' OR (instr(hay, :w1) > 0 AND instr(hay, :w2) > 0 AND instr(hay, :w3) > 0)
ORDER BY at DESC, id DESC;

-- name: audit-entry
-- inputs: id
SELECT a.id, a.what, a.at, a.body ->> 'staff_name' AS staff_name, a.client, c.number, c.given_name, c.family_name, a.body ->> 't' AS t,
  a.body ->> 'record' AS record, a.body ->> 'detail' AS detail, a.body ->> 'said_at' AS said_at,
  c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name
FROM audit_entry a LEFT JOIN client c ON c.id = a.client WHERE a.id = :id;

-- Who looked at a client, for the privacy officers of the own agency: the last entry first. id, what, at, staff_name, t, detail
-- name: client-log
-- inputs: client
SELECT a.id, a.what, a.at, a.body ->> 'staff_name' AS staff_name, a.body ->> 't' AS t, a.body ->> 'detail' AS detail
FROM audit_entry a WHERE a.client = :client
ORDER BY a.at DESC, a.id DESC;
