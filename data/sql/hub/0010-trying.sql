-- Operations that are decided at once and have not come back: what ended the hub in the middle of one is found here.
CREATE TABLE online_try (op_id TEXT PRIMARY KEY, tries BIGINT NOT NULL, at BIGINT NOT NULL) WITHOUT ROWID;
