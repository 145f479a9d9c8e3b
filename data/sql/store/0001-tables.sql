-- The store's own tables. The kinds' tables are printed from their field tables (0002 on).

CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

-- Scopes held here, under a number of the store's own (i); sid is the hub's. begun: only by an operation of our own so far, the hub has not announced it.
-- fresh: the round in which it came; nothing to sweep when that round's fill ends. stale: not confirmed since a refill began.
CREATE TABLE scope (
  i INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  sid BIGINT UNIQUE,
  filled BIGINT NOT NULL DEFAULT 0,
  fresh BIGINT NOT NULL DEFAULT 0,
  begun BIGINT NOT NULL DEFAULT 0,
  hidden BIGINT NOT NULL DEFAULT 0,
  stale BIGINT NOT NULL DEFAULT 0
);
-- Asked for with every page and every turn of the engine; a large store has several hundred thousand scopes.
CREATE INDEX scope_begun ON scope (i) WHERE begun = 1;
CREATE INDEX scope_hidden ON scope (i) WHERE hidden = 1;
CREATE TABLE scope_until (sid BIGINT PRIMARY KEY, until BIGINT NOT NULL);
CREATE INDEX scope_until_time ON scope_until (until);
CREATE TABLE forgotten (sid BIGINT PRIMARY KEY);
CREATE TABLE unknown_kind (kind TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE fill_mark (scope BIGINT NOT NULL, t TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (scope, t, id)) WITHOUT ROWID;
-- Rows of scopes whose time is over (not_after): out of every list's reach until the hub forgets or prolongs them.
CREATE TABLE hidden_row (
  t TEXT NOT NULL, id TEXT NOT NULL, scope BIGINT NOT NULL, q BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (t, id)
) WITHOUT ROWID;
CREATE INDEX hidden_row_scope ON hidden_row (scope);

-- Operations. st: waiting, sending (it has been put into a push), sent (applied at q, which the cursor has not reached),
-- done (kept 30 days, args NULL once its records were taken away). attention: a person has not dealt with it.
CREATE TABLE op (
  i INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  args TEXT,
  at BIGINT NOT NULL,
  hlc TEXT NOT NULL,
  wall BIGINT NOT NULL,
  mono BIGINT NOT NULL,
  boot TEXT NOT NULL,
  seen BIGINT NOT NULL,
  base TEXT,
  n BIGINT UNIQUE,
  hold_until BIGINT NOT NULL DEFAULT 0,
  st TEXT NOT NULL DEFAULT 'waiting',
  local_code TEXT,
  local_message TEXT,
  outcome TEXT,
  code TEXT,
  message TEXT,
  now TEXT,
  conflict TEXT,
  q BIGINT NOT NULL DEFAULT 0,
  attention BIGINT NOT NULL DEFAULT 0,
  chain BIGINT,
  answered BIGINT,
  expires BIGINT
);
CREATE INDEX op_pending ON op (i) WHERE st <> 'done';
CREATE INDEX op_unsent ON op (i) WHERE st IN ('waiting', 'sending');
CREATE INDEX op_attention ON op (i) WHERE attention = 1;
CREATE INDEX op_chain ON op (chain) WHERE chain IS NOT NULL;

-- What an operation wrote here the last time it ran (body NULL: removed, or no longer kept), and the scopes it began.
CREATE TABLE op_row (
  i BIGINT NOT NULL, t TEXT NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, body TEXT, removed BIGINT NOT NULL DEFAULT 0,
  made BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (i, t, id)
) WITHOUT ROWID;
CREATE INDEX op_row_record ON op_row (id, i);
CREATE INDEX op_row_scope ON op_row (scope);
CREATE TABLE op_scope (i BIGINT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (i, name)) WITHOUT ROWID;

-- The hub's image of every row that a pending operation has changed here; body NULL: the hub has none.
CREATE TABLE shadow (
  t TEXT NOT NULL, id TEXT NOT NULL, scope BIGINT NOT NULL, q BIGINT NOT NULL, body TEXT, PRIMARY KEY (t, id)
) WITHOUT ROWID;
CREATE INDEX shadow_scope ON shadow (scope);

CREATE TABLE recent (t TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (t, id)) WITHOUT ROWID;
CREATE INDEX recent_at ON recent (t, at);

CREATE TABLE draft (
  key TEXT PRIMARY KEY, scope TEXT, body TEXT NOT NULL, at BIGINT NOT NULL, expires BIGINT
) WITHOUT ROWID;
CREATE INDEX draft_scope ON draft (scope);
