/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import.h"

#include "kith-id.h"
#include "kith-json.h"

#include <glib/gi18n.h>

#define AT_ONCE 50 /* clients of one operation, which takes fewer than 101: between two a hub that serves answers its desks */

/* Which import is meant: by its id, or by what its source is called at the agency. NULL with an error, which says which there are. */
static KithRecord *
find_import (KithHub *hub, const char *name, const char *agency, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  KithRecord *found = agency == NULL ? kith_world_get (kith_hub_get_world (hub), "import", name, error) : NULL;

  if (found != NULL && kith_record_string (found, "agency") != NULL)
    return found;
  g_clear_object (&found);
  if (agency == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no import of clients “%s”. Nothing was changed."), name);
      return NULL;
    }
  all = kith_import_list (hub, agency, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char *source = kith_record_string (all->pdata[i], "source"), *started = kith_record_string (all->pdata[i], "started");

      if (g_strcmp0 (source, name) == 0)
        return g_object_ref (all->pdata[i]);
      g_string_append_printf (names, "\n  %s  %.10s", source != NULL ? source : "?", started != NULL ? started : "");
    }
  if (all != NULL && names->len > 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This agency has no import “%s”. Nothing was changed. There are:%s"), name, names->str);
  else if (all != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This agency has no import “%s”, nor any other. Nothing was changed."), name);
  return NULL;
}

/* The ids at the source of those who are here from it. */
static GPtrArray *
list_clients (KithHub *hub, const char *agency, const char *source, GError **error)
{
  g_autoptr (GPtrArray) clients = kith_world_find (kith_hub_get_world (hub), NULL, "client", "agency", agency, NULL, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; clients != NULL && i < clients->len; i++)
    if (kith_record_is (clients->pdata[i], "source", source) && kith_record_string (clients->pdata[i], "source_id") != NULL)
      g_ptr_array_add (ids, g_strdup (kith_record_string (clients->pdata[i], "source_id")));
  return clients != NULL ? g_steal_pointer (&ids) : NULL;
}

static gboolean
undo_some (const KithConsole *console, const char *agency, const char *source, GPtrArray *ids, guint first, GError **error)
{
  g_autoptr (JsonObject) args = NULL;
  JsonArray *rows = json_array_new ();

  for (guint i = first; i < ids->len && i < first + AT_ONCE; i++)
    json_array_add_object_element (rows, kith_json_new ("source_id", "s", (const char *) ids->pdata[i], NULL));
  args = kith_json_new ("agency", "s", agency, "source", "s", source, "clients", "a", rows, NULL);
  return kith_console_submit (console, "client.import_undo", args, error);
}

static gboolean
note_undone (const KithConsole *console, KithRecord *import, GError **error)
{
  static const char *const fields[] = { "agency", "source", "format", "started", "finished", "taken", "unchanged", "refused" };
  g_autoptr (JsonObject) args = kith_json_new ("id", "s", kith_record_get_id (import), "state", "s", "undone", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      JsonNode *node = json_object_get_member (kith_record_get_body (import), fields[i]);

      if (node != NULL)
        json_object_set_member (args, fields[i], json_node_copy (node));
    }
  return kith_console_submit (console, "import.record", args, error);
}

static int
undo (const KithConsole *console, KithRecord *import, GError **error)
{
  const char *agency = kith_record_string (import, "agency"), *source = kith_record_string (import, "source");
  g_autoptr (GPtrArray) before = list_clients (console->hub, agency, source, error), after = NULL;

  for (guint i = 0; before != NULL && i < before->len; i += AT_ONCE)
    if (!undo_some (console, agency, source, before, i, error))
      return kith_command_fail (*error);
  if (before == NULL || (after = list_clients (console->hub, agency, source, error)) == NULL || !note_undone (console, import, error))
    return kith_command_fail (*error);
  g_print (_("Taken back: %u.\n"), before->len - after->len);
  if (after->len > 0)
    g_print (ngettext ("%u person of this list stays: somebody has worked with them since, or they were imported on a desk, which can take them back itself.\n",
                       "%u people of this list stay: somebody has worked with them since, or they were imported on a desk, which can take them back itself.\n", after->len),
             after->len);
  return before->len == 0 || after->len < before->len ? 0 : 1;
}

/**
 * kith_command_import_undo:
 *
 * kith-hub import undo SOURCE|ID: takes back who came in with a list, as long as nobody has worked with them.
 *
 * Returns: 0, 1 when it failed or nobody could be taken back, 2 when the command line is wrong
 */
int
kith_command_import_undo (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *agency = NULL, *agency_id = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "agency", 0, 0, G_OPTION_ARG_STRING, &agency, N_("Whose clients they are: the agency’s id or name; required with a source’s name"), N_("AGENCY") },
    { NULL }
  };
  g_auto (KithConsole) console = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) import = NULL;

  if (!kith_command_parse (&argc, &argv, _("SOURCE"),
                           _("Takes back the clients that came in with a list, by the name of its source or the import’s id, as long as nobody has worked with them. Who has changed "
                             "since, or has a consent, a referral or anything else, stays. May be done beside serve. A directory cannot be taken back."), entries))
    return 2;
  if (argc != 2 || (agency == NULL && !kith_id_is_valid (argv[1])))
    {
      g_printerr (_("kith-hub import undo: give one source, and --agency.\n"));
      return 2;
    }
  if (!kith_console_open (&console, &database, &error) || (agency != NULL && (agency_id = kith_command_find_agency (console.hub, agency, &error)) == NULL) ||
      (import = find_import (console.hub, argv[1], agency_id, &error)) == NULL)
    return kith_command_fail (error);
  return undo (&console, import, &error);
}
