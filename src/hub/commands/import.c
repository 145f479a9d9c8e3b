/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include "kith-client-reader.h"
#include "kith-hsds.h"
#include "kith-import-id.h"
#include "kith-import.h"
#include "kith-value.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SOURCE_LONGEST 255 /* as the import's record takes it */

/* What both kinds of list are asked. */
typedef struct
{
  KithCommandDatabase database;
  char *source, *report;
  gboolean new_source, json;
} Options;
#define ENTRIES(o)                                                                                                                                             \
  KITH_COMMAND_DATABASE_ENTRIES (&(o)->database),                                                                                                              \
  { "source", 0, 0, G_OPTION_ARG_STRING, &(o)->source,                                                                                                         \
    N_("What the list is called, this time and whenever it comes again; without it, by the name of the file or folder"), N_("NAME") },                         \
  { "new-source", 0, 0, G_OPTION_ARG_NONE, &(o)->new_source, N_("It is another list, though ids or names in it came with an earlier one"), NULL },             \
  { "report", 0, 0, G_OPTION_ARG_STRING, &(o)->report, N_("text or json; without it, text"), N_("FORM") }

static void
options_clear (Options *self)
{
  kith_command_database_clear (&self->database);
  g_free (self->source);
  g_free (self->report);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
progress_cb (double done, const KithImportCounts *counts, gpointer user_data)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r  %3.0f %%   %" G_GUINT64_FORMAT "   ", done * 100, counts->taken + counts->unchanged + counts->differs + counts->refused);
}

/* The options of both, and how the list is called; command: for what is wrong with them. */
static gboolean
check_options (Options *self, const char *command, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  self->json = g_strcmp0 (self->report, "json") == 0;
  if (self->source == NULL)
    self->source = g_path_get_basename (absolute);
  if (self->report != NULL && !self->json && !g_str_equal (self->report, "text"))
    g_printerr (_("kith-hub %s: --report is text or json, not “%s”. Nothing was imported.\n"), command, self->report);
  else if (self->source[0] == '\0' || strlen (self->source) > SOURCE_LONGEST || !g_utf8_validate (self->source, -1, NULL))
    g_printerr (_("kith-hub %s: --source is a name of 1 to %d characters. Nothing was imported.\n"), command, SOURCE_LONGEST);
  else
    return TRUE;
  return FALSE;
}

/* Prints what became of it. status: so far. */
static int
finish (KithReader *reader, const Options *options, const KithImportCounts *counts, const GError *error)
{
  g_autofree char *report = kith_import_report (reader, options->source, counts, options->json);

  if (isatty (STDERR_FILENO))
    g_printerr ("\r                              \r");
  if (counts->continued && !options->json)
    g_print (_("Went on where the last run stopped.\n"));
  g_print ("%s\n", report);
  if (error != NULL)
    {
      if (!counts->dry)
        g_printerr (_("The import stopped. What was taken is safe; run the same command again to go on.\n"));
      return kith_command_fail (error);
    }
  if (counts->taken + counts->unchanged + counts->differs > 0)
    return 0;
  g_printerr (_("kith-hub: Nothing was taken.\n"));
  return 1;
}

static int
run (const KithConsole *console, KithReader *reader, const char *agency, const Options *options, const char *format)
{
  g_autoptr (GError) error = NULL;
  KithImportCounts counts = { 0 };

  kith_import_run (console, reader, agency, options->source, format, progress_cb, NULL, &counts, &error);
  return finish (reader, options, &counts, error);
}

static int
import_hsds (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = { ENTRIES (&options), { NULL } };
  g_autoptr (GError) error = NULL;
  g_auto (KithConsole) console = { 0 };
  g_autoptr (KithReader) reader = NULL, first = NULL;

  if (!kith_command_parse (&argc, &argv, _("PATH"),
                           _("Imports a directory in HSDS 3 form: a folder of CSV tables, or JSON. Imported again, under the same --source, it changes what has changed and doubles "
                             "nothing. May be done beside serve."), entries))
    return 2;
  if (argc != 2)
    {
      g_printerr (_("kith-hub import hsds: give one folder or file.\n"));
      return 2;
    }
  if (!check_options (&options, "import hsds", argv[1]))
    return 2;
  if (!kith_console_open (&console, &options.database, &error) || (reader = kith_hsds_reader_new (argv[1], options.source, &error)) == NULL)
    return kith_command_fail (error);
  if (!options.new_source && ((first = kith_hsds_reader_new (argv[1], options.source, &error)) == NULL ||
                              !kith_import_check_source (console.hub, first, NULL, options.source, &error)))
    return kith_command_fail (error);
  return run (&console, reader, NULL, &options, "hsds");
}

/**
 * kith_command_import_hsds:
 *
 * kith-hub import hsds PATH: a directory in HSDS's form. May be run again: ids follow from the source's name and its ids.
 *
 * Returns: 0, 1 when it failed or nothing was taken, 2 when the command line is wrong
 */
int
kith_command_import_hsds (int argc, char **argv)
{
  return kith_command_survive (import_hsds, argc, argv);
}

