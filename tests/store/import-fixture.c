/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "kith-import-id.h"

const char *
import_job (void)
{
  g_autofree char *id = kith_import_id (AGENCY_A, "clients");

  return g_intern_string (id);
}

KithImportTally
import_tally (Fixture *f, const char *state)
{
  KithImportTally counts;
  g_autoptr (GError) error = NULL;
  g_autofree char *is = NULL;

  kith_store_import_counts (f->store, import_job (), &counts, &is, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (is, ==, state);
  return counts;
}

void
import_begin (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean begun;

  if (count (f, "SELECT count(*) FROM client") == 0)
    fixture_fill (f);
  kith_store_import_begin (f->store, import_job (), "clients.xlsx", "clients", "[\"first\",\"last\"]", &begun, &error);
  g_assert_no_error (error);
  g_assert_true (begun);
}

gboolean
import_step (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean more;

  kith_store_import_step (f->store, &more, NULL, &error);
  g_assert_no_error (error);
  return more;
}

void
import_hub_answers_so (Fixture *f, guint refused, guint there)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n, first;
  g_autoptr (JsonObject) sent = push (f, &n);

  while (n > 0)
    {
      first = (guint) kith_json_int (kith_json_object (sent, "h"), "first_n", 0);
      g_string_truncate (lines, 0);
      for (guint i = 0; i < n; i++)
        if (first + i == refused)
          g_string_append_printf (lines, "{'n':%u,'st':'rejected','code':'invalid','message':'Not so.'}\n", first + i);
        else if (first + i == there)
          g_string_append_printf (lines, "{'n':%u,'st':'noop','q':%u}\n", first + i, 1000 + first + i);
        else
          g_string_append_printf (lines, "{'n':%u,'st':'applied','q':%u}\n", first + i, 1000 + first + i);
      answer (f, lines->str);
      json_object_unref (sent);
      sent = push (f, &n);
    }
}

void
import_hub_answers (Fixture *f, guint refused)
{
  import_hub_answers_so (f, refused, 0);
}

void
import_run (Fixture *f)
{
  for (guint i = 0; i < 6; i++)
    {
      while (import_step (f))
        ;
      import_hub_answers (f, 0);
      import_step (f);
    }
}
