-- What an agency settles for itself: accounts, settings, holidays, requests for correction.

-- One account as it is on this computer, for the forms about it. id, body
-- name: account
-- inputs: staff
SELECT s.id, s.body FROM staff s WHERE s.id = :staff;

-- The accounts of an agency that this computer knows, those no longer at work last. id, name, level, role, active, trained, health (0/1),
-- n_services, n_resources
-- name: agency-accounts
-- inputs: agency
SELECT s.id, s.name, s.level, s.role, coalesce(s.active, 0) AS active, coalesce(s.body ->> 'trained', 0) AS trained,
  coalesce(s.body ->> 'health_access', 0) AS health, (SELECT count(*) FROM staff_service v WHERE v.staff = s.id) AS n_services,
  coalesce(json_array_length(s.body, '$.resources'), 0) AS n_resources
FROM staff s WHERE s.agency = :agency
ORDER BY s.active IS NOT 1, s.level = 'portal', s.name, s.id;

-- The services of a person (U11) and the role for each where it is another than the person's own (U12). id (service), name, role
-- name: staff-services
-- inputs: staff
SELECT v.service AS id, s.name, v.body ->> 'role' AS role
FROM staff_service v LEFT JOIN service s ON s.id = v.service
WHERE v.staff = :staff
ORDER BY s.name, v.service;

-- What a portal account follows (P8). id, name, t (kind of the record; NULL: it has left the directory)
-- name: account-resources
-- inputs: staff
SELECT r.value AS id, coalesce(o.name, p.name, s.name) AS name,
  CASE WHEN o.id IS NOT NULL THEN 'organization' WHEN p.id IS NOT NULL THEN 'program' WHEN s.id IS NOT NULL THEN 'service' END AS t
FROM staff a JOIN json_each(a.body, '$.resources') r LEFT JOIN organization o ON o.id = r.value LEFT JOIN program p ON p.id = r.value
LEFT JOIN service s ON s.id = r.value
WHERE a.id = :staff
ORDER BY name, r.value;

-- What the accounts of an agency can follow: itself, its programs, its services. id, name, t
-- name: agency-resources
-- inputs: agency
SELECT o.id, o.name, 'organization' AS t, 0 AS place FROM organization o WHERE o.id = :agency
UNION ALL SELECT p.id, p.name, 'program', 1 FROM program p WHERE p.organization_id = :agency
UNION ALL SELECT s.id, s.name, 'service', 2 FROM service s WHERE s.organization_id = :agency
ORDER BY place, name, id;

-- name: agency-settings
-- inputs: agency
SELECT s.id, s.body FROM agency_settings s WHERE s.agency = :agency;

-- The time zone an agency goes by (kith_agency_zone() has the rule): id, time_zone (NULL: it has set none)
-- name: agency-zone
-- inputs: agency
SELECT :agency AS id, coalesce((SELECT g.body ->> 'time_zone' FROM agency_settings g WHERE g.agency = :agency),
  (SELECT o.body ->> 'time_zone' FROM organization o WHERE o.id = :agency)) AS time_zone;

-- The days an agency is closed, from a day on, its own and those of the whole network. id, date, name, own (0/1)
-- name: holidays
-- inputs: agency, from
SELECT c.id, c.date, c.body ->> 'name' AS name, c.agency IS NOT NULL AS own
FROM calendar_day c WHERE c.date >= :from AND +c.closed = 1 AND (c.agency = :agency OR c.agency IS NULL)
ORDER BY c.date, own, c.id;

-- Whether one of them is here.
-- name: amendment
-- inputs: id
SELECT id FROM amendment_request WHERE id = :id;

-- What clients ask about the record (C19), as far as this person answers or took it down: what is to be answered first, the oldest first. here (0/1):
-- the client's record is on this computer. id, client, number, given_name, family_name, second_family_name, middle_name, described_as, here, about, wanted,
-- asked_on, due_on, state, by_name, basis, reason, decided_on, decided_by_name, disagreement, disagreed_on, disagreed_by_name, disagreed_at,
-- type (NULL: a correction), whom, ended_on, ended_by_name, end_reason, keep, end_agreed
-- name: amendments
-- inputs: agency
SELECT a.id, a.client, coalesce(c.number, a.body ->> 'number') AS number, c.given_name, c.family_name, c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name,
  c.body ->> 'described_as' AS described_as, c.id IS NOT NULL AS here, a.body ->> 'about' AS about, a.body ->> 'wanted' AS wanted, a.asked_on, a.due_on, a.state,
  a.body ->> 'by_name' AS by_name, a.body ->> 'basis' AS basis, a.body ->> 'reason' AS reason, a.decided_on, a.body ->> 'decided_by_name' AS decided_by_name,
  a.body ->> 'disagreement' AS disagreement, a.body ->> 'disagreed_on' AS disagreed_on, a.body ->> 'disagreed_by_name' AS disagreed_by_name,
  a.body ->> 'disagreed_at' AS disagreed_at, a.body ->> 'type' AS type, a.body ->> 'whom' AS whom, a.body ->> 'ended_on' AS ended_on,
  a.body ->> 'ended_by_name' AS ended_by_name, a.body ->> 'end_reason' AS end_reason, a.body ->> 'keep' AS keep, a.body ->> 'end_agreed' AS end_agreed
FROM amendment_request a LEFT JOIN client c ON c.id = a.client
WHERE a.body ->> 'agency' = :agency
ORDER BY a.state <> 'asked', CASE a.state WHEN 'asked' THEN a.due_on END, a.decided_on DESC, a.id;
