-- SPDX-License-Identifier: GPL-3.0-or-later

-- What somebody said of a row that may mean a client who is here: the same person (same 1), or another one. It stands when the list is looked at
-- again, also after a restart, so that nobody is asked twice.
CREATE TABLE import_choice (
  job TEXT NOT NULL, source_id TEXT NOT NULL, client TEXT NOT NULL, same INT NOT NULL, PRIMARY KEY (job, source_id, client)
) WITHOUT ROWID;
CREATE INDEX import_choice_client ON import_choice (client);
-- State of a row, besides those of 0002: joining (said to be the client in reason, who gets what is missing), joined (done: filled says with what,
-- a JSON object of fields).
ALTER TABLE import_row ADD COLUMN filled TEXT;
CREATE INDEX import_row_reason ON import_row (reason) WHERE state IN ('maybe', 'joining', 'joined');
