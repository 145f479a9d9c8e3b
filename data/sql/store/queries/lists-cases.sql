-- What the windows show of cases, tasks and caseloads. The first column is the row's id; all columns come as text.
-- "me" is the signed-in person, agency that person's agency.
-- Columns of the lists of cases: id, number, title, type, phase, opened_at, closed_at, outcome, next_step, next_step_on, client, given_name,
-- family_name (of the client, else as our own care record knows them), agency, mine (0/1: on the case), pending (0/1: not with the hub yet),
-- second_family_name, middle_name (of the same record), outcome_name (in the network's words: domain.md 2f)

-- The open cases somebody is on: what is next, first.
-- name: cases-mine
-- inputs: me
SELECT c.id, c.number, c.title, c.type, c.phase, c.opened_at, c.closed_at, c.outcome, c.body ->> 'next_step' AS next_step, c.next_step_on,
  c.client, coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name, c.agency, 1 AS mine,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name,
  c.body ->> 'outcome_name' AS outcome_name
FROM assignment a JOIN "case" c ON c.id = a."case" LEFT JOIN client p ON p.id = c.client
LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency
WHERE a.staff = :me AND a."case" IS NOT NULL AND +c.phase = 'open'
ORDER BY c.next_step_on IS NULL, c.next_step_on, c.number, c.id;

-- All cases of the agency on this computer: open ones by what is next, then the closed ones, the newest first.
-- name: cases-all
-- inputs: me, agency
SELECT c.id, c.number, c.title, c.type, c.phase, c.opened_at, c.closed_at, c.outcome, c.body ->> 'next_step' AS next_step, c.next_step_on,
  c.client, coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name, c.agency,
  EXISTS (SELECT 1 FROM assignment a WHERE a."case" = c.id AND +a.staff = :me) AS mine,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name,
  c.body ->> 'outcome_name' AS outcome_name
FROM "case" c LEFT JOIN client p ON p.id = c.client LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency
WHERE c.agency = :agency
ORDER BY c.phase <> 'open', CASE WHEN c.phase = 'open' THEN coalesce(c.next_step_on, '~') END, c.closed_at DESC, c.number, c.id;

-- Any case on this computer, whichever agency runs it: what a search by number or title has found.
-- name: cases-known
-- inputs: me
SELECT c.id, c.number, c.title, c.type, c.phase, c.opened_at, c.closed_at, c.outcome, c.body ->> 'next_step' AS next_step, c.next_step_on,
  c.client, coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name, c.agency,
  EXISTS (SELECT 1 FROM assignment a WHERE a."case" = c.id AND +a.staff = :me) AS mine,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name,
  c.body ->> 'outcome_name' AS outcome_name
FROM "case" c LEFT JOIN client p ON p.id = c.client LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency;

-- Those of them that have ended, the newest first.
-- name: cases-closed
-- inputs: me, agency
SELECT c.id, c.number, c.title, c.type, c.phase, c.opened_at, c.closed_at, c.outcome, c.body ->> 'next_step' AS next_step, c.next_step_on,
  c.client, coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name, c.agency,
  EXISTS (SELECT 1 FROM assignment a WHERE a."case" = c.id AND +a.staff = :me) AS mine,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name,
  c.body ->> 'outcome_name' AS outcome_name
FROM "case" c LEFT JOIN client p ON p.id = c.client LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency
WHERE c.agency = :agency AND c.phase = 'closed'
ORDER BY c.closed_at DESC, c.number, c.id;

-- What a search leaves of the agency's cases, and of those somebody is on: by number, title, or the client's names. text: folded
-- name: cases-found
-- inputs: me, agency, text
SELECT c.id, c.number, c.title, c.type, c.phase, c.opened_at, c.closed_at, c.outcome, c.body ->> 'next_step' AS next_step, c.next_step_on,
  c.client, coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name, c.agency,
  EXISTS (SELECT 1 FROM assignment a WHERE a."case" = c.id AND +a.staff = :me) AS mine,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name,
  c.body ->> 'outcome_name' AS outcome_name
FROM "case" c LEFT JOIN client p ON p.id = c.client LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency
WHERE c.agency = :agency AND (instr(c.find, :text) > 0 OR instr(coalesce(p.find, k.find), :text) > 0 OR instr(lower(c.number), :text) > 0)
ORDER BY c.phase <> 'open', c.next_step_on IS NULL, c.next_step_on, c.number, c.id;

-- Of one client, whichever agency runs them, active first. agency_name too; source: as in lists-care.sql.
-- name: client-cases
-- inputs: client
SELECT c.id, c.number, c.title, c.type, c.phase, c.opened_at, c.closed_at, c.outcome, c.body ->> 'next_step' AS next_step, c.next_step_on,
  c.client, NULL AS given_name, NULL AS family_name, c.agency, o.name AS agency_name,
  EXISTS (SELECT 1 FROM assignment a JOIN state u ON u.key = 'user' WHERE a."case" = c.id AND a.staff = u.value) AS mine,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  CASE WHEN c.client <> :client THEN coalesce(p.number, '') END AS source,
  c.body ->> 'outcome_name' AS outcome_name
FROM "case" c LEFT JOIN organization o ON o.id = c.agency LEFT JOIN client p ON p.id = c.client
WHERE c.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY c.phase <> 'open', c.opened_at DESC, c.id;

-- What was written in the client's cases, and in those of linked records, for paper: each note with its amendments behind it, in the order it was written. id, case, number
-- and client (of the case), agency_name, type, sensitivity, at, author_name, text, amends_at (NULL: it amends none), amended (how many amend it), source
-- name: client-case-notes
-- inputs: client
SELECT n.id AS id, c.id AS "case", c.number, c.client, o.name AS agency_name, n.type, n.sensitivity, n.at, n.body ->> 'author_name' AS author_name,
  n.body ->> 'text' AS text, (SELECT v.at FROM case_note v WHERE v.id = n.amends) AS amends_at, (SELECT count(*) FROM case_note v WHERE v.amends = n.id) AS amended,
  CASE WHEN c.client <> :client THEN coalesce(p.number, '') END AS source
FROM "case" c JOIN case_note n ON n."case" = c.id LEFT JOIN case_note f ON f.id = n.first LEFT JOIN organization o ON o.id = c.agency LEFT JOIN client p ON p.id = c.client
WHERE c.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY c.opened_at, c.id, coalesce(f.at, n.at), coalesce(n.first, n.id), n.at, n.id;

-- The same of assessments, with what case-assessments has of each
-- name: client-assessments
-- inputs: client
SELECT a.id AS id, c.id AS "case", c.number, c.client, o.name AS agency_name, a.name, a.assessed_on, a.body ->> 'type' AS type, a.body ->> 'level' AS level,
  a.body ->> 'score' AS score, a.body ->> 'summary' AS summary, json_object('answers', a.body -> 'answers') AS answers, a.sensitivity,
  a.body ->> 'author_name' AS author_name, CASE WHEN c.client <> :client THEN coalesce(p.number, '') END AS source,
  a.body ->> 'voided_by_name' AS voided_by_name, a.body ->> 'void_reason' AS void_reason
FROM "case" c JOIN assessment a ON a."case" = c.id LEFT JOIN organization o ON o.id = c.agency LEFT JOIN client p ON p.id = c.client
WHERE c.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY c.opened_at, c.id, a.assessed_on, a.at, a.id;

-- The same of goals, with what case-goals has of each
-- name: client-goals
-- inputs: client
SELECT g.id AS id, c.id AS "case", c.number, c.client, o.name AS agency_name, g.title, g.status, g.target_on, g.since, g.body ->> 'description' AS description,
  g.sensitivity, g.body ->> 'author_name' AS author_name, CASE WHEN c.client <> :client THEN coalesce(p.number, '') END AS source
FROM "case" c JOIN goal g ON g."case" = c.id LEFT JOIN organization o ON o.id = c.agency LEFT JOIN client p ON p.id = c.client
WHERE c.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY c.opened_at, c.id, g.since, g.id;

-- The client's cases this person can write in, their own first: id, name
-- name: client-cases-open
-- inputs: client
SELECT c.id, c.title || ' · ' || c.number AS name
FROM "case" c JOIN state u ON u.key = 'user' JOIN staff s ON s.id = u.value
WHERE c.phase = 'open' AND +c.agency = s.agency
  AND c.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY EXISTS (SELECT 1 FROM assignment a WHERE a."case" = c.id AND a.staff = s.id) DESC, c.opened_at DESC, c.id;

-- One case. id, body, agency_name, given_name, family_name, mine, health (0/1: the part for those with the flag is here), pending,
-- closing (what was said when it was closed last), second_family_name, middle_name
-- name: case
-- inputs: case
SELECT c.id, c.body, o.name AS agency_name, coalesce(p.given_name, k.given_name) AS given_name,
  coalesce(p.family_name, k.family_name) AS family_name,
  EXISTS (SELECT 1 FROM assignment a JOIN state u ON u.key = 'user' WHERE a."case" = c.id AND a.staff = u.value) AS mine,
  EXISTS (SELECT 1 FROM scope s WHERE s.name = 'case_health:' || c.id AND s.hidden = 0) AS health,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending')) AS pending,
  (SELECT e.body ->> 'text' FROM case_event e WHERE e."case" = c.id AND e.type = 'closed' ORDER BY e.at DESC, e.id DESC LIMIT 1) AS closing,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name
FROM "case" c LEFT JOIN organization o ON o.id = c.agency LEFT JOIN client p ON p.id = c.client
LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency
WHERE c.id = :case;

-- Who is on it. id, staff, staff_name (NULL: of another agency, from before assignments had names), active (0: has left, the work waits for somebody; who is not
-- known here is another agency's to say), since, agency, agency_name
-- name: case-team
-- inputs: case
SELECT a.id, a.staff, coalesce(s.name, a.body ->> 'name') AS staff_name, iif(s.id IS NULL, 1, coalesce(s.active, 0)) AS active, a.body ->> 'since' AS since, a.agency,
  o.name AS agency_name
FROM assignment a LEFT JOIN staff s ON s.id = a.staff LEFT JOIN organization o ON o.id = a.agency
WHERE a."case" = :case
ORDER BY staff_name, a.id;

-- Who is on closed cases of the client: whoever is removed from the client leaves those too (A6). id, staff, staff_name, agency, case
-- name: client-closed-team
-- inputs: client
SELECT a.id, a.staff, coalesce(s.name, a.body ->> 'name') AS staff_name, a.agency, a."case"
FROM assignment a JOIN "case" c ON c.id = a."case" AND c.phase <> 'open' LEFT JOIN staff s ON s.id = a.staff
WHERE a.client = :client
ORDER BY a.id;

-- What is to be done about the client and on its cases: whoever is removed has it no more. id, staff, case (NULL: about the client)
-- name: client-tasks-open
-- inputs: client
SELECT t.id AS id, t.staff, NULL AS "case" FROM task t WHERE t.client = :client AND t.done = 0
UNION ALL
SELECT t.id, t.staff, t."case" FROM "case" c JOIN task t ON t."case" = c.id WHERE c.client = :client AND t.done = 0
ORDER BY id;

-- What was referred and is not over stays with whoever works on it, and open to whoever sent it, also when they are taken off the client (design.md 2.4):
-- id, staff, sent (1: its author; 0: whom it is assigned to). What was not sent yet waits for whoever is on the client then (referrals-waiting)
-- name: client-referrals-open
-- inputs: client
SELECT r.id AS id, r.assignee AS staff, 0 AS sent FROM referral r
WHERE r.client = :client AND r.assignee IS NOT NULL AND r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
UNION ALL
SELECT r.id, r.author, 1 FROM referral r
WHERE r.client = :client AND r.author IS NOT NULL
  AND r.phase IN ('sent', 'accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
ORDER BY id, sent;

-- Who works on it and can be given something to do: id (staff), name
-- name: case-colleagues
-- inputs: case
SELECT s.id, s.name FROM assignment a JOIN staff s ON s.id = a.staff
WHERE a."case" = :case AND s.active = 1 AND s.agency = +a.agency
ORDER BY s.name, s.id;

-- The timeline, and who came to the case and left it, the newest first. id, type (of the event, or staff_joined, staff_left: text is who), at, author_name, agency_name, record (the note, assessment or goal it tells of), sensitivity,
-- outcome, text (what the event says, else the note, the assessment's name or the goal), hidden (0/1: it is there and not for this
-- person), amends (the note it amends), amended (how many amend it), pending, amends_at, level and score (of an assessment), term_name (of
-- the outcome, in the network's words), void_reason (of an assessment that was taken back)
-- name: case-timeline
-- inputs: case
SELECT e.id AS id, e.type, e.at AS at, e.body ->> 'author_name' AS author_name, e.body ->> 'agency_name' AS agency_name, e.body ->> 'record' AS record,
  e.body ->> 'sensitivity' AS sensitivity, e.body ->> 'outcome' AS outcome,
  coalesce(e.body ->> 'text', n.body ->> 'text', m.name, g.title) AS text,
  (e.body ->> 'record' IS NOT NULL AND n.id IS NULL AND m.id IS NULL AND g.id IS NULL) AS hidden, n.amends AS amends,
  (SELECT count(*) FROM case_note v WHERE v.amends = n.id) AS amended,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = e.id AND x.st IN ('waiting', 'sending')) AS pending,
  (SELECT v.at FROM case_note v WHERE v.id = n.amends) AS amends_at, m.body ->> 'level' AS level, m.body ->> 'score' AS score,
  e.body ->> 'term_name' AS term_name, m.body ->> 'void_reason' AS void_reason
FROM case_event e LEFT JOIN case_note n ON n.id = e.body ->> 'record' LEFT JOIN assessment m ON m.id = e.body ->> 'record'
LEFT JOIN goal g ON g.id = e.body ->> 'record'
WHERE e."case" = :case
UNION ALL
SELECT a.id, 'staff_joined', a.body ->> 'since', coalesce(b.name, a.body ->> 'by_name'), o.name, NULL, NULL, NULL, coalesce(s.name, a.body ->> 'name'), 0, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL
FROM assignment a LEFT JOIN staff s ON s.id = a.staff LEFT JOIN staff b ON b.id = a.body ->> 'by' LEFT JOIN organization o ON o.id = a.agency
WHERE a."case" = :case AND a.body ->> 'since' IS NOT NULL
UNION ALL
SELECT a.id || ':began', 'staff_joined', a.since, a.body ->> 'by_name', o.name, NULL, NULL, NULL, a.name, 0, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL
FROM past_assignment a LEFT JOIN organization o ON o.id = a.body ->> 'agency'
WHERE a."case" = :case AND a.since IS NOT NULL
UNION ALL
SELECT a.id, 'staff_left', a.ended_at, a.body ->> 'ended_by_name', o.name, NULL, NULL, NULL, a.name, 0, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL
FROM past_assignment a LEFT JOIN organization o ON o.id = a.body ->> 'agency'
WHERE a."case" = :case
ORDER BY at DESC, id DESC;

-- id, title, status, target_on, since, sensitivity, author_name, description; what is still to be reached first
-- name: case-goals
-- inputs: case
SELECT g.id, g.title, g.status, g.target_on, g.since, g.sensitivity, g.body ->> 'author_name' AS author_name,
  g.body ->> 'description' AS description
FROM goal g WHERE g."case" = :case
ORDER BY g.status NOT IN ('active', 'on-hold'), g.target_on IS NULL, g.target_on, g.since, g.id;

-- id, name, assessed_on, score, level, summary, sensitivity, author_name, type, answers (JSON), voided_by_name and void_reason (of one that was taken back); the
-- newest first
-- name: case-assessments
-- inputs: case
SELECT m.id, m.name, m.assessed_on, m.body ->> 'score' AS score, m.body ->> 'level' AS level, m.body ->> 'summary' AS summary, m.sensitivity,
  m.body ->> 'author_name' AS author_name, m.body ->> 'type' AS type, json_object('answers', m.body -> 'answers') AS answers,
  m.body ->> 'voided_by_name' AS voided_by_name, m.body ->> 'void_reason' AS void_reason
FROM assessment m WHERE m."case" = :case
ORDER BY m.assessed_on DESC, m.at DESC, m.id;

-- Columns of the lists of tasks: id, subject, due_on, remind_at, snoozed_until, done, done_at, staff, staff_name, client, case, case_number,
-- referral, referral_number, given_name, family_name, pending; of somebody's: referral_agency, second_family_name, middle_name

-- What somebody has to do: due first, without a date last; snoozed ones too, the page leaves them out.
-- name: tasks-mine
-- inputs: me
SELECT t.id, t.subject, t.due_on, t.remind_at, t.snoozed_until, t.done, t.done_at, t.staff, s.name AS staff_name,
  coalesce(t.client, c.client, r.client) AS client, t."case" AS "case", c.number AS case_number, t.referral, r.number AS referral_number,
  p.given_name, p.family_name,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = t.id AND x.st IN ('waiting', 'sending')) AS pending,
  CASE WHEN r.agency_to = r.agency THEN NULL ELSE r.agency END AS referral_agency,
  p.body ->> 'second_family_name' AS second_family_name, p.body ->> 'middle_name' AS middle_name
FROM task t LEFT JOIN staff s ON s.id = t.staff LEFT JOIN "case" c ON c.id = t."case" LEFT JOIN referral r ON r.id = t.referral
LEFT JOIN client p ON p.id = coalesce(t.client, c.client, r.client)
WHERE t.staff = :me AND t.done = 0
ORDER BY t.due_on IS NULL, t.due_on, t.subject, t.id;

-- Of those what is not put off, and due by a day, or to be reminded of by now, or without a day; first those whose day or time has come. For a supervisor
-- also what nobody of the agency has to do: whoever had it was taken off what it is about. now: a time, until and today: days; staff NULL: nobody's;
-- n_due (in each): for how many of all the day or the time has come
-- name: tasks-due
-- inputs: me, now, until, today
SELECT t.id, t.subject, t.due_on, t.remind_at, t.snoozed_until, t.done, t.done_at, t.staff, NULL AS staff_name,
  coalesce(t.client, c.client, r.client) AS client, t."case" AS "case", c.number AS case_number, t.referral, r.number AS referral_number,
  p.given_name, p.family_name,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = t.id AND x.st IN ('waiting', 'sending')) AS pending,
  CASE WHEN r.agency_to = r.agency THEN NULL ELSE r.agency END AS referral_agency,
  p.body ->> 'second_family_name' AS second_family_name, p.body ->> 'middle_name' AS middle_name, t.body ->> 'agency' AS agency,
  sum(coalesce(t.due_on <= :today, 0) OR coalesce(t.remind_at <= :now, 0)) OVER () AS n_due
FROM (SELECT * FROM task WHERE staff = :me AND done = 0
  UNION ALL SELECT o.* FROM staff s JOIN task o ON o.staff IS NULL AND o.done = 0 AND o.body ->> 'agency' = s.agency
    WHERE s.id = :me AND EXISTS (SELECT 1 FROM json_each(s.body, '$.duties') d WHERE d.value = 'supervisor')) t
LEFT JOIN "case" c ON c.id = t."case" LEFT JOIN referral r ON r.id = t.referral
LEFT JOIN client p ON p.id = coalesce(t.client, c.client, r.client)
WHERE (t.snoozed_until IS NULL OR t.snoozed_until <= :now)
  AND (t.due_on IS NULL OR t.due_on <= :until OR t.remind_at <= :now)
ORDER BY NOT (coalesce(t.due_on <= :today, 0) OR coalesce(t.remind_at <= :now, 0)), t.due_on IS NULL, t.due_on, t.subject, t.id;

-- Open cases somebody is on with a next step by a day, what is next first. id, number, title, next_step, next_step_on, client,
-- given_name, family_name
-- name: cases-due
-- inputs: me, until
SELECT c.id, c.number, c.title, c.body ->> 'next_step' AS next_step, c.next_step_on, c.client, coalesce(p.given_name, k.given_name) AS given_name,
  coalesce(p.family_name, k.family_name) AS family_name,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name
FROM assignment a JOIN "case" c ON c.id = a."case" LEFT JOIN client p ON p.id = c.client LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency
WHERE a.staff = :me AND a."case" IS NOT NULL AND +c.phase = 'open' AND c.next_step_on <= :until
ORDER BY c.next_step_on, c.number, c.id;

-- Open cases somebody is on of which no day says when something comes next: without a next step first, the oldest before the others. Columns of cases-due
-- name: cases-stepless
-- inputs: me
SELECT c.id, c.number, c.title, c.body ->> 'next_step' AS next_step, c.next_step_on, c.client, coalesce(p.given_name, k.given_name) AS given_name,
  coalesce(p.family_name, k.family_name) AS family_name,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name
FROM assignment a JOIN "case" c ON c.id = a."case" LEFT JOIN client p ON p.id = c.client LEFT JOIN care k ON k.client = c.client AND +k.agency = c.agency
WHERE a.staff = :me AND a."case" IS NOT NULL AND +c.phase = 'open' AND c.next_step_on IS NULL
ORDER BY c.body ->> 'next_step' IS NOT NULL, c.opened_at, c.id;

-- name: case-tasks
-- inputs: case
SELECT t.id, t.subject, t.due_on, t.remind_at, t.snoozed_until, t.done, t.done_at, t.staff, s.name AS staff_name, NULL AS client, t."case" AS "case",
  NULL AS case_number, NULL AS referral, NULL AS referral_number, NULL AS given_name, NULL AS family_name,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = t.id AND x.st IN ('waiting', 'sending')) AS pending,
  (SELECT x.name FROM staff x WHERE x.id = t.body ->> 'done_by') AS done_by_name, t.body ->> 'agency' AS agency
