/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import.h"

#include "kith-import-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define BATCH 50
#define MAX_NOTED 200 /* of the operations the hub refused; an import's position has room for them */

/* One operation and where it came from, so that a refusal can name the row. */
typedef struct
{
  char *file;
  guint64 row;
  guint64 number; /* of the operation, as the reader counts */
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
  guint64 skip;        /* operations that an earlier run brought to the hub */
  GArray *again;       /* guint64: those of them the hub refused; they are asked for again, and so told again */
  GArray *refused;     /* guint64: those it refused in this run */
  gboolean past;       /* what an earlier run was at when it ended has come through */
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
  g_clear_pointer (&self->again, g_array_unref);
  g_clear_pointer (&self->refused, g_array_unref);
  g_clear_pointer (&self->ops, g_ptr_array_unref);
  g_clear_pointer (&self->origins, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

/* "120/SUM 7,93": where the reader was, and the operations before that which the hub refused. */
static char *
print_position (Import *self, GError **error)
{
  g_autofree char *reached = kith_reader_get_position (self->reader, error);
  GString *text;

  if (reached == NULL)
    return NULL;
  text = g_string_new (reached);
  for (guint i = 0; i < self->refused->len; i++)
    g_string_append_printf (text, "%c%" G_GUINT64_FORMAT, i == 0 ? ' ' : ',', g_array_index (self->refused, guint64, i));
  return g_string_free (text, FALSE);
}

static gboolean
read_position (Import *self, const char *position, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (position, " ", 2);
  g_auto (GStrv) numbers = g_strsplit (parts[0] != NULL && parts[1] != NULL ? parts[1] : "", ",", -1);

  if (!kith_reader_find (self->reader, parts[0] != NULL ? parts[0] : "", &self->skip, error))
    return FALSE;
  for (guint i = 0; self->skip > 0 && numbers[i] != NULL; i++)
    {
      guint64 number = g_ascii_strtoull (numbers[i], NULL, 10);
      g_array_append_val (self->again, number);
    }
  return TRUE;
}

/* Goes on where an earlier run of the same input stopped. What was refused is counted and told anew, be it by the reader or by the hub, so that
 * the report and the record speak of the whole file. */
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
  if (!read_position (self, position != NULL ? position : "", error))
    return FALSE;
  if (self->skip == 0)
    return TRUE;
  self->counts->continued = TRUE;
  self->counts->taken = (guint64) kith_record_int (record, "taken");
  self->counts->unchanged = (guint64) kith_record_int (record, "unchanged");
  g_free (self->started);
  self->started = g_strdup (kith_record_string (record, "started"));
  return TRUE;
}

static gboolean
record_state (Import *self, gboolean finished, GError **error)
{
  g_autofree char *position = finished ? kith_reader_get_position (self->reader, error) : print_position (self, error);
  g_autofree char *now = kith_time_format (kith_clock_wall_ms (self->clock));
  g_autoptr (JsonObject) args = NULL;
  g_auto (KithOpContext) result = { 0 };

  if (position == NULL)
    return FALSE;
  args = kith_json_new ("id", "s", self->id, "agency", "s", self->agency, "source", "s", self->source, "format", "s", self->format,
                        "started", "s", self->started, "finished", "s", finished ? now : NULL, "state", "s", finished ? "done" : "running",
                        "taken", "i", (gint64) self->counts->taken, "unchanged", "i", (gint64) self->counts->unchanged,
                        "refused", "i", (gint64) self->counts->refused, "position", "s", position, NULL);
  return kith_hub_submit (self->hub, self->actor, "import.record", args, &result, error);
}

/* Nothing is noted while the reader is behind where the last run stopped, nor once the hub refused more than a position holds: who goes on
 * then starts from the note before, and finds the rows after it taken already. */
static gboolean
record_progress (Import *self, GError **error)
{
  if (kith_reader_get_count (self->reader) <= self->skip || self->refused->len > MAX_NOTED)
    return TRUE;
  return record_state (self, FALSE, error);
}

static void
take_outcome (Import *self, JsonObject *outcome, Origin *origin)
{
  const char *state = kith_json_string (outcome, "st"), *message = kith_json_string (outcome, "message");

  if (g_strcmp0 (state, "noop") == 0)
    self->counts->unchanged++;
  else if (g_strcmp0 (state, "applied") == 0 || g_strcmp0 (state, "merged") == 0)
    self->counts->taken++;
  else
    {
      g_array_append_val (self->refused, origin->number);
      kith_problems_add (kith_reader_get_problems (self->reader), origin->file, origin->row, NULL, FALSE, "%s", message != NULL ? message : state);
    }
}

static gboolean
flush (Import *self, GError **error)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  if (self->ops->len > 0 && !kith_hub_submit_guarded (self->hub, self->actor, self->id, self->ops, outcomes, error))
    return FALSE;
  for (guint i = 0; i < outcomes->len; i++)
    take_outcome (self, outcomes->pdata[i], self->origins->pdata[i]);
  self->counts->refused = kith_problems_left_out (kith_reader_get_problems (self->reader));
  g_ptr_array_set_size (self->ops, 0);
  g_ptr_array_set_size (self->origins, 0);
  return TRUE;
}

