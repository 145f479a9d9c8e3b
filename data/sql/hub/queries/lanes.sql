-- name: lane-find
-- inputs: device, user
SELECT lane FROM lane WHERE device = :device AND user_id = :user;

-- name: lane-get
-- inputs: lane
SELECT device, user_id, code, last_n, trying_n, trying_count, acked_q FROM lane WHERE lane = :lane;

-- name: lane-last
-- inputs: lane
SELECT last_n FROM lane WHERE lane = :lane;

-- name: lane-of-code
-- inputs: code
SELECT user_id FROM lane WHERE code = :code;

-- name: lane-revoked
-- inputs: device, user
SELECT count(*) FROM lane WHERE device = :device AND user_id = :user AND revoked_at IS NOT NULL;

-- Of one person: one computer, by its name or the letters of its numbers, or '' for all there are. By whatever other lanes it went or goes as well: it is the
-- same computer, or an image of its disk.
-- name: lane-revoke
-- inputs: user, device, at
UPDATE lane SET revoked_at = :at WHERE revoked_at IS NULL AND lane IN (
  WITH RECURSIVE meant (lane, former) AS (
    SELECT lane, former FROM lane WHERE user_id = :user AND (:device = '' OR device = :device OR code = :device)
    UNION SELECT l.lane, l.former FROM meant m JOIN lane l ON l.user_id = :user AND (l.lane = m.former OR l.former = m.lane))
  SELECT lane FROM meant);

-- name: lanes-of-user
-- inputs: user
SELECT device, code, created_at, revoked_at, computer, seen_at FROM lane WHERE user_id = :user ORDER BY lane;

-- acked: whatever ended before it was made, nobody wrote anything on it that was to be sent by it.
-- name: lane-new
-- inputs: device, user, code, acked, at, former
INSERT INTO lane (device, user_id, code, acked_q, created_at, former) VALUES (:device, :user, :code, :acked, :at, nullif(:former, 0));

-- Another lane of the same person's that is there already: whoever is told of one of them must be able to stop both.
-- name: lane-follows
-- inputs: lane, former
UPDATE lane SET former = :former WHERE lane = :lane AND former IS NULL AND lane <> :former;

-- name: lane-computer
-- inputs: lane, computer
UPDATE lane SET computer = :computer WHERE lane = :lane;

-- name: lane-seen
-- inputs: lane, at
UPDATE lane SET seen_at = :at WHERE lane = :lane;

-- name: lanes-lately
-- inputs: user, since
SELECT count(*) FROM lane WHERE user_id = :user AND created_at > :since;

-- name: lanes-taken
SELECT lanes FROM hub_state WHERE id = 1;

-- name: lanes-take
UPDATE hub_state SET lanes = lanes + 1 WHERE id = 1;

-- name: lane-try
-- inputs: lane, n, count
UPDATE lane SET trying_n = :n, trying_count = :count WHERE lane = :lane;

-- name: lane-advance
-- inputs: lane, last_n, schema, trying_n, trying_count
UPDATE lane SET last_n = :last_n, schema = :schema, trying_n = :trying_n, trying_count = :trying_count WHERE lane = :lane;

-- name: lane-ack
-- inputs: lane, q
UPDATE lane SET acked_q = :q WHERE lane = :lane;

-- name: online-tries
-- inputs: op_id
SELECT tries FROM online_try WHERE op_id = :op_id;

-- name: online-try
-- inputs: op_id, at
INSERT INTO online_try (op_id, tries, at) VALUES (:op_id, 1, :at) ON CONFLICT (op_id) DO UPDATE SET tries = tries + 1;

-- name: online-try-drop
-- inputs: op_id
DELETE FROM online_try WHERE op_id = :op_id;

-- name: op-by-n
-- inputs: lane, n
SELECT hash, result, about FROM op_log WHERE lane = :lane AND n = :n;

-- name: op-by-id
-- inputs: op_id
SELECT hash, user_id, status, result, about FROM op_log WHERE op_id = :op_id;

-- name: op-add
-- inputs: lane, n, op_id, user, op, hash, status, result, about, q, late, at
INSERT INTO op_log (lane, n, op_id, user_id, op, hash, status, result, about, q, late, at)
VALUES (:lane, :n, :op_id, :user, :op, :hash, :status, :result, :about, :q, :late, :at);

-- name: ops-after
-- inputs: lane, n, max_n
SELECT n, result, about FROM op_log WHERE lane = :lane AND n > :n AND n <= :max_n ORDER BY n;

-- name: refused-add
-- inputs: lane, id, n
INSERT INTO refused_id (lane, id, n) VALUES (:lane, :id, :n) ON CONFLICT (lane, id) DO UPDATE SET n = excluded.n;

-- name: refused-find
-- inputs: lane, id
SELECT n FROM refused_id WHERE lane = :lane AND id = :id;

-- name: parked-add
-- inputs: lane, n, op_id, user, why, line, at
INSERT INTO parked_op (lane, n, op_id, user_id, why, line, at) VALUES (:lane, :n, :op_id, :user, :why, :line, :at);

-- For whoever looks after the hub.
-- name: parked-count
SELECT count(*) FROM parked_op;

-- name: parked-all
SELECT p.i, p.at, (SELECT a.login FROM account a WHERE a.staff = p.user_id), p.why, p.line
FROM parked_op p ORDER BY p.i;

-- name: parked-line
-- inputs: i
SELECT line FROM parked_op WHERE i = :i;

-- name: parked-drop
-- inputs: i
DELETE FROM parked_op WHERE i = :i;
