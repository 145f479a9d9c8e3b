/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an agency may only shorten (agency_settings; sync.md 5.3). */
#define KITH_OFFLINE_HOURS 168 /* how long a computer may show what the hub told, without it (C22) */
