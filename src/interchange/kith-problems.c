/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-problems.h"

#include <glib/gi18n.h>

#define MAX_REASON 400 /* bytes; a value quoted in it may be long */

struct _KithProblems
{
  gatomicrefcount refs;
  GArray *kept;
  GStringChunk *names; /* files and fields: few and repeated */
  guint max_kept;
  guint64 total;
  guint64 left_out;        /* rows */
  const char *last_file;   /* of the row left out last, in names */
  guint64 last_row;
  guint muted; /* how many asked for silence */
};

static void
problem_clear (gpointer data)
{
  KithProblem *problem = data;

  g_free ((char *) problem->reason);
}

/**
 * kith_problems_new:
 *
 * Returns: (transfer full): an empty list; of one thread at a time, though a reference may be held by another
 */
KithProblems *
kith_problems_new (guint max_kept)
{
  KithProblems *self = g_new0 (KithProblems, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kept = g_array_new (FALSE, TRUE, sizeof (KithProblem));
  g_array_set_clear_func (self->kept, problem_clear);
  self->names = g_string_chunk_new (256);
  self->max_kept = max_kept > 0 ? max_kept : 1000;
  return self;
}

/**
 * kith_problems_ref:
 *
 * Returns: (transfer full): @self
 */
KithProblems *
kith_problems_ref (KithProblems *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * kith_problems_unref:
 * @self: (nullable) (transfer full): with the last reference the texts of its problems go
 */
void
kith_problems_unref (KithProblems *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->kept);
  g_string_chunk_free (self->names);
  g_free (self);
}

/* A row with two faults is left out once. */
static void
count_row (KithProblems *self, const char *file, guint64 row)
{
  if (self->left_out > 0 && row > 0 && file == self->last_file && row == self->last_row)
    return;
  self->left_out++;
  self->last_file = file;
  self->last_row = row;
}

/* problem: the rest of it. */
static void
keep (KithProblems *self, const char *file, const char *field, const char *reason, KithProblem problem)
{
  g_autofree char *cut = NULL;

  if (self->muted > 0)
    return;
  self->total++;
  problem.file = file != NULL ? g_string_chunk_insert_const (self->names, file) : NULL;
  if (!problem.taken && !problem.here)
    count_row (self, problem.file, problem.row);
  if (self->kept->len >= self->max_kept)
    return;
  cut = g_strdup (reason);
  if (strlen (cut) > MAX_REASON)
    {
      char *end = g_utf8_find_prev_char (cut, cut + MAX_REASON);

      *(end != NULL ? end : cut) = '\0';
    }
  problem.reason = g_utf8_make_valid (cut, -1);
  problem.field = field != NULL ? g_string_chunk_insert_const (self->names, field) : NULL;
  g_array_append_val (self->kept, problem);
}

/**
 * kith_problems_add:
 * @file: (nullable): name of the file
 * @row: as a spreadsheet counts, the header is 1; 0: the file as a whole
 * @field: (nullable): NULL: the row as a whole
 * @taken: whether the row was taken nevertheless; a row left out is counted once, however much is wrong with it
 * @format: what is wrong, a sentence's part for the person who owns the file; cut after 400 bytes
 *
 * Nothing while the list is muted. Beyond the number that is kept it is counted only.
 */
void
kith_problems_add (KithProblems *self, const char *file, guint64 row, const char *field, gboolean taken, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  keep (self, file, field, reason, (KithProblem) { .row = row, .taken = taken });
}

void
kith_problems_add_here (KithProblems *self, const char *file, guint64 row, const char *field, const char *reason)
{
  keep (self, file, field, reason, (KithProblem) { .row = row, .here = TRUE });
}

void
kith_problems_set_muted (KithProblems *self, gboolean muted)
{
  self->muted += muted ? 1 : -1;
}

guint64
kith_problems_total (KithProblems *self)
{
  return self->total;
}

guint64
kith_problems_left_out (KithProblems *self)
{
  return self->left_out;
}

/**
 * kith_problems_kept:
 *
 * Returns: how many kith_problems_get() has; kith_problems_total() may be more
 */
guint
kith_problems_kept (KithProblems *self)
{
  return self->kept->len;
}

/**
 * kith_problems_get:
 * @i: below kith_problems_kept()
 *
 * Returns: (transfer none): in the order they were met; until the next kith_problems_add()
 */
const KithProblem *
kith_problems_get (KithProblems *self, guint i)
{
  g_return_val_if_fail (i < self->kept->len, NULL);
  return &g_array_index (self->kept, KithProblem, i);
}

JsonObject *
kith_problems_to_json (KithProblems *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->kept->len; i++)
    {
      const KithProblem *problem = kith_problems_get (self, i);
      JsonObject *line = json_object_new ();

      if (problem->file != NULL)
        json_object_set_string_member (line, "file", problem->file);
      if (problem->row > 0)
        json_object_set_int_member (line, "row", (gint64) problem->row);
      if (problem->field != NULL)
        json_object_set_string_member (line, "field", problem->field);
      json_object_set_string_member (line, "reason", problem->reason);
      json_object_set_boolean_member (line, "taken", problem->taken);
      if (problem->here)
        json_object_set_boolean_member (line, "here", TRUE);
      json_array_add_object_element (list, line);
    }
  json_object_set_int_member (object, "total", (gint64) self->total);
  json_object_set_int_member (object, "left_out", (gint64) self->left_out);
  json_object_set_int_member (object, "shown", self->kept->len);
  json_object_set_array_member (object, "problems", list);
  return object;
}

/* Names and a number, one after the other: "clients.csv, row 12, date_of_birth". */
static char *
place_of (const KithProblem *problem)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, problem->row);
  /* Translators: the number of a row, as a spreadsheet counts */
  g_autofree char *row = problem->row > 0 ? g_strdup_printf (_("row %s"), number) : g_strdup (_("whole file"));
  g_autoptr (GString) place = g_string_new (row);

  if (problem->file != NULL)
    {
      g_string_prepend (place, ", ");
      g_string_prepend (place, problem->file);
    }
  if (problem->field != NULL)
    g_string_append_printf (place, ", %s", problem->field);
  return g_string_free (g_steal_pointer (&place), FALSE);
}

char *
kith_problems_to_text (KithProblems *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->kept->len; i++)
    {
      const KithProblem *problem = kith_problems_get (self, i);
      g_autofree char *place = place_of (problem);

      /* Translators: where in the file, then what is wrong there: "clients.csv, row 12, date_of_birth: “soon” is not a date" */
      g_string_append_printf (text, problem->here ? _("%s: %s (already here, not touched)\n") : problem->taken ? _("%s: %s (taken all the same)\n") : _("%s: %s (left out)\n"),
                              place, problem->reason);
    }
  if (self->total > self->kept->len)
    {
      g_autofree char *more = g_strdup_printf ("%" G_GUINT64_FORMAT, self->total - self->kept->len);

      /* Translators: how many faults are not listed */
      g_string_append_printf (text, _("… and %s more\n"), more);
    }
  return g_string_free (text, FALSE);
}
