-- SPDX-License-Identifier: GPL-3.0-or-later

-- Records that the hub says it cannot read, with the number it has for them: what is here of them stays, and sums count them as the hub does.
CREATE TABLE kept_row (
  t TEXT NOT NULL, id TEXT NOT NULL, scope BIGINT NOT NULL, q BIGINT NOT NULL, PRIMARY KEY (t, id)
) WITHOUT ROWID;
