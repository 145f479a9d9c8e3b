-- Records that may be, or are said to be, one person (domain.md 5).

-- Those somebody has to decide on, the likeliest first. id, first, second, zone, body (with what was compared), first_agency_name,
-- second_agency_name, first_number, second_number
-- name: matches-open
SELECT m.id, m.first, m.second, m.zone, m.body, oa.name AS first_agency_name, ob.name AS second_agency_name,
  a.number AS first_number, b.number AS second_number
FROM match m LEFT JOIN organization oa ON oa.id = m.body -> 'first_values' ->> 'agency'
LEFT JOIN organization ob ON ob.id = m.body -> 'second_values' ->> 'agency'
LEFT JOIN client a ON a.id = m.first LEFT JOIN client b ON b.id = m.second
WHERE m.state = 'proposed'
ORDER BY m.zone <> 'link', m.proposed_at DESC, m.id;

-- The other records of one client's person, also those that are linked with another of them only. id (of the other client), match (NULL: not
-- linked with this one itself), number, body, agency_name, by_name, at, through (the number of the record it is linked with otherwise),
-- apart (1: somebody said that these two are different people, and yet they read as one)
-- name: client-links
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
SELECT c.id, m.id AS match, c.number, c.body, o.name AS agency_name, m.body ->> 'decided_by_name' AS by_name, m.body ->> 'decided_at' AS at,
  CASE WHEN m.id IS NULL THEN (SELECT p.number FROM match x JOIN one y ON y.id = CASE x.first WHEN c.id THEN x.second ELSE x.first END
     JOIN client p ON p.id = y.id WHERE (x.first = c.id OR x.second = c.id) AND x.state = 'linked' ORDER BY p.number, p.id LIMIT 1) END AS through,
  EXISTS (SELECT 1 FROM match d WHERE d.first = min(c.id, :client) AND d.second = max(c.id, :client) AND d.state = 'dismissed') AS apart
FROM one JOIN client c ON c.id = one.id
LEFT JOIN match m ON m.first = min(c.id, :client) AND m.second = max(c.id, :client) AND m.state = 'linked'
LEFT JOIN organization o ON o.id = c.agency
WHERE c.id <> :client
ORDER BY m.id IS NULL, m.body ->> 'decided_at', c.id;

-- What was said of one client's record and others, the last first: that they are one person, or two. id (of the match), state, client (of the other
-- record), number, given_name, family_name, second_family_name, agency_name, by_name, at, mine (1: by whoever reads), middle_name
-- name: client-decisions
-- inputs: client
SELECT m.id, m.state, c.id AS client, c.number, c.given_name, c.family_name, c.body ->> 'second_family_name' AS second_family_name, o.name AS agency_name,
  m.body ->> 'decided_by_name' AS by_name, m.body ->> 'decided_at' AS at, m.body ->> 'decided_by' IS (SELECT value FROM state WHERE key = 'user') AS mine,
  c.body ->> 'middle_name' AS middle_name
FROM match m JOIN client c ON c.id = CASE m.first WHEN :client THEN m.second ELSE m.first END LEFT JOIN organization o ON o.id = c.agency
WHERE (m.first = :client OR m.second = :client) AND m.state IN ('linked', 'dismissed')
ORDER BY at DESC, m.id;
