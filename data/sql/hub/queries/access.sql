-- Every way from a person to a scope that there is or ever was: one membership and one grant each.
-- name: scope-paths
-- inputs: sid, user
SELECT m.since_q, m.until_q, g.since_q, g.until_q, g.not_after
FROM scope_grant g JOIN member m ON m.pid = g.pid AND m.user_id = :user WHERE g.sid = :sid;

-- Scopes a person came to, or may have come to, by something that began after q.
-- name: scopes-begun
-- inputs: user, q
SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid WHERE m.user_id = :user AND m.since_q > :q
UNION
SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid AND g.since_q > :q WHERE m.user_id = :user;

-- name: scopes-ended
-- inputs: user, q
SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid WHERE m.user_id = :user AND m.until_q > :q
UNION
SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid AND g.until_q > :q WHERE m.user_id = :user;

-- Everything a person holds at H and did not at q, in the order in which it is filled. own: the person's own principal,
-- through which assigned clients and referrals come.
-- name: scopes-to-fill
-- inputs: user, h, own
SELECT g.sid, min(CASE WHEN s.priority < 2 THEN s.priority WHEN g.pid = :own THEN 2 ELSE s.priority END),
  min(CASE WHEN m.since_q > g.since_q THEN m.since_q ELSE g.since_q END)
FROM member m JOIN scope_grant g ON g.pid = m.pid JOIN scope s ON s.sid = g.sid
WHERE m.user_id = :user AND m.since_q <= :h AND (m.until_q IS NULL OR m.until_q > :h)
  AND g.since_q <= :h AND (g.until_q IS NULL OR g.until_q > :h)
GROUP BY g.sid;

-- name: scopes-open
-- inputs: user, now
SELECT DISTINCT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid
WHERE m.user_id = :user AND m.until_q IS NULL AND g.until_q IS NULL AND (g.not_after IS NULL OR g.not_after > :now);

-- name: scope-priority
-- inputs: sid, own
SELECT s.priority, EXISTS (SELECT 1 FROM scope_grant g WHERE g.sid = s.sid AND g.pid = :own) FROM scope s WHERE s.sid = :sid;

-- name: grants-of-subject
-- inputs: subject
SELECT g.i, s.name, p.name, g.reason, g.not_after, g.since_q
FROM scope_grant g JOIN scope s ON s.sid = g.sid JOIN principal p ON p.pid = g.pid WHERE g.subject = :subject AND g.until_q IS NULL;

-- name: grant-open
-- inputs: sid, pid, reason, subject, since, not_after
INSERT INTO scope_grant (sid, pid, reason, subject, since_q, until_q, not_after) VALUES (:sid, :pid, :reason, :subject, :since, NULL, :not_after) RETURNING i;

-- name: grant-close
-- inputs: i, until
UPDATE scope_grant SET until_q = :until WHERE i = :i;

-- name: grant-drop
-- inputs: i
DELETE FROM scope_grant WHERE i = :i;

-- name: grant-stamp-since
-- inputs: i, q, pending
UPDATE scope_grant SET since_q = :q WHERE i = :i AND since_q = :pending;

-- name: grant-stamp-until
-- inputs: i, q, pending
UPDATE scope_grant SET until_q = :q WHERE i = :i AND until_q = :pending;

-- By their end, of which few have come: not by subject, of which there are as many as clients.
-- name: grants-due
-- inputs: now, after, most
SELECT DISTINCT subject || '' FROM scope_grant WHERE until_q IS NULL AND not_after IS NOT NULL AND not_after <= :now AND subject || '' > :after
ORDER BY 1 LIMIT :most;

-- C15: what any consent opened of a client that the agency knows has come to its end.
-- name: grants-end-consents
-- inputs: agency, now
UPDATE scope_grant SET not_after = :now WHERE until_q IS NULL AND (not_after IS NULL OR not_after > :now) AND ' ' || reason LIKE '% consent:%'
  AND subject IN (SELECT 'client:' || client FROM care WHERE agency = :agency);

-- C15: one of what is open of each client that the agency knows.
-- name: grants-end-one
-- inputs: agency, now
UPDATE scope_grant SET not_after = :now WHERE (not_after IS NULL OR not_after > :now) AND i IN (SELECT min(g.i) FROM scope_grant g
  WHERE g.until_q IS NULL AND g.subject IN (SELECT 'client:' || client FROM care WHERE agency = :agency) GROUP BY g.subject);

-- name: consent-client
-- inputs: id
SELECT client FROM consent WHERE id = :id;

-- Those without an end, by their numbers.
-- name: grants-endless
-- inputs: after, most
SELECT g.i, g.subject, s.name, g.reason FROM scope_grant g JOIN scope s ON s.sid = g.sid
WHERE g.until_q IS NULL AND g.not_after IS NULL AND g.i > :after ORDER BY g.i LIMIT :most;

-- name: assignments-of
-- inputs: client, staff
SELECT id FROM assignment WHERE client = :client AND staff = :staff;

-- name: grants-next-end
SELECT min(not_after) FROM scope_grant WHERE until_q IS NULL AND not_after IS NOT NULL;

-- name: grant-subjects
SELECT DISTINCT subject FROM scope_grant WHERE until_q IS NULL ORDER BY subject;

-- name: members-of-user
-- inputs: user
SELECT m.i, p.name, m.since_q FROM member m JOIN principal p ON p.pid = m.pid WHERE m.user_id = :user AND m.until_q IS NULL;

-- name: member-open
-- inputs: pid, user, since
INSERT INTO member (pid, user_id, since_q, until_q) VALUES (:pid, :user, :since, NULL) RETURNING i;

-- name: member-close
-- inputs: i, until
UPDATE member SET until_q = :until WHERE i = :i;

-- name: member-drop
-- inputs: i
DELETE FROM member WHERE i = :i;

-- name: member-stamp-since
-- inputs: i, q, pending
UPDATE member SET since_q = :q WHERE i = :i AND since_q = :pending;

-- name: member-stamp-until
-- inputs: i, q, pending
UPDATE member SET until_q = :q WHERE i = :i AND until_q = :pending;

-- name: member-users
SELECT DISTINCT user_id FROM member WHERE until_q IS NULL ORDER BY user_id;

-- Who is to be asked again after a commit: those who hold a scope; whoever a grant that began or ended reaches; a member.
-- name: poke-scope
-- inputs: sid
SELECT m.user_id FROM scope_grant g JOIN member m ON m.pid = g.pid AND m.until_q IS NULL WHERE g.sid = :sid AND g.until_q IS NULL;

-- name: poke-grant
-- inputs: i
SELECT m.user_id FROM scope_grant g JOIN member m ON m.pid = g.pid AND m.until_q IS NULL WHERE g.i = :i;

-- name: poke-member
-- inputs: i
SELECT user_id FROM member WHERE i = :i;
