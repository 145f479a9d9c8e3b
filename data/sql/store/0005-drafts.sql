-- SPDX-License-Identifier: GPL-3.0-or-later

-- A call that is taken from a referral, and what was said to its client, were kept under one key. What has no text is the call's.
UPDATE draft SET key = 'call:' || substr (key, length ('contact:') + 1) WHERE key LIKE 'contact:referral:%' AND body ->> '$.text' IS NULL;
