-- Calls to 2-1-1 (P21). All columns come as text. open counts the needs that are not settled (P22); of a call
-- that names none: 1 as long as a referral made from it is under way, since that stands for what is needed.
-- Columns of the lists: id, number, submitted_at, how, caller_kind, caller_name, name, postal_code, author, author_name, open, needs, phase, queue_name,
-- status (of the referral made from it last: NULL when none was), pending (0/1: not with the hub yet)

-- With a need that is not settled, or without one and with a referral under way, as one that waits in a queue: the oldest waits longest.
-- name: contacts-open
SELECT c.id, c.number, c.submitted_at, c.how, c.caller_kind, c.caller_name, c.name, c.postal_code, c.author, c.body ->> 'author_name' AS author_name,
  coalesce((SELECT sum(n.status IN ('open', 'referred', 'partly_met')) FROM contact_need n WHERE n.contact = c.id),
    EXISTS (SELECT 1 FROM referral l WHERE l.contact_record = c.id AND l.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS open,
  (SELECT count(*) FROM contact_need n WHERE n.contact = c.id) AS needs, r.phase, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name, coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending
FROM contact_record c LEFT JOIN referral r ON r.id = (SELECT l.id FROM referral l WHERE l.contact_record = c.id ORDER BY l.id DESC LIMIT 1)
WHERE c.id IN (SELECT n.contact FROM contact_need n WHERE n.status IN ('open', 'referred', 'partly_met')
  UNION ALL SELECT l.contact_record FROM referral l WHERE l.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused') AND l.contact_record IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM contact_need n WHERE n.contact = l.contact_record))
ORDER BY c.submitted_at, c.id;

-- This person's calls, and those of colleagues who are away or have left, with a need for which nothing was done yet, the oldest first.
-- id, number, submitted_at, name (or who called), open (needs that are not settled, as in the list of calls)
-- name: contacts-waiting
-- inputs: me, today
SELECT c.id, c.number, c.submitted_at, coalesce(c.name, c.caller_name) AS name,
  coalesce((SELECT sum(n.status IN ('open', 'referred', 'partly_met')) FROM contact_need n WHERE n.contact = c.id),
    EXISTS (SELECT 1 FROM referral l WHERE l.contact_record = c.id AND l.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS open
FROM contact_record c WHERE c.id IN (SELECT n.contact FROM contact_need n WHERE n.status = 'open')
  AND (c.author = :me OR NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = c.author AND s.level = 'network' AND coalesce(s.active, 0)
    AND NOT (coalesce(s.body ->> 'away_from', '~') <= :today AND coalesce(s.body ->> 'away_until', '~') >= :today)))
ORDER BY c.submitted_at, c.id;

-- name: contacts-all
SELECT c.id, c.number, c.submitted_at, c.how, c.caller_kind, c.caller_name, c.name, c.postal_code, c.author, c.body ->> 'author_name' AS author_name,
  coalesce((SELECT sum(n.status IN ('open', 'referred', 'partly_met')) FROM contact_need n WHERE n.contact = c.id),
    EXISTS (SELECT 1 FROM referral l WHERE l.contact_record = c.id AND l.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS open,
  (SELECT count(*) FROM contact_need n WHERE n.contact = c.id) AS needs, r.phase, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name, coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending
FROM contact_record c LEFT JOIN referral r ON r.id = (SELECT l.id FROM referral l WHERE l.contact_record = c.id ORDER BY l.id DESC LIMIT 1)
ORDER BY c.submitted_at DESC, c.id DESC;

-- name: contacts-all-count
SELECT count(*) FROM contact_record;

-- What a search leaves of them; words: a match expression of the folded words, or of the digits of a phone or number.
-- name: contacts-found
-- inputs: words
SELECT c.id, c.number, c.submitted_at, c.how, c.caller_kind, c.caller_name, c.name, c.postal_code, c.author, c.body ->> 'author_name' AS author_name,
  coalesce((SELECT sum(n.status IN ('open', 'referred', 'partly_met')) FROM contact_need n WHERE n.contact = c.id),
    EXISTS (SELECT 1 FROM referral l WHERE l.contact_record = c.id AND l.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS open,
  (SELECT count(*) FROM contact_need n WHERE n.contact = c.id) AS needs, r.phase, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name, coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending
FROM contact_record c LEFT JOIN referral r ON r.id = (SELECT l.id FROM referral l WHERE l.contact_record = c.id ORDER BY l.id DESC LIMIT 1)
WHERE c.rid IN (SELECT f.rowid FROM contact_record_find f WHERE contact_record_find MATCH :words)
ORDER BY c.submitted_at DESC, c.id;

-- Earlier calls from a number, the newest first, at most five; digits: a match expression of its last digits. id, number, submitted_at, name (or who
-- called), author_name, open (as in the lists)
-- name: contacts-by-phone
-- inputs: digits
SELECT c.id, c.number, c.submitted_at, coalesce(c.name, c.caller_name) AS name, c.body ->> 'author_name' AS author_name,
  coalesce((SELECT sum(n.status IN ('open', 'referred', 'partly_met')) FROM contact_need n WHERE n.contact = c.id),
    EXISTS (SELECT 1 FROM referral l WHERE l.contact_record = c.id AND l.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS open
FROM contact_record c WHERE c.rid IN (SELECT f.rowid FROM contact_record_find f WHERE contact_record_find MATCH :digits)
ORDER BY c.submitted_at DESC, c.id LIMIT 5;

-- One call. id, body, referral_number (of the warm referral it answers), pending, open (as in the lists)
-- name: contact
-- inputs: contact
SELECT c.id, c.body, w.number AS referral_number,
  EXISTS (SELECT 1 FROM op_row p JOIN op x ON x.i = p.i WHERE p.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  coalesce((SELECT sum(n.status IN ('open', 'referred', 'partly_met')) FROM contact_need n WHERE n.contact = c.id),
    EXISTS (SELECT 1 FROM referral l WHERE l.contact_record = c.id AND l.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS open
FROM contact_record c LEFT JOIN referral w ON w.id = c.referral
WHERE c.id = :contact;

-- Its needs in their order. id, words, term_name, status, note, term
-- name: contact-needs
-- inputs: contact
SELECT n.id, n.words, t.name AS term_name, n.status, n.body ->> 'note' AS note, n.term
FROM contact_need n LEFT JOIN taxonomy_term t ON t.id = n.term
WHERE n.contact = :contact ORDER BY n.place, n.id;

-- What was made from it, the newest first. id, number, type, phase, sent_at, queue_name, status, resource_name, outcome, reason, need (words), outcome_name (in
-- the network's words), pending
-- name: contact-referrals
-- inputs: contact
SELECT r.id, r.number, y.type, r.phase, y.sent_at, coalesce((SELECT q.name FROM queue q WHERE q.id = r.body ->> 'queue'), r.body ->> 'queue_name') AS queue_name, coalesce((SELECT z.name FROM queue_status z WHERE z.id = r.queue_status), r.body ->> 'status') AS status, r.resource_name, d.body ->> 'outcome' AS outcome,
  y.reason, d.body ->> 'need' AS need, d.body ->> 'outcome_name' AS outcome_name,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = r.id AND x.st IN ('waiting', 'sending')) AS pending
FROM referral r LEFT JOIN referral_detail d ON d.referral = r.id LEFT JOIN course_known y ON y.referral = r.id
WHERE r.contact_record = :contact ORDER BY r.id DESC;

-- The services looked at during the call. id, name, organization_name
-- name: contact-resources
-- inputs: contact
SELECT s.id, s.name, o.name AS organization_name
FROM contact_record c JOIN json_each(c.body, '$.resources') e JOIN service s ON s.id = e.value LEFT JOIN organization o ON o.id = s.organization_id
WHERE c.id = :contact ORDER BY e.key;

-- What was answered, of the record and then with what was made from it; each in the order it is asked. id, body
-- name: contact-answers
-- inputs: contact
SELECT a.id, a.body FROM form_answer a
WHERE a.record IN (SELECT :contact UNION ALL SELECT d.id FROM referral r JOIN referral_detail d ON d.referral = r.id WHERE r.contact_record = :contact)
ORDER BY a.record <> :contact, a.body ->> 'form_name', a.id;

-- What was answered of the call itself, to be put right, each with its form as it is now. id, body, form (NULL: not here)
-- name: contact-answered
-- inputs: contact
SELECT a.id, a.body, f.body AS form FROM form_answer a LEFT JOIN form f ON f.id = a.form
WHERE a.record = :contact ORDER BY a.body ->> 'form_name', a.id;

-- Everything that was changed in a call, its needs and its answers, the last change first; columns as client-changes has them, source NULL: about: which need,
-- or the form.
-- name: contact-changes
-- inputs: contact
WITH form (id, body, about) AS (SELECT c.id, c.body, NULL FROM contact_record c WHERE c.id = :contact
    UNION ALL SELECT n.id, n.body, n.body ->> 'words' FROM contact_need n WHERE n.contact = :contact
    UNION ALL SELECT a.id, a.body, a.body ->> 'form_name' FROM form_answer a WHERE a.record = :contact)
SELECT id, t, field, value, by_name, set_hlc, replaced_at,
  CASE WHEN t = 'contact_need' AND field = 'term' THEN json_object('value', (SELECT x.name FROM taxonomy_term x WHERE x.id = was ->> 'value')) ELSE was END AS was,
  CASE WHEN t = 'contact_need' AND field = 'term' THEN json_object('value', (SELECT x.name FROM taxonomy_term x WHERE x.id = now ->> 'value')) ELSE now END AS now,
  known, changed_by_name, agency_name, set_aside, NULL AS source, about FROM (
SELECT f.id AS id, f.body ->> 't' AS t, f.field, f.body -> 'value' AS value, f.body ->> 'by_name' AS by_name, f.body ->> 'hlc' AS set_hlc, f.at AS replaced_at,
  json_object('value', f.body -> 'value') AS was,
  json_object('value', json(CASE WHEN form.body -> '_hlc' ->> f.field IS f.body ->> 'kept_hlc' THEN form.body -> f.field
    ELSE (SELECT g.body -> 'value' FROM field_history g WHERE g.record = f.record AND g.field = f.field AND g.body ->> 'hlc' = f.body ->> 'kept_hlc' LIMIT 1) END)) AS now,
  f.body ->> 'kept_hlc' IS NOT NULL AS known, f.body ->> 'changed_by_name' AS changed_by_name, f.body ->> 'agency_name' AS agency_name,
  coalesce(f.body ->> 'set_aside', 0) AS set_aside, form.about AS about
FROM form CROSS JOIN field_history f ON f.record = form.id
UNION ALL
SELECT k.id, k.body ->> 't', k.field, k.body -> 'mine', k.body ->> 'mine_by', NULL, k.body ->> 'settled_at', json_object('value', k.body -> 'mine'),
  json_object('value', k.body -> 'theirs'), 1, k.body ->> 'mine_by', k.body ->> 'mine_agency', 1, form.about
FROM form CROSS JOIN conflict k ON k.record = form.id AND k.state = 'settled' AND k.body ->> 'kept' = 'theirs')
ORDER BY replaced_at DESC, set_hlc DESC, id;

-- Who asks something (P2, P21): records: JSON, of the queue and the services chosen; forms of calls for any queue, for one of these, or for one that
-- something made from the call is in. contact: '' for a new one. id, body
-- name: forms-asked
-- inputs: records, contact
SELECT f.id, f.body FROM form f
WHERE coalesce(f.inactive, 0) = 0 AND (f.record IN (SELECT value FROM json_each(:records))
  OR f.use = 'contact' AND (coalesce(json_array_length(f.body, '$.queues'), 0) = 0 OR EXISTS (SELECT 1 FROM json_each(f.body, '$.queues') q
    WHERE q.value IN (SELECT value FROM json_each(:records))
      OR q.value IN (SELECT i.queue FROM referral r JOIN queue_item i ON i.referral = r.id WHERE r.contact_record = :contact))))
ORDER BY f.use <> 'contact', f.name, f.id;

-- The forms of calls (P2), in the order they are asked; form: '': all of them; queue: whose they are shown for, or ''. id, body, linked (0/1: asked of calls in this
-- queue; those asked of every call are not linked to any), queues (the names of the other queues in use that ask it; NULL: none)
-- name: forms-of-calls
-- inputs: queue, form
SELECT f.id, f.body, EXISTS (SELECT 1 FROM json_each(f.body, '$.queues') e WHERE e.value = :queue) AS linked,
  (SELECT group_concat(o.name, ', ') FROM (SELECT q.name FROM json_each(f.body, '$.queues') e JOIN queue q ON q.id = e.value WHERE q.id <> :queue
    AND coalesce(q.inactive, 0) = 0 ORDER BY q.name, q.id) o) AS queues
FROM form f WHERE f.use = 'contact' AND (:form = '' OR f.id = :form) ORDER BY f.name, f.id;

-- Is there a taxonomy? id of one of its terms
-- name: terms-any
SELECT t.id FROM taxonomy_term t LIMIT 1;

-- Terms, to be searched. id, name, code, broader (name of the broader term)
-- name: terms-all
SELECT t.id, t.name, t.code, b.name AS broader FROM taxonomy_term t LEFT JOIN taxonomy_term b ON b.id = t.parent_id ORDER BY t.name, t.id;
