-- What is asked for by every list of clients or board and would cost a look at each record: kept by triggers instead. Run whenever one of the
-- tables they watch was made anew (kith-store-tables.c): then all is found once.

-- Care records whose client is not here: the people a list shows by them. How many clients there are is kept likewise: to count them reads an
-- index from end to end, which would be most of what the first list waits for.
DROP TABLE IF EXISTS care_alone;
CREATE TABLE care_alone (rid INTEGER PRIMARY KEY, client TEXT NOT NULL, id TEXT NOT NULL, born TEXT);
CREATE INDEX care_alone_client ON care_alone (client, id);
CREATE INDEX care_alone_born ON care_alone (born) WHERE born IS NOT NULL;
CREATE TABLE IF NOT EXISTS client_count (n INTEGER NOT NULL);

DROP TRIGGER IF EXISTS care_alone_insert;
CREATE TRIGGER care_alone_insert AFTER INSERT ON care
WHEN NOT EXISTS (SELECT 1 FROM client c WHERE c.id = new.client) AND new.client IS NOT NULL BEGIN
  INSERT INTO care_alone VALUES (new.rid, new.client, new.id, new.date_of_birth);
END;

DROP TRIGGER IF EXISTS care_alone_update;
CREATE TRIGGER care_alone_update AFTER UPDATE OF body ON care WHEN old.date_of_birth IS NOT new.date_of_birth BEGIN
  UPDATE care_alone SET born = new.date_of_birth WHERE rid = new.rid;
END;

DROP TRIGGER IF EXISTS care_alone_delete;
CREATE TRIGGER care_alone_delete AFTER DELETE ON care BEGIN
  DELETE FROM care_alone WHERE rid = old.rid;
END;

DROP TRIGGER IF EXISTS client_alone_insert;
CREATE TRIGGER client_alone_insert AFTER INSERT ON client BEGIN
  DELETE FROM care_alone WHERE client = new.id;
  UPDATE client_count SET n = n + 1;
END;

DROP TRIGGER IF EXISTS client_alone_delete;
CREATE TRIGGER client_alone_delete AFTER DELETE ON client BEGIN
  INSERT INTO care_alone SELECT k.rid, k.client, k.id, k.date_of_birth FROM care k WHERE k.client = old.id;
  UPDATE client_count SET n = n - 1;
END;

INSERT INTO care_alone SELECT k.rid, k.client, k.id, k.date_of_birth FROM care k
WHERE k.client IS NOT NULL AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = k.client);
DELETE FROM client_count;
INSERT INTO client_count SELECT count(*) FROM client;

-- How many stand in each lane of a queue's board, and of those known by the eight fields alone (queue: ''). To count them reads an index of tens of thousands
-- from end to end, which would be most of what a board waits for.
DROP TABLE IF EXISTS lane_count;
CREATE TABLE lane_count (queue TEXT NOT NULL, status TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (queue, status)) WITHOUT ROWID;

-- Referrals of which the eight fields are here and not their place in the queue these name (P12): where they stand. A status is one queue's, so
-- with another queue comes another status.
CREATE TABLE IF NOT EXISTS queue_alone (status TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (status, id)) WITHOUT ROWID;

DROP TRIGGER IF EXISTS referral_alone_insert;
CREATE TRIGGER referral_alone_insert AFTER INSERT ON referral WHEN new.queue_status IS NOT NULL BEGIN
  INSERT INTO queue_alone SELECT new.queue_status, new.id
  WHERE NOT EXISTS (SELECT 1 FROM queue_item i WHERE i.referral = new.id AND i.queue = new.body ->> 'queue');
END;

DROP TRIGGER IF EXISTS referral_alone_update;
CREATE TRIGGER referral_alone_update AFTER UPDATE OF body ON referral WHEN old.queue_status IS NOT new.queue_status BEGIN
  DELETE FROM queue_alone WHERE status = old.queue_status AND id = old.id;
  INSERT INTO queue_alone SELECT new.queue_status, new.id
  WHERE new.queue_status IS NOT NULL AND NOT EXISTS (SELECT 1 FROM queue_item i WHERE i.referral = new.id AND i.queue = new.body ->> 'queue');
