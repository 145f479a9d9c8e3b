-- Who may be the person that is being typed (kith-similar.c): bounded looks by words of the index, weighed in C.

-- name: similar-words
-- inputs: match, n
SELECT c.id, c.given_name, c.family_name, c.body ->> 'second_family_name', c.date_of_birth
FROM (SELECT rowid AS rid FROM client_find WHERE client_find MATCH :match LIMIT :n) f JOIN client c ON c.rid = f.rid;

-- name: similar-born
-- inputs: born, n
SELECT c.id, c.given_name, c.family_name, c.body ->> 'second_family_name', c.date_of_birth
FROM client c WHERE c.date_of_birth = :born LIMIT :n;

-- Those known by a care record alone: by the words of their names, their sounds (compared in C) and the birth date, which is all that is here of them.
-- name: similar-care-words
-- inputs: match, n
SELECT k.client, k.given_name, k.family_name, k.body ->> 'second_family_name', k.date_of_birth
FROM (SELECT rowid AS rid FROM care_find WHERE EXISTS (SELECT 1 FROM care_alone NOT INDEXED) AND care_find MATCH :match LIMIT :n) f
CROSS JOIN care_alone a ON a.rid = f.rid JOIN care k ON k.rid = f.rid;

-- name: similar-care-alone
SELECT k.client, k.given_name, k.family_name, k.body ->> 'second_family_name', k.date_of_birth, k.find FROM care_alone a CROSS JOIN care k ON k.rid = a.rid;

-- name: similar-care-born
-- inputs: born, n
SELECT k.client, k.given_name, k.family_name, k.body ->> 'second_family_name', k.date_of_birth FROM care_alone a JOIN care k ON k.rid = a.rid WHERE a.born = :born LIMIT :n;

-- name: similar-client
-- inputs: id
SELECT c.body FROM client c WHERE c.id = :id
UNION ALL SELECT k.body FROM care_alone a JOIN care k ON k.rid = a.rid WHERE a.client = :id LIMIT 1;

-- How common a name is, as far as it matters.
-- name: similar-count
-- inputs: match, n
SELECT count(*) FROM (SELECT rowid FROM client_find WHERE client_find MATCH :match LIMIT :n);

-- About how many clients there are; counting them would take longer than the rest.
-- name: similar-people
SELECT coalesce(max(rid), 0) FROM client;
