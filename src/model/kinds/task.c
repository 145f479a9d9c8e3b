/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "kinds/kith-kinds.h"

/* Something to do by somebody. It lies where its subject does, so that whoever works on that sees what is still to be done; a task
 * about nothing is its person's own. Without staff it is nobody's: whoever had it was taken off what it is about, and it waits for somebody. */

static const KithField task_fields[] = {
  { "staff", KITH_FIELD_REF, N_("For"), KITH_FIELD_INDEXED, .target = "staff", .merge = KITH_MERGE_A, .fhir = "Task.owner" },
  { "agency", KITH_FIELD_REF, N_("Agency"), KITH_FIELD_REQUIRED, .target = "organization" },
  { "client", KITH_FIELD_REF, N_("Client"), KITH_FIELD_INDEXED, .target = "client", .fhir = "Task.for" },
  { "case", KITH_FIELD_REF, N_("Case"), KITH_FIELD_INDEXED, .target = "case", .fhir = "Task.focus" },
  { "referral", KITH_FIELD_REF, N_("Referral"), KITH_FIELD_INDEXED, .target = "referral", .fhir = "Task.focus" },
  { "subject", KITH_FIELD_STRING, N_("What"), KITH_FIELD_REQUIRED | KITH_FIELD_COLUMN, .max_length = 500, .merge = KITH_MERGE_A,
    .fhir = "Task.description" },
  { "due_on", KITH_FIELD_DATE, N_("Due"), KITH_FIELD_COLUMN, .merge = KITH_MERGE_A, .fhir = "Task.restriction.period" },
  { "remind_at", KITH_FIELD_TIME, N_("Reminder"), KITH_FIELD_COLUMN, .merge = KITH_MERGE_A },
  { "snoozed_until", KITH_FIELD_TIME, N_("Snoozed until"), KITH_FIELD_COLUMN },
  { "done", KITH_FIELD_BOOL, N_("Done"), KITH_FIELD_COLUMN, .fhir = "Task.status" },
  { "done_at", KITH_FIELD_TIME, N_("Done"), KITH_FIELD_COLUMN },
  { "done_by", KITH_FIELD_REF, N_("Done by"), .target = "staff" },
  /* When it came to whoever has it; absent: from the beginning. */
  { "assigned_at", KITH_FIELD_TIME, N_("Assigned") },
  { "at", KITH_FIELD_TIME, N_("Since"), KITH_FIELD_COLUMN, .fhir = "Task.authoredOn" },
  { "author", KITH_FIELD_REF, N_("By"), .target = "staff", .fhir = "Task.requester" },
};

static char *
task_scope (KithRecord *record)
{
  static const struct { const char *subject, *scope; } places[] = {
    { "case", "case:{case}" },
    { "referral", "referral_own:{referral}:{agency}" },
    { "client", "care:{client}:{agency}" },
    { "staff", "user:{staff}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (kith_record_string (record, places[i].subject) != NULL)
      return kith_scope_expand (places[i].scope, record);
  return NULL;
}

static const char *const task_indexes[] = { "staff, done, due_on", "client, staff, done", "case, staff, done", "referral, staff, done", NULL };

const KithKind kith_kind_task = {
  .name = "task",
  .type_name = "KithTask",
  .label = N_("Task"),
  .fields = task_fields,
  .n_fields = G_N_ELEMENTS (task_fields),
  .scope_func = task_scope,
  .indexes = task_indexes,
};