END;

DROP TRIGGER IF EXISTS referral_alone_delete;
CREATE TRIGGER referral_alone_delete AFTER DELETE ON referral WHEN old.queue_status IS NOT NULL BEGIN
  DELETE FROM queue_alone WHERE status = old.queue_status AND id = old.id;
END;

DROP TRIGGER IF EXISTS queue_item_alone_insert;
CREATE TRIGGER queue_item_alone_insert AFTER INSERT ON queue_item BEGIN
  DELETE FROM queue_alone WHERE id = new.referral
    AND status = (SELECT r.queue_status FROM referral r WHERE r.id = new.referral AND r.body ->> 'queue' = new.queue);
END;

DROP TRIGGER IF EXISTS queue_item_alone_delete;
CREATE TRIGGER queue_item_alone_delete AFTER DELETE ON queue_item BEGIN
  INSERT OR IGNORE INTO queue_alone SELECT r.queue_status, r.id FROM referral r
  WHERE r.id = old.referral AND r.queue_status IS NOT NULL AND r.body ->> 'queue' = old.queue
    AND NOT EXISTS (SELECT 1 FROM queue_item i WHERE i.referral = old.referral AND i.queue = old.queue);
END;

DROP TRIGGER IF EXISTS queue_item_count_insert;
CREATE TRIGGER queue_item_count_insert AFTER INSERT ON queue_item WHEN new.queue IS NOT NULL AND new.status IS NOT NULL BEGIN
  INSERT INTO lane_count VALUES (new.queue, new.status, 1) ON CONFLICT (queue, status) DO UPDATE SET n = n + 1;
END;

DROP TRIGGER IF EXISTS queue_item_count_update;
CREATE TRIGGER queue_item_count_update AFTER UPDATE OF body ON queue_item WHEN old.queue IS NOT new.queue OR old.status IS NOT new.status BEGIN
  UPDATE lane_count SET n = n - 1 WHERE queue = old.queue AND status = old.status;
  INSERT INTO lane_count SELECT new.queue, new.status, 1 WHERE new.queue IS NOT NULL AND new.status IS NOT NULL
    ON CONFLICT (queue, status) DO UPDATE SET n = n + 1;
END;

DROP TRIGGER IF EXISTS queue_item_count_delete;
CREATE TRIGGER queue_item_count_delete AFTER DELETE ON queue_item BEGIN
  UPDATE lane_count SET n = n - 1 WHERE queue = old.queue AND status = old.status;
END;

DROP TRIGGER IF EXISTS queue_alone_count_insert;
CREATE TRIGGER queue_alone_count_insert AFTER INSERT ON queue_alone BEGIN
  INSERT INTO lane_count VALUES ('', new.status, 1) ON CONFLICT (queue, status) DO UPDATE SET n = n + 1;
END;

DROP TRIGGER IF EXISTS queue_alone_count_delete;
CREATE TRIGGER queue_alone_count_delete AFTER DELETE ON queue_alone BEGIN
  UPDATE lane_count SET n = n - 1 WHERE queue = '' AND status = old.status;
END;

DELETE FROM queue_alone;
INSERT INTO queue_alone SELECT r.queue_status, r.id FROM referral r
WHERE r.queue_status IS NOT NULL AND NOT EXISTS (SELECT 1 FROM queue_item i WHERE i.referral = r.id AND i.queue = r.body ->> 'queue');
DELETE FROM lane_count;
INSERT INTO lane_count SELECT queue, status, count(*) FROM queue_item WHERE queue IS NOT NULL AND status IS NOT NULL GROUP BY queue, status;
INSERT INTO lane_count SELECT '', status, count(*) FROM queue_alone GROUP BY status;

-- Referrals that have their course in themselves, as all had once (kith-store-tables.c asks at each opening whether there are any).
DROP INDEX IF EXISTS referral_of_before;
CREATE INDEX referral_of_before ON referral (id) WHERE body ->> 'type' IS NOT NULL;
