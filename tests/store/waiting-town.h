/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People and referrals of agency A, for the tests of what waits for whom. Included by each test program, once. */
#pragma once

#include "store-fixture.h"

#define REFERRAL(n) "0197f300-0000-7000-8000-00000000000" n
#define STAFF(n) "0197b000-0000-7000-8000-00000000000" n
#define OTHER_SERVICE "0197b900-0000-7000-8000-000000000001"

static int next_scope;

/* As the hub has it: type, times and reason are its course's. */
G_GNUC_UNUSED static void
split_course (Page *page, KithRecord *referral)
{
  static const char *const fields[] = { "type", "sent_at", "accepted_at", "closed_at", "due_on", "reason" };
  const char *id = kith_record_get_id (referral);
  JsonObject *body = kith_record_get_body (referral);
  g_autoptr (JsonObject) course = kith_json_new ("referral", "s", id, NULL);
  g_autofree char *course_id = kith_id_natural ("referral_course", id), *text = NULL, *rest = NULL;
  g_autofree char *scope = g_strconcat ("referral:", id, NULL), *course_scope = g_strconcat ("referral_course:", id, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (json_object_has_member (body, fields[i]))
      {
        json_object_set_member (course, fields[i], json_node_copy (json_object_get_member (body, fields[i])));
        json_object_remove_member (body, fields[i]);
      }
  page_scope (page, ++next_scope, course_scope);
  text = kith_json_print_object (course);
  page_put (page, "referral_course", course_id, next_scope, 200, text);
  rest = kith_json_print_object (body);
  page_scope (page, ++next_scope, scope);
  page_put (page, "referral", id, next_scope, 200, rest);
}

static void
put (Page *page, const char *kind, const char *id, const char *format, ...) G_GNUC_PRINTF (4, 5);
G_GNUC_UNUSED static void
put (Page *page, const char *kind, const char *id, const char *format, ...)
{
  g_autofree char *body = NULL;
  g_autofree char *json_text = NULL;
  g_autofree char *scope = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  json_text = g_strdelimit (g_strdup (body), "'", '"');
  record = kith_record_parse (kith_kind_get (kind), id, json_text, -1, &error);
  g_assert_no_error (error);
  if (g_str_equal (kind, "referral"))
    {
      split_course (page, record);
      return;
    }
  scope = kith_record_scope (record);
  page_scope (page, ++next_scope, scope);
  page_put (page, kind, id, next_scope, 200, body);
}

G_GNUC_UNUSED static void
put_staff (Page *page, const char *id, const char *role, const char *more)
{
  put (page, "staff", id, "{'agency':'" AGENCY_A "','name':'Somebody','level':'standard','role':'%s','active':true,'trained':true%s}", role, more);
}

G_GNUC_UNUSED static void
put_referral (Page *page, const char *id, const char *number, gboolean ours, const char *phase, const char *service, const char *more)
{
  put (page, "referral", id, "{'number':'%s','type':'direct','agency':'%s','agency_to':'%s','service':'%s','phase':'%s','sent_at':'2026-03-0%cT09:00:00.000Z'%s}",
       number, ours ? AGENCY_A : AGENCY_B, ours ? AGENCY_B : AGENCY_A, service, phase, id[strlen (id) - 1], more);
}

G_GNUC_UNUSED static void
put_own (Page *page, const char *referral, const char *more)
{
  g_autofree char *key = g_strconcat (referral, ":" AGENCY_A, NULL);
  g_autofree char *id = kith_id_natural ("referral_own", key);

  put (page, "referral_own", id, "{'referral':'%s','agency':'" AGENCY_A "'%s}", referral, more);
}

/* One column of what a query answers, in its order. args: NULL-ended. */
G_GNUC_UNUSED static char *
column_of (Fixture *f, const char *query, const char *const *args, const char *column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (int i = 0; args[i] != NULL; i++)
    kith_db_bind_text (stmt, i + 1, args[i]);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    for (int c = 0; c < kith_db_n_columns (stmt); c++)
      if (g_str_equal (kith_db_column_name (stmt, c), column))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", kith_db_text (stmt, c) != NULL ? kith_db_text (stmt, c) : "-");
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

#define ASSERT_COLUMN(query, column, expected, ...)                                                                    \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    const char *args_[] = { __VA_ARGS__, NULL };                                                                       \
    g_autofree char *got_ = column_of (f, query, args_, column);                                                       \
    g_assert_cmpstr (got_, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END
