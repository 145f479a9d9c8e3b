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

-- The other records of one client's person. id (of the other client), match, number, body, agency_name, by_name, at
-- name: client-links
-- inputs: client
SELECT c.id, m.id AS match, c.number, c.body, o.name AS agency_name, m.body ->> 'decided_by_name' AS by_name, m.body ->> 'decided_at' AS at
FROM match m JOIN client c ON c.id = CASE WHEN m.first = :client THEN m.second ELSE m.first END
LEFT JOIN organization o ON o.id = c.agency
WHERE m.state = 'linked' AND (m.first = :client OR m.second = :client)
ORDER BY m.body ->> 'decided_at', c.id;
