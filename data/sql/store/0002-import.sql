-- A spreadsheet on its way in: every row is kept here, encrypted like the rest, until it has become a client or was put aside, so that
-- a crash or a day without a network loses nothing and doubles nothing.
-- state of a row: new, same (it is here already), maybe (somebody here may be the same person), bad (reason tells),
-- queued (its operation waits or is on its way: op_id), taken, refused (reason tells), skipped.
CREATE TABLE import_job (
  id TEXT PRIMARY KEY, -- of the import record
  file TEXT NOT NULL,
  source TEXT NOT NULL,
  header TEXT NOT NULL,
  state TEXT NOT NULL,
  started TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE import_row (
  job TEXT NOT NULL, row BIGINT NOT NULL, state TEXT NOT NULL, source_id TEXT, client TEXT, body TEXT, raw TEXT, reason TEXT, op_id TEXT,
  PRIMARY KEY (job, row)
) WITHOUT ROWID;
CREATE INDEX import_row_state ON import_row (job, state, row);
CREATE INDEX import_row_client ON import_row (client) WHERE client IS NOT NULL;