FROM task t LEFT JOIN staff s ON s.id = t.staff
WHERE t."case" = :case
ORDER BY t.done, t.due_on IS NULL, t.due_on, t.id;

-- Of the signed-in person's agency those who are on a client: who may be given a task about them. id, name
-- name: client-colleagues
-- inputs: client
SELECT s.id, s.name FROM assignment a JOIN staff s ON s.id = a.staff
WHERE a.client = :client AND a."case" IS NULL AND s.active = 1 AND s.agency = +a.agency
  AND s.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value)
ORDER BY s.name, s.id;

-- name: client-tasks
-- inputs: client
SELECT t.id, t.subject, t.due_on, t.remind_at, t.snoozed_until, t.done, t.done_at, t.staff, s.name AS staff_name, t.client, NULL AS "case",
  NULL AS case_number, NULL AS referral, NULL AS referral_number, NULL AS given_name, NULL AS family_name,
  EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = t.id AND x.st IN ('waiting', 'sending')) AS pending,
  CASE WHEN t.client <> :client THEN coalesce(c.number, '') END AS source,
  (SELECT x.name FROM staff x WHERE x.id = t.body ->> 'done_by') AS done_by_name, t.body ->> 'agency' AS agency
FROM task t LEFT JOIN staff s ON s.id = t.staff LEFT JOIN client c ON c.id = t.client
WHERE t.client IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one)
ORDER BY t.done, t.due_on IS NULL, t.due_on, t.id;

