-- What the windows show of clients. The first column is the row's id; all columns come as text.
-- "me" is the signed-in person; what is "mine" is assigned to them.

-- All clients on this computer, also those known only by a care record of ours or of a partner.
-- id, number, given_name, middle_name, family_name, second_family_name, described_as (how to call somebody without any of these names: another name, else
-- the description), date_of_birth, restricted,
-- held (client | care), mine (0/1), consent (status of the best one, NULL: never asked), pending (0/1: not with the hub yet),
-- linked (how many other records here are said to be the same person: of several one has a line, our agency's first, see client-front),
-- consent_until (when the last of those in force ends: a term may have ended while nobody told, C4)
-- care_alone has the care records without a client here. Written so that one id can be asked for from outside.
-- name: clients-all
-- inputs: me
SELECT c.id AS id, c.number AS number, c.given_name AS given_name, c.body ->> 'middle_name' AS middle_name,
  c.family_name AS family_name, c.body ->> 'second_family_name' AS second_family_name,
  coalesce(c.body ->> 'preferred_name', c.body ->> '$.other_names[0]', CASE WHEN c.given_name IS NULL AND c.family_name IS NULL THEN c.body ->> 'described_as' END) AS described_as, c.date_of_birth AS date_of_birth, c.restricted AS restricted, 'client' AS held,
  EXISTS (SELECT 1 FROM assignment a WHERE a.client = c.id AND +a.staff = :me) AS mine,
  CASE WHEN EXISTS (SELECT 1 FROM consent s WHERE s.client = c.id AND s.status = 'in_force') THEN 'in_force'
    WHEN EXISTS (SELECT 1 FROM consent s WHERE s.client = c.id)
    THEN (SELECT s.status FROM consent s WHERE s.client = c.id ORDER BY s.body ->> 'start' DESC LIMIT 1) END AS consent,
  EXISTS (SELECT 1 FROM op_row w JOIN op o ON o.i = w.i WHERE w.id = c.id AND o.st IN ('waiting', 'sending')) AS pending,
  CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.first = c.id AND m.state = 'linked')
      OR EXISTS (SELECT 1 FROM match m WHERE m.second = c.id AND m.state = 'linked')
    THEN (WITH RECURSIVE one (id) AS (SELECT c.id UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
      FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
      SELECT count(*) - 1 FROM one JOIN client p ON p.id = one.id) ELSE 0 END AS linked,
  (SELECT max(s.term) FROM consent s WHERE s.client = c.id AND s.status = 'in_force') AS consent_until
FROM client c
WHERE CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.first = c.id AND m.state = 'linked')
      OR EXISTS (SELECT 1 FROM match m WHERE m.second = c.id AND m.state = 'linked')
    THEN NOT EXISTS (WITH RECURSIVE one (id) AS (SELECT c.id UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
      FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
      SELECT 1 FROM one JOIN client p ON p.id = one.id WHERE (p.agency <> (SELECT u.agency FROM staff u WHERE u.id = :me), p.id) < (c.agency <> (SELECT u.agency FROM staff u WHERE u.id = :me), c.id))
    ELSE 1 END
UNION ALL
SELECT o.client, NULL, k.given_name, NULL, k.family_name, k.body ->> 'second_family_name', NULL, k.date_of_birth, NULL, 'care',
  EXISTS (SELECT 1 FROM assignment a WHERE a.client = o.client AND +a.staff = :me), NULL,
  EXISTS (SELECT 1 FROM op_row w JOIN op o ON o.i = w.i WHERE w.id = k.id AND o.st IN ('waiting', 'sending')), 0, NULL
FROM (SELECT x.client AS client, min(x.id) AS id FROM care_alone x GROUP BY x.client) o JOIN care k ON k.id = o.id
ORDER BY family_name, given_name, date_of_birth;

-- The rows of clients-all whose own record is here, by the numbers of its rows (a JSON array), in that order: as a search found them, which knows
-- who stands for whom. One statement for all of them, and nothing looked up by id: a page more to decipher for each. Columns as of clients-all.
-- name: clients-hits
-- inputs: me, rids
SELECT c.id AS id, c.number AS number, c.given_name AS given_name, c.body ->> 'middle_name' AS middle_name,
  c.family_name AS family_name, c.body ->> 'second_family_name' AS second_family_name,
  coalesce(c.body ->> 'preferred_name', c.body ->> '$.other_names[0]', CASE WHEN c.given_name IS NULL AND c.family_name IS NULL THEN c.body ->> 'described_as' END) AS described_as, c.date_of_birth AS date_of_birth, c.restricted AS restricted, 'client' AS held,
  EXISTS (SELECT 1 FROM assignment a WHERE a.client = c.id AND +a.staff = :me) AS mine,
  CASE WHEN EXISTS (SELECT 1 FROM consent s WHERE s.client = c.id AND s.status = 'in_force') THEN 'in_force'
    WHEN EXISTS (SELECT 1 FROM consent s WHERE s.client = c.id)
    THEN (SELECT s.status FROM consent s WHERE s.client = c.id ORDER BY s.body ->> 'start' DESC LIMIT 1) END AS consent,
  EXISTS (SELECT 1 FROM op_row w JOIN op o ON o.i = w.i WHERE w.id = c.id AND o.st IN ('waiting', 'sending')) AS pending,
  CASE WHEN NOT EXISTS (SELECT 1 FROM match l WHERE l.state = 'linked') THEN 0
    WHEN EXISTS (SELECT 1 FROM match m WHERE m.first = c.id AND m.state = 'linked')
      OR EXISTS (SELECT 1 FROM match m WHERE m.second = c.id AND m.state = 'linked')
    THEN (WITH RECURSIVE one (id) AS (SELECT c.id UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
      FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
      SELECT count(*) - 1 FROM one JOIN client p ON p.id = one.id) ELSE 0 END AS linked,
  (SELECT max(s.term) FROM consent s WHERE s.client = c.id AND s.status = 'in_force') AS consent_until
FROM json_each(:rids) x CROSS JOIN client c ON c.rid = x.value;

-- Those of them that a filter leaves: mine ('1', or '' for any), program (enrolled there now), site (a location: enrolled now in a program, or by a
-- referral in work at a service, that is given there), consent (the status of the best one, 'none': never asked), language (a code); '' for any. What is
-- hidden by consent is among none of a consent or a language. now: a time
-- name: clients-found
-- inputs: me, mine, program, site, consent, language, now
SELECT c.id AS id, c.number AS number, c.given_name AS given_name, c.body ->> 'middle_name' AS middle_name,
  c.family_name AS family_name, c.body ->> 'second_family_name' AS second_family_name,
  coalesce(c.body ->> 'preferred_name', c.body ->> '$.other_names[0]', CASE WHEN c.given_name IS NULL AND c.family_name IS NULL THEN c.body ->> 'described_as' END) AS described_as, c.date_of_birth AS date_of_birth, c.restricted AS restricted, 'client' AS held,
  EXISTS (SELECT 1 FROM assignment a WHERE a.client = c.id AND +a.staff = :me) AS mine,
  CASE WHEN EXISTS (SELECT 1 FROM consent s WHERE s.client = c.id AND s.status = 'in_force') THEN 'in_force'
    WHEN EXISTS (SELECT 1 FROM consent s WHERE s.client = c.id)
    THEN (SELECT s.status FROM consent s WHERE s.client = c.id ORDER BY s.body ->> 'start' DESC LIMIT 1) END AS consent,
  EXISTS (SELECT 1 FROM op_row w JOIN op o ON o.i = w.i WHERE w.id = c.id AND o.st IN ('waiting', 'sending')) AS pending,
  CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.first = c.id AND m.state = 'linked')
      OR EXISTS (SELECT 1 FROM match m WHERE m.second = c.id AND m.state = 'linked')
    THEN (WITH RECURSIVE one (id) AS (SELECT c.id UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
      FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
      SELECT count(*) - 1 FROM one JOIN client p ON p.id = one.id) ELSE 0 END AS linked,
  (SELECT max(s.term) FROM consent s WHERE s.client = c.id AND s.status = 'in_force') AS consent_until
FROM client c
WHERE (:mine = '' OR EXISTS (SELECT 1 FROM assignment a WHERE a.client = c.id AND +a.staff = :me))
  AND (:program = '' OR EXISTS (SELECT 1 FROM enrollment e WHERE e.client = c.id AND +e.program = :program AND e.ended_on IS NULL))
  AND (:site = '' OR EXISTS (SELECT 1 FROM enrollment e WHERE e.client = c.id AND e.ended_on IS NULL AND +e.agency = (SELECT u.agency FROM staff u WHERE u.id = :me)
      AND +e.program IN (SELECT v.program_id FROM service_at_location x JOIN service v ON v.id = x.service_id WHERE x.location_id = :site))
    OR EXISTS (SELECT 1 FROM referral r WHERE r.client = c.id AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
      AND +r.agency_to = (SELECT u.agency FROM staff u WHERE u.id = :me) AND +r.service IN (SELECT x.service_id FROM service_at_location x WHERE x.location_id = :site)))
  AND (:consent = '' OR :consent = coalesce((SELECT CASE WHEN s.status = 'in_force' AND s.term <= :now THEN 'expired' ELSE s.status END FROM consent s WHERE s.client = c.id ORDER BY s.status <> 'in_force', s.body ->> 'start' DESC LIMIT 1), 'none'))
  AND (:language = '' OR EXISTS (SELECT 1 FROM json_each(c.body, '$.languages') l WHERE l.value = :language))
  AND CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.first = c.id AND m.state = 'linked')
      OR EXISTS (SELECT 1 FROM match m WHERE m.second = c.id AND m.state = 'linked')
    THEN NOT EXISTS (WITH RECURSIVE one (id) AS (SELECT c.id UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
      FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
      SELECT 1 FROM one JOIN client p ON p.id = one.id WHERE (p.agency <> (SELECT u.agency FROM staff u WHERE u.id = :me), p.id) < (c.agency <> (SELECT u.agency FROM staff u WHERE u.id = :me), c.id))
    ELSE 1 END
UNION ALL
SELECT o.client, NULL, k.given_name, NULL, k.family_name, k.body ->> 'second_family_name', NULL, k.date_of_birth, NULL, 'care',
  EXISTS (SELECT 1 FROM assignment a WHERE a.client = o.client AND +a.staff = :me), NULL,
  EXISTS (SELECT 1 FROM op_row w JOIN op o ON o.i = w.i WHERE w.id = k.id AND o.st IN ('waiting', 'sending')), 0, NULL
FROM (SELECT x.client AS client, min(x.id) AS id FROM care_alone x GROUP BY x.client) o JOIN care k ON k.id = o.id
WHERE (:mine = '' OR EXISTS (SELECT 1 FROM assignment a WHERE a.client = o.client AND +a.staff = :me))
  AND (:program = '' OR EXISTS (SELECT 1 FROM enrollment e WHERE e.client = o.client AND +e.program = :program AND e.ended_on IS NULL))
  AND (:site = '' OR EXISTS (SELECT 1 FROM enrollment e WHERE e.client = o.client AND e.ended_on IS NULL AND +e.agency = (SELECT u.agency FROM staff u WHERE u.id = :me)
      AND +e.program IN (SELECT v.program_id FROM service_at_location x JOIN service v ON v.id = x.service_id WHERE x.location_id = :site))
    OR EXISTS (SELECT 1 FROM referral r WHERE r.client = o.client AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused')
      AND +r.agency_to = (SELECT u.agency FROM staff u WHERE u.id = :me) AND +r.service IN (SELECT x.service_id FROM service_at_location x WHERE x.location_id = :site)))
  AND :consent = '' AND :language = ''
ORDER BY family_name, given_name, date_of_birth;

-- The languages that clients here speak. id (code)
-- name: clients-languages
SELECT DISTINCT l.value AS id FROM client c, json_each(c.body, '$.languages') l ORDER BY l.value;

-- How many those are: without those behind the line of another.
-- name: clients-all-count
SELECT (SELECT n FROM client_count) + (SELECT count(DISTINCT client) FROM care_alone)
  - (SELECT count(*)
     FROM (SELECT m.first AS id FROM match m WHERE m.state = 'linked' UNION SELECT m.second FROM match m WHERE m.state = 'linked') l
     JOIN client c ON c.id = l.id JOIN state w ON w.key = 'user' JOIN staff u ON u.id = w.value
     WHERE EXISTS (WITH RECURSIVE one (id) AS (SELECT c.id UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
      FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
      SELECT 1 FROM one JOIN client p ON p.id = one.id WHERE (p.agency <> u.agency, p.id) < (c.agency <> u.agency, c.id)));

-- Of the records that are said to be one person, the one whose line stands for them: our agency's first. NULL rows: no such client here.
-- name: client-front
-- inputs: client, me
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
SELECT p.id FROM one JOIN client p ON p.id = one.id
ORDER BY p.agency <> (SELECT u.agency FROM staff u WHERE u.id = :me), p.id LIMIT 1;

-- name: clients-linked
SELECT EXISTS (SELECT 1 FROM match m WHERE m.state = 'linked');

-- One client. id, body (JSON), held (client | care: then the body is the care record's), agency_name, registered_by_name, mine, pending,
-- restricted_by_name, no_contact (the number of a linked record that says not to contact this person; NULL: none does), before (the body as the hub
-- has it, while something of it is not sent yet; NULL: nothing is, or the hub has none), sites (JSON of the own agency's locations where they are helped
-- now: id and name; NULL: none is known), restricted_why (in the own agency's words; NULL: they are not here)
-- name: client
-- inputs: client
SELECT c.id AS id, c.body AS body, 'client' AS held, o.name AS agency_name, coalesce(c.body ->> 'registered_by_name', s.name) AS registered_by_name,
  EXISTS (SELECT 1 FROM assignment a JOIN state u ON u.key = 'user' WHERE a.client = c.id AND a.staff = u.value) AS mine,
  EXISTS (SELECT 1 FROM op_row w JOIN op o2 ON o2.i = w.i WHERE w.id = c.id AND o2.st IN ('waiting', 'sending')) AS pending,
  coalesce(c.body ->> 'restricted_by_name', (SELECT x.name FROM staff x WHERE x.id = c.body ->> 'restricted_by')) AS restricted_by_name,
  (SELECT coalesce(min(x.number), '') FROM client x WHERE x.id <> :client AND x.body ->> 'do_not_contact' AND x.id IN (WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked') SELECT id FROM one) HAVING count(*) > 0) AS no_contact,
  (SELECT h.body FROM shadow h WHERE h.t = 'client' AND h.id = c.id
    AND EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = c.id AND x.st IN ('waiting', 'sending'))) AS before,
  (SELECT nullif(json_group_object(l.id, coalesce(l.name, l.body ->> '$.addresses[0].address_1', '')), '{}') FROM location l WHERE l.id IN (
    SELECT x.location_id FROM enrollment e JOIN service v ON v.program_id = e.program JOIN service_at_location x ON x.service_id = v.id
      WHERE e.client = :client AND +e.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AND e.ended_on IS NULL
    UNION SELECT x.location_id FROM referral r JOIN service_at_location x ON x.service_id = r.service
      WHERE r.client = :client AND +r.agency_to = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS sites,
  coalesce((SELECT w.body ->> 'text' FROM client_reason w WHERE w.client = c.id AND w.at = c.body ->> 'restricted_at' AND w.what <> 'revoked' LIMIT 1),
    c.body ->> 'restricted_reason') AS restricted_why
FROM client c LEFT JOIN organization o ON o.id = c.agency LEFT JOIN staff s ON s.id = c.body ->> 'registered_by'
WHERE c.id = :client
UNION ALL
SELECT * FROM (
  SELECT k.client, k.body, 'care', o.name, NULL,
    EXISTS (SELECT 1 FROM assignment a JOIN state u ON u.key = 'user' WHERE a.client = k.client AND a.staff = u.value), 0, NULL, NULL, NULL,
  (SELECT nullif(json_group_object(l.id, coalesce(l.name, l.body ->> '$.addresses[0].address_1', '')), '{}') FROM location l WHERE l.id IN (
    SELECT x.location_id FROM enrollment e JOIN service v ON v.program_id = e.program JOIN service_at_location x ON x.service_id = v.id
      WHERE e.client = :client AND +e.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AND e.ended_on IS NULL
    UNION SELECT x.location_id FROM referral r JOIN service_at_location x ON x.service_id = r.service
      WHERE r.client = :client AND +r.agency_to = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value) AND +r.phase IN ('accepted', 'contacting', 'in_service', 'waitlisted', 'paused'))) AS sites, NULL
  FROM care k LEFT JOIN organization o ON o.id = k.agency
  WHERE k.client = :client AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = k.client)
  ORDER BY k.id LIMIT 1);

-- Insurance and billing of one client, where this computer may hold it: one row, its body NULL when nothing was recorded. id, body
-- name: client-billing
-- inputs: client
SELECT coalesce(b.id, s.name) AS id, b.body AS body
FROM scope s LEFT JOIN client_billing b ON b.client = :client
WHERE s.name = 'client_billing:' || :client AND s.hidden = 0;

-- The same of all records that are said to be one person, as far as this computer may hold it, its own first: a row of each. client, agency_name (who
-- registered that record), source (its number; NULL: this one), before (as of "client"; {}: the hub has none yet) too.
-- name: client-record-billing
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
SELECT coalesce(b.id, s.name) AS id, b.body AS body, one.id AS client, o.name AS agency_name,
  CASE WHEN one.id <> :client THEN coalesce(c.number, '') END AS source,
  (SELECT coalesce(y.body, '{}') FROM shadow y WHERE y.t = 'client_billing' AND y.id = b.id
    AND EXISTS (SELECT 1 FROM op_row w JOIN op x ON x.i = w.i WHERE w.id = b.id AND x.st IN ('waiting', 'sending'))) AS before
FROM one JOIN scope s ON s.name = 'client_billing:' || one.id AND s.hidden = 0 LEFT JOIN client_billing b ON b.client = one.id
LEFT JOIN client c ON c.id = one.id LEFT JOIN organization o ON o.id = c.agency
ORDER BY one.id <> :client, c.number, one.id;

-- id, agency_name (that recorded it), recorded_by_name, receiver_names ("network" as it is), receiver_list (the same as JSON), revoked_by_name, body,
-- scan (the file it names, or that was attached to it later: the newest), scan_name, scan_removed (when that one was removed and none is left; the consent stays as it is, C20), discloser_list
-- (names of those that may share it, as JSON; NULL: all), why (it was refused or revoked, in the own agency's words; NULL: they are not here);
-- what is in force first, then the newest
-- name: client-consents
-- inputs: client
SELECT k.id, o.name AS agency_name, coalesce(k.body ->> 'recorded_by_name', s.name) AS recorded_by_name,
  (SELECT group_concat(coalesce(t.name, r.value), ', ') FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_names,
  (SELECT json_group_array(coalesce(t.name, r.value)) FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_list,
  coalesce(k.body ->> 'revoked_by_name', v.name) AS revoked_by_name, k.body, d.id AS scan, d.name AS scan_name, d.removed_at AS scan_removed,
  CASE WHEN k.body ->> 'disclosers' IS NOT NULL THEN (SELECT json_group_array(coalesce(t.name, r.value)) FROM json_each(k.body, '$.disclosers') r
    LEFT JOIN organization t ON t.id = r.value) END AS discloser_list,
  coalesce((SELECT w.body ->> 'text' FROM client_reason w WHERE w.client = k.client AND ((w.what = 'revoked' AND w.at = k.body ->> 'revoked_at')
      OR (w.what = 'refused' AND k.status = 'refused' AND w.at = k.body ->> 'start')) LIMIT 1), k.body ->> 'revoke_reason', k.body ->> 'reason') AS why
FROM consent k LEFT JOIN organization o ON o.id = k.agency LEFT JOIN staff s ON s.id = k.body ->> 'recorded_by'
LEFT JOIN staff v ON v.id = k.body ->> 'revoked_by'
LEFT JOIN document d ON d.id = (SELECT x.id FROM document x WHERE x.record = k.id OR x.id = k.body ->> 'document'
    ORDER BY x.removed_at IS NOT NULL, x.at DESC, x.id DESC LIMIT 1)
WHERE k.client = :client
ORDER BY k.status <> 'in_force', k.body ->> 'start' DESC, k.id DESC;

-- Of the client a referral is about, as far as they are here: the columns of client-consents.
-- name: referral-consents
-- inputs: referral
SELECT k.id, o.name AS agency_name, coalesce(k.body ->> 'recorded_by_name', s.name) AS recorded_by_name,
  (SELECT group_concat(coalesce(t.name, r.value), ', ') FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_names,
  (SELECT json_group_array(coalesce(t.name, r.value)) FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_list,
  coalesce(k.body ->> 'revoked_by_name', v.name) AS revoked_by_name, k.body, d.id AS scan, d.name AS scan_name, d.removed_at AS scan_removed,
  CASE WHEN k.body ->> 'disclosers' IS NOT NULL THEN (SELECT json_group_array(coalesce(t.name, r.value)) FROM json_each(k.body, '$.disclosers') r
    LEFT JOIN organization t ON t.id = r.value) END AS discloser_list,
  coalesce((SELECT w.body ->> 'text' FROM client_reason w WHERE w.client = k.client AND ((w.what = 'revoked' AND w.at = k.body ->> 'revoked_at')
      OR (w.what = 'refused' AND k.status = 'refused' AND w.at = k.body ->> 'start')) LIMIT 1), k.body ->> 'revoke_reason', k.body ->> 'reason') AS why
FROM referral f JOIN consent k ON k.client = f.client LEFT JOIN organization o ON o.id = k.agency LEFT JOIN staff s ON s.id = k.body ->> 'recorded_by'
LEFT JOIN staff v ON v.id = k.body ->> 'revoked_by'
LEFT JOIN document d ON d.id = (SELECT x.id FROM document x WHERE x.record = k.id OR x.id = k.body ->> 'document'
    ORDER BY x.removed_at IS NOT NULL, x.at DESC, x.id DESC LIMIT 1)
WHERE f.id = :referral
ORDER BY k.status <> 'in_force', k.body ->> 'start' DESC, k.id DESC;

-- The same of all records that are said to be one person, its own first: a consent counts for the record it was given for. client, source (the number
-- of the other record; NULL: this one), before discloser_list.
-- name: client-record-consents
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
SELECT k.id, o.name AS agency_name, coalesce(k.body ->> 'recorded_by_name', s.name) AS recorded_by_name,
  (SELECT group_concat(coalesce(t.name, r.value), ', ') FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_names,
  (SELECT json_group_array(coalesce(t.name, r.value)) FROM json_each(k.body, '$.receivers') r LEFT JOIN organization t ON t.id = r.value)
    AS receiver_list,
  coalesce(k.body ->> 'revoked_by_name', v.name) AS revoked_by_name, k.body, d.id AS scan, d.name AS scan_name, d.removed_at AS scan_removed, k.client,
  CASE WHEN k.client <> :client THEN coalesce(c.number, '') END AS source,
  CASE WHEN k.body ->> 'disclosers' IS NOT NULL THEN (SELECT json_group_array(coalesce(t.name, r.value)) FROM json_each(k.body, '$.disclosers') r
    LEFT JOIN organization t ON t.id = r.value) END AS discloser_list,
  coalesce((SELECT w.body ->> 'text' FROM client_reason w WHERE w.client = k.client AND ((w.what = 'revoked' AND w.at = k.body ->> 'revoked_at')
      OR (w.what = 'refused' AND k.status = 'refused' AND w.at = k.body ->> 'start')) LIMIT 1), k.body ->> 'revoke_reason', k.body ->> 'reason') AS why
FROM one JOIN consent k ON k.client = one.id LEFT JOIN organization o ON o.id = k.agency LEFT JOIN staff s ON s.id = k.body ->> 'recorded_by'
LEFT JOIN staff v ON v.id = k.body ->> 'revoked_by' LEFT JOIN client c ON c.id = k.client
LEFT JOIN document d ON d.id = (SELECT x.id FROM document x WHERE x.record = k.id OR x.id = k.body ->> 'document'
    ORDER BY x.removed_at IS NOT NULL, x.at DESC, x.id DESC LIMIT 1)
ORDER BY k.client <> :client, k.status <> 'in_force', k.body ->> 'start' DESC, k.id DESC;

-- What an agency has said about its consents. id, consent_term_days
-- name: agency-terms
-- inputs: agency
SELECT s.id, s.body ->> 'consent_term_days' AS consent_term_days, coalesce(s.body ->> 'victim_service', 0) AS victim_service FROM agency_settings s WHERE s.agency = :agency;

-- id, staff, staff_name (NULL: of another agency, from before assignments had names), agency, agency_name, since
-- name: client-team
-- inputs: client
SELECT a.id, a.staff, coalesce(s.name, a.body ->> 'name') AS staff_name, a.agency, o.name AS agency_name, a.body ->> 'since' AS since
FROM assignment a LEFT JOIN staff s ON s.id = a.staff LEFT JOIN organization o ON o.id = a.agency
WHERE a.client = :client AND a."case" IS NULL
ORDER BY staff_name, a.id;

-- The same of all records that are said to be one person. source too
-- name: client-record-team
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked')
SELECT a.id, a.staff, coalesce(s.name, a.body ->> 'name') AS staff_name, a.agency, o.name AS agency_name, a.body ->> 'since' AS since,
  CASE WHEN a.client <> :client THEN coalesce(c.number, '') END AS source
FROM one JOIN assignment a ON a.client = one.id AND a."case" IS NULL LEFT JOIN staff s ON s.id = a.staff LEFT JOIN organization o ON o.id = a.agency
LEFT JOIN client c ON c.id = a.client
ORDER BY a.client <> :client, staff_name, a.id;

-- The history of care (D12), of all records that are said to be one person: registered, care, consent_granted | _refused | _revoked, enrolled,
-- enrollment_ended, team_joined, team_role (to_phase: the role before), team_left, assigned, unassigned,
-- household_joined, household_left, given (services, a run of the same as one: to_phase is the type, title the service), task_done, and what
-- happened to referrals (type of the event); of one that is known by a consent for care alone, which opens no events, how it stands. What has a date
-- only stands at its noon, unless it was recorded on that day: then when it was.
-- id, type, at, agency_name, who, title, ref (referral), agency_to_name, to_phase, text,
-- my_agency (agency_name again when the referral came to us: it lies in the inbox), client, source (the number of the linked record it is of; NULL: of
-- this one), count, since, until (of given: how many, from which day to which); the newest first
-- name: client-history
-- inputs: client
WITH RECURSIVE one (id) AS (SELECT :client UNION SELECT CASE m.first WHEN one.id THEN m.second ELSE m.first END
    FROM one JOIN match m ON (m.first = one.id OR m.second = one.id) AND m.state = 'linked'),
  given AS (SELECT v.*, sum(v.anew) OVER (PARTITION BY v.client, v.agency, v.type, v.what ORDER BY v.given_on, v.at, v.id) AS run FROM
    (SELECT e.*, coalesce(e.service, e.body ->> 'service_name', '') AS what, -- nothing for more than a week: what comes then is another run
      coalesce(julianday(e.given_on) - julianday(lag(e.given_on) OVER (PARTITION BY e.client, e.agency, e.type, coalesce(e.service, e.body ->> 'service_name', '')
        ORDER BY e.given_on, e.at, e.id)) > 7, 1) AS anew
    FROM service_event e WHERE e.client IN (SELECT id FROM one) AND e.voided_at IS NULL) v),
  runs AS (SELECT min(g.id) AS id, g.client, g.agency, g.type, g.service, min(g.body ->> 'service_name') AS name, sum(g.body ->> 'count') AS n,
    min(g.given_on) AS since, max(g.given_on) AS until,
    max(CASE WHEN substr(g.at, 1, 10) = g.given_on THEN g.at ELSE g.given_on || 'T12:00:00.000Z' END) AS at,
    CASE count(DISTINCT g.body ->> 'by_name') WHEN 1 THEN min(g.body ->> 'by_name') WHEN 2 THEN min(g.body ->> 'by_name') || ', ' || max(g.body ->> 'by_name') END AS who,
    CASE count(*) WHEN 1 THEN min(g.body ->> 'note') END AS note
    FROM given g GROUP BY g.client, g.agency, g.type, g.what, g.run)
SELECT x.*, CASE WHEN x.client <> :client THEN coalesce(p.number, '') END AS source, g.n AS count, g.since, g.until FROM (
SELECT c.id AS id, 'registered' AS type, c.registered_at AS at, o.name AS agency_name, coalesce(c.body ->> 'registered_by_name', s.name) AS who, '' AS title, NULL AS ref,
  NULL AS agency_to_name, NULL AS to_phase, NULL AS text, NULL AS my_agency, c.id AS client
FROM client c LEFT JOIN organization o ON o.id = c.agency LEFT JOIN staff s ON s.id = c.body ->> 'registered_by'
WHERE c.id IN (SELECT id FROM one) AND c.registered_at IS NOT NULL
UNION ALL
SELECT k.id, 'care', k.since, o.name, NULL, '', NULL, NULL, NULL, NULL, NULL, k.client
FROM care k LEFT JOIN organization o ON o.id = k.agency
WHERE k.client IN (SELECT id FROM one) AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = k.client AND c.agency = k.agency)
  AND k.since IS NOT k.body ->> 'opened_at'
UNION ALL
SELECT k.id || ':opened', 'record_opened', k.body ->> 'opened_at', o.name, coalesce(k.body ->> 'opened_by_name', s.name), '', NULL, NULL, NULL,
  k.body ->> 'open_reason', NULL, k.client
FROM care k LEFT JOIN organization o ON o.id = k.agency LEFT JOIN staff s ON s.id = k.body ->> 'opened_by'
WHERE k.client IN (SELECT id FROM one) AND k.body ->> 'opened_at' IS NOT NULL
UNION ALL
SELECT k.id, CASE WHEN k.body ->> 'permission' = 'refused' THEN 'consent_refused' ELSE 'consent_granted' END, k.body ->> 'start', o.name, coalesce(k.body ->> 'recorded_by_name', s.name),
  coalesce((SELECT group_concat(t.name, ', ') FROM json_each(k.body, '$.receivers') r JOIN organization t ON t.id = r.value), ''),
  NULL, NULL, NULL, k.body ->> 'end_event', NULL, k.client
FROM consent k LEFT JOIN organization o ON o.id = k.agency LEFT JOIN staff s ON s.id = k.body ->> 'recorded_by'
WHERE k.client IN (SELECT id FROM one)
UNION ALL
SELECT k.id || ':revoked', 'consent_revoked', k.body ->> 'revoked_at', o.name, coalesce(k.body ->> 'revoked_by_name', s.name), '', NULL, NULL, NULL,
  coalesce((SELECT w.body ->> 'text' FROM client_reason w WHERE w.client = k.client AND w.at = k.body ->> 'revoked_at' AND w.what = 'revoked' LIMIT 1),
    k.body ->> 'revoke_reason'), NULL, k.client
FROM consent k LEFT JOIN staff s ON s.id = k.body ->> 'revoked_by' LEFT JOIN organization o ON o.id = coalesce(k.body ->> 'revoked_agency', s.agency)
WHERE k.client IN (SELECT id FROM one) AND k.body ->> 'revoked_at' IS NOT NULL
UNION ALL
SELECT c.id || ':revoked', 'consent_revoked', c.body ->> 'consents_revoked_at', o.name, coalesce(c.body ->> 'consents_revoked_by_name', s.name), '', NULL, NULL,
  NULL, coalesce((SELECT w.body ->> 'text' FROM client_reason w WHERE w.client = c.id AND w.at = c.body ->> 'consents_revoked_at' AND w.what = 'revoked' LIMIT 1),
    c.body ->> 'consents_revoke_reason'), NULL, c.id
FROM client c LEFT JOIN staff s ON s.id = c.body ->> 'consents_revoked_by'
LEFT JOIN organization o ON o.id = coalesce(c.body ->> 'consents_revoked_agency', s.agency)
WHERE c.id IN (SELECT id FROM one) AND c.body ->> 'consents_revoked_at' IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.client = c.id AND k.body ->> 'revoked_at' = c.body ->> 'consents_revoked_at')
UNION ALL
SELECT e.id, 'enrolled', CASE WHEN substr(e.at, 1, 10) = e.started_on THEN e.at ELSE e.started_on || 'T12:00:00.000Z' END, o.name, e.body ->> 'by_name', coalesce(p.name, e.body ->> 'program_name', ''), NULL, NULL,
  NULL, e.body ->> 'note', NULL, e.client
FROM enrollment e LEFT JOIN organization o ON o.id = e.agency LEFT JOIN program p ON p.id = e.program
WHERE e.client IN (SELECT id FROM one)
UNION ALL
SELECT e.id || ':ended', 'enrollment_ended', CASE WHEN substr(e.body ->> 'ended_at', 1, 10) = e.ended_on THEN e.body ->> 'ended_at' ELSE e.ended_on || 'T12:00:00.000Z' END, o.name, e.body ->> 'ended_by_name',
  coalesce(p.name, e.body ->> 'program_name', ''), NULL, NULL, e.body ->> 'end_reason', e.body ->> 'end_note', NULL, e.client
FROM enrollment e LEFT JOIN organization o ON o.id = e.agency LEFT JOIN program p ON p.id = e.program
WHERE e.client IN (SELECT id FROM one) AND e.ended_on IS NOT NULL
UNION ALL
SELECT m.id, CASE WHEN m.body ->> 'role_before' IS NULL THEN 'team_joined' ELSE 'team_role' END,
  CASE WHEN substr(m.at, 1, 10) = m.started_on THEN m.at ELSE m.started_on || 'T12:00:00.000Z' END, o.name, m.body ->> 'by_name', coalesce(m.name, ''), NULL, NULL, m.body ->> 'role_before', m.role, NULL, m.client
FROM care_team_member m LEFT JOIN organization o ON o.id = m.agency
WHERE m.client IN (SELECT id FROM one)
UNION ALL
SELECT m.id || ':left', 'team_left', CASE WHEN substr(m.body ->> 'ended_at', 1, 10) = m.ended_on THEN m.body ->> 'ended_at' ELSE m.ended_on || 'T12:00:00.000Z' END, o.name, m.body ->> 'ended_by_name', coalesce(m.name, ''), NULL, NULL, NULL,
  m.body ->> 'end_note', NULL, m.client
FROM care_team_member m LEFT JOIN organization o ON o.id = m.agency
WHERE m.client IN (SELECT id FROM one) AND m.ended_on IS NOT NULL AND m.body ->> 'role_after' IS NULL
UNION ALL
SELECT a.id, 'assigned', a.body ->> 'since', o.name, coalesce(b.name, a.body ->> 'by_name'), coalesce(s.name, a.body ->> 'name', ''), NULL, NULL, NULL, NULL, NULL, a.client
FROM assignment a LEFT JOIN organization o ON o.id = a.agency LEFT JOIN staff s ON s.id = a.staff LEFT JOIN staff b ON b.id = a.body ->> 'by'
WHERE a.client IN (SELECT id FROM one) AND a."case" IS NULL AND a.body ->> 'since' IS NOT NULL
UNION ALL
SELECT a.id || ':began', 'assigned', a.since, o.name, a.body ->> 'by_name', coalesce(a.name, ''), NULL, NULL, NULL, NULL, NULL, a.client
FROM past_assignment a LEFT JOIN organization o ON o.id = a.body ->> 'agency'
WHERE a.client IN (SELECT id FROM one) AND a."case" IS NULL AND a.since IS NOT NULL
UNION ALL
SELECT a.id, 'unassigned', a.ended_at, o.name, a.body ->> 'ended_by_name', coalesce(a.name, ''), NULL, NULL, NULL, NULL, NULL, a.client
FROM past_assignment a LEFT JOIN organization o ON o.id = a.body ->> 'agency'
WHERE a.client IN (SELECT id FROM one) AND a."case" IS NULL
UNION ALL
SELECT h.id, 'household_joined', CASE WHEN substr(h.body ->> 'at', 1, 10) <> h.body ->> 'since' THEN h.body ->> 'since' || 'T12:00:00.000Z' ELSE h.body ->> 'at' END, o.name, h.body ->> 'by_name', '', NULL, NULL,
  h.relationship, NULL, NULL, h.client
FROM household_member h LEFT JOIN organization o ON o.id = h.body ->> 'agency'
WHERE h.client IN (SELECT id FROM one)
UNION ALL
SELECT h.id || ':left', 'household_left', CASE WHEN substr(h.body ->> 'ended_at', 1, 10) = h.ended_on THEN h.body ->> 'ended_at' ELSE h.ended_on || 'T12:00:00.000Z' END, o.name, h.body ->> 'ended_by_name', '', NULL, NULL, NULL, NULL, NULL, h.client
FROM household_member h LEFT JOIN organization o ON o.id = h.body ->> 'agency'
WHERE h.client IN (SELECT id FROM one) AND h.ended_on IS NOT NULL
UNION ALL
SELECT e.id, e.type, e.at, coalesce(e.body ->> 'agency_name', o.name), e.body ->> 'actor_name', coalesce(r.resource_name, r.number), r.id,
  t.name, e.body ->> 'to_phase', e.body ->> 'text',
  CASE WHEN r.agency_to = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value)
    THEN coalesce(e.body ->> 'agency_name', o.name) END, r.client
FROM referral r JOIN referral_event e ON e.referral = r.id
LEFT JOIN organization o ON o.id = e.body ->> 'agency' LEFT JOIN organization t ON t.id = r.agency_to
WHERE r.client IN (SELECT id FROM one)
UNION ALL
SELECT r.id || ':' || x.what, CASE x.what WHEN 'now' THEN r.phase ELSE x.what END,
  CASE x.what WHEN 'sent' THEN y.sent_at WHEN 'accepted' THEN y.accepted_at WHEN 'closed' THEN y.closed_at
    ELSE coalesce(y.accepted_at, y.sent_at) END,
  CASE x.what WHEN 'sent' THEN f.name ELSE t.name END, NULL, coalesce(r.resource_name, r.number), NULL, t.name, r.phase, NULL, NULL, r.client
FROM referral r JOIN course_known y ON y.referral = r.id JOIN (SELECT 'sent' AS what UNION ALL SELECT 'accepted' UNION ALL SELECT 'closed' UNION ALL SELECT 'now') x
LEFT JOIN organization f ON f.id = r.agency LEFT JOIN organization t ON t.id = r.agency_to
WHERE r.client IN (SELECT id FROM one) AND y.sent_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = r.id)
  AND CASE x.what WHEN 'sent' THEN 1 WHEN 'accepted' THEN y.accepted_at IS NOT NULL WHEN 'closed' THEN y.closed_at IS NOT NULL
    ELSE y.closed_at IS NULL AND r.phase NOT IN ('draft', 'sent', 'accepted') END
UNION ALL
SELECT t.id, 'task_done', t.done_at, o.name, s.name, t.subject, NULL, NULL, NULL, NULL, NULL, t.client
FROM task t LEFT JOIN organization o ON o.id = t.body ->> 'agency' LEFT JOIN staff s ON s.id = t.body ->> 'done_by'
WHERE t.client IN (SELECT id FROM one) AND t.done = 1 AND t.done_at IS NOT NULL
UNION ALL
SELECT g.id, 'given', g.at, o.name, g.who, coalesce(s.name, g.name, ''), NULL, NULL, g.type, g.note, NULL, g.client
FROM runs g LEFT JOIN organization o ON o.id = g.agency LEFT JOIN service s ON s.id = g.service
) x LEFT JOIN client p ON p.id = x.client LEFT JOIN runs g ON g.id = x.id AND x.type = 'given'
ORDER BY x.at DESC, x.id DESC;

-- Two values for one field, waiting for somebody of this agency to pick (kith_access_may_replace: who a client is, whoever registered or enrolled
-- them says). id, t, record, field, mine and theirs (as JSON), mine_by, theirs_by, at, given_name, family_name, number,
-- proposed (0/1: a partner suggests it), mine_agency, own (0/1: of whoever looks; NULL: only the name tells), second_family_name, middle_name
-- name: conflicts-open
SELECT f.id, f.body ->> 't' AS t, f.record, f.field, f.body -> 'mine' AS mine, f.body -> 'theirs' AS theirs, f.body ->> 'mine_by' AS mine_by,
  f.body ->> 'theirs_by' AS theirs_by, f.at, c.given_name, c.family_name, c.number,
  coalesce(f.body ->> 'proposed', 0) AS proposed, f.body ->> 'mine_agency' AS mine_agency,
  f.body ->> 'mine_staff' = (SELECT value FROM state WHERE key = 'user') AS own,
  c.body ->> 'second_family_name' AS second_family_name, c.body ->> 'middle_name' AS middle_name
FROM conflict f LEFT JOIN client c ON c.id = substr(f.body ->> 'scope', instr(f.body ->> 'scope', ':') + 1)
WHERE f.state = 'open'
  AND (c.id IS NULL OR c.agency = (SELECT me.agency FROM staff me JOIN state u ON u.key = 'user' WHERE me.id = u.value)
    OR EXISTS (SELECT 1 FROM enrollment e JOIN staff me ON me.agency = e.agency JOIN state u ON u.key = 'user' AND u.value = me.id
      WHERE e.client = c.id AND e.ended_on IS NULL))
ORDER BY f.at DESC, f.id;

-- What is told of a client, a case or a service that is not on this computer (kind, record). id, how: over (its time is over, the hub may prolong it),
-- coming (it, or what comes to everybody, is not filled yet), left (this person worked with it), named (they were told of it, or a record here names it), NULL (nothing here knows it)
-- name: absent
-- inputs: me, kind, record
SELECT :record AS id, CASE WHEN EXISTS (SELECT 1 FROM hidden_row h WHERE h.t = :kind AND h.id = :record) THEN 'over'
  WHEN EXISTS (SELECT 1 FROM scope s WHERE s.name IN (:kind || ':' || :record, 'dir', 'user:' || :me) AND s.filled = 0) THEN 'coming'
  WHEN EXISTS (SELECT 1 FROM past_assignment p WHERE p.client = :record AND p.body ->> 'staff' = :me) OR
    EXISTS (SELECT 1 FROM past_assignment p WHERE p."case" = :record AND p.body ->> 'staff' = :me) THEN 'left'
  WHEN EXISTS (SELECT 1 FROM referral r WHERE r.client = :record) OR EXISTS (SELECT 1 FROM referral r WHERE r.service = :record) OR
    EXISTS (SELECT 1 FROM "case" k WHERE k.client = :record) OR
    EXISTS (SELECT 1 FROM notice n WHERE n.staff = :me AND (n.client = :record OR n.body ->> 'case' = :record)) THEN 'named' END AS how;
