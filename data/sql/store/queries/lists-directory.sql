-- The directory, and the people of an agency.

-- id, name, organization, organization_name, status, direct (0/1), description, free (places, where it is open by a count whose
-- time is not over: of those one need not be assessed for, where there are any; NULL: no number), observed_at, city, room (1: open, whether a number was said or not),
-- observed_by_name, planned (1: they planned it), assess (0: a place may be taken; 1: an assessment is needed before; 2: they are places for an assessment; NULL: not counted)
-- name: services-all
SELECT s.id, s.name, s.organization_id AS organization, o.name AS organization_name, s.status, coalesce(s.direct, 0) AS direct,
  s.body ->> 'description' AS description,
  (SELECT c.free FROM capacity_now c WHERE c.service = s.id ORDER BY c.assess, c.free DESC LIMIT 1) AS free, (SELECT max(c.observed_at) FROM capacity_now c WHERE c.service = s.id) AS observed_at,
  (SELECT l.body ->> '$.addresses[0].city' FROM service_at_location x JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id LIMIT 1) AS city,
  EXISTS (SELECT 1 FROM capacity_now c WHERE c.service = s.id AND coalesce(c.free, 1) > 0) AS room,
  (SELECT c.observed_by_name FROM capacity_now c WHERE c.service = s.id ORDER BY c.observed_at DESC LIMIT 1) AS observed_by_name,
  (SELECT c.planned FROM capacity_now c WHERE c.service = s.id ORDER BY c.observed_at DESC LIMIT 1) AS planned,
  (SELECT min(c.assess) FROM capacity_now c WHERE c.service = s.id) AS assess
FROM service s LEFT JOIN organization o ON o.id = s.organization_id
ORDER BY s.name, s.id;

