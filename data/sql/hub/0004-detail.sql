-- How a referral ended and what it was released for lie with its detail, not with the eight fields that everybody concerned holds (P12). What an
-- older hub has of it moves; each record that changes gets a number of its own, so that every desk fetches it anew. Words that stood where a code
-- stands now are kept as they were, beside it.

CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, t TEXT NOT NULL, id TEXT NOT NULL);

INSERT INTO moved (t, id)
SELECT 'referral', id FROM referral
WHERE body ->> 'outcome' IS NOT NULL OR body -> 'release_classes' IS NOT NULL OR body ->> 'release_until' IS NOT NULL
  OR body ->> 'release_basis' IS NOT NULL OR body ->> 'release_network' IS NOT NULL
ORDER BY id;
INSERT INTO moved (t, id)
SELECT 'referral_detail', d.id FROM referral_detail d JOIN referral r ON r.id = d.referral
WHERE r.body ->> 'client' IS NOT NULL OR EXISTS (SELECT 1 FROM moved m WHERE m.t = 'referral' AND m.id = r.id)
ORDER BY d.id;

UPDATE referral_detail SET body = (SELECT json_patch(referral_detail.body, json_object(
    'client', r.body ->> 'client', 'outcome', r.body ->> 'outcome', 'release_classes', json(r.body -> 'release_classes'),
    'release_until', r.body ->> 'release_until',
    'release_basis', CASE WHEN r.body ->> 'release_basis' IN ('written_release', 'spoken_release', 'emergency', 'court_order', 'required_by_law')
      THEN r.body ->> 'release_basis' END,
    'release_words', CASE WHEN r.body ->> 'release_basis' NOT IN ('written_release', 'spoken_release', 'emergency', 'court_order', 'required_by_law')
      THEN r.body ->> 'release_basis' END,
    'release_network', json(r.body -> 'release_network')))
  FROM referral r WHERE r.id = referral_detail.referral)
WHERE id IN (SELECT id FROM moved WHERE t = 'referral_detail');
UPDATE referral SET body = json_remove(body, '$.outcome', '$.release_classes', '$.release_until', '$.release_basis', '$.release_network')
WHERE id IN (SELECT id FROM moved WHERE t = 'referral');

UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.t = sync_row.t AND m.id = sync_row.id)
WHERE EXISTS (SELECT 1 FROM moved m WHERE m.t = sync_row.t AND m.id = sync_row.id);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);

DROP TABLE moved;
