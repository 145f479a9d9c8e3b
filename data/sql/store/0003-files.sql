-- The bytes of attached files that lie on this computer, in the folder beside this database, under the document's id, each sealed with a key of its
-- own: deleting the line makes the file unreadable.
-- have: how many bytes of it count here. sent: how many the hub has, NULL when it is not for this computer to send it; op_id: what attached it.
-- wanted: somebody waits for it. failed: the hub's word why it is neither sent nor fetched. used: when it was last asked for.
CREATE TABLE file (
  document TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size BIGINT NOT NULL, key TEXT NOT NULL, have BIGINT NOT NULL, sent BIGINT, op_id TEXT,
  wanted BIGINT NOT NULL DEFAULT 0, tries BIGINT NOT NULL DEFAULT 0, failed TEXT, used BIGINT NOT NULL
) WITHOUT ROWID;
