-- SPDX-License-Identifier: GPL-3.0-or-later

-- An operation that the hub, being older than this Kith, does not know: the schema (kith-protocol.h) from which on it may; 0: it goes out.
ALTER TABLE op ADD COLUMN needs BIGINT NOT NULL DEFAULT 0;
