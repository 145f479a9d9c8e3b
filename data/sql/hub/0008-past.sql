-- What was assigned once (D12): hubs whose kinds were made before it have no table for it.
CREATE TABLE IF NOT EXISTS past_assignment (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  "case" text GENERATED ALWAYS AS (body ->> 'case') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  since text GENERATED ALWAYS AS (body ->> 'since') VIRTUAL,
  ended_at text GENERATED ALWAYS AS (body ->> 'ended_at') VIRTUAL
);
CREATE INDEX IF NOT EXISTS past_assignment_by_client ON past_assignment (client, id);
CREATE INDEX IF NOT EXISTS past_assignment_by_case ON past_assignment ("case", id);