/* A birth date read the wrong way round stays wrong, and is whom one is looked for by: it is asked, not guessed. */
static gboolean
check_dates (KithReader *reader, GError **error)
{
  const char *format, *target = kith_client_reader_get_doubtful (reader, &format);
  g_autofree char *other = NULL, *one = NULL, *two = NULL, *one_word = NULL, *two_word = NULL;
  gboolean month_first;
  guint64 ways[2];

  if (target == NULL)
    return TRUE;
  other = kith_date_swap_format (format);
  month_first = strstr (format, "%d") != NULL && strstr (format, "%m") < strstr (format, "%d");
  one = kith_client_reader_print_map (reader, target, month_first ? format : other);
  two = kith_client_reader_print_map (reader, target, month_first ? other : format);
  one_word = kith_command_quote (one);
  two_word = kith_command_quote (two);
  if (kith_client_reader_get_ways (reader, target, ways))
    {
      g_autofree char *month = g_strdup_printf ("%" G_GUINT64_FORMAT, ways[month_first ? 0 : 1]), *day = g_strdup_printf ("%" G_GUINT64_FORMAT, ways[month_first ? 1 : 0]);

      /* Translators: the field, a row of the file, another one, then two options as they are to be typed */
      g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING,
                   _("In %s the month comes first in row %s, and the day in row %s: how the rows are meant that could be either cannot be seen. Nothing was imported. Write all the "
                     "same way in the file, or say how most are written; those that are written otherwise are then not taken, and told. Where the month comes first, give\n"
                     "  --map %s\nand where the day does\n  --map %s"), target, month, day, one_word, two_word);
      return FALSE;
    }
  /* Translators: the field, then two options as they are to be typed */
  g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_MAPPING,
               _("In every row day and month of %s could be meant either way round. Nothing was imported. Where the month comes first, give\n  --map %s\nand where the day does\n"
                 "  --map %s"), target, one_word, two_word);
  return FALSE;
}

/* The agency's list as it is to be taken: looked through first, so that what is in doubt is asked before anything is in. */
static KithReader *
open_clients (const KithConsole *console, const Options *options, const KithClientReaderOptions *file, GError **error)
{
  g_autoptr (KithReader) reader = kith_import_open_clients (console->hub, file, error), first = NULL;

  if (reader == NULL || !check_dates (reader, error))
    return NULL;
  if (options->new_source)
    return g_steal_pointer (&reader);
  first = kith_client_reader_new (file, error);
  return first != NULL && kith_import_check_source (console->hub, first, file->agency, options->source, error) ? g_steal_pointer (&reader) : NULL;
}

static int
import_clients (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autofree char *agency = NULL, *map = NULL, *agency_id = NULL, *today = NULL, *import = NULL;
  gboolean dry = FALSE;
  const GOptionEntry entries[] = {
    ENTRIES (&options),
    { "agency", 0, 0, G_OPTION_ARG_STRING, &agency, N_("Whose clients they are: the agency’s id or name; required"), N_("AGENCY") },
    { "map", 0, 0, G_OPTION_ARG_STRING, &map,
      N_("Which column is which: given_name=first,date_of_birth=dob:%d/%m/%Y,… or febrl; all that are to be taken. Without it, by their names"), N_("MAP") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, N_("Only say what would be taken"), NULL },
    { NULL }
  };
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autoptr (GError) error = NULL;
  g_auto (KithConsole) console = { 0 };
  g_autoptr (KithReader) reader = NULL;
  KithClientReaderOptions file;
  KithImportCounts counts = { 0 };

  if (!kith_command_parse (&argc, &argv, _("FILE"),
                           _("Imports an agency’s clients from a CSV file with a header row, or from Excel. Imported again, mended or with more people in it, under the same --source, it "
                             "takes who is new and doubles nobody; who is here already is left as they are, and the report says where the list differs. kith-hub import undo takes "
                             "it back. May be done beside serve."), entries))
    return 2;
  if (argc != 2 || agency == NULL)
    {
      g_printerr (_("kith-hub import clients: give one file, and --agency.\n"));
      return 2;
    }
  if (!check_options (&options, "import clients", argv[1]))
    return 2;
  if (!kith_console_open (&console, &options.database, &error) || (agency_id = kith_command_find_agency (console.hub, agency, &error)) == NULL)
    return kith_command_fail (error);

  import = kith_import_id (agency_id, options.source);
  today = kith_time_format (kith_clock_wall_ms (clock));
  today[strlen ("2026-11-22")] = '\0';
  file = (KithClientReaderOptions) { .path = argv[1], .agency = agency_id, .source = options.source, .import = import, .map = map, .today = today };
  reader = open_clients (&console, &options, &file, &error);
  if (reader == NULL)
    return kith_command_fail (error);
  if (!options.json)
    {
      g_autofree char *columns = kith_client_reader_describe (reader);
      g_print ("%s\n", columns);
    }
  if (!dry)
    return run (&console, reader, agency_id, &options, "csv");
  kith_import_try (console.hub, reader, progress_cb, NULL, &counts, &error);
  return finish (reader, &options, &counts, error);
}

/**
 * kith_command_import_clients:
 *
 * kith-hub import clients FILE: an agency's clients from a CSV file. They come in private to the agency, without a consent.
 *
 * Returns: 0, 1 when it failed or nothing was taken, 2 when the command line is wrong
 */
int
kith_command_import_clients (int argc, char **argv)
{
  return kith_command_survive (import_clients, argc, argv);
}