-- The supervisor's page: first what waits for somebody (id "unassigned": clients and open cases nobody at work is on), then everybody who can be
-- given work, last whoever has left and still holds some. What nobody has to do, as whoever had it was taken off it, waits too. id, name, role, active, languages, skills (JSON), away_from, away_until, supervisor,
-- supervisor_name, trained, duties (JSON), health_access (0/1), clients, cases (open), referrals (in work), tasks (open), load (their sum)
-- name: staff-load
-- inputs: agency
WITH load AS MATERIALIZED (
  SELECT s.id, s.name, s.role, s.active, s.body,
    (SELECT count(*) FROM assignment a WHERE a.staff = s.id AND a."case" IS NULL) AS clients, coalesce(h.cases, 0) AS cases,
    (SELECT count(*) FROM referral r WHERE r.assignee = s.id AND r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))
      AS referrals,
    (SELECT count(*) FROM task t WHERE t.staff = s.id AND t.done = 0) AS tasks
  FROM staff s LEFT JOIN (SELECT a.staff, count(*) AS cases FROM "case" c CROSS JOIN assignment a ON a."case" = c.id
      WHERE c.agency = :agency AND c.phase = 'open' GROUP BY a.staff) h ON h.staff = s.id
  WHERE s.agency = :agency AND s.level = 'standard')
