-- Why a record was restricted, and why a consent was refused or taken back, is read by the agency that was told alone (C1, C11): what an older hub wrote into the client's
-- record and the consents, which every agency reads that a consent lets in, becomes a record of its own. Each record that changes gets a number of its own,
-- so that every desk fetches it anew.

-- A hub may be too old for a kind's columns, or its table (see 0018).
CREATE TABLE IF NOT EXISTS staff (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS client (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS consent (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TEMP TABLE said (client TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL, agency TEXT NOT NULL, by TEXT, by_name TEXT, text TEXT NOT NULL, id TEXT,
  PRIMARY KEY (client, what, at, agency)) WITHOUT ROWID;
INSERT OR IGNORE INTO said (client, what, at, agency, by, by_name, text)
SELECT c.id, iif(c.body ->> 'restricted', 'restricted', 'unrestricted'), c.body ->> 'restricted_at', c.body ->> 'agency', c.body ->> 'restricted_by',
  c.body ->> 'restricted_by_name', c.body ->> 'restricted_reason'
FROM client c WHERE c.body ->> 'restricted_reason' IS NOT NULL AND c.body ->> 'restricted_at' IS NOT NULL AND c.body ->> 'agency' IS NOT NULL;
-- Of a victim service agency the record does not say that it was told (C15); the account of whoever took it down does.
INSERT OR IGNORE INTO said (client, what, at, agency, by, by_name, text)
SELECT c.id, 'revoked', c.body ->> 'consents_revoked_at', coalesce(c.body ->> 'consents_revoked_agency', s.body ->> 'agency', c.body ->> 'agency'),
  c.body ->> 'consents_revoked_by', c.body ->> 'consents_revoked_by_name', c.body ->> 'consents_revoke_reason'
FROM client c LEFT JOIN staff s ON s.id = c.body ->> 'consents_revoked_by'
WHERE c.body ->> 'consents_revoke_reason' IS NOT NULL AND c.body ->> 'consents_revoked_at' IS NOT NULL AND c.body ->> 'agency' IS NOT NULL;
INSERT OR IGNORE INTO said (client, what, at, agency, by, by_name, text)
SELECT k.body ->> 'client', 'revoked', k.body ->> 'revoked_at', coalesce(k.body ->> 'revoked_agency', s.body ->> 'agency', k.body ->> 'agency'),
  k.body ->> 'revoked_by', k.body ->> 'revoked_by_name', k.body ->> 'revoke_reason'
FROM consent k LEFT JOIN staff s ON s.id = k.body ->> 'revoked_by'
WHERE k.body ->> 'revoke_reason' IS NOT NULL AND k.body ->> 'revoked_at' IS NOT NULL AND k.body ->> 'client' IS NOT NULL AND k.body ->> 'agency' IS NOT NULL;
INSERT OR IGNORE INTO said (client, what, at, agency, by, by_name, text)
SELECT k.body ->> 'client', 'refused', k.body ->> 'start', k.body ->> 'agency', k.body ->> 'recorded_by', k.body ->> 'recorded_by_name', k.body ->> 'reason'
FROM consent k
WHERE k.body ->> 'reason' IS NOT NULL AND k.body ->> 'start' IS NOT NULL AND k.body ->> 'client' IS NOT NULL AND k.body ->> 'agency' IS NOT NULL;
UPDATE said SET id = lower(hex(randomblob(16)));
UPDATE said SET id = substr(id, 1, 8) || '-' || substr(id, 9, 4) || '-7' || substr(id, 14, 3) || '-8' || substr(id, 18, 3) || '-' || substr(id, 21, 12);

CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, t TEXT NOT NULL, id TEXT NOT NULL);
INSERT INTO moved (t, id) SELECT 'client_reason', id FROM said ORDER BY client, what, at, agency;
INSERT INTO moved (t, id) SELECT 'client', id FROM client WHERE body ->> 'restricted_reason' IS NOT NULL OR body ->> 'consents_revoke_reason' IS NOT NULL ORDER BY id;
INSERT INTO moved (t, id) SELECT 'consent', id FROM consent WHERE body ->> 'revoke_reason' IS NOT NULL OR body ->> 'reason' IS NOT NULL ORDER BY id;
-- In the shape of a table whose columns follow from what is in it (kith-hub-tables.c), whatever shape it had.
CREATE TABLE IF NOT EXISTS client_reason (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
CREATE TEMP TABLE had AS SELECT id, body FROM client_reason;
DROP TABLE client_reason;
CREATE TABLE client_reason (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO client_reason (id, body) SELECT id, body FROM had;
DROP TABLE had;
-- NULL would stand there as such: the patch leaves it out.
INSERT INTO client_reason (id, body)
SELECT id, json_patch('{}', json_object('agency', agency, 'at', at, 'by', by, 'by_name', by_name, 'client', client, 'text', text, 'what', what)) FROM said;
UPDATE client SET body = json_remove(body, '$.restricted_reason', '$.consents_revoke_reason') WHERE id IN (SELECT id FROM moved WHERE t = 'client');
UPDATE consent SET body = json_remove(body, '$.revoke_reason', '$.reason') WHERE id IN (SELECT id FROM moved WHERE t = 'consent');
INSERT INTO scope (name, priority) SELECT 'why:' || id, 4 FROM said ORDER BY id;
INSERT INTO sync_row (t, id, sid, q)
SELECT 'client_reason', m.id, (SELECT sid FROM scope WHERE name = 'why:' || m.id), (SELECT q FROM hub_state) + m.i FROM moved m WHERE m.t = 'client_reason';
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.t = sync_row.t AND m.id = sync_row.id)
WHERE t IN ('client', 'consent') AND id IN (SELECT id FROM moved WHERE moved.t = sync_row.t);
-- One of what stands open of each of these clients has come to its end by the time the hub was last up: so it works out anew who may see what, with the reasons
-- among it, before it answers anybody, and what was open opens with the same number.
UPDATE scope_grant SET not_after = (SELECT CASE WHEN seen_ms > 0 THEN seen_ms ELSE 1 END FROM hub_state)
WHERE i IN (SELECT min(g.i) FROM scope_grant g WHERE g.until_q IS NULL AND g.subject IN (SELECT 'client:' || client FROM said) GROUP BY g.subject);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
DROP TABLE said;
