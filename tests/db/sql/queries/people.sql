-- Queries of the conformance test.

-- name: person-put
-- inputs: id, name, age, photo
INSERT INTO person (id, name, age, photo) VALUES (:id, :name, :age, :photo)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, age = excluded.age, photo = excluded.photo;

-- name: person-name
-- inputs: id
SELECT name FROM person WHERE id = :id

-- name: person-odd
-- inputs: name, id
-- The quoted colons stay as they are, and an input may come twice.
SELECT ':name' || :id || ':' || :name || :id;

-- name: person-count
SELECT count(*) FROM person

-- name: person-ages-up
UPDATE person SET age = age + ?1