SELECT * FROM (
  SELECT 'unassigned' AS id, NULL AS name, NULL AS role, 1 AS active, NULL AS languages, NULL AS skills, NULL AS away_from, NULL AS away_until,
    NULL AS supervisor, NULL AS supervisor_name, 0 AS trained,
    (SELECT count(*) FROM care k WHERE k.agency = :agency AND NOT EXISTS (SELECT 1 FROM assignment a JOIN staff s ON s.id = +a.staff
       WHERE a.agency = k.agency AND a."case" IS NULL AND a.client = k.client AND s.active = 1)) AS clients,
    (SELECT count(*) FROM "case" c WHERE c.agency = :agency AND c.phase = 'open'
       AND NOT EXISTS (SELECT 1 FROM assignment a JOIN staff s ON s.id = +a.staff WHERE a."case" = c.id AND s.active = 1)) AS cases,
    0 AS referrals, (SELECT count(*) FROM task t WHERE t.staff IS NULL AND t.done = 0 AND t.body ->> 'agency' = :agency) AS tasks, 0 AS load,
    NULL AS duties, 0 AS health_access
  UNION ALL
  SELECT l.id, l.name, l.role, coalesce(l.active, 0), l.body ->> 'languages', l.body ->> 'skills', l.body ->> 'away_from', l.body ->> 'away_until',
    l.body ->> 'supervisor', (SELECT v.name FROM staff v WHERE v.id = l.body ->> 'supervisor'), coalesce(l.body ->> 'trained', 0),
    l.clients, l.cases, l.referrals, l.tasks, l.clients + l.cases + l.referrals + l.tasks, l.body ->> 'duties', coalesce(l.body ->> 'health_access', 0)
  FROM load l WHERE l.active = 1 OR l.clients + l.cases + l.referrals + l.tasks > 0)
