/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import.h"

#include "kith-import-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>
#include <string.h>

#define BATCH 50
#define BATCH_BYTES (1024 * 1024) /* a directory's entries may be long; a request to the hub that serves is no longer than its limit */
#define LOOKED_MOST 1000          /* people who are here already go by faster */
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
  const KithConsole *console;
  KithReader *reader;
  KithClock *clock;
  gboolean of_clients; /* who is here already is left as they are */
  gboolean by_contents; /* the list has no ids of its own */
  char *id;            /* of the import record */
  const char *agency, *source, *format;
  char *started;
  guint64 skip;        /* operations that an earlier run brought to the hub */
  GArray *again;       /* guint64: those of them the hub refused; they are asked for again, and so told again */
  GArray *refused;     /* guint64: those it refused in this run */
  gboolean past;       /* what an earlier run was at when it ended has come through */
  GPtrArray *ops;      /* (element-type JsonObject) */
  GPtrArray *origins;  /* (element-type Origin) */
  gsize bytes;         /* of ops, about */
  guint looked;        /* rows since the last batch that needed nothing done */
  KithImportCounts *counts;
} Import;

static void
import_clear (Import *self)
{
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
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (self->console->hub), "import", self->id, &local);
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

  if (position == NULL)
    return FALSE;
  args = kith_json_new ("id", "s", self->id, "agency", "s", self->agency, "source", "s", self->source, "format", "s", self->format,
                        "started", "s", self->started, "finished", "s", finished ? now : NULL, "state", "s", finished ? "done" : "running",
                        "taken", "i", (gint64) self->counts->taken, "unchanged", "i", (gint64) (self->counts->unchanged + self->counts->differs),
                        "refused", "i", (gint64) self->counts->refused, "position", "s", position, NULL);
  return kith_console_submit (self->console, "import.record", args, error);
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

  if (self->ops->len > 0 && !kith_console_rows (self->console, self->id, self->ops, outcomes, error))
    return FALSE;
  for (guint i = 0; i < outcomes->len; i++)
    take_outcome (self, outcomes->pdata[i], self->origins->pdata[i]);
  self->counts->refused = kith_problems_left_out (kith_reader_get_problems (self->reader));
  g_ptr_array_set_size (self->ops, 0);
  g_ptr_array_set_size (self->origins, 0);
  self->bytes = self->looked = 0;
  return TRUE;
}

/* A run that ended within a batch leaves the mark it had set for that (kith_hub_submit_guarded()), and all is run one by one. It was the batch behind
 * the position; once as much came through nothing there is to blame for the end, and the mark goes. Where positions are not noted it may be any. */
static gboolean
leave_mark (Import *self, GError **error)
{
  if (self->past || kith_reader_get_count (self->reader) < self->skip + BATCH || self->refused->len > MAX_NOTED)
    return TRUE;
  self->past = kith_console_rows_over (self->console, self->id, error);
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
  g_autofree char *text = kith_json_print_object (args);
  Origin *origin = g_new0 (Origin, 1);

  origin->file = g_strdup (kith_reader_get_file (self->reader));
  origin->row = kith_reader_get_row (self->reader);
  origin->number = kith_reader_get_count (self->reader);
  g_ptr_array_add (self->origins, origin);
  self->bytes += strlen (text);
  g_ptr_array_add (self->ops, kith_json_new ("op", "s", kith_reader_get_operation (self->reader), "a", "o", args, NULL));
}

/* Of somebody who is here already it is told what the list says otherwise. */
static void
tell_difference (KithReader *reader, GPtrArray *fields)
{
  KithProblems *problems = kith_reader_get_problems (reader);

  for (guint i = 0; i < fields->len; i++)
    kith_problems_add_here (problems, kith_reader_get_file (reader), kith_reader_get_row (reader), fields->pdata[i], _("the list says something else than Kith"));
  if (fields->len == 0)
    kith_problems_add_here (problems, kith_reader_get_file (reader), kith_reader_get_row (reader), NULL,
                            _("somebody of this name and birth date came from this list before, with other details"));
}

/* One row. *here: there is nothing to be done for it. */
static gboolean
look (Import *self, JsonObject *args, gboolean *here, GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  gboolean done = is_done (self);
  KithImportHere found = KITH_IMPORT_NEW;

  *here = done;
  if (!self->of_clients)
    return TRUE;
  if (!kith_import_look (self->console->hub, args, self->by_contents ? self->started : NULL, &found, fields, error))
    return FALSE;
  if (found == KITH_IMPORT_NEW)
    return TRUE;
  *here = TRUE;
  if (found == KITH_IMPORT_SAME)
    {
      self->counts->unchanged += !done;
      return TRUE;
    }
  self->counts->differs++;
  if (done && self->counts->unchanged > 0) /* counted there by the run that stopped */
    self->counts->unchanged--;
  tell_difference (self->reader, fields);
  return TRUE;
}

