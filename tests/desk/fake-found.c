/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

#include "kith-text.h"

/* What inbox-found and sent-found keep, of the rows of the lists: agency, phases, whose, service, late, text. */
static gboolean
referral_is_kept (char **args, JsonObject *row)
{
  const char *phase = kith_json_string (row, "phase"), *assignee = kith_json_string (row, "assignee"), *due = kith_json_string (row, "due_on");
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", phase ? phase : "");
  g_autofree char *words = g_strdup_printf ("%s %s %s", kith_json_string (row, "contact_name") ? kith_json_string (row, "contact_name") : "",
                                            kith_json_string (row, "number") ? kith_json_string (row, "number") : "",
                                            kith_json_string (row, "resource_name") ? kith_json_string (row, "resource_name") : "");
  g_autofree char *folded = kith_text_fold (words);

  return strstr (args[1], quoted) && (!*args[2] || g_strcmp0 (assignee ? assignee : "none", args[2]) == 0)
         && (!*args[3] || g_strcmp0 (kith_json_string (row, "service"), args[3]) == 0) && (!*args[4] || (due && strcmp (due, args[4]) < 0))
         && (!*args[5] || strstr (folded, args[5]));
}

/* agency and me, then what was typed. */
static gboolean
case_is_kept (char **args, JsonObject *row)
{
  static const char *const columns[] = { "number", "title", "given_name", "family_name" };
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (kith_json_string (row, columns[i]))
      g_string_append_printf (words, " %s", kith_json_string (row, columns[i]));
  folded = kith_text_fold (words->str);
  return strstr (folded, args[2]) != NULL;
}

const char *const *
fake_found_lists (const char *query)
{
  static const char *const inbox[] = { "inbox-new", "inbox-work", "inbox-closed", NULL }, *const sent[] = { "sent-open", "sent-closed", NULL };
  static const char *const cases[] = { "cases-all", NULL };

  return g_str_equal (query, "cases-found") ? cases : g_str_equal (query, "inbox-found") ? inbox : sent;
}

gboolean
fake_found_keeps (const char *query, char **args, JsonObject *row)
{
  return g_str_equal (query, "cases-found") ? case_is_kept (args, row) : referral_is_kept (args, row);
}
