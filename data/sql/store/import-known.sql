-- Run when a long list is read (kith-store-import-known.c): whom its rows are told apart by, out of one index read from end to end, and from then on as
-- the clients change. All of it is this connection's alone and in memory.
INSERT INTO temp.import_known (born, rid, family, given)
SELECT date_of_birth, rid, family_name, given_name FROM client INDEXED BY client_by_family_name WHERE date_of_birth IS NOT NULL ORDER BY date_of_birth, rid;

CREATE TEMP TRIGGER import_known_insert AFTER INSERT ON main.client WHEN new.date_of_birth IS NOT NULL BEGIN
  INSERT INTO import_known (born, rid, family, given) VALUES (new.date_of_birth, new.rid, new.family_name, new.given_name);
END;

CREATE TEMP TRIGGER import_known_update AFTER UPDATE ON main.client BEGIN
  DELETE FROM import_known WHERE born = old.date_of_birth AND rid = old.rid;
  INSERT INTO import_known (born, rid, family, given)
  SELECT new.date_of_birth, new.rid, new.family_name, new.given_name WHERE new.date_of_birth IS NOT NULL;
END;

CREATE TEMP TRIGGER import_known_delete AFTER DELETE ON main.client BEGIN
  DELETE FROM import_known WHERE born = old.date_of_birth AND rid = old.rid;
END;
