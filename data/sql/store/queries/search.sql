-- Search: bounded queries, scored in C (design.md 2.1). Rows: id, folded text, and of clients the number of the client's own row (clients-hits
-- reads it by that). Nothing is taken out of a body for rows that
-- are never shown: "date" is asked for one hit at a time, and only when a date was typed beside a name. Each row of a large
-- store is a page to decipher: how many are looked at (most) follows from how many are shown.

-- name: search-client-mine
-- inputs: me
SELECT c.id, c.find, c.rid FROM assignment a JOIN client c ON c.id = a.client WHERE a.staff = :me AND a."case" IS NULL LIMIT 2000;

-- name: search-client-recent
-- inputs: kind
SELECT c.id, c.find, c.rid FROM recent r JOIN client c ON c.id = r.id WHERE r.t = :kind ORDER BY r.at DESC LIMIT 200;

-- name: search-client-is-mine
-- inputs: client, me
SELECT 1 FROM assignment a WHERE a.client = :client AND +a.staff = :me LIMIT 1;

-- name: search-is-recent
-- inputs: client, kind
SELECT 1 FROM recent r WHERE r.t = :kind AND r.id = :client;

-- name: search-client-words
-- inputs: match, most
SELECT c.id, c.find, c.rid FROM (SELECT rowid AS rid FROM client_find WHERE client_find MATCH :match LIMIT :most) f
JOIN client c ON c.rid = f.rid;

-- Names that sound so, when few are spelled so.
-- name: search-client-sounds
-- inputs: match
SELECT c.id, c.find, c.rid FROM (SELECT rowid AS rid FROM client_find WHERE client_find MATCH :match LIMIT 30) f
JOIN client c ON c.rid = f.rid;

-- All who are known by a care record alone: few, and their sounds are compared in C.
-- name: search-client-sounds-alone
SELECT care_alone.client, k.find FROM care_alone CROSS JOIN care k ON k.rid = care_alone.rid;

-- Those known by a care record alone. Where there are none the index is not asked at all: as a condition beside the match that would be looked
-- at for each care record there is, to the last.
-- name: search-client-more
-- inputs: match, most
SELECT k.client, k.find
FROM (SELECT rowid AS rid FROM (SELECT 1 FROM care_alone NOT INDEXED LIMIT 1) anybody CROSS JOIN care_find WHERE care_find MATCH :match LIMIT :most) f
CROSS JOIN care_alone a ON a.rid = f.rid JOIN care k ON k.rid = f.rid;

-- name: search-client-date
-- inputs: client
SELECT coalesce((SELECT c.date_of_birth FROM client c WHERE c.id = :client),
  (SELECT k.date_of_birth FROM care_alone a JOIN care k ON k.rid = a.rid WHERE a.client = :client AND k.date_of_birth IS NOT NULL LIMIT 1));

-- name: search-client-born
-- inputs: most, from_date, to_date
SELECT * FROM (SELECT c.id, c.find, c.rid FROM client c WHERE c.date_of_birth >= :from_date AND c.date_of_birth < :to_date
    ORDER BY c.date_of_birth LIMIT :most) f
UNION ALL
SELECT * FROM (SELECT a.client, k.find, NULL FROM care_alone a JOIN care k ON k.rid = a.rid WHERE a.born >= :from_date AND a.born < :to_date
    ORDER BY a.born LIMIT :most) f;

-- By words among those born then. Both are read off their indexes; the plus keeps the search from being asked anew for each.
-- name: search-client-words-born
-- inputs: match, most, from_date, to_date
SELECT c.id, c.find, c.rid FROM (SELECT rowid AS rid FROM client_find WHERE client_find MATCH :match
    AND +rowid IN (SELECT b.rid FROM client b WHERE b.date_of_birth >= :from_date AND b.date_of_birth < :to_date) LIMIT :most) f
JOIN client c ON c.rid = f.rid;

