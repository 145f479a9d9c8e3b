-- SPDX-License-Identifier: GPL-3.0-or-later

-- who: whom a row that cannot be taken is about, as it stands in the file. remark: what is left out of one that is taken, or read otherwise than it
-- stands there. like_row: an earlier row of the same list that may be the same person.
-- State of a row, besides those of 0002 and 0007: merged (said to be the person of another row, whose client is in reason: came in with that one).
ALTER TABLE import_row ADD COLUMN who TEXT;
ALTER TABLE import_row ADD COLUMN remark TEXT;
ALTER TABLE import_row ADD COLUMN like_row BIGINT;
CREATE INDEX import_row_remark ON import_row (job, row, state) WHERE remark IS NOT NULL;
