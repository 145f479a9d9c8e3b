-- Whether a supervisor confirms each decline stands with the agency's own entry too, since portal accounts hold no settings. What an older hub was told before
-- that is shown there now. Each record that changes gets a number of its own, so that every desk fetches it anew.

CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO moved (id)
SELECT DISTINCT o.id FROM agency_settings a JOIN organization o ON o.id = a.body ->> 'agency'
WHERE coalesce(a.body ->> 'confirm_declines', 0) <> coalesce(o.body ->> 'confirm_declines', 0) ORDER BY o.id;
UPDATE organization SET body = json_set(body, '$.confirm_declines', json(coalesce((SELECT a.body -> 'confirm_declines' FROM agency_settings a
    WHERE a.body ->> 'agency' = organization.id), 'false')))
WHERE id IN (SELECT id FROM moved);
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.id = sync_row.id)
WHERE t = 'organization' AND id IN (SELECT id FROM moved);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