/* A run that ended within a batch leaves the mark it had set for that (kith_hub_submit_guarded()), and all is run one by one. It was the batch behind
 * the position; once as much came through nothing there is to blame for the end, and the mark goes. Where positions are not noted it may be any. */
static gboolean
leave_mark (Import *self, GError **error)
{
  if (self->past || kith_reader_get_count (self->reader) < self->skip + BATCH || self->refused->len > MAX_NOTED)
    return TRUE;
  self->past = kith_hub_guard_over (self->hub, self->id, error);
  return self->past;
}

static gboolean
is_done (Import *self)
{
  guint64 number = kith_reader_get_count (self->reader);

  if (number > self->skip)
    return FALSE;
  for (guint i = 0; i < self->again->len; i++)
    if (g_array_index (self->again, guint64, i) == number)
      return FALSE;
  return TRUE;
}

static void
add (Import *self, JsonObject *args)
{
  Origin *origin = g_new0 (Origin, 1);

  origin->file = g_strdup (kith_reader_get_file (self->reader));
  origin->row = kith_reader_get_row (self->reader);
  origin->number = kith_reader_get_count (self->reader);
  g_ptr_array_add (self->origins, origin);
  g_ptr_array_add (self->ops, kith_json_new ("op", "s", kith_reader_get_operation (self->reader), "a", "o", args, NULL));
}

/* All the reader yields; FALSE only when the hub fails. */
static gboolean
take_all (Import *self, KithImportProgress progress, gpointer user_data, GError **read_error, GError **error)
{
  JsonObject *args = NULL;

  while (kith_reader_next (self->reader, &args, read_error))
    {
      if (is_done (self))
        json_object_unref (args);
      else
        add (self, args);
      if (self->ops->len < BATCH && kith_reader_get_count (self->reader) != self->skip + BATCH)
        continue;
      if (!flush (self, error) || !record_progress (self, error) || !leave_mark (self, error))
        return FALSE;
      if (progress != NULL)
        progress (kith_reader_get_progress (self->reader), self->counts, user_data);
    }
  return flush (self, error);
}

gboolean
kith_import_run (KithHub *hub, KithReader *reader, const char *agency, const char *source, const char *format,
                 KithImportProgress progress, gpointer user_data, KithImportCounts *counts, GError **error)
{
  g_auto (Import) self = { .hub = hub, .reader = reader, .agency = agency, .source = source, .format = format, .counts = counts };
  g_autoptr (GError) read_error = NULL;

  self.actor = kith_actor_new_hub ();
  self.clock = kith_clock_new_system ();
  self.id = kith_import_id (agency, source);
  self.started = kith_time_format (kith_clock_wall_ms (self.clock));
  self.again = g_array_new (FALSE, FALSE, sizeof (guint64));
  self.refused = g_array_new (FALSE, FALSE, sizeof (guint64));
  self.ops = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self.origins = g_ptr_array_new_with_free_func (origin_free);
  if (!resume (&self, error) || !take_all (&self, progress, user_data, &read_error, error))
    return FALSE;
  if (read_error == NULL)
    return kith_hub_guard_over (hub, self.id, error) && record_state (&self, TRUE, error);
  if (!record_progress (&self, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

KithReader *
kith_import_open_clients (KithHub *hub, const KithClientReaderOptions *options, GError **error)
{
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (hub), "import", options->import, NULL);
  const char *position = record != NULL && kith_record_is (record, "state", "running") ? kith_record_string (record, "position") : NULL;
  g_autofree char *day = position != NULL ? g_strndup (kith_record_string (record, "started"), strlen ("2026-11-22")) : NULL;
  g_auto (GStrv) parts = g_strsplit (position != NULL ? position : "", " ", 2);
  KithClientReaderOptions then = *options;
  g_autoptr (KithReader) reader = NULL;
  guint64 count = 0;

  if (day == NULL || g_strcmp0 (day, options->today) == 0)
    return kith_client_reader_new (options, error);
  then.today = day;
  reader = kith_client_reader_new (&then, error);
  if (reader == NULL || !kith_reader_find (reader, parts[0] != NULL ? parts[0] : "", &count, error))
    return NULL;
  return count > 0 ? g_steal_pointer (&reader) : kith_client_reader_new (options, error); /* it is another file by now */
}

char *
kith_import_report (KithReader *reader, const KithImportCounts *counts, gboolean json)
{
  KithProblems *problems = kith_reader_get_problems (reader);
  g_autofree char *list = NULL, *taken = NULL, *unchanged = NULL, *left = NULL, *counted = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (json)
    {
      object = kith_json_new ("taken", "i", (gint64) counts->taken, "unchanged", "i", (gint64) counts->unchanged,
                              "refused", "i", (gint64) counts->refused, "continued", "b", counts->continued,
                              "problems", "o", kith_problems_to_json (problems), NULL);
      return kith_json_print_object (object);
    }
  list = kith_problems_to_text (problems);
  taken = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->taken);
  unchanged = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->unchanged);
  left = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->refused);
  counted = g_strdup_printf (_("%sTaken: %s. Unchanged: %s. Not taken: %s."), list, taken, unchanged, left);
  return list[0] == '\0' ? g_steal_pointer (&counted)
                         : g_strconcat (counted, "\n",
                                        _("The file can be mended and imported again: what is there already is not doubled."), NULL);
}
