-- Mail that is to go out: about one notice, or the overview of a week. What it says is made when it is sent, from what holds then, so that the queue
-- keeps nothing about anybody. A line goes when its mail was taken by the server, or nobody wants it any more.

CREATE TABLE mail (
  i INTEGER PRIMARY KEY,
  staff TEXT NOT NULL,
  notice TEXT,            -- one of the two
  week TEXT,              -- the Monday it is sent on, an ISO day
  at BIGINT NOT NULL,     -- ms, put into the queue
  attempts BIGINT NOT NULL DEFAULT 0,
  next_at BIGINT NOT NULL, -- ms, not before
  dead BIGINT NOT NULL DEFAULT 0, -- 1: given up; kept for whoever looks after the hub
  why TEXT,               -- what the server said last
  UNIQUE (staff, notice),
  UNIQUE (staff, week)
);
CREATE INDEX mail_by_next ON mail (dead, next_at, i);

-- The newest week each person had an overview of.
CREATE TABLE mail_week (staff TEXT PRIMARY KEY, week TEXT NOT NULL) WITHOUT ROWID;
