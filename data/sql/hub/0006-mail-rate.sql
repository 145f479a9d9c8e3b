-- So many mails an hour go to one person and no more (sync.md 5.8): when the last ones went. What has to wait goes together, in the mail of its
-- first line.
CREATE TABLE mail_sent (i INTEGER PRIMARY KEY, staff TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX mail_sent_by_staff ON mail_sent (staff, at);
ALTER TABLE mail ADD COLUMN with_i BIGINT; -- it goes in that one's mail
CREATE INDEX mail_by_with ON mail (with_i) WHERE with_i IS NOT NULL;

-- From here on nobody gets mail who did not ask for it. Until now everybody with an address got it who had not switched it off: who has an account
-- by now keeps it, and is not left without word of a referral. Each record that changes gets a number of its own, so that every desk fetches it anew.
CREATE TEMP TABLE moved (i INTEGER PRIMARY KEY, id TEXT NOT NULL);
INSERT INTO moved (id)
SELECT id FROM staff WHERE coalesce(body ->> 'email', '') <> '' AND (body -> 'mail_notices' IS NULL OR body -> 'mail_digest' IS NULL) ORDER BY id;
UPDATE staff SET body = json_set(body, '$.mail_notices', json(coalesce(body -> 'mail_notices', 'true')), '$.mail_digest', json(coalesce(body -> 'mail_digest', 'true')))
WHERE id IN (SELECT id FROM moved);
UPDATE sync_row SET q = (SELECT s.q + m.i FROM hub_state s, moved m WHERE m.id = sync_row.id)
WHERE t = 'staff' AND id IN (SELECT id FROM moved);
UPDATE hub_state SET q = q + (SELECT count(*) FROM moved);
DROP TABLE moved;