-- What is left of the directory when some filters are on: the columns of services-all up to city, then open: NULL when it is not asked for; 3 open at that moment; 2 so
-- by its usual hours, on a day that the calendar has as closed; 1 not known. What is known to be closed is left out. organization, direct, free: '' for any;
-- languages, place, eligible: JSON arrays, empty for any: codes or names of languages, of which the service has one; words as fold () makes them, all of which begin one of the
-- city or postal code of its locations or of the areas it serves, or of who can use it; open: '' for any, else as kith_open_at() says a moment; ages: '' for any, else how
-- old somebody is at least and at most, a JSON array; point: '' for none, else where the nearest of all are wanted from, a JSON array of latitude and longitude;
-- no_cost: '' for any, else today, and only what costs nothing.
-- Hours go by the clock of the agency, where that says its time zone, else of who asks. They are the service's and those of its places; a place that has none for this service has its own, when the service has none. A schedule whose days,
-- times or turn (every second week) cannot be told is "not known", unless what it does say leaves that moment out. Day and night is so on a holiday too. room and what follows it stand at the end.
-- The answer is an array of one (v), so that it is worked out once for each service; so are those of place (p), eligible (e) and no_cost (k): 2 it fits, 1 not known, NULL when
-- it is not asked for (near, for_whom, no_cost); no_cost is 3 where some pay and others do not; what it says of its fees in words may be anything, and is told by the row (fees); near is 3 where it is not there itself and serves it. A service that has no address may be anywhere, and one that says an area goes beyond its
-- own town: a county has more towns than its name says. Where it names the postal codes it serves one that is not among them is another place. One that does not say who it
-- is for turns nobody away. area: why it is found at that place: the address there (near 2); what it serves, by the names that were asked for (3), or all of it (1).
-- minimum_age, maximum_age: of one that says any. metres: as the crow flies from the point, of its nearest location; -1 not known, NULL where no point is given. unsure,
-- after which they stand: 0 all that was asked is so; 1 something about it is not known; 2 its ages leave them out.
-- name: services-found
-- inputs: organization, direct, free, languages, place, eligible, open, ages, point, no_cost
SELECT s.id, s.name, s.organization_id AS organization, o.name AS organization_name, s.status, coalesce(s.direct, 0) AS direct,
  s.body ->> 'description' AS description,
  (SELECT c.free FROM capacity_now c WHERE c.service = s.id ORDER BY c.assess, c.free DESC LIMIT 1) AS free, (SELECT max(c.observed_at) FROM capacity_now c WHERE c.service = s.id) AS observed_at,
  (SELECT l.body ->> '$.addresses[0].city' FROM service_at_location x JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id LIMIT 1) AS city,
  v.value AS open, EXISTS (SELECT 1 FROM capacity_now c WHERE c.service = s.id AND coalesce(c.free, 1) > 0) AS room,
  (SELECT c.observed_by_name FROM capacity_now c WHERE c.service = s.id ORDER BY c.observed_at DESC LIMIT 1) AS observed_by_name,
  (SELECT c.planned FROM capacity_now c WHERE c.service = s.id ORDER BY c.observed_at DESC LIMIT 1) AS planned,
  (SELECT min(c.assess) FROM capacity_now c WHERE c.service = s.id) AS assess,
  p.value AS near, e.value AS for_whom,
  CASE p.value WHEN 2 THEN (SELECT trim(coalesce(a.value ->> 'city', '') || ' ' || coalesce(a.value ->> 'postal_code', ''))
      FROM service_at_location x JOIN location l ON l.id = x.location_id JOIN json_each(l.body, '$.addresses') a WHERE x.service_id = s.id
        AND EXISTS (SELECT 1 FROM json_each(:place) w WHERE instr(' ' || fold(coalesce(a.value ->> 'city', '') || ' ' || coalesce(a.value ->> 'postal_code', '')), ' ' || w.value) > 0) LIMIT 1)
    ELSE (SELECT nullif(coalesce(group_concat(coalesce(g.value ->> 'name', g.value ->> 'description'), ', ') FILTER (WHERE p.value = 3
          AND EXISTS (SELECT 1 FROM json_each(:place) w WHERE instr(' ' || fold(coalesce(g.value ->> 'name', '') || ' ' || coalesce(g.value ->> 'description', '')), ' ' || w.value) > 0)),
        group_concat(coalesce(g.value ->> 'name', g.value ->> 'description'), ', ')), '')
      FROM (SELECT s.body ->> 'service_areas' AS areas WHERE p.value IN (1, 3) UNION ALL SELECT x.body ->> 'service_areas' FROM service_at_location x WHERE x.service_id = s.id AND p.value IN (1, 3)) y
        JOIN json_each(y.areas) g) END AS area,
  s.body ->> 'minimum_age' AS minimum_age, s.body ->> 'maximum_age' AS maximum_age,
  k.value AS no_cost, iif(k.value = 1, nullif(trim(coalesce(nullif(s.body ->> 'fees_description', ''), s.body ->> 'fees', '')), ''), NULL) AS fees,
  CASE WHEN :point <> '' THEN coalesce((SELECT CAST(min(metres(:point ->> 0, :point ->> 1, l.body ->> 'latitude', l.body ->> 'longitude')) AS INTEGER)
      FROM service_at_location x JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id), -1) END AS metres,
  CASE WHEN :ages <> '' AND (:ages ->> 1 < s.body ->> 'minimum_age' OR s.body ->> 'maximum_age' > 0 AND :ages ->> 0 > s.body ->> 'maximum_age') THEN 2
    ELSE v.value IS 1 OR p.value IS 1 OR e.value IS 1 OR k.value IS 1 OR k.value IS 3 END AS unsure
