/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

static const KithField calendar_day_fields[] = {
  { "date", KITH_FIELD_DATE, N_("Date"), KITH_FIELD_REQUIRED | KITH_FIELD_INDEXED },
  /* Absent: for the whole network. */
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_INDEXED, .target = "organization" },
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED },
  { "closed", KITH_FIELD_BOOL, N_("Closed"), KITH_FIELD_COLUMN },
};

static char *
calendar_day_scope (KithRecord *record)
{
  const char *agency = kith_record_string (record, "agency");

  return agency != NULL ? g_strconcat ("agency:", agency, NULL) : g_strdup ("dir");
}

const KithKind kith_kind_calendar_day = {
  .name = "calendar_day",
  .type_name = "KithCalendarDay",
  .label = N_("Calendar day"),
  .fields = calendar_day_fields,
  .n_fields = G_N_ELEMENTS (calendar_day_fields),
  .scope_func = calendar_day_scope,
};