-- By the number of a case: its client. Only the number is looked at, a title such as "Hope house" finds no client.
-- name: search-client-case
-- inputs: match, most
SELECT k.client, lower(replace(k.number, '-', ' ')) FROM (SELECT rowid AS rid FROM case_find WHERE case_find MATCH :match LIMIT :most) f
JOIN "case" k ON k.rid = f.rid;

-- name: search-case-mine
-- inputs: me
SELECT k.id, k.find FROM assignment a JOIN "case" k ON k.id = a."case" WHERE a.staff = :me AND a."case" IS NOT NULL LIMIT 2000;

-- name: search-case-is-mine
-- inputs: case, me
SELECT 1 FROM assignment a WHERE a."case" = :case AND +a.staff = :me LIMIT 1;

-- name: search-case-recent
-- inputs: kind
SELECT k.id, k.find FROM recent r JOIN "case" k ON k.id = r.id WHERE r.t = :kind ORDER BY r.at DESC LIMIT 200;

-- name: search-case-words
-- inputs: match, most
SELECT k.id, k.find FROM (SELECT rowid AS rid FROM case_find WHERE case_find MATCH :match LIMIT :most) f
JOIN "case" k ON k.rid = f.rid;

-- name: search-service-words
-- inputs: match, most
SELECT s.id, s.find FROM (SELECT rowid AS rid FROM service_find WHERE service_find MATCH :match LIMIT :most) f
JOIN service s ON s.rid = f.rid;

-- Those under a term of a taxonomy whose name has the words. The directory is gone through only when there is such a term.
-- name: search-service-terms
-- inputs: match, most
WITH term AS MATERIALIZED (SELECT t.id FROM (SELECT rowid AS rid FROM taxonomy_term_find WHERE taxonomy_term_find MATCH :match LIMIT 1000) f
  JOIN taxonomy_term t ON t.rid = f.rid)
SELECT s.id, s.find FROM service s WHERE EXISTS (SELECT 1 FROM term)
  AND EXISTS (SELECT 1 FROM json_each(s.body, '$.attributes') a WHERE a.value ->> 'taxonomy_term_id' IN (SELECT id FROM term))
LIMIT :most;

-- name: search-service-recent
-- inputs: kind
SELECT s.id, s.find FROM recent r JOIN service s ON s.id = r.id WHERE r.t = :kind ORDER BY r.at DESC LIMIT 200;

-- name: search-organization-words
-- inputs: match, most
SELECT o.id, o.find FROM (SELECT rowid AS rid FROM organization_find WHERE organization_find MATCH :match LIMIT :most) f
JOIN organization o ON o.rid = f.rid;

-- name: search-staff-words
-- inputs: match, most
SELECT s.id, s.find FROM (SELECT rowid AS rid FROM staff_find WHERE staff_find MATCH :match LIMIT :most) f
JOIN staff s ON s.rid = f.rid;

-- name: search-referral-words
-- inputs: match, most
SELECT r.id, r.find FROM (SELECT rowid AS rid FROM referral_find WHERE referral_find MATCH :match LIMIT :most) f
JOIN referral r ON r.rid = f.rid;

-- Calls: by name and number, and by the last digits of a phone.
-- name: search-contact_record-words
-- inputs: match, most
SELECT c.id, c.find FROM (SELECT rowid AS rid FROM contact_record_find WHERE contact_record_find MATCH :match LIMIT :most) f
JOIN contact_record c ON c.rid = f.rid;

-- name: search-contact_record-recent
-- inputs: kind
SELECT c.id, c.find FROM recent r JOIN contact_record c ON c.id = r.id WHERE r.t = :kind ORDER BY r.at DESC LIMIT 200;

-- name: search-referral-recent
-- inputs: kind
SELECT r.id, r.find FROM recent x JOIN referral r ON r.id = x.id WHERE x.t = :kind ORDER BY x.at DESC LIMIT 200;
