-- name: account-get
-- inputs: login
SELECT staff, hash FROM account WHERE login = :login;

-- name: account-set
-- inputs: login, staff, hash
INSERT INTO account (login, staff, hash) VALUES (:login, :staff, :hash)
ON CONFLICT (login) DO UPDATE SET staff = excluded.staff, hash = excluded.hash;

-- name: account-drop-staff
-- inputs: staff, login
DELETE FROM account WHERE staff = :staff AND login <> :login;

-- name: account-is-low
-- inputs: login
SELECT count(*) FROM account_low_cost WHERE login = :login;

-- name: account-low
-- inputs: login
INSERT INTO account_low_cost (login) VALUES (:login) ON CONFLICT DO NOTHING;

-- name: account-not-low
-- inputs: login
DELETE FROM account_low_cost WHERE login = :login;

-- name: failure-get
-- inputs: login
SELECT failures, until_ms FROM sign_in_failure WHERE login = :login;

-- name: failure-set
-- inputs: login, failures, until_ms, at
INSERT INTO sign_in_failure (login, failures, until_ms, at) VALUES (:login, :failures, :until_ms, :at)
ON CONFLICT (login) DO UPDATE SET failures = excluded.failures, until_ms = excluded.until_ms, at = excluded.at;

-- name: failure-clear
-- inputs: login
DELETE FROM sign_in_failure WHERE login = :login;

-- name: failure-prune
-- inputs: before
DELETE FROM sign_in_failure WHERE at < :before;

-- Room for one more: those that were noted longest ago go first, but none whose wait is not over.
-- name: failure-bound
-- inputs: now, most
DELETE FROM sign_in_failure WHERE login IN (SELECT login FROM sign_in_failure WHERE until_ms <= :now ORDER BY failures > 9, at
  LIMIT (SELECT CASE WHEN count(*) >= :most THEN count(*) - :most + 1 ELSE 0 END FROM sign_in_failure));

-- name: session-new
-- inputs: family, user, lane, at
INSERT INTO session (family, user_id, lane, created_at) VALUES (:family, :user, :lane, :at);

-- name: session-get
-- inputs: family
SELECT user_id, lane FROM session WHERE family = :family;

-- name: session-move
-- inputs: family, lane
UPDATE session SET lane = :lane WHERE family = :family;

-- name: session-drop
-- inputs: family
DELETE FROM session WHERE family = :family;

-- name: sessions-drop-user
-- inputs: user
DELETE FROM session WHERE user_id = :user;

-- name: token-add
-- inputs: hash, family, step, refresh, expires
INSERT INTO token (hash, family, step, refresh, expires, used) VALUES (:hash, :family, :step, :refresh, :expires, 0);

-- name: token-get
-- inputs: hash
SELECT family, step, refresh, expires, used FROM token WHERE hash = :hash;

-- name: token-use
-- inputs: hash
UPDATE token SET used = 1 WHERE hash = :hash;

-- name: tokens-drop-family
-- inputs: family
DELETE FROM token WHERE family = :family;

-- name: tokens-drop-step
-- inputs: family, step
DELETE FROM token WHERE family = :family AND step >= :step;

-- name: tokens-newer-used
-- inputs: family, step
SELECT count(*) FROM token WHERE family = :family AND step > :step AND used = 1;

-- name: tokens-prune
-- inputs: now
DELETE FROM token WHERE expires < :now;