FROM service s LEFT JOIN organization o ON o.id = s.organization_id
JOIN json_each(json_array(CASE WHEN :place <> '[]' THEN (
    SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM json_each(:place) w WHERE instr(t.places, ' ' || w.value) = 0) THEN 2
      WHEN NOT EXISTS (SELECT 1 FROM json_each(:place) w WHERE instr(t.places || t.areas, ' ' || w.value) = 0) THEN 3
      WHEN (t.places = '' OR t.areas <> '')
        AND NOT (t.areas GLOB '*[0-9][0-9][0-9]*' AND EXISTS (SELECT 1 FROM json_each(:place) w WHERE w.value GLOB '[0-9][0-9][0-9]*')) THEN 1 ELSE 0 END
    FROM (SELECT
      coalesce((SELECT group_concat(' ' || nullif(fold(coalesce(a.value ->> 'city', '') || ' ' || coalesce(a.value ->> 'postal_code', '')), ''), '')
        FROM service_at_location x JOIN location l ON l.id = x.location_id JOIN json_each(l.body, '$.addresses') a WHERE x.service_id = s.id), '') AS places,
      coalesce((SELECT group_concat(' ' || nullif(fold(coalesce(g.value ->> 'name', '') || ' ' || coalesce(g.value ->> 'description', '')), ''), '')
        FROM (SELECT s.body ->> 'service_areas' AS areas UNION ALL SELECT x.body ->> 'service_areas' FROM service_at_location x WHERE x.service_id = s.id) y
          JOIN json_each(y.areas) g), '') AS areas
      LIMIT -1) t) END)) p
JOIN json_each(json_array(CASE WHEN :eligible <> '[]' THEN (
    SELECT CASE WHEN t.who = ' ' THEN 1 WHEN NOT EXISTS (SELECT 1 FROM json_each(:eligible) w WHERE instr(t.who, ' ' || w.value) = 0) THEN 2 ELSE 0 END
    FROM (SELECT ' ' || fold(coalesce(s.body ->> 'eligibility_description', '')) AS who LIMIT -1) t) END)) e
JOIN json_each(json_array(CASE WHEN :no_cost <> '' THEN (
    SELECT CASE WHEN t.none AND t.some THEN 3 WHEN t.none THEN 2 WHEN t.some THEN 0
      WHEN fold(coalesce(nullif(s.body ->> 'fees_description', ''), s.body ->> 'fees', ''))
        IN ('free', 'free of charge', 'no fee', 'no fees', 'no cost', 'no charge', 'none', 'gratis', 'gratuito', 'sin costo', 'sin cargo') THEN 2
      ELSE 1 END
    FROM (SELECT coalesce(max(c.value ->> 'amount' = 0), 0) AS none, coalesce(max(c.value ->> 'amount' > 0), 0) AS some
      FROM json_each(s.body, '$.cost_options') c
      WHERE coalesce(substr(c.value ->> 'valid_from', 1, 10), '') <= :no_cost AND coalesce(substr(c.value ->> 'valid_to', 1, 10), '9') >= :no_cost LIMIT -1) t) END)) k
