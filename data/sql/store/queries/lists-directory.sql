-- The directory, and the people of an agency.

-- id, name, organization, organization_name, status, direct (0/1), description, free (places, where it is open; NULL: none counted), observed_at, city
-- name: services-all
SELECT s.id, s.name, s.organization_id AS organization, o.name AS organization_name, s.status, coalesce(s.direct, 0) AS direct,
  s.body ->> 'description' AS description,
  (SELECT max(c.free) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS free,
  (SELECT max(c.observed_at) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS observed_at,
  (SELECT l.body ->> '$.addresses[0].city' FROM service_at_location x JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id LIMIT 1) AS city
FROM service s LEFT JOIN organization o ON o.id = s.organization_id
ORDER BY s.name, s.id;

-- Services that take direct referrals: the columns of services-all.
-- name: services-direct
SELECT s.id, s.name, s.organization_id AS organization, o.name AS organization_name, s.status, 1 AS direct,
  s.body ->> 'description' AS description,
  (SELECT max(c.free) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS free,
  (SELECT max(c.observed_at) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS observed_at,
  (SELECT l.body ->> '$.addresses[0].city' FROM service_at_location x JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id LIMIT 1) AS city
FROM service s LEFT JOIN organization o ON o.id = s.organization_id
WHERE s.direct = 1 AND coalesce(s.status, 'active') = 'active'
ORDER BY s.name, s.id;

-- Services with a place free now, as last counted: the columns of services-all.
-- name: services-free
SELECT s.id, s.name, s.organization_id AS organization, o.name AS organization_name, s.status, coalesce(s.direct, 0) AS direct,
  s.body ->> 'description' AS description,
  (SELECT max(c.free) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS free,
  (SELECT max(c.observed_at) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS observed_at,
  (SELECT l.body ->> '$.addresses[0].city' FROM service_at_location x JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id LIMIT 1) AS city
FROM service s LEFT JOIN organization o ON o.id = s.organization_id
WHERE coalesce(s.status, 'active') = 'active'
  AND EXISTS (SELECT 1 FROM capacity c WHERE c.service = s.id AND c.free > 0 AND coalesce(c.status, 'open') IN ('open', 'limited'))
ORDER BY s.name, s.id;

-- One service. id, body, organization (JSON of the organization), organization_name, program_name
-- name: service
-- inputs: service
SELECT s.id, s.body, o.body AS organization, o.name AS organization_name, p.name AS program_name
FROM service s LEFT JOIN organization o ON o.id = s.organization_id LEFT JOIN program p ON p.id = s.program_id
WHERE s.id = :service;

-- Where a service is given. id (of the location), body (of the location), at (JSON of what holds for this service there)
-- name: service-locations
-- inputs: service
SELECT l.id, l.body, x.body AS at
FROM service_at_location x JOIN location l ON l.id = x.location_id
WHERE x.service_id = :service
ORDER BY l.name, l.id;

-- id, name, description, n_services
-- name: organizations-all
SELECT o.id, o.name, o.body ->> 'description' AS description,
  (SELECT count(*) FROM service s WHERE s.organization_id = o.id) AS n_services
FROM organization o
ORDER BY o.name, o.id;

-- One agency: id, body, parent_name
-- name: organization
-- inputs: organization
SELECT o.id, o.body, p.name AS parent_name
FROM organization o LEFT JOIN organization p ON p.id = o.parent_organization_id
WHERE o.id = :organization;

-- The columns of services-all.
-- name: organization-services
-- inputs: organization
SELECT s.id, s.name, s.organization_id AS organization, o.name AS organization_name, s.status, coalesce(s.direct, 0) AS direct,
  s.body ->> 'description' AS description,
  (SELECT max(c.free) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS free,
  (SELECT max(c.observed_at) FROM capacity c WHERE c.service = s.id AND coalesce(c.status, 'open') IN ('open', 'limited')) AS observed_at,
  NULL AS city
FROM service s LEFT JOIN organization o ON o.id = s.organization_id
WHERE s.organization_id = :organization
ORDER BY s.name, s.id;

-- Active staff of an agency, to choose one of: id, name, role, languages, skills (JSON), away_from, away_until, load (what they have on their hands:
-- clients, open cases, referrals in work, tasks)
-- name: colleagues
-- inputs: agency
SELECT s.id, s.name, s.role, s.body ->> 'languages' AS languages, s.body ->> 'skills' AS skills, s.body ->> 'away_from' AS away_from,
  s.body ->> 'away_until' AS away_until,
  (SELECT count(*) FROM assignment a WHERE a.staff = s.id AND a."case" IS NULL) +
  (SELECT count(*) FROM assignment a JOIN "case" c ON c.id = a."case" WHERE a.staff = s.id AND +c.phase = 'open') +
  (SELECT count(*) FROM referral r WHERE r.assignee = s.id AND r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')) +
  (SELECT count(*) FROM task t WHERE t.staff = s.id AND t.done = 0) AS load
FROM staff s
WHERE s.agency = :agency AND s.active = 1 AND s.level = 'standard'
ORDER BY s.name, s.id;

-- id, name, agency, agency_name, role, level, active (0/1)
-- name: staff-all
SELECT s.id, s.name, s.agency, o.name AS agency_name, s.role, s.level, coalesce(s.active, 0) AS active
FROM staff s LEFT JOIN organization o ON o.id = s.agency
ORDER BY s.name, s.id;