ORDER BY id <> 'unassigned', active IS NOT 1, name, id;

-- How many referrals to this agency somebody closed in a stretch of time, as the weekly overview by mail counts them: whose each was when it was closed. id, n
-- name: staff-closed
-- inputs: staff, agency, from, to
SELECT :staff AS id, count(DISTINCT e.referral) AS n
FROM referral c CROSS JOIN referral_event e ON e.referral = c.id AND e.at >= :from AND e.at < :to
WHERE c.agency_to = :agency AND +c.phase <> 'voided' AND e.type = 'closed'
  AND coalesce((SELECT a.body ->> 'staff' FROM referral_event a WHERE a.referral = e.referral AND a.type = 'assigned'
    AND a.at <= e.at AND a.body ->> 'staff' IS NOT NULL ORDER BY a.at DESC LIMIT 1), c.assignee) = :staff;

-- What one person holds, to preview a transfer: clients with how much hangs on each, at most a thousand. id (client), number, given_name,
-- family_name, languages (JSON), cases (open), referrals, tasks, types (of the open cases, JSON). A plus where the person stands: a client has few
-- assignments, a person hundreds. A task is about one of client, case and referral. sites as of "client".
-- name: staff-holds
-- inputs: staff
SELECT a.client AS id, p.number, coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name,
  p.body ->> 'languages' AS languages,
  (SELECT count(*) FROM assignment b JOIN "case" c ON c.id = b."case" WHERE b.client = a.client AND +b.staff = a.staff AND +c.phase = 'open') AS cases,
  (SELECT count(*) FROM referral r WHERE r.client = a.client AND +r.assignee = a.staff
     AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')) AS referrals,
  (SELECT count(*) FROM task t WHERE t.client = a.client AND +t.staff = a.staff AND +t.done = 0)
    + (SELECT count(*) FROM "case" c JOIN task t ON t."case" = c.id WHERE c.client = a.client AND +t.staff = a.staff AND +t.done = 0)
    + (SELECT count(*) FROM referral r JOIN task t ON t.referral = r.id WHERE r.client = a.client AND +t.staff = a.staff AND +t.done = 0) AS tasks,
  (SELECT json_group_array(c.type) FROM assignment b JOIN "case" c ON c.id = b."case"
   WHERE b.client = a.client AND +b.staff = a.staff AND +c.phase = 'open' AND c.type IS NOT NULL) AS types,
  NULL AS former, NULL AS former_ids,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name,
  (SELECT nullif(json_group_object(l.id, coalesce(l.name, l.body ->> '$.addresses[0].address_1', '')), '{}') FROM location l WHERE l.id IN (
    SELECT x.location_id FROM enrollment e JOIN service v ON v.program_id = e.program JOIN service_at_location x ON x.service_id = v.id
      WHERE e.client = a.client AND +e.agency = a.agency AND e.ended_on IS NULL
    UNION SELECT x.location_id FROM referral r JOIN service_at_location x ON x.service_id = r.service
      WHERE r.client = a.client AND +r.agency_to = a.agency AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS sites
FROM assignment a LEFT JOIN client p ON p.id = a.client LEFT JOIN care k ON k.client = a.client AND +k.agency = a.agency
WHERE a.staff = :staff AND a."case" IS NULL
ORDER BY family_name, given_name, a.client LIMIT 1000;

-- What waits for somebody, in the same columns: clients nobody at work is on, or with an open case nobody at work is on, or about whom there is
-- something to do that is nobody's; at most two hundred. former: names of those who have left and were on them, former_ids (JSON) the same; cases: the
-- open ones nobody is on; tasks: those that are nobody's
-- name: staff-waits
-- inputs: agency
SELECT k.client AS id, p.number, coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name,
  p.body ->> 'languages' AS languages,
  (SELECT count(*) FROM "case" c WHERE c.client = k.client AND +c.agency = k.agency AND +c.phase = 'open'
     AND NOT EXISTS (SELECT 1 FROM assignment a JOIN staff s ON s.id = a.staff WHERE a."case" = c.id AND s.active = 1)) AS cases,
  0 AS referrals,
  (SELECT count(*) FROM task t WHERE t.client = k.client AND t.staff IS NULL AND t.done = 0 AND t.body ->> 'agency' = k.agency)
    + (SELECT count(*) FROM "case" c JOIN task t ON t."case" = c.id WHERE c.client = k.client AND t.staff IS NULL AND t.done = 0
       AND t.body ->> 'agency' = k.agency) AS tasks,
  (SELECT json_group_array(c.type) FROM "case" c WHERE c.client = k.client AND +c.agency = k.agency AND +c.phase = 'open' AND c.type IS NOT NULL)
    AS types,
  (SELECT group_concat(DISTINCT s.name) FROM assignment a JOIN staff s ON s.id = a.staff
   WHERE a.client = k.client AND +a.agency = k.agency AND s.active IS NOT 1) AS former,
  (SELECT json_group_array(DISTINCT a.staff) FROM assignment a JOIN staff s ON s.id = a.staff
   WHERE a.client = k.client AND +a.agency = k.agency AND s.active IS NOT 1) AS former_ids,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name,
  (SELECT nullif(json_group_object(l.id, coalesce(l.name, l.body ->> '$.addresses[0].address_1', '')), '{}') FROM location l WHERE l.id IN (
    SELECT x.location_id FROM enrollment e JOIN service v ON v.program_id = e.program JOIN service_at_location x ON x.service_id = v.id
      WHERE e.client = k.client AND +e.agency = k.agency AND e.ended_on IS NULL
    UNION SELECT x.location_id FROM referral r JOIN service_at_location x ON x.service_id = r.service
      WHERE r.client = k.client AND +r.agency_to = k.agency AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS sites
FROM care k LEFT JOIN client p ON p.id = k.client
WHERE k.agency = :agency AND (NOT EXISTS (SELECT 1 FROM assignment a JOIN staff s ON s.id = a.staff
    WHERE a.client = k.client AND +a.agency = k.agency AND a."case" IS NULL AND s.active = 1)
  OR k.client IN (SELECT c.client FROM "case" c WHERE c.agency = :agency AND c.phase = 'open'
    AND NOT EXISTS (SELECT 1 FROM assignment a JOIN staff s ON s.id = a.staff WHERE a."case" = c.id AND s.active = 1))
  OR k.client IN (SELECT coalesce(t.client, c.client) FROM task t LEFT JOIN "case" c ON c.id = t."case"
    WHERE t.staff IS NULL AND t.done = 0 AND t.body ->> 'agency' = :agency))
ORDER BY family_name, given_name, k.client LIMIT 200;

-- For "Balance": each client of the agency with each who works with them. client, staff, weight (1, and their open cases, referrals and tasks about
-- them), languages, types (JSON)
-- name: balance-work
-- inputs: agency
SELECT a.client, a.staff,
  1 + (SELECT count(*) FROM assignment b JOIN "case" c ON c.id = b."case" WHERE b.client = a.client AND +b.staff = a.staff AND +c.phase = 'open')
    + (SELECT count(*) FROM referral r WHERE r.client = a.client AND +r.assignee = a.staff
       AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))
    + (SELECT count(*) FROM task t WHERE t.client = a.client AND +t.staff = a.staff AND +t.done = 0)
    + (SELECT count(*) FROM "case" c JOIN task t ON t."case" = c.id WHERE c.client = a.client AND +t.staff = a.staff AND +t.done = 0)
    + (SELECT count(*) FROM referral r JOIN task t ON t.referral = r.id WHERE r.client = a.client AND +t.staff = a.staff AND +t.done = 0) AS weight,
  p.body ->> 'languages' AS languages,
  (SELECT json_group_array(c.type) FROM assignment b JOIN "case" c ON c.id = b."case"
   WHERE b.client = a.client AND +b.staff = a.staff AND +c.phase = 'open' AND c.type IS NOT NULL) AS types,
  coalesce(p.given_name, k.given_name) AS given_name, coalesce(p.family_name, k.family_name) AS family_name, p.number,
  iif(p.id IS NULL, k.body, p.body) ->> 'second_family_name' AS second_family_name, iif(p.id IS NULL, k.body, p.body) ->> 'middle_name' AS middle_name
FROM assignment a LEFT JOIN client p ON p.id = a.client LEFT JOIN care k ON k.client = a.client AND +k.agency = a.agency
WHERE a.agency = :agency AND +a."case" IS NULL
ORDER BY a.client, a.staff;

-- Moves of caseloads, the newest first. id, body, from_name, to_name
-- name: transfers
-- inputs: agency
SELECT t.id, t.body, f.name AS from_name, o.name AS to_name
FROM transfer t LEFT JOIN staff f ON f.id = t.body ->> 'from' LEFT JOIN staff o ON o.id = t.body ->> 'to'
WHERE t.agency = :agency
ORDER BY t.started DESC, t.id DESC;

-- Whom one of them moved, as far as whoever did it may read them: one row. id (transfer), clients, takers (how many of each), to_name (of the one taker), here (1: the
-- one client's record is here), given_name, family_name, second_family_name, middle_name (theirs)
-- name: transfer-moved
-- inputs: transfer
SELECT m.id, m.clients, m.takers, s.name AS to_name, iif(c.id IS NULL, NULL, 1) AS here, c.given_name, c.family_name, c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name
FROM (SELECT p.transfer AS id, count(DISTINCT g.value ->> 'client') AS clients, min(g.value ->> 'client') AS client, count(DISTINCT g.value ->> 'to') AS takers,
    min(g.value ->> 'to') AS taker
  FROM transfer_part p JOIN json_each(p.body, '$.changes') g WHERE p.transfer = :transfer GROUP BY p.transfer) m
LEFT JOIN staff s ON s.id = m.taker LEFT JOIN client c ON c.id = m.client;