JOIN json_each(json_array(CASE WHEN :open <> '' THEN coalesce((
    SELECT max(CASE
      WHEN h.opens > h.at OR h.at >= h.closes + iif(h.closes <= h.opens, 1440, 0)
        OR h.names <> '' AND NOT EXISTS (SELECT 1 FROM json_each(h.day, '$.names') n WHERE instr(h.names, ',' || n.value || ',') > 0)
        OR h.numbers <> '' AND NOT EXISTS (SELECT 1 FROM json_each(h.day, '$.numbers') n WHERE instr(h.numbers, ',' || n.value || ',') > 0)
        THEN iif(h.at BETWEEN 0 AND 1439, 0, NULL)
      WHEN h.opens IS NULL OR h.closes IS NULL OR h.names || h.numbers = '' AND h.freq <> 'DAILY' THEN iif(h.at BETWEEN 0 AND 1439, 1, NULL)
      WHEN h.odd THEN 1
      WHEN NOT (h.opens = 0 AND (h.closes = 0 OR h.closes >= 1439))
        AND EXISTS (SELECT 1 FROM calendar_day c WHERE c.date = h.day ->> 'on' AND +c.closed = 1 AND (c.agency = s.organization_id OR c.agency IS NULL)) THEN 2
      ELSE 3 END)
    FROM (
      SELECT d.value AS day, coalesce(w.hours ->> 'freq', '') AS freq,
        (d.value ->> 'at') + iif(w.zone = 0 OR w.zone IN (SELECT value FROM json_each(w.clock, '$.own')), 0, w.zone - (w.clock ->> 'zone')) AS at,
        iif((w.o GLOB '[0-9]:[0-5][0-9]*' OR w.o GLOB '[0-2][0-9]:[0-5][0-9]*') AND w.o NOT LIKE '%m', CAST(w.o AS INTEGER) * 60 + substr(w.o, instr(w.o, ':') + 1, 2), NULL) AS opens,
        iif((w.c GLOB '[0-9]:[0-5][0-9]*' OR w.c GLOB '[0-2][0-9]:[0-5][0-9]*') AND w.c NOT LIKE '%m', CAST(w.c AS INTEGER) * 60 + substr(w.c, instr(w.c, ':') + 1, 2), NULL) AS closes,
        iif(w.names = '', '', ',' || w.names || ',') AS names, iif(w.numbers = '', '', ',' || w.numbers || ',') AS numbers,
        coalesce(w.hours ->> 'interval', 1) <> 1 OR coalesce(w.hours ->> 'byweekno', w.hours ->> 'byyearday', w.hours ->> 'count') IS NOT NULL AS odd
      FROM (
        SELECT h.value AS hours, coalesce((SELECT z.value FROM json_each(:open, '$.zones') z WHERE z.key = o.body ->> 'time_zone'), :open) AS clock,
          nullif(h.value ->> 'opens_at', '') AS o, nullif(h.value ->> 'closes_at', '') AS c,
          replace(replace(upper(coalesce(h.value ->> 'byday', '')), ' ', ''), '+', '') AS names, replace(coalesce(h.value ->> 'bymonthday', ''), ' ', '') AS numbers,
          iif(h.value ->> 'opens_at' GLOB '*[+-][0-9][0-9]:[0-9][0-9]',
            (substr(h.value ->> 'opens_at', -5, 2) * 60 + substr(h.value ->> 'opens_at', -2)) * iif(substr(h.value ->> 'opens_at', -6, 1) = '-', -1, 1),
            CAST(round(coalesce(h.value ->> 'timezone', 0) * 60) AS INTEGER)) AS zone
        FROM (
          SELECT s.body ->> 'schedules' AS schedules
          UNION ALL
          SELECT coalesce(nullif(x.body ->> 'schedules', '[]'),
            iif(coalesce(s.body ->> 'schedules', '[]') <> '[]', NULL, coalesce(nullif(l.body ->> 'schedules', '[]'), '[{}]')))
          FROM service_at_location x LEFT JOIN location l ON l.id = x.location_id WHERE x.service_id = s.id
        ) y JOIN json_each(y.schedules) h LIMIT -1
      ) w JOIN json_each(w.clock, '$.days') d
        ON max(coalesce(substr(w.hours ->> 'valid_from', 1, 10), ''), coalesce(substr(w.hours ->> 'dtstart', 1, 10), '')) <= d.value ->> 'on'
          AND min(coalesce(substr(w.hours ->> 'valid_to', 1, 10), '9'), coalesce(substr(w.hours ->> 'until', 1, 10), '9')) >= d.value ->> 'on'
      WHERE at BETWEEN 0 AND 2879 LIMIT -1
    ) h), 1) END)) v
WHERE (:open = '' OR v.value > 0)
  AND (:organization = '' OR s.organization_id = :organization)
  AND (:direct = '' OR s.direct = 1)
  AND (:free = '' OR EXISTS (SELECT 1 FROM capacity_now c WHERE c.service = s.id AND coalesce(c.free, 1) > 0))
  AND (coalesce(s.status, 'active') = 'active' OR (:direct = '' AND :free = '' AND :open = ''))
  AND (:languages = '[]' OR EXISTS (SELECT 1 FROM json_each(s.body, '$.languages') g
    WHERE coalesce(nullif(g.value ->> 'code', ''), g.value ->> 'name') IN (SELECT value FROM json_each(:languages))))
  AND (:place = '[]' OR p.value > 0) AND (:eligible = '[]' OR e.value > 0) AND coalesce(k.value, 1) > 0
ORDER BY unsure, metres < 0, metres, s.name, s.id;

