-- Whom the matching is to look at next, and how common a name is (kith-hub-match.c).

-- name: match-read
SELECT matched FROM hub_state WHERE id = 1;

-- name: match-note
-- inputs: q
UPDATE hub_state SET matched = :q WHERE id = 1;

-- A line of a client tells of that client, one of a consent of its client.
-- name: match-lines
-- inputs: q, n
SELECT r.q, CASE r.t WHEN 'client' THEN r.id WHEN 'consent' THEN (SELECT c.client FROM consent c WHERE c.id = r.id) END
FROM sync_row r WHERE r.q > :q ORDER BY r.q LIMIT :n;

-- name: match-count
-- inputs: match, n
SELECT count(*) FROM (SELECT rowid FROM client_find WHERE client_find MATCH :match LIMIT :n);

-- name: match-people
SELECT coalesce(max(rid), 0) FROM client;
