-- SPDX-License-Identifier: GPL-3.0-or-later

-- What was typed for an operation that may still be undone: it is a draft again with that, and goes when the operation is on its way.
CREATE TABLE undo_draft (
  op_id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  scope TEXT,
  body TEXT NOT NULL,
  at BIGINT NOT NULL
) WITHOUT ROWID;
