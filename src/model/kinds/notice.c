/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* C17: a record number, no client detail. */

static const KithField notice_fields[] = {
  { "staff", KITH_FIELD_REF, N_("For"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED, .target = "staff" },
  { "type", KITH_FIELD_CODE, N_("Type"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .vocabulary = "notice_type" },
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_INDEXED, .target = "referral" },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_INDEXED, .target = "client" },
  { "case", KITH_FIELD_REF, N_("Case"), .target = "case" },
  { "number", KITH_FIELD_STRING, N_("Number") },
  { "at", KITH_FIELD_TIME, N_("When"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN },
  { "read", KITH_FIELD_BOOL, N_("Read"), KITH_FIELD_COLUMN },
};

static const char *const notice_indexes[] = { "staff, read, at", NULL };

const KithKind kith_kind_notice = {
  .name = "notice",
  .type_name = "KithNotice",
  .label = N_("Notice"),
  .fields = notice_fields,
  .n_fields = G_N_ELEMENTS (notice_fields),
  .scope = "user:{staff}",
  .indexes = notice_indexes,
};
