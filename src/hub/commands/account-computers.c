/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"

#include "kith-json.h"

#include <glib/gi18n.h>

/* kith-hub account computers: where somebody signed in, and which of these computers may no longer. */

#define MINUTES (sizeof "2026-11-28T03:10" - 1)

/* One of lanes-of-user: by its letters, which numbers begin with, and by what it calls itself. */
static void
print_one (KithDbStmt *stmt)
{
  const char *name = kith_db_text (stmt, 4);
  g_autofree char *since = kith_time_format (kith_db_int (stmt, 2));
  g_autofree char *until = kith_db_is_null (stmt, 3) ? NULL : kith_time_format (kith_db_int (stmt, 3));
  g_autofree char *seen = kith_db_is_null (stmt, 5) ? NULL : kith_time_format (kith_db_int (stmt, 5));

  if (seen != NULL)
    {
      seen[MINUTES] = '\0';
      g_strdelimit (seen, "T", ' ');
    }
  g_print ("  %-4s %-20s ", kith_db_text (stmt, 1), name != NULL ? name : "-");
  g_print (_("since %.10s"), since);
  if (seen != NULL)
    g_print (_("  last contact %s"), seen);
  if (until != NULL)
    g_print (_("  revoked %.10s"), until);
  g_print ("  %s\n", kith_db_text (stmt, 0));
}

static gboolean
print_computers (KithHub *hub, const char *staff, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_hub_get_db (hub), "lanes-of-user", error);
  gboolean any = FALSE;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, staff);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      any = TRUE;
      print_one (stmt);
    }
  if (step == KITH_DB_DONE && !any)
    g_print (_("Nobody signed in by that name yet.\n"));
  return step == KITH_DB_DONE;
}

/* What the hub knows the computer by; NULL: all of them. By the name it calls itself by only where that is no other's. */
static gboolean
find_device (KithHub *hub, const char *staff, const char *word, char **device, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_hub_get_db (hub), "lanes-of-user", error);
  g_autofree char *named = NULL;
  KithDbStep step;
  guint n = 0;

  *device = NULL;
  if (g_str_equal (word, "all"))
    return TRUE;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, staff);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (kith_db_is_null (stmt, 3) && g_strcmp0 (kith_db_text (stmt, 4), word) == 0)
      {
        g_free (named);
        named = g_strdup (kith_db_text (stmt, 0));
        n++;
      }
  if (step != KITH_DB_DONE)
    return FALSE;
  if (n > 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("%u of their computers call themselves “%s”. Give the letters in front of the name; nothing was changed."), n, word);
      return FALSE;
    }
  *device = n == 1 ? g_steal_pointer (&named) : g_strdup (word);
  return TRUE;
}

/* All that was asked for, and how it stands afterwards. */
static int
take_off (const KithConsole *console, const char *staff, const char *login, const char *word, GError **error)
{
  g_autofree char *device = NULL;
  g_autoptr (JsonObject) revoked = NULL;
  guint n;

  if (!find_device (console->hub, staff, word, &device, error) ||
      (revoked = kith_console_ask (console, kith_json_new ("what", "s", "revoke", "staff", "s", staff, "device", "s", device, NULL), error)) == NULL ||
      !print_computers (console->hub, staff, error))
    return kith_command_fail (*error);
  n = (guint) kith_json_int (revoked, "n", 0);
  if (n > 0)
    g_print (ngettext ("%u computer gets nothing more.\n", "%u computers get nothing more.\n", n), n);
  else if (device == NULL)
    g_printerr (_("kith-hub: “%s” has no computer in use. Nothing was changed.\n"), login);
  else
    g_printerr (_("kith-hub: “%s” has no computer “%s” in use. Nothing was changed.\n"), login, word);
  return n > 0 ? 0 : 1;
}

/**
 * kith_command_account_computers:
 *
 * kith-hub account computers: where somebody signed in, and with --revoke which of them get nothing more (I21).
 *
 * Returns: 0, 1 when it failed or there was none to revoke, 2 when the command line is wrong
 */
int
kith_command_account_computers (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *login = NULL, *word = NULL, *staff = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "login", 0, 0, G_OPTION_ARG_STRING, &login, N_("Name to sign in with; or NAME without --login"), N_("NAME") },
    { "revoke", 0, 0, G_OPTION_ARG_STRING, &word, N_("A computer of the list, by its letters or name, that may not be used any more; or all"), N_("COMPUTER") },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_auto (KithConsole) console = { 0 };

  if (!kith_command_parse (&argc, &argv, KITH_COMMAND_NAME,
                           _("Lists the computers a person signed in from: the letters that the numbers of records written there begin with, what the computer calls itself, since when, and "
                             "its last contact (within ten minutes). With --revoke one of them, or all, gets nothing more from the hub, and what it sends is not taken; a computer that is new "
                             "to the hub may still be signed in from. What lies on the computer stays closed by the password, and is removed from it when it asks the hub next. Both may be "
                             "done beside serve."),
                           entries))
    return 2;
  if (!kith_command_take_login (argc, argv, &login))
    return 2;
  if (!(word != NULL ? kith_console_open (&console, &database, &error) : (console.hub = kith_command_open_hub_reader (&database, &error)) != NULL) ||
      !kith_hub_find_account (console.hub, login, &staff, &error))
    return kith_command_fail (error);
  if (staff == NULL)
    {
      g_printerr (_("kith-hub: Nobody signs in as “%s”. Nothing was changed.\n"), login);
      return 1;
    }
  if (word != NULL)
    return take_off (&console, staff, login, word, &error);
  return print_computers (console.hub, staff, &error) ? 0 : kith_command_fail (error);
}
