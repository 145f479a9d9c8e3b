-- So many mails an hour go to one person and no more (sync.md 5.8): when the last ones went. What has to wait goes together, in the mail of its
-- first line.
CREATE TABLE mail_sent (i INTEGER PRIMARY KEY, staff TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX mail_sent_by_staff ON mail_sent (staff, at);
ALTER TABLE mail ADD COLUMN with_i BIGINT; -- it goes in that one's mail
CREATE INDEX mail_by_with ON mail (with_i) WHERE with_i IS NOT NULL;
