-- Tables, the words for searching, and each index against its table.
-- name: check-integrity
SELECT integrity_check FROM pragma_integrity_check;

-- Its first word: whether the tables, and the words for searching, are as they should be; indexes are not compared with them.
-- name: db-sound
SELECT quick_check FROM pragma_quick_check;

-- Numbers above the hub's own, and rows a crash would have to have left unstamped.
-- name: check-numbers
-- inputs: q
SELECT (SELECT count(*) FROM sync_row WHERE q > :q OR q < 1) + (SELECT count(*) FROM sync_moved WHERE q > :q OR q < 1)
  + (SELECT count(*) FROM scope_grant WHERE since_q > :q OR until_q > :q) + (SELECT count(*) FROM member WHERE since_q > :q OR until_q > :q);

-- name: check-lanes
SELECT count(*) FROM lane l WHERE l.last_n - l.pruned_n <> (SELECT count(*) FROM op_log o WHERE o.lane = l.lane);

-- name: check-ids-of-kind
-- inputs: t
SELECT id FROM sync_row WHERE t = :t AND del = 0;

-- name: check-rows-of-kind
-- inputs: t
SELECT count(*) FROM sync_row WHERE t = :t AND del = 0;

-- name: check-row
-- inputs: t, id
SELECT s.name FROM sync_row r JOIN scope s ON s.sid = r.sid WHERE r.t = :t AND r.id = :id AND r.del = 0;

-- Referrals that hold more than one place of a kind, as a Kith of before could give them (sync.md 2.5); a count since has put the number right.
-- referral, capacity, n
-- name: check-places
SELECT h.referral, h.capacity, count(*) FROM hold h JOIN capacity c ON c.id = h.capacity
WHERE h.state IN ('placed', 'converted') AND h.placed_at > coalesce(c.observed_at, '') GROUP BY h.referral, h.capacity HAVING count(*) > 1
ORDER BY h.referral, h.capacity;

-- Whether a numbered file was run since the kinds' columns were made to follow the bodies.
-- name: columns-behind
SELECT (SELECT max(number) FROM schema_migration) > made_to FROM kind_columns WHERE id = 1;

-- name: columns-made
UPDATE kind_columns SET made_to = (SELECT max(number) FROM schema_migration) WHERE id = 1;
