-- The kinds' columns are filled by what writes a row; a numbered file that changes bodies does not do it. Up to which of these they were made to follow
-- (kith-hub-tables.c).
CREATE TABLE IF NOT EXISTS kind_columns (id BIGINT PRIMARY KEY, made_to BIGINT NOT NULL) WITHOUT ROWID;
INSERT INTO kind_columns (id, made_to) VALUES (1, 0) ON CONFLICT (id) DO UPDATE SET made_to = 0;
