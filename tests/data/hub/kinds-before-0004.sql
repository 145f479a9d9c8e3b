CREATE TABLE organization (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  digits text,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  parent_organization_id text GENERATED ALWAYS AS (body ->> 'parent_organization_id') VIRTUAL
);
CREATE INDEX organization_by_parent_organization_id ON organization (parent_organization_id, id);
CREATE VIRTUAL TABLE organization_find USING fts5 (find, digits, content='organization', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER organization_find_insert AFTER INSERT ON organization BEGIN
  INSERT INTO organization_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;
CREATE TRIGGER organization_find_delete AFTER DELETE ON organization BEGIN
  INSERT INTO organization_find (organization_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
END;
CREATE TRIGGER organization_find_update AFTER UPDATE OF find, digits ON organization
WHEN old.find IS NOT new.find OR old.digits IS NOT new.digits BEGIN
  INSERT INTO organization_find (organization_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
  INSERT INTO organization_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;

CREATE TABLE program (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  organization_id text GENERATED ALWAYS AS (body ->> 'organization_id') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL
);
CREATE INDEX program_by_organization_id ON program (organization_id, id);
CREATE VIRTUAL TABLE program_find USING fts5 (find, content='program', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER program_find_insert AFTER INSERT ON program BEGIN
  INSERT INTO program_find (rowid, find) VALUES (new.rid, new.find);
END;
CREATE TRIGGER program_find_delete AFTER DELETE ON program BEGIN
  INSERT INTO program_find (program_find, rowid, find) VALUES ('delete', old.rid, old.find);
END;
CREATE TRIGGER program_find_update AFTER UPDATE OF find ON program
WHEN old.find IS NOT new.find BEGIN
  INSERT INTO program_find (program_find, rowid, find) VALUES ('delete', old.rid, old.find);
  INSERT INTO program_find (rowid, find) VALUES (new.rid, new.find);
END;

CREATE TABLE service (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  digits text,
  organization_id text GENERATED ALWAYS AS (body ->> 'organization_id') VIRTUAL,
  program_id text GENERATED ALWAYS AS (body ->> 'program_id') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  status text GENERATED ALWAYS AS (body ->> 'status') VIRTUAL,
  direct boolean GENERATED ALWAYS AS (body ->> 'direct') VIRTUAL
);
CREATE INDEX service_by_organization_id ON service (organization_id, id);
CREATE INDEX service_by_program_id ON service (program_id, id);
CREATE INDEX service_by_name ON service (name, id);
CREATE INDEX service_by_direct ON service (direct, id);
CREATE VIRTUAL TABLE service_find USING fts5 (find, digits, content='service', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER service_find_insert AFTER INSERT ON service BEGIN
  INSERT INTO service_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;
CREATE TRIGGER service_find_delete AFTER DELETE ON service BEGIN
  INSERT INTO service_find (service_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
END;
CREATE TRIGGER service_find_update AFTER UPDATE OF find, digits ON service
WHEN old.find IS NOT new.find OR old.digits IS NOT new.digits BEGIN
  INSERT INTO service_find (service_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
  INSERT INTO service_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;

CREATE TABLE location (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  digits text,
  organization_id text GENERATED ALWAYS AS (body ->> 'organization_id') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL
);
CREATE INDEX location_by_organization_id ON location (organization_id, id);
CREATE VIRTUAL TABLE location_find USING fts5 (find, digits, content='location', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER location_find_insert AFTER INSERT ON location BEGIN
  INSERT INTO location_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;
CREATE TRIGGER location_find_delete AFTER DELETE ON location BEGIN
  INSERT INTO location_find (location_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
END;
CREATE TRIGGER location_find_update AFTER UPDATE OF find, digits ON location
WHEN old.find IS NOT new.find OR old.digits IS NOT new.digits BEGIN
  INSERT INTO location_find (location_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
  INSERT INTO location_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;

CREATE TABLE service_at_location (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  digits text,
  service_id text GENERATED ALWAYS AS (body ->> 'service_id') VIRTUAL,
  location_id text GENERATED ALWAYS AS (body ->> 'location_id') VIRTUAL
);
CREATE INDEX service_at_location_by_service_id ON service_at_location (service_id, id);
CREATE INDEX service_at_location_by_location_id ON service_at_location (location_id, id);
CREATE VIRTUAL TABLE service_at_location_find USING fts5 (digits, content='service_at_location', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER service_at_location_find_insert AFTER INSERT ON service_at_location BEGIN
  INSERT INTO service_at_location_find (rowid, digits) VALUES (new.rid, new.digits);
END;
CREATE TRIGGER service_at_location_find_delete AFTER DELETE ON service_at_location BEGIN
  INSERT INTO service_at_location_find (service_at_location_find, rowid, digits) VALUES ('delete', old.rid, old.digits);
END;
CREATE TRIGGER service_at_location_find_update AFTER UPDATE OF digits ON service_at_location
WHEN old.digits IS NOT new.digits BEGIN
  INSERT INTO service_at_location_find (service_at_location_find, rowid, digits) VALUES ('delete', old.rid, old.digits);
  INSERT INTO service_at_location_find (rowid, digits) VALUES (new.rid, new.digits);
END;

CREATE TABLE taxonomy (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL
);
CREATE VIRTUAL TABLE taxonomy_find USING fts5 (find, content='taxonomy', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER taxonomy_find_insert AFTER INSERT ON taxonomy BEGIN
  INSERT INTO taxonomy_find (rowid, find) VALUES (new.rid, new.find);
END;
CREATE TRIGGER taxonomy_find_delete AFTER DELETE ON taxonomy BEGIN
  INSERT INTO taxonomy_find (taxonomy_find, rowid, find) VALUES ('delete', old.rid, old.find);
END;
CREATE TRIGGER taxonomy_find_update AFTER UPDATE OF find ON taxonomy
WHEN old.find IS NOT new.find BEGIN
  INSERT INTO taxonomy_find (taxonomy_find, rowid, find) VALUES ('delete', old.rid, old.find);
  INSERT INTO taxonomy_find (rowid, find) VALUES (new.rid, new.find);
END;

CREATE TABLE taxonomy_term (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  code text GENERATED ALWAYS AS (body ->> 'code') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  parent_id text GENERATED ALWAYS AS (body ->> 'parent_id') VIRTUAL,
  taxonomy_id text GENERATED ALWAYS AS (body ->> 'taxonomy_id') VIRTUAL
);
CREATE INDEX taxonomy_term_by_code ON taxonomy_term (code, id);
CREATE INDEX taxonomy_term_by_parent_id ON taxonomy_term (parent_id, id);
CREATE INDEX taxonomy_term_by_taxonomy_id ON taxonomy_term (taxonomy_id, id);
CREATE VIRTUAL TABLE taxonomy_term_find USING fts5 (find, content='taxonomy_term', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER taxonomy_term_find_insert AFTER INSERT ON taxonomy_term BEGIN
  INSERT INTO taxonomy_term_find (rowid, find) VALUES (new.rid, new.find);
END;
CREATE TRIGGER taxonomy_term_find_delete AFTER DELETE ON taxonomy_term BEGIN
  INSERT INTO taxonomy_term_find (taxonomy_term_find, rowid, find) VALUES ('delete', old.rid, old.find);
END;
CREATE TRIGGER taxonomy_term_find_update AFTER UPDATE OF find ON taxonomy_term
WHEN old.find IS NOT new.find BEGIN
  INSERT INTO taxonomy_term_find (taxonomy_term_find, rowid, find) VALUES ('delete', old.rid, old.find);
  INSERT INTO taxonomy_term_find (rowid, find) VALUES (new.rid, new.find);
END;

CREATE TABLE calendar_day (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  date text GENERATED ALWAYS AS (body ->> 'date') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  closed boolean GENERATED ALWAYS AS (body ->> 'closed') VIRTUAL
);
CREATE INDEX calendar_day_by_date ON calendar_day (date, id);
CREATE INDEX calendar_day_by_agency ON calendar_day (agency, id);

CREATE TABLE agency_settings (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL
);
CREATE INDEX agency_settings_by_agency ON agency_settings (agency, id);

CREATE TABLE staff (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  level text GENERATED ALWAYS AS (body ->> 'level') VIRTUAL,
  role text GENERATED ALWAYS AS (body ->> 'role') VIRTUAL,
  supervisor text GENERATED ALWAYS AS (body ->> 'supervisor') VIRTUAL,
  active boolean GENERATED ALWAYS AS (body ->> 'active') VIRTUAL,
  login text GENERATED ALWAYS AS (body ->> 'login') VIRTUAL
);
CREATE INDEX staff_by_agency ON staff (agency, active, name);
CREATE INDEX staff_by_supervisor ON staff (supervisor, id);
CREATE INDEX staff_by_login ON staff (login, id);
CREATE VIRTUAL TABLE staff_find USING fts5 (find, content='staff', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER staff_find_insert AFTER INSERT ON staff BEGIN
  INSERT INTO staff_find (rowid, find) VALUES (new.rid, new.find);
END;
CREATE TRIGGER staff_find_delete AFTER DELETE ON staff BEGIN
  INSERT INTO staff_find (staff_find, rowid, find) VALUES ('delete', old.rid, old.find);
END;
CREATE TRIGGER staff_find_update AFTER UPDATE OF find ON staff
WHEN old.find IS NOT new.find BEGIN
  INSERT INTO staff_find (staff_find, rowid, find) VALUES ('delete', old.rid, old.find);
  INSERT INTO staff_find (rowid, find) VALUES (new.rid, new.find);
END;

CREATE TABLE staff_service (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  staff text GENERATED ALWAYS AS (body ->> 'staff') VIRTUAL,
  service text GENERATED ALWAYS AS (body ->> 'service') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL
);
CREATE INDEX staff_service_by_staff ON staff_service (staff, id);
CREATE INDEX staff_service_by_service ON staff_service (service, id);
CREATE INDEX staff_service_by_agency ON staff_service (agency, id);

CREATE TABLE client (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  digits text,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  number text GENERATED ALWAYS AS (body ->> 'number') VIRTUAL,
  given_name text GENERATED ALWAYS AS (body ->> 'given_name') VIRTUAL,
  family_name text GENERATED ALWAYS AS (body ->> 'family_name') VIRTUAL,
  date_of_birth text GENERATED ALWAYS AS (body ->> 'date_of_birth') VIRTUAL,
  restricted boolean GENERATED ALWAYS AS (body ->> 'restricted') VIRTUAL,
  registered_at text GENERATED ALWAYS AS (body ->> 'registered_at') VIRTUAL
);
CREATE INDEX client_by_agency ON client (agency, id);
CREATE INDEX client_by_number ON client (number, id);
CREATE INDEX client_by_family_name ON client (family_name, given_name, date_of_birth, number, id);
CREATE INDEX client_by_date_of_birth ON client (date_of_birth, id);
CREATE VIRTUAL TABLE client_find USING fts5 (find, digits, content='client', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER client_find_insert AFTER INSERT ON client BEGIN
  INSERT INTO client_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;
CREATE TRIGGER client_find_delete AFTER DELETE ON client BEGIN
  INSERT INTO client_find (client_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
END;
CREATE TRIGGER client_find_update AFTER UPDATE OF find, digits ON client
WHEN old.find IS NOT new.find OR old.digits IS NOT new.digits BEGIN
  INSERT INTO client_find (client_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
  INSERT INTO client_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;

CREATE TABLE client_billing (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL
);
CREATE INDEX client_billing_by_client ON client_billing (client, id);

CREATE TABLE client_health (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL
);
CREATE INDEX client_health_by_client ON client_health (client, id);

CREATE TABLE household_member (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  household text GENERATED ALWAYS AS (body ->> 'household') VIRTUAL,
  relationship text GENERATED ALWAYS AS (body ->> 'relationship') VIRTUAL,
  ended_on text GENERATED ALWAYS AS (body ->> 'ended_on') VIRTUAL
);
CREATE INDEX household_member_by_client ON household_member (client, id);
CREATE INDEX household_member_by_household ON household_member (household, id);

CREATE TABLE alert (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  level text GENERATED ALWAYS AS (body ->> 'level') VIRTUAL,
  until text GENERATED ALWAYS AS (body ->> 'until') VIRTUAL,
  raised_at text GENERATED ALWAYS AS (body ->> 'raised_at') VIRTUAL,
  cleared_at text GENERATED ALWAYS AS (body ->> 'cleared_at') VIRTUAL
);
CREATE INDEX alert_by_client ON alert (client, id);

CREATE TABLE consent (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  status text GENERATED ALWAYS AS (body ->> 'status') VIRTUAL,
  term text GENERATED ALWAYS AS (body ->> 'term') VIRTUAL,
  findable boolean GENERATED ALWAYS AS (body ->> 'findable') VIRTUAL
);
CREATE INDEX consent_by_client ON consent (client, status, term);
CREATE INDEX consent_by_agency ON consent (agency, id);
CREATE INDEX consent_by_status ON consent (status, term);
CREATE INDEX consent_by_term ON consent (term, id);

CREATE TABLE match (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  first text GENERATED ALWAYS AS (body ->> 'first') VIRTUAL,
  second text GENERATED ALWAYS AS (body ->> 'second') VIRTUAL,
  state text GENERATED ALWAYS AS (body ->> 'state') VIRTUAL,
  zone text GENERATED ALWAYS AS (body ->> 'zone') VIRTUAL,
  proposed_at text GENERATED ALWAYS AS (body ->> 'proposed_at') VIRTUAL
);
CREATE INDEX match_by_first ON match (first, id);
CREATE INDEX match_by_second ON match (second, id);
CREATE INDEX match_by_state ON match (state, first, second);

CREATE TABLE care (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  given_name text GENERATED ALWAYS AS (body ->> 'given_name') VIRTUAL,
  family_name text GENERATED ALWAYS AS (body ->> 'family_name') VIRTUAL,
  date_of_birth text GENERATED ALWAYS AS (body ->> 'date_of_birth') VIRTUAL,
  since text GENERATED ALWAYS AS (body ->> 'since') VIRTUAL
);
CREATE INDEX care_by_client ON care (client, id);
CREATE INDEX care_by_agency ON care (agency, client);
CREATE INDEX care_by_family_name ON care (family_name, id);
CREATE VIRTUAL TABLE care_find USING fts5 (find, content='care', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER care_find_insert AFTER INSERT ON care BEGIN
  INSERT INTO care_find (rowid, find) VALUES (new.rid, new.find);
END;
CREATE TRIGGER care_find_delete AFTER DELETE ON care BEGIN
  INSERT INTO care_find (care_find, rowid, find) VALUES ('delete', old.rid, old.find);
END;
CREATE TRIGGER care_find_update AFTER UPDATE OF find ON care
WHEN old.find IS NOT new.find BEGIN
  INSERT INTO care_find (care_find, rowid, find) VALUES ('delete', old.rid, old.find);
  INSERT INTO care_find (rowid, find) VALUES (new.rid, new.find);
END;

CREATE TABLE "case" (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  digits text,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  number text GENERATED ALWAYS AS (body ->> 'number') VIRTUAL,
  title text GENERATED ALWAYS AS (body ->> 'title') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  phase text GENERATED ALWAYS AS (body ->> 'phase') VIRTUAL,
  opened_at text GENERATED ALWAYS AS (body ->> 'opened_at') VIRTUAL,
  closed_at text GENERATED ALWAYS AS (body ->> 'closed_at') VIRTUAL,
  outcome text GENERATED ALWAYS AS (body ->> 'outcome') VIRTUAL,
  next_step_on text GENERATED ALWAYS AS (body ->> 'next_step_on') VIRTUAL
);
CREATE INDEX case_by_client ON "case" (client, phase, opened_at);
CREATE INDEX case_by_agency ON "case" (agency, phase, next_step_on);
CREATE INDEX case_by_number ON "case" (number, id);
CREATE INDEX case_by_phase ON "case" (phase, id);
CREATE VIRTUAL TABLE case_find USING fts5 (find, digits, content='case', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER case_find_insert AFTER INSERT ON "case" BEGIN
  INSERT INTO case_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;
CREATE TRIGGER case_find_delete AFTER DELETE ON "case" BEGIN
  INSERT INTO case_find (case_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
END;
CREATE TRIGGER case_find_update AFTER UPDATE OF find, digits ON "case"
WHEN old.find IS NOT new.find OR old.digits IS NOT new.digits BEGIN
  INSERT INTO case_find (case_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
  INSERT INTO case_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;

CREATE TABLE assignment (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  "case" text GENERATED ALWAYS AS (body ->> 'case') VIRTUAL,
  staff text GENERATED ALWAYS AS (body ->> 'staff') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL
);
CREATE INDEX assignment_by_client ON assignment (client, "case", staff);
CREATE INDEX assignment_by_case ON assignment ("case", staff);
CREATE INDEX assignment_by_staff ON assignment (staff, "case", client);
CREATE INDEX assignment_by_agency ON assignment (agency, "case", client, staff);

CREATE TABLE enrollment (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  program text GENERATED ALWAYS AS (body ->> 'program') VIRTUAL,
  started_on text GENERATED ALWAYS AS (body ->> 'started_on') VIRTUAL,
  ended_on text GENERATED ALWAYS AS (body ->> 'ended_on') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX enrollment_by_client ON enrollment (client, id);
CREATE INDEX enrollment_by_agency ON enrollment (agency, ended_on, started_on);
CREATE INDEX enrollment_by_program ON enrollment (program, id);

CREATE TABLE care_team_member (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  staff text GENERATED ALWAYS AS (body ->> 'staff') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  role text GENERATED ALWAYS AS (body ->> 'role') VIRTUAL,
  started_on text GENERATED ALWAYS AS (body ->> 'started_on') VIRTUAL,
  ended_on text GENERATED ALWAYS AS (body ->> 'ended_on') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX care_team_member_by_client ON care_team_member (client, id);
CREATE INDEX care_team_member_by_agency ON care_team_member (agency, id);
CREATE INDEX care_team_member_by_staff ON care_team_member (staff, id);

CREATE TABLE service_event (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  service text GENERATED ALWAYS AS (body ->> 'service') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  given_on text GENERATED ALWAYS AS (body ->> 'given_on') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL,
  voided_at text GENERATED ALWAYS AS (body ->> 'voided_at') VIRTUAL
);
CREATE INDEX service_event_by_client ON service_event (client, given_on, at);
CREATE INDEX service_event_by_agency ON service_event (agency, id);
CREATE INDEX service_event_by_service ON service_event (service, id);

CREATE TABLE amendment_request (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  asked_on text GENERATED ALWAYS AS (body ->> 'asked_on') VIRTUAL,
  due_on text GENERATED ALWAYS AS (body ->> 'due_on') VIRTUAL,
  state text GENERATED ALWAYS AS (body ->> 'state') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL,
  decided_on text GENERATED ALWAYS AS (body ->> 'decided_on') VIRTUAL
);
CREATE INDEX amendment_request_by_client ON amendment_request (client, id);

CREATE TABLE case_event (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  "case" text GENERATED ALWAYS AS (body ->> 'case') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX case_event_by_case ON case_event ("case", at);

CREATE TABLE case_note (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  "case" text GENERATED ALWAYS AS (body ->> 'case') VIRTUAL,
  amends text GENERATED ALWAYS AS (body ->> 'amends') VIRTUAL,
  first text GENERATED ALWAYS AS (body ->> 'first') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  sensitivity text GENERATED ALWAYS AS (body ->> 'sensitivity') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX case_note_by_case ON case_note ("case", at);
CREATE INDEX case_note_by_amends ON case_note (amends, id);

CREATE TABLE assessment (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  "case" text GENERATED ALWAYS AS (body ->> 'case') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  assessed_on text GENERATED ALWAYS AS (body ->> 'assessed_on') VIRTUAL,
  sensitivity text GENERATED ALWAYS AS (body ->> 'sensitivity') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX assessment_by_case ON assessment ("case", id);

CREATE TABLE goal (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  "case" text GENERATED ALWAYS AS (body ->> 'case') VIRTUAL,
  title text GENERATED ALWAYS AS (body ->> 'title') VIRTUAL,
  status text GENERATED ALWAYS AS (body ->> 'status') VIRTUAL,
  target_on text GENERATED ALWAYS AS (body ->> 'target_on') VIRTUAL,
  sensitivity text GENERATED ALWAYS AS (body ->> 'sensitivity') VIRTUAL,
  since text GENERATED ALWAYS AS (body ->> 'since') VIRTUAL
);
CREATE INDEX goal_by_case ON goal ("case", id);

CREATE TABLE queue (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  inactive boolean GENERATED ALWAYS AS (body ->> 'inactive') VIRTUAL
);
CREATE INDEX queue_by_name ON queue (name, id);

CREATE TABLE queue_status (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  queue text GENERATED ALWAYS AS (body ->> 'queue') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  phase text GENERATED ALWAYS AS (body ->> 'phase') VIRTUAL,
  place bigint GENERATED ALWAYS AS (body ->> 'place') VIRTUAL,
  retired boolean GENERATED ALWAYS AS (body ->> 'retired') VIRTUAL
);
CREATE INDEX queue_status_by_queue ON queue_status (queue, id);

CREATE TABLE queue_resource (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  queue text GENERATED ALWAYS AS (body ->> 'queue') VIRTUAL,
  resource text GENERATED ALWAYS AS (body ->> 'resource') VIRTUAL
);
CREATE INDEX queue_resource_by_queue ON queue_resource (queue, id);
CREATE INDEX queue_resource_by_resource ON queue_resource (resource, id);

CREATE TABLE referral (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  find text,
  digits text,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  author text GENERATED ALWAYS AS (body ->> 'author') VIRTUAL,
  agency_to text GENERATED ALWAYS AS (body ->> 'agency_to') VIRTUAL,
  service text GENERATED ALWAYS AS (body ->> 'service') VIRTUAL,
  assignee text GENERATED ALWAYS AS (body ->> 'assignee') VIRTUAL,
  number text GENERATED ALWAYS AS (body ->> 'number') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  phase text GENERATED ALWAYS AS (body ->> 'phase') VIRTUAL,
  sent_at text GENERATED ALWAYS AS (body ->> 'sent_at') VIRTUAL,
  closed_at text GENERATED ALWAYS AS (body ->> 'closed_at') VIRTUAL,
  due_on text GENERATED ALWAYS AS (body ->> 'due_on') VIRTUAL,
  outcome text GENERATED ALWAYS AS (body ->> 'outcome') VIRTUAL,
  accepted boolean GENERATED ALWAYS AS (body ->> 'accepted') VIRTUAL,
  release_until text GENERATED ALWAYS AS (body ->> 'release_until') VIRTUAL,
  resource_name text GENERATED ALWAYS AS (body ->> 'resource_name') VIRTUAL,
  contact_name text GENERATED ALWAYS AS (body ->> 'contact_name') VIRTUAL
);
CREATE INDEX referral_by_client ON referral (client, assignee, phase);
CREATE INDEX referral_by_agency ON referral (agency, phase, sent_at);
CREATE INDEX referral_by_author ON referral (author, id);
CREATE INDEX referral_by_agency_to ON referral (agency_to, phase, sent_at);
CREATE INDEX referral_by_service ON referral (service, id);
CREATE INDEX referral_by_assignee ON referral (assignee, phase);
CREATE INDEX referral_by_number ON referral (number, id);
CREATE INDEX referral_by_phase ON referral (phase, id);
CREATE INDEX referral_by_due_on ON referral (due_on, id);
CREATE INDEX referral_by_release_until ON referral (release_until, id);
CREATE VIRTUAL TABLE referral_find USING fts5 (find, digits, content='referral', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER referral_find_insert AFTER INSERT ON referral BEGIN
  INSERT INTO referral_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;
CREATE TRIGGER referral_find_delete AFTER DELETE ON referral BEGIN
  INSERT INTO referral_find (referral_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
END;
CREATE TRIGGER referral_find_update AFTER UPDATE OF find, digits ON referral
WHEN old.find IS NOT new.find OR old.digits IS NOT new.digits BEGIN
  INSERT INTO referral_find (referral_find, rowid, find, digits) VALUES ('delete', old.rid, old.find, old.digits);
  INSERT INTO referral_find (rowid, find, digits) VALUES (new.rid, new.find, new.digits);
END;

CREATE TABLE referral_detail (
  rid integer PRIMARY KEY,
  id text NOT NULL UNIQUE,
  body text NOT NULL,
  digits text,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL
);
CREATE INDEX referral_detail_by_referral ON referral_detail (referral, id);
CREATE VIRTUAL TABLE referral_detail_find USING fts5 (digits, content='referral_detail', content_rowid='rid', prefix='2 3 4',
  columnsize=0, tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER referral_detail_find_insert AFTER INSERT ON referral_detail BEGIN
  INSERT INTO referral_detail_find (rowid, digits) VALUES (new.rid, new.digits);
END;
CREATE TRIGGER referral_detail_find_delete AFTER DELETE ON referral_detail BEGIN
  INSERT INTO referral_detail_find (referral_detail_find, rowid, digits) VALUES ('delete', old.rid, old.digits);
END;
CREATE TRIGGER referral_detail_find_update AFTER UPDATE OF digits ON referral_detail
WHEN old.digits IS NOT new.digits BEGIN
  INSERT INTO referral_detail_find (referral_detail_find, rowid, digits) VALUES ('delete', old.rid, old.digits);
  INSERT INTO referral_detail_find (rowid, digits) VALUES (new.rid, new.digits);
END;

CREATE TABLE referral_own (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  assignee text GENERATED ALWAYS AS (body ->> 'assignee') VIRTUAL,
  snoozed_until text GENERATED ALWAYS AS (body ->> 'snoozed_until') VIRTUAL,
  previous text GENERATED ALWAYS AS (body ->> 'previous') VIRTUAL
);
CREATE INDEX referral_own_by_referral ON referral_own (referral, id);
CREATE INDEX referral_own_by_agency ON referral_own (agency, id);
CREATE INDEX referral_own_by_assignee ON referral_own (assignee, id);
CREATE INDEX referral_own_by_previous ON referral_own (previous, id);

CREATE TABLE referral_event (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX referral_event_by_referral ON referral_event (referral, at);

CREATE TABLE queue_item (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL,
  queue text GENERATED ALWAYS AS (body ->> 'queue') VIRTUAL,
  status text GENERATED ALWAYS AS (body ->> 'status') VIRTUAL,
  moved_at text GENERATED ALWAYS AS (body ->> 'moved_at') VIRTUAL
);
CREATE INDEX queue_item_by_referral ON queue_item (referral, id);
CREATE INDEX queue_item_by_queue ON queue_item (queue, status, moved_at, referral);

CREATE TABLE capacity (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  service text GENERATED ALWAYS AS (body ->> 'service') VIRTUAL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  unit text GENERATED ALWAYS AS (body ->> 'unit') VIRTUAL,
  status text GENERATED ALWAYS AS (body ->> 'status') VIRTUAL,
  free bigint GENERATED ALWAYS AS (body ->> 'free') VIRTUAL,
  observed_at text GENERATED ALWAYS AS (body ->> 'observed_at') VIRTUAL
);
CREATE INDEX capacity_by_service ON capacity (service, id);
CREATE INDEX capacity_by_agency ON capacity (agency, observed_at);

CREATE TABLE capacity_plan (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  service text GENERATED ALWAYS AS (body ->> 'service') VIRTUAL,
  planned_on text GENERATED ALWAYS AS (body ->> 'planned_on') VIRTUAL,
  hour text GENERATED ALWAYS AS (body ->> 'hour') VIRTUAL,
  live boolean GENERATED ALWAYS AS (body ->> 'live') VIRTUAL
);
CREATE INDEX capacity_plan_by_service ON capacity_plan (service, id);
CREATE INDEX capacity_plan_by_live ON capacity_plan (live, id);

CREATE TABLE capacity_observation (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  capacity text GENERATED ALWAYS AS (body ->> 'capacity') VIRTUAL,
  status text GENERATED ALWAYS AS (body ->> 'status') VIRTUAL,
  free bigint GENERATED ALWAYS AS (body ->> 'free') VIRTUAL,
  observed_at text GENERATED ALWAYS AS (body ->> 'observed_at') VIRTUAL,
  late boolean GENERATED ALWAYS AS (body ->> 'late') VIRTUAL,
  by_name text GENERATED ALWAYS AS (body ->> 'by_name') VIRTUAL
);
CREATE INDEX capacity_observation_by_capacity ON capacity_observation (capacity, observed_at);

CREATE TABLE hold (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL,
  capacity text GENERATED ALWAYS AS (body ->> 'capacity') VIRTUAL,
  state text GENERATED ALWAYS AS (body ->> 'state') VIRTUAL,
  placed_at text GENERATED ALWAYS AS (body ->> 'placed_at') VIRTUAL,
  counts text GENERATED ALWAYS AS (body ->> 'counts') VIRTUAL
);
CREATE INDEX hold_by_referral ON hold (referral, id);
CREATE INDEX hold_by_capacity ON hold (capacity, id);
CREATE INDEX hold_by_counts ON hold (counts, id);

CREATE TABLE task (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  staff text GENERATED ALWAYS AS (body ->> 'staff') VIRTUAL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  "case" text GENERATED ALWAYS AS (body ->> 'case') VIRTUAL,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL,
  subject text GENERATED ALWAYS AS (body ->> 'subject') VIRTUAL,
  due_on text GENERATED ALWAYS AS (body ->> 'due_on') VIRTUAL,
  remind_at text GENERATED ALWAYS AS (body ->> 'remind_at') VIRTUAL,
  snoozed_until text GENERATED ALWAYS AS (body ->> 'snoozed_until') VIRTUAL,
  done boolean GENERATED ALWAYS AS (body ->> 'done') VIRTUAL,
  done_at text GENERATED ALWAYS AS (body ->> 'done_at') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX task_by_staff ON task (staff, done, due_on);
CREATE INDEX task_by_client ON task (client, staff, done);
CREATE INDEX task_by_case ON task ("case", staff, done);
CREATE INDEX task_by_referral ON task (referral, staff, done);

CREATE TABLE transfer (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  by text GENERATED ALWAYS AS (body ->> 'by') VIRTUAL,
  started text GENERATED ALWAYS AS (body ->> 'started') VIRTUAL,
  state text GENERATED ALWAYS AS (body ->> 'state') VIRTUAL
);
CREATE INDEX transfer_by_agency ON transfer (agency, id);
CREATE INDEX transfer_by_by ON transfer (by, id);

CREATE TABLE transfer_part (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  transfer text GENERATED ALWAYS AS (body ->> 'transfer') VIRTUAL,
  staff text GENERATED ALWAYS AS (body ->> 'staff') VIRTUAL
);
CREATE INDEX transfer_part_by_transfer ON transfer_part (transfer, id);
CREATE INDEX transfer_part_by_staff ON transfer_part (staff, id);

CREATE TABLE notice (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  staff text GENERATED ALWAYS AS (body ->> 'staff') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  referral text GENERATED ALWAYS AS (body ->> 'referral') VIRTUAL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL,
  read boolean GENERATED ALWAYS AS (body ->> 'read') VIRTUAL
);
CREATE INDEX notice_by_staff ON notice (staff, read, at);
CREATE INDEX notice_by_referral ON notice (referral, id);
CREATE INDEX notice_by_client ON notice (client, id);

CREATE TABLE import (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  started text GENERATED ALWAYS AS (body ->> 'started') VIRTUAL,
  state text GENERATED ALWAYS AS (body ->> 'state') VIRTUAL
);
CREATE INDEX import_by_agency ON import (agency, id);
CREATE INDEX import_by_state ON import (state, id);

CREATE TABLE document (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  record text GENERATED ALWAYS AS (body ->> 'record') VIRTUAL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL,
  type text GENERATED ALWAYS AS (body ->> 'type') VIRTUAL,
  name text GENERATED ALWAYS AS (body ->> 'name') VIRTUAL,
  sha256 text GENERATED ALWAYS AS (body ->> 'sha256') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL,
  removed_at text GENERATED ALWAYS AS (body ->> 'removed_at') VIRTUAL
);
CREATE INDEX document_by_record ON document (record, id);
CREATE INDEX document_by_client ON document (client, id);
CREATE INDEX document_by_sha256 ON document (sha256, id);

CREATE TABLE audit_entry (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  agency text GENERATED ALWAYS AS (body ->> 'agency') VIRTUAL,
  staff text GENERATED ALWAYS AS (body ->> 'staff') VIRTUAL,
  what text GENERATED ALWAYS AS (body ->> 'what') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL,
  client text GENERATED ALWAYS AS (body ->> 'client') VIRTUAL
);
CREATE INDEX audit_entry_by_agency ON audit_entry (agency, at);
CREATE INDEX audit_entry_by_staff ON audit_entry (staff, id);
CREATE INDEX audit_entry_by_client ON audit_entry (client, id);

CREATE TABLE conflict (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  record text GENERATED ALWAYS AS (body ->> 'record') VIRTUAL,
  field text GENERATED ALWAYS AS (body ->> 'field') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL,
  state text GENERATED ALWAYS AS (body ->> 'state') VIRTUAL
);
CREATE INDEX conflict_by_record ON conflict (record, id);
CREATE INDEX conflict_by_state ON conflict (state, id);

CREATE TABLE field_history (
  id text NOT NULL PRIMARY KEY,
  body text NOT NULL,
  record text GENERATED ALWAYS AS (body ->> 'record') VIRTUAL,
  field text GENERATED ALWAYS AS (body ->> 'field') VIRTUAL,
  at text GENERATED ALWAYS AS (body ->> 'at') VIRTUAL
);
CREATE INDEX field_history_by_record ON field_history (record, id);
