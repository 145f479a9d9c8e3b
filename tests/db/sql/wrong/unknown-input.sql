-- name: wrong
-- inputs: id
SELECT :id, :other