-- Where places lie, as far as the directory has somebody there: the middle of its locations at the first of them that it knows. places: a JSON array of arrays of words as
-- fold () makes them, all of which begin one of the city or postal code; one that names towns far from each other names none. id (which of them, from 0), latitude, longitude
-- name: point-of-place
-- inputs: places
SELECT p.key AS id, avg(l.body ->> 'latitude') AS latitude, avg(l.body ->> 'longitude') AS longitude
FROM json_each(:places) p JOIN location l JOIN json_each(l.body, '$.addresses') a
WHERE p.value <> '[]' AND metres(0, 0, l.body ->> 'latitude', l.body ->> 'longitude') IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM json_each(p.value) w
    WHERE instr(' ' || fold(coalesce(a.value ->> 'city', '') || ' ' || coalesce(a.value ->> 'postal_code', '')), ' ' || w.value) = 0)
GROUP BY p.key
HAVING metres(min(l.body ->> 'latitude'), min(l.body ->> 'longitude'), max(l.body ->> 'latitude'), max(l.body ->> 'longitude')) < 50000
ORDER BY p.key LIMIT 1;

-- Where an agency is: its own locations before those of its services. id, name, latitude, longitude
-- name: point-of-agency
-- inputs: organization
SELECT l.id, l.name, l.body ->> 'latitude' AS latitude, l.body ->> 'longitude' AS longitude
FROM location l
WHERE l.id IN (SELECT y.id FROM location y WHERE y.organization_id = :organization
  UNION SELECT x.location_id FROM service s JOIN service_at_location x ON x.service_id = s.id WHERE s.organization_id = :organization)
  AND metres(0, 0, l.body ->> 'latitude', l.body ->> 'longitude') IS NOT NULL
ORDER BY l.organization_id IS NOT :organization, l.name, l.id LIMIT 1;

-- The languages there are to choose from: id (a code, or a name where the publisher gave no code)
-- name: services-languages
SELECT DISTINCT coalesce(nullif(g.value ->> 'code', ''), g.value ->> 'name') AS id FROM service s JOIN json_each(s.body, '$.languages') g
WHERE coalesce(nullif(g.value ->> 'code', ''), g.value ->> 'name') IS NOT NULL ORDER BY id;

-- The time zones that agencies say are theirs. id
-- name: organizations-zones
SELECT DISTINCT o.body ->> 'time_zone' AS id FROM organization o WHERE o.body ->> 'time_zone' IS NOT NULL ORDER BY id;

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

-- Where an agency is: its own places and those of its services; a place of services that it has given up, all of them, is none any more. The columns of
-- service-locations
-- name: organization-locations
-- inputs: organization
SELECT l.id, l.body, NULL AS at FROM location l
WHERE l.id IN (SELECT y.id FROM location y WHERE y.organization_id = :organization
  UNION SELECT x.location_id FROM service s JOIN service_at_location x ON x.service_id = s.id WHERE s.organization_id = :organization)
  AND EXISTS (SELECT 1 FROM (SELECT max(coalesce(s.status, 'active') = 'active') AS given FROM service_at_location x JOIN service s ON s.id = x.service_id
    WHERE x.location_id = l.id AND s.organization_id = :organization) WHERE given IS NOT 0)
ORDER BY l.name, l.id;

-- Where an agency gives its services, to choose one: id, name (else its street)
-- name: sites-own
-- inputs: agency
SELECT l.id, coalesce(l.name, l.body ->> '$.addresses[0].address_1', l.id) AS name FROM location l
WHERE l.id IN (SELECT x.location_id FROM service v JOIN service_at_location x ON x.service_id = v.id
  WHERE v.organization_id = :agency AND coalesce(v.status, 'active') = 'active')
ORDER BY name, l.id;

