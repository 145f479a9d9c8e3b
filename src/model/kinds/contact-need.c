/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* One need of a contact, with its own status beside those of the referrals made for it (P22). */

static const KithField contact_need_fields[] = {
  { "contact", KITH_FIELD_REF, N_("Contact record"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "contact_record" },
  { "place", KITH_FIELD_INT, N_("Place"), KITH_FIELD_COLUMN },
  { "term", KITH_FIELD_REF, N_("Taxonomy term"), KITH_FIELD_COLUMN, .target = "taxonomy_term", .merge = KITH_MERGE_A },
  { "words", KITH_FIELD_STRING, N_("Need"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, 500, .merge = KITH_MERGE_A },
  { "status", KITH_FIELD_CODE, N_("Need status"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "need_status", .merge = KITH_MERGE_B },
  { "note", KITH_FIELD_STRING, N_("Note"), .max_length = 500, .merge = KITH_MERGE_A },
};

/* The same as the intake form says it. */
static const KithField contact_need_line_fields[] = {
  { "id", KITH_FIELD_ID, N_("Need"), KITH_FIELD_REQUIRED },
  { "term", KITH_FIELD_REF, N_("Taxonomy term"), .target = "taxonomy_term" },
  { "words", KITH_FIELD_STRING, N_("Need"), KITH_FIELD_REQUIRED, 500 },
  { "status", KITH_FIELD_CODE, N_("Need status"), .vocabulary = "need_status" },
  { "note", KITH_FIELD_STRING, N_("Note"), .max_length = 500 },
};

const KithKind kith_kind_contact_need_line = {
  .name = "contact_need_line",
  .type_name = "KithContactNeedLine",
  .label = N_("Need"),
  .fields = contact_need_line_fields,
  .n_fields = G_N_ELEMENTS (contact_need_line_fields),
};

static const char *const contact_need_indexes[] = { "status, contact", NULL };

const KithKind kith_kind_contact_need = {
  .name = "contact_need",
  .type_name = "KithContactNeed",
  .label = N_("Need"),
  .fields = contact_need_fields,
  .n_fields = G_N_ELEMENTS (contact_need_fields),
  .scope = "contact:{contact}",
  .indexes = contact_need_indexes,
};
