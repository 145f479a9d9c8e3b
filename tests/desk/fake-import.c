/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The imports of the fake desktop: one at a time, in memory; what it counts is what it was given. */

#include "kith-store-import.h"

#include <string.h>

static struct
{
  char *id, *state;
  KithImportTally tally;
} job;

gboolean
kith_store_import_begin (KithStore *self, const char *id, const char *file, const char *source, const char *header, gboolean *begun, GError **error)
{
  g_free (job.id);
  g_free (job.state);
  job.id = g_strdup (id);
  job.state = g_strdup ("reading");
  job.tally = (KithImportTally) { 0 };
  *begun = TRUE;
  return TRUE;
}

/* A family called Twin is perhaps here already. */
gboolean
kith_store_import_add (KithStore *self, const char *id, const KithImportRow *rows, guint n_rows, GError **error)
{
  for (guint i = 0; i < n_rows; i++)
    if (rows[i].args == NULL)
      job.tally.bad++;
    else if (strstr (rows[i].cells, "Twin") != NULL)
      job.tally.maybe++;
    else
      job.tally.fresh++;
  return TRUE;
}

gboolean
kith_store_import_counts (KithStore *self, const char *id, KithImportTally *counts, char **state, GError **error)
{
  *counts = job.tally;
  *state = g_strcmp0 (id, job.id) == 0 ? g_strdup (job.state) : NULL;
  return TRUE;
}

static void
set_state (const char *state)
{
  g_free (job.state);
  job.state = g_strdup (state);
}

gboolean
kith_store_import_start (KithStore *self, const char *id, gboolean with_maybe, GError **error)
{
  set_state ("running");
  if (with_maybe)
    job.tally.fresh += job.tally.maybe;
  else
    job.tally.skipped += job.tally.maybe;
  job.tally.maybe = 0;
  return TRUE;
}

gboolean
kith_store_import_step (KithStore *self, gboolean *more, char **id, GError **error)
{
  *more = FALSE;
  *id = g_strcmp0 (job.state, "running") == 0 || g_strcmp0 (job.state, "undoing") == 0 ? g_strdup (job.id) : NULL;
  if (g_strcmp0 (job.state, "running") == 0)
    {
      job.tally.taken += job.tally.fresh;
      job.tally.fresh = 0;
      set_state ("done");
    }
  else if (g_strcmp0 (job.state, "undoing") == 0)
    {
      job.tally.undone += job.tally.taken;
      job.tally.taken = 0;
      set_state ("undone");
    }
  return TRUE;
}

gboolean
kith_store_import_undo (KithStore *self, const char *id, GError **error)
{
  set_state ("undoing");
  return TRUE;
}

gboolean
kith_store_import_each_bad (KithStore *self, const char *id, KithImportFunc func, gpointer user_data, GError **error)
{
  return func ("[\"Name\"]", NULL, user_data, error) && func ("[\"\"]", "no name", user_data, error);
}