-- The columns of services-all.
-- name: organization-services
-- inputs: organization
SELECT s.id, s.name, s.organization_id AS organization, o.name AS organization_name, s.status, coalesce(s.direct, 0) AS direct,
  s.body ->> 'description' AS description,
  (SELECT c.free FROM capacity_now c WHERE c.service = s.id ORDER BY c.assess, c.free DESC LIMIT 1) AS free, (SELECT max(c.observed_at) FROM capacity_now c WHERE c.service = s.id) AS observed_at,
  NULL AS city, EXISTS (SELECT 1 FROM capacity_now c WHERE c.service = s.id AND coalesce(c.free, 1) > 0) AS room,
  (SELECT c.observed_by_name FROM capacity_now c WHERE c.service = s.id ORDER BY c.observed_at DESC LIMIT 1) AS observed_by_name,
  (SELECT c.planned FROM capacity_now c WHERE c.service = s.id ORDER BY c.observed_at DESC LIMIT 1) AS planned,
  (SELECT min(c.assess) FROM capacity_now c WHERE c.service = s.id) AS assess
FROM service s LEFT JOIN organization o ON o.id = s.organization_id
WHERE s.organization_id = :organization
ORDER BY s.name, s.id;

-- Active staff of an agency, to choose one of: id, name, role, languages, skills (JSON), away_from, away_until, load (what they have on their hands:
-- clients, open cases, referrals in work, tasks; NULL: whoever looks is no supervisor, and has here only what they work on themselves), supervisor,
-- sites (JSON of the locations where the services they work for are given: id and name; NULL: none is known, or the agency has one place alone)
-- name: colleagues
-- inputs: agency
SELECT s.id, s.name, s.role, s.body ->> 'languages' AS languages, s.body ->> 'skills' AS skills, s.body ->> 'away_from' AS away_from,
  s.body ->> 'away_until' AS away_until,
  CASE WHEN EXISTS (SELECT 1 FROM state u JOIN staff me ON me.id = u.value, json_each(me.body, '$.duties') d
    WHERE u.key = 'user' AND d.value = 'supervisor') THEN
  (SELECT count(*) FROM assignment a WHERE a.staff = s.id AND a."case" IS NULL) +
  (SELECT count(*) FROM assignment a JOIN "case" c ON c.id = a."case" WHERE a.staff = s.id AND +c.phase = 'open') +
  (SELECT count(*) FROM referral r WHERE r.assignee = s.id AND r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')) +
  (SELECT count(*) FROM task t WHERE t.staff = s.id AND t.done = 0) END AS load,
  s.supervisor,
  CASE WHEN (SELECT count(DISTINCT x.location_id) FROM service v JOIN service_at_location x ON x.service_id = v.id
    WHERE v.organization_id = :agency AND coalesce(v.status, 'active') = 'active') > 1 THEN
  (SELECT nullif(json_group_object(l.id, coalesce(l.name, l.body ->> '$.addresses[0].address_1', '')), '{}') FROM location l WHERE l.id IN (
    SELECT x.location_id FROM staff_service w JOIN service_at_location x ON x.service_id = w.service WHERE w.staff = s.id)) END AS sites
FROM staff s
WHERE s.agency = :agency AND s.active = 1 AND s.level = 'standard'
ORDER BY s.name, s.id;

-- id, name, agency, agency_name, role, level, active (0/1)
-- name: staff-all
SELECT s.id, s.name, s.agency, o.name AS agency_name, s.role, s.level, coalesce(s.active, 0) AS active
FROM staff s LEFT JOIN organization o ON o.id = s.agency
ORDER BY s.name, s.id;

-- Who is told of a referral to a service, of its own agency (D2; kith_op_is_answered ()): supervisors and those who manage it. id, name
-- name: service-answerers
-- inputs: service, agency
SELECT p.id, p.name FROM staff p
WHERE p.agency = :agency AND p.level = 'standard' AND coalesce(p.active, 0) = 1 AND coalesce(p.body ->> 'trained', 0) = 1
  AND (EXISTS (SELECT 1 FROM json_each(p.body, '$.duties') d WHERE d.value = 'supervisor')
    OR EXISTS (SELECT 1 FROM staff_service l WHERE l.staff = p.id AND l.service = :service AND coalesce(l.body ->> 'role', p.role) = 'referral_manager'))
ORDER BY p.name, p.id;

-- Whether anybody answers referrals at an agency. id, answered (0/1; NULL: its hub says nothing of it)
-- name: agency-answers
-- inputs: agency
SELECT o.id, o.body ->> 'answered' AS answered FROM organization o WHERE o.id = :agency;