/* All the reader yields; FALSE only when the hub fails. */
static gboolean
take_all (Import *self, KithImportProgress progress, gpointer user_data, GError **read_error, GError **error)
{
  JsonObject *args = NULL;

  while (kith_reader_next (self->reader, &args, read_error))
    {
      g_autoptr (JsonObject) owned = args;
      gboolean here;

      if (!look (self, owned, &here, error))
        return FALSE;
      if (here)
        self->looked++;
      else
        add (self, g_steal_pointer (&owned));
      if (self->ops->len < BATCH && self->bytes < BATCH_BYTES && self->looked < LOOKED_MOST && kith_reader_get_count (self->reader) != self->skip + BATCH)
        continue;
      if (!flush (self, error) || !record_progress (self, error) || !leave_mark (self, error))
        return FALSE;
      if (progress != NULL)
        progress (kith_reader_get_progress (self->reader), self->counts, user_data);
    }
  return flush (self, error);
}

gboolean
kith_import_run (const KithConsole *console, KithReader *reader, const char *agency, const char *source, const char *format,
                 KithImportProgress progress, gpointer user_data, KithImportCounts *counts, GError **error)
{
  g_auto (Import) self = { .console = console, .reader = reader, .agency = agency, .source = source, .format = format, .counts = counts };
  g_autoptr (GError) read_error = NULL;

  self.of_clients = g_str_equal (kith_reader_get_operation (reader), "client.import");
  self.by_contents = self.of_clients && !kith_client_reader_has_ids (reader);
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
    return kith_console_rows_over (console, self.id, error) && record_state (&self, TRUE, error);
  if (!record_progress (&self, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

gboolean
kith_import_try (KithHub *hub, KithReader *reader, KithImportProgress progress, gpointer user_data, KithImportCounts *counts, GError **error)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autofree char *now = kith_time_format (kith_clock_wall_ms (clock));
  g_autoptr (GError) local = NULL;
  JsonObject *args = NULL;

  counts->dry = TRUE;
  while (local == NULL && kith_reader_next (reader, &args, &local))
    {
      g_autoptr (JsonObject) owned = args;
      g_autoptr (GPtrArray) fields = g_ptr_array_new ();
      KithImportHere here;

      if (!kith_import_look (hub, owned, kith_client_reader_has_ids (reader) ? NULL : now, &here, fields, error))
        return FALSE;
      counts->taken += here == KITH_IMPORT_NEW;
      counts->unchanged += here == KITH_IMPORT_SAME;
      counts->differs += here == KITH_IMPORT_DIFFERS;
      if (here == KITH_IMPORT_DIFFERS)
        tell_difference (reader, fields);
      if (progress == NULL || kith_reader_get_count (reader) % BATCH != 0)
        continue;
      counts->refused = kith_problems_left_out (kith_reader_get_problems (reader));
      progress (kith_reader_get_progress (reader), counts, user_data);
    }
  counts->refused = kith_problems_left_out (kith_reader_get_problems (reader));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
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

static char *
print_counts (const KithImportCounts *counts)
{
  g_autofree char *taken = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->taken), *unchanged = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->unchanged);
  g_autofree char *differs = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->differs), *left = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->refused);

  if (counts->dry && counts->differs > 0)
    return g_strdup_printf (_("Would be taken: %s. Unchanged: %s. Already here with other details, not touched: %s. Not taken: %s."), taken, unchanged, differs, left);
  if (counts->dry)
    return g_strdup_printf (_("Would be taken: %s. Unchanged: %s. Not taken: %s."), taken, unchanged, left);
  if (counts->differs > 0)
    return g_strdup_printf (_("Taken: %s. Unchanged: %s. Already here with other details, not touched: %s. Not taken: %s."), taken, unchanged, differs, left);
  return g_strdup_printf (_("Taken: %s. Unchanged: %s. Not taken: %s."), taken, unchanged, left);
}

char *
kith_import_report (KithReader *reader, const char *source, const KithImportCounts *counts, gboolean json)
{
  KithProblems *problems = kith_reader_get_problems (reader);
  g_autofree char *list = NULL, *counted = NULL, *word = NULL;
  g_autoptr (JsonObject) object = NULL;
  GString *text;

  if (json)
    {
      object = kith_json_new ("source", "s", source, "taken", "i", (gint64) counts->taken, "unchanged", "i", (gint64) counts->unchanged,
                              "differs", "i", (gint64) counts->differs, "refused", "i", (gint64) counts->refused, "continued", "b", counts->continued,
                              "dry_run", "b", counts->dry, "problems", "o", kith_problems_to_json (problems), NULL);
      return kith_json_print_object (object);
    }
  list = kith_problems_to_text (problems);
  counted = print_counts (counts);
  word = kith_command_quote (source);
  text = g_string_new (list);
  g_string_append_printf (text, "%s\n", counted);
  if (counts->differs > 0)
    g_string_append (text, _("Who is here already is their agency’s to edit, in Kith.\n"));
  if (counts->refused > 0)
    g_string_append (text, _("The file can be mended and imported again: what is there already is not doubled.\n"));
  /* Translators: the name of a list, then the same as it is to be typed */
  g_string_append_printf (text, _("The source is called “%s”. Under another name of the file it is the same one with: --source %s"), source, word);
  return g_string_free (text, FALSE);
}
