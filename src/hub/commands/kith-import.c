/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import.h"

#include "kith-import-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>

#define BATCH 50

/* One operation and where it came from, so that a refusal can name the row. */
typedef struct
{
  char *file;
  guint64 row;
} Origin;

static void
origin_free (gpointer data)
{
  Origin *origin = data;

  g_free (origin->file);
  g_free (origin);
}

typedef struct
{
  KithHub *hub;
  KithReader *reader;
  KithActor *actor;
  KithClock *clock;
  char *id;            /* of the import record */
  const char *agency, *source, *format;
  char *started;
  GPtrArray *ops;      /* (element-type JsonObject) */
  GPtrArray *origins;  /* (element-type Origin) */
  KithImportCounts *counts;
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->actor, kith_actor_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->started, g_free);
  g_clear_pointer (&self->ops, g_ptr_array_unref);
  g_clear_pointer (&self->origins, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

/* Goes on where an earlier run of the same source stopped. */
static gboolean
resume (Import *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (self->hub), "import", self->id, &local);
  const char *position;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  position = record != NULL && kith_record_is (record, "state", "running") ? kith_record_string (record, "position") : NULL;
  if (position == NULL)
    return TRUE;
  if (!kith_reader_continue (self->reader, position, error))
    return FALSE;
  self->counts->continued = TRUE;
  self->counts->taken = (guint64) kith_record_int (record, "taken");
  self->counts->unchanged = (guint64) kith_record_int (record, "unchanged");
  self->counts->refused = (guint64) kith_record_int (record, "refused");
  g_free (self->started);
  self->started = g_strdup (kith_record_string (record, "started"));
  return TRUE;
}

static gboolean
record_state (Import *self, gboolean finished, GError **error)
{
  g_autofree char *position = kith_reader_get_position (self->reader);
  g_autofree char *now = kith_time_format (kith_clock_wall_ms (self->clock));
  g_autoptr (JsonObject) args =
    kith_json_new ("id", "s", self->id, "agency", "s", self->agency, "source", "s", self->source, "format", "s", self->format,
                   "started", "s", self->started, "finished", "s", finished ? now : NULL, "state", "s", finished ? "done" : "running",
                   "taken", "i", (gint64) self->counts->taken, "unchanged", "i", (gint64) self->counts->unchanged,
                   "refused", "i", (gint64) self->counts->refused, "position", "s", position, NULL);
  g_auto (KithOpContext) result = { 0 };

  return kith_hub_submit (self->hub, self->actor, "import.record", args, &result, error);
}

static gboolean
flush (Import *self, GError **error)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (self->ops->len == 0)
    return TRUE;
  if (!kith_hub_submit_batch (self->hub, self->actor, self->ops, outcomes, error))
    return FALSE;
  for (guint i = 0; i < outcomes->len; i++)
    {
      JsonObject *outcome = g_ptr_array_index (outcomes, i);
      Origin *origin = g_ptr_array_index (self->origins, i);
      const char *state = kith_json_string (outcome, "st");

      if (g_strcmp0 (state, "noop") == 0)
        self->counts->unchanged++;
      else if (g_strcmp0 (state, "applied") == 0 || g_strcmp0 (state, "merged") == 0)
        self->counts->taken++;
      else
        {
          self->counts->refused++;
          kith_problems_add (kith_reader_get_problems (self->reader), origin->file, origin->row, NULL, FALSE, "%s",
                             kith_json_string (outcome, "message") != NULL ? kith_json_string (outcome, "message") : state);
        }
    }
  g_ptr_array_set_size (self->ops, 0);
  g_ptr_array_set_size (self->origins, 0);
  return record_state (self, FALSE, error);
}

static void
add (Import *self, JsonObject *args)
{
  Origin *origin = g_new0 (Origin, 1);

  origin->file = g_strdup (kith_reader_get_file (self->reader));
  origin->row = kith_reader_get_row (self->reader);
  g_ptr_array_add (self->origins, origin);
  g_ptr_array_add (self->ops, kith_json_new ("op", "s", kith_reader_get_operation (self->reader), "a", "o", args, NULL));
}

gboolean
kith_import_run (KithHub *hub, KithReader *reader, const char *agency, const char *source, const char *format,
                 KithImportProgress progress, gpointer user_data, KithImportCounts *counts, GError **error)
{
  g_auto (Import) self = { .hub = hub, .reader = reader, .agency = agency, .source = source, .format = format, .counts = counts };
  g_autoptr (GError) read_error = NULL;
  JsonObject *args = NULL;

  self.actor = kith_actor_new_hub ();
  self.clock = kith_clock_new_system ();
  self.id = kith_import_id (agency, source);
  self.started = kith_time_format (kith_clock_wall_ms (self.clock));
  self.ops = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self.origins = g_ptr_array_new_with_free_func (origin_free);
  if (!resume (&self, error))
    return FALSE;

  while (kith_reader_next (reader, &args, &read_error))
    {
      add (&self, args);
      if (self.ops->len < BATCH)
        continue;
      if (!flush (&self, error))
        return FALSE;
      if (progress != NULL)
        progress (kith_reader_get_progress (reader), counts, user_data);
    }
  if (!flush (&self, error))
    return FALSE;
  if (read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }
  return record_state (&self, TRUE, error);
}

char *
kith_import_report (KithReader *reader, const KithImportCounts *counts, gboolean json)
{
  KithProblems *problems = kith_reader_get_problems (reader);
  const guint64 refused = MAX (counts->refused, kith_problems_left_out (problems));
  g_autofree char *list = NULL, *taken = NULL, *unchanged = NULL, *left = NULL, *counted = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (json)
    {
      object = kith_json_new ("taken", "i", (gint64) counts->taken, "unchanged", "i", (gint64) counts->unchanged,
                              "refused", "i", (gint64) refused, "continued", "b", counts->continued,
                              "problems", "o", kith_problems_to_json (problems), NULL);
      return kith_json_print_object (object);
    }
  list = kith_problems_to_text (problems);
  taken = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->taken);
  unchanged = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->unchanged);
  left = g_strdup_printf ("%" G_GUINT64_FORMAT, refused);
  counted = g_strdup_printf (_("%sTaken: %s. Unchanged: %s. Not taken: %s."), list, taken, unchanged, left);
  return list[0] == '\0' ? g_steal_pointer (&counted)
                         : g_strconcat (counted, "\n",
                                        _("The file can be mended and imported again: what is there already is not doubled."), NULL);
}
