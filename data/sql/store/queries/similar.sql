-- Who may be the person that is being typed (kith-similar.c): bounded looks by words of the index, weighed in C.

-- name: similar-words
-- inputs: match, n
SELECT c.id, c.given_name, c.family_name, c.body ->> 'second_family_name', c.date_of_birth
FROM (SELECT rowid AS rid FROM client_find WHERE client_find MATCH :match LIMIT :n) f JOIN client c ON c.rid = f.rid;

-- name: similar-born
-- inputs: born, n
SELECT c.id, c.given_name, c.family_name, c.body ->> 'second_family_name', c.date_of_birth
FROM client c WHERE c.date_of_birth = :born LIMIT :n;

-- name: similar-client
-- inputs: id
SELECT c.body FROM client c WHERE c.id = :id;

-- How common a name is, as far as it matters.
-- name: similar-count
-- inputs: match, n
SELECT count(*) FROM (SELECT rowid FROM client_find WHERE client_find MATCH :match LIMIT :n);

-- About how many clients there are; counting them would take longer than the rest.
-- name: similar-people
SELECT coalesce(max(rid), 0) FROM client;
