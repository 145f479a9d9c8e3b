ALTER TABLE person ADD COLUMN city TEXT;
CREATE INDEX person_city ON person (city);
