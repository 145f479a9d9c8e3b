/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* What one agency does with a client, and how it knows the person: stays when consent ends (C1). */

static const KithField care_fields[] = {
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "client" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "organization" },
  { "given_name", KITH_FIELD_STRING, N_("Given name"), KITH_FIELD_SEARCHED | KITH_FIELD_COLUMN, .merge = KITH_MERGE_B },
  { "family_name", KITH_FIELD_STRING, N_("Family name"), KITH_FIELD_SEARCHED | KITH_FIELD_INDEXED,
    .merge = KITH_MERGE_B },
  { "second_family_name", KITH_FIELD_STRING, N_("Second family name"), KITH_FIELD_SEARCHED, .merge = KITH_MERGE_B },
  { "date_of_birth", KITH_FIELD_PARTIAL_DATE, N_("Date of birth"), KITH_FIELD_COLUMN, .merge = KITH_MERGE_B },
  { "since", KITH_FIELD_TIME, N_("Since"), KITH_FIELD_COLUMN },
  /* client.open_shared: the agency's basis to see what others hold, as long as a consent covers it (design.md 2.4). */
  { "opened_at", KITH_FIELD_TIME, N_("Opened") },
  { "opened_by", KITH_FIELD_REF, N_("Opened by"), .target = "staff" },
  { "opened_by_name", KITH_FIELD_STRING, N_("Opened by"), .max_length = 255 },
  { "open_reason", KITH_FIELD_TEXT, N_("Why opened"), .max_length = 500 },
};

static const char *const care_indexes[] = { "agency, client", NULL };

const KithKind kith_kind_care = {
  .name = "care",
  .type_name = "KithCare",
  .label = N_("Care"),
  .fields = care_fields,
  .n_fields = G_N_ELEMENTS (care_fields),
  .natural_key = "client:agency",
  .scope = "care:{client}:{agency}",
  .indexes = care_indexes,
};
