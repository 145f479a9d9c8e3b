-- The hub's own tables: what travels to whom, who sent what, who may sign in. The kinds' tables follow in 0002.

CREATE TABLE hub_state (
  id BIGINT PRIMARY KEY, epoch TEXT NOT NULL, q BIGINT NOT NULL, horizon BIGINT NOT NULL, secret TEXT NOT NULL, lanes BIGINT NOT NULL,
  matched BIGINT NOT NULL DEFAULT 0 -- up to where clients were compared with others
);

-- The number reached on each day (since 1970) the hub was up.
CREATE TABLE hub_day (day BIGINT PRIMARY KEY, q BIGINT NOT NULL) WITHOUT ROWID;

-- One line per record, its newest state only; del keeps the line of a record that is gone.
CREATE TABLE sync_row (
  t TEXT NOT NULL, id TEXT NOT NULL, sid BIGINT NOT NULL, q BIGINT NOT NULL, del BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (t, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX sync_row_q ON sync_row (q);
CREATE INDEX sync_row_gone ON sync_row (q) WHERE del = 1;
CREATE INDEX sync_row_scope ON sync_row (sid, t, id, q) WHERE del = 0;

-- A record left old_sid at q: it was deleted, or moved to another scope.
CREATE TABLE sync_moved (
  q BIGINT NOT NULL, t TEXT NOT NULL, id TEXT NOT NULL, old_sid BIGINT NOT NULL, PRIMARY KEY (q, t, id)
) WITHOUT ROWID;

CREATE TABLE scope (sid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, priority BIGINT NOT NULL);
CREATE TABLE principal (pid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE member (
  i INTEGER PRIMARY KEY, pid BIGINT NOT NULL, user_id TEXT NOT NULL, since_q BIGINT NOT NULL, until_q BIGINT
);
CREATE INDEX member_user ON member (user_id, pid);
CREATE INDEX member_pid ON member (pid);
CREATE INDEX member_since ON member (user_id, since_q);
CREATE INDEX member_until ON member (user_id, until_q) WHERE until_q IS NOT NULL;
CREATE INDEX member_ended ON member (until_q) WHERE until_q IS NOT NULL;

-- subject: what was recomputed to find this row (kith-access.h); a scope belongs to one subject for ever.
CREATE TABLE scope_grant (
  i INTEGER PRIMARY KEY, sid BIGINT NOT NULL, pid BIGINT NOT NULL, reason TEXT NOT NULL, subject TEXT NOT NULL,
  since_q BIGINT NOT NULL, until_q BIGINT, not_after BIGINT
);
CREATE INDEX scope_grant_sid ON scope_grant (sid);
CREATE INDEX scope_grant_path ON scope_grant (pid, sid);
CREATE INDEX scope_grant_since ON scope_grant (pid, since_q);
CREATE INDEX scope_grant_until ON scope_grant (pid, until_q) WHERE until_q IS NOT NULL;
CREATE INDEX scope_grant_ended ON scope_grant (until_q) WHERE until_q IS NOT NULL;
CREATE INDEX scope_grant_subject ON scope_grant (subject) WHERE until_q IS NULL;
CREATE INDEX scope_grant_end ON scope_grant (not_after) WHERE until_q IS NULL AND not_after IS NOT NULL;

-- A lane is one person's store on one computer: one outbox, one counter n, one code for record numbers. pruned_n: outcomes
-- up to there are kept no longer.
CREATE TABLE lane (
  lane INTEGER PRIMARY KEY, device TEXT NOT NULL, user_id TEXT NOT NULL, code TEXT NOT NULL UNIQUE,
  last_n BIGINT NOT NULL DEFAULT 0, trying_n BIGINT NOT NULL DEFAULT 0, trying_count BIGINT NOT NULL DEFAULT 0,
  pruned_n BIGINT NOT NULL DEFAULT 0, acked_q BIGINT NOT NULL DEFAULT 0, schema BIGINT NOT NULL DEFAULT 0, created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX lane_owner ON lane (device, user_id);

-- Outcomes, kept to be given again byte by byte. lane NULL: an online operation. op_id NULL: the line of an operation that
-- came before under another lane, or that could not be read. about: the scopes of the records a refusal's "now" tells of; whoever
-- has lost one of them since gets the outcome again without it.
CREATE TABLE op_log (
  i INTEGER PRIMARY KEY, lane BIGINT, n BIGINT, op_id TEXT UNIQUE, user_id TEXT NOT NULL, op TEXT, hash TEXT NOT NULL,
  status TEXT NOT NULL, result TEXT NOT NULL, about TEXT, q BIGINT NOT NULL, late BIGINT NOT NULL DEFAULT 0,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX op_log_lane ON op_log (lane, n) WHERE lane IS NOT NULL;
CREATE INDEX op_log_user ON op_log (user_id);
CREATE INDEX op_log_at ON op_log (at);

-- What a refused operation should have made, so that what builds on it is one entry with it.
CREATE TABLE refused_id (lane BIGINT NOT NULL, id TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (lane, id)) WITHOUT ROWID;

CREATE TABLE parked_op (
  i INTEGER PRIMARY KEY, lane BIGINT, n BIGINT, op_id TEXT, user_id TEXT NOT NULL, why TEXT NOT NULL, line TEXT NOT NULL, at BIGINT NOT NULL
);

CREATE TABLE account (login TEXT PRIMARY KEY, staff TEXT NOT NULL UNIQUE, hash TEXT NOT NULL) WITHOUT ROWID;
-- For every login tried, known or not: both must look alike.
CREATE TABLE sign_in_failure (login TEXT PRIMARY KEY, failures BIGINT NOT NULL, until_ms BIGINT NOT NULL, at BIGINT NOT NULL) WITHOUT ROWID;

-- Only hashes of tokens are kept. A family is one sign-in; the lane is in session so that it can change.
CREATE TABLE session (family TEXT PRIMARY KEY, user_id TEXT NOT NULL, lane BIGINT NOT NULL, created_at BIGINT NOT NULL) WITHOUT ROWID;
CREATE INDEX session_user ON session (user_id);
CREATE TABLE token (
  hash TEXT PRIMARY KEY, family TEXT NOT NULL, step BIGINT NOT NULL, refresh BIGINT NOT NULL, expires BIGINT NOT NULL, used BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX token_family ON token (family);
CREATE INDEX token_expires ON token (expires);

-- The bytes of attached files lie in a folder beside the database, sealed with a key of their own, under the document's id. have: how many of them
-- count; whole: all, and they are what the document's SHA-256 says. Deleting the line makes the file unreadable.
CREATE TABLE blob (
  document TEXT PRIMARY KEY, agency TEXT NOT NULL, size BIGINT NOT NULL, have BIGINT NOT NULL, whole BIGINT NOT NULL DEFAULT 0, key TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX blob_agency ON blob (agency, size);
