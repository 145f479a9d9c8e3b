-- By which clock an agency's days are stands with the agency's own entry too, since portal accounts plan by it and hold no settings. What an older hub was told
-- before that is shown there now. Each record that changes gets a number of its own, so that every desk fetches it anew.

CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO moved (id)
SELECT DISTINCT o.id FROM agency_settings a JOIN organization o ON o.id = a.body ->> 'agency'
WHERE (a.body ->> 'time_zone') IS NOT (o.body ->> 'time_zone') ORDER BY o.id;
UPDATE organization SET body = CASE WHEN (SELECT a.body ->> 'time_zone' FROM agency_settings a WHERE a.body ->> 'agency' = organization.id) IS NULL
  THEN json_remove(body, '$.time_zone')
  ELSE json_set(body, '$.time_zone', (SELECT a.body ->> 'time_zone' FROM agency_settings a WHERE a.body ->> 'agency' = organization.id)) END
WHERE id IN (SELECT id FROM moved);
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.id = sync_row.id)
WHERE t = 'organization' AND id IN (SELECT id FROM moved);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
