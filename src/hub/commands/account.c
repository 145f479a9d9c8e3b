/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"
#include "kith-login.h"

#include "kith-id.h"
#include "kith-json.h"
#include "kith-notice-mail.h"

#include <glib/gi18n.h>
#include <string.h>

static JsonArray *
service_rows (KithHub *hub, char **services, GError **error)
{
  g_autoptr (JsonArray) rows = json_array_new ();

  /* "SERVICE" or "SERVICE=referral_manager" (U12) */
  for (guint i = 0; services != NULL && services[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (services[i], "=", 2);
      g_autofree char *id = kith_command_find_service (hub, parts[0] != NULL ? parts[0] : "", error);

      if (id == NULL)
        return NULL;
      json_array_add_object_element (rows, kith_json_new ("service", "s", id, "role", "s", parts[0] != NULL ? parts[1] : NULL, NULL));
    }
  return g_steal_pointer (&rows);
}

static JsonArray *
texts (char **list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_array_add_string_element (array, list[i]);
  return array;
}

/* A name that is typed at every sign-in, and an address that mail can be sent to; both can be mended now, and hardly later. */
static gboolean
check_names (const char *login, const char *email, GError **error)
{
  for (const char *at = login; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isspace (g_utf8_get_char (at)) || g_unichar_iscntrl (g_utf8_get_char (at)))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("A sign-in name has no spaces, unlike “%s”. Nothing was changed."), login);
        return FALSE;
      }
  if (email == NULL || email[0] == '\0' || kith_mail_address_is_valid (email))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is no email address. Write it like ana@example.org; nothing was changed."), email);
  return FALSE;
}

/* The supervisor's staff id, from the id or the sign-in name; whether they are one is the operation's to say. */
static char *
find_supervisor (KithHub *hub, const char *id_or_login, GError **error)
{
  g_autofree char *folded = kith_login_fold (id_or_login);
  g_autoptr (GPtrArray) found = kith_world_find (kith_hub_get_world (hub), NULL, "staff", "login", folded != NULL ? folded : "", NULL, error);
  g_autoptr (KithRecord) staff = NULL;

  if (found == NULL)
    return NULL;
  if (found->len > 0)
    return g_strdup (kith_record_get_id (found->pdata[0]));
  staff = kith_world_get (kith_hub_get_world (hub), "staff", id_or_login, NULL);
  if (staff != NULL)
    return g_strdup (id_or_login);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("Nobody has the sign-in name or the staff id “%s”: name the supervisor by one of them. Nothing was changed."), id_or_login);
  return NULL;
}

/* What a portal account may (P9 to P11); NULL: one of the words is none. */
static JsonObject *
read_permissions (char **may, GError **error)
{
  static const struct { const char *word, *field; } switches[] = {
    { "edit-capacity", "edits_capacity" }, { "change-status", "changes_status" }, { "see-details", "sees_details" },
  };
  g_autoptr (JsonObject) permissions = json_object_new ();

  for (guint i = 0; may != NULL && may[i] != NULL; i++)
    {
      guint k = 0;

      while (k < G_N_ELEMENTS (switches) && !g_str_equal (switches[k].word, may[i]))
        k++;
      if (k == G_N_ELEMENTS (switches))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is nothing an account may: edit-capacity, change-status, see-details."), may[i]);
          return NULL;
        }
      json_object_set_boolean_member (permissions, switches[k].field, TRUE);
    }
  return g_steal_pointer (&permissions);
}

/* The ids of what a portal account follows (P8): its agency, or services of that agency. */
static GPtrArray *
find_followed (KithHub *hub, const char *agency_id, const char *agency, char **follows, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; follows != NULL && follows[i] != NULL; i++)
    {
      gboolean whole = g_strcmp0 (follows[i], agency) == 0 || g_strcmp0 (follows[i], agency_id) == 0;
      g_autofree char *id = whole ? g_strdup (agency_id) : kith_command_find_service (hub, follows[i], error);
      g_autoptr (KithRecord) service = NULL;

      if (id == NULL)
        return NULL;
      service = whole ? NULL : kith_world_get (kith_hub_get_world (hub), "service", id, NULL);
      if (!whole && (service == NULL || !kith_record_is (service, "organization_id", agency_id)))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” belongs to another agency. An account follows its own agency and the services of that one."), follows[i]);
          return NULL;
        }
      g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  return g_steal_pointer (&ids);
}

/* A staff record of this agency that has the name and no account, left so by an attempt that was interrupted or added at a desk: it only needs the
 * rest. *id NULL: there is none. An error: the name cannot be had. */
static gboolean
find_unfinished (KithHub *hub, const char *login, const char *agency, const char *level, char **id, GError **error)
{
  g_autofree char *account = NULL, *folded = kith_login_fold (login);
  g_autoptr (GPtrArray) found = NULL;
  KithRecord *staff;

  *id = NULL;
  if (!kith_hub_find_account (hub, login, &account, error))
    return FALSE;
  if (account != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("The sign-in name “%s” is taken. Choose another one; nothing was changed."), login);
      return FALSE;
    }
  found = kith_world_find (kith_hub_get_world (hub), NULL, "staff", "login", folded != NULL ? folded : "", NULL, error);
  if (found == NULL)
    return FALSE;
  staff = found->len == 1 ? found->pdata[0] : NULL;
  /* Another agency's, or somebody's who has left: staff.add says that the name is taken. */
  if (staff == NULL || g_strcmp0 (kith_record_string (staff, "agency"), agency) != 0 || !kith_record_bool (staff, "active"))
    return TRUE;
  if (!kith_record_is (staff, "level", level))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is there already, with the level “%s” and without a sign-in. Give that level, or another sign-in name; nothing was changed."),
                   login, kith_record_string (staff, "level"));
      return FALSE;
    }
  *id = g_strdup (kith_record_get_id (staff));
  return TRUE;
}

static gboolean
set_portal (const KithConsole *console, const char *staff, GPtrArray *follows, JsonObject *permissions, GError **error)
{
  for (guint i = 0; i < follows->len; i++)
    {
      g_autoptr (JsonObject) args = kith_json_new ("staff", "s", staff, "resource", "s", follows->pdata[i], NULL);

      if (!kith_console_submit (console, "portal.assign", args, error))
        return FALSE;
    }
  if (json_object_get_size (permissions) == 0)
    return TRUE;
  json_object_set_string_member (permissions, "staff", staff);
  return kith_console_submit (console, "portal.set_permissions", permissions, error);
}

/**
 * kith_command_account_add:
 *
 * kith-hub account add: a staff member and what they sign in with. Run again after it was cut off, it finishes what it began.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_account_add (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *login = NULL, *given = NULL, *family = NULL, *email = NULL, *agency = NULL, *role = NULL, *level = NULL;
  g_autofree char *supervisor = NULL, *supervisor_id = NULL, *password_file = NULL, *password = NULL, *id = NULL, *agency_id = NULL, *unfinished = NULL;
  g_auto (GStrv) duties = NULL, services = NULL, follows = NULL, may = NULL;
  gboolean health = FALSE, trained = FALSE, finishes;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "login", 0, 0, G_OPTION_ARG_STRING, &login, N_("Name to sign in with; required"), N_("NAME") },
    { "given-name", 0, 0, G_OPTION_ARG_STRING, &given, N_("Given name; required"), N_("NAME") },
    { "family-name", 0, 0, G_OPTION_ARG_STRING, &family, N_("Family name"), N_("NAME") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, N_("Email address"), N_("ADDRESS") },
    { "agency", 0, 0, G_OPTION_ARG_STRING, &agency, N_("Agency: its id or name; required but for network staff"), N_("AGENCY") },
    { "level", 0, 0, G_OPTION_ARG_STRING, &level, N_("standard, portal or network; without it, standard"), N_("LEVEL") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_("referral_manager or care_coordinator; without it, care_coordinator"), N_("ROLE") },
    { "duty", 0, 0, G_OPTION_ARG_STRING_ARRAY, &duties, N_("supervisor, agency_admin, listings_editor or privacy_officer; may be repeated"), N_("DUTY") },
    { "service", 0, 0, G_OPTION_ARG_STRING_ARRAY, &services, N_("A service’s id or name, or SERVICE=ROLE; may be repeated"), N_("SERVICE") },
    { "supervisor", 0, 0, G_OPTION_ARG_STRING, &supervisor, N_("The supervisor’s sign-in name or staff id"), N_("PERSON") },
    { "health", 0, 0, G_OPTION_ARG_NONE, &health, N_("May see health information"), NULL },
    { "trained", 0, 0, G_OPTION_ARG_NONE, &trained, N_("Has completed the training"), NULL },
    { "follows", 0, 0, G_OPTION_ARG_STRING_ARRAY, &follows, N_("Provider portal, needed there: a service or the agency, by id or name; may be repeated"), N_("RECORD") },
    { "may", 0, 0, G_OPTION_ARG_STRING_ARRAY, &may, N_("Provider portal: edit-capacity, change-status or see-details; may be repeated"), N_("WHAT") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, N_("File with the password, 15 characters at least, - for standard input; without it one is made"), N_("FILE") },
    { NULL }
  };
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autoptr (KithRandom) random = kith_random_new_system ();
  g_autoptr (JsonArray) in_services = NULL;
  g_autoptr (JsonObject) args = NULL, permissions = NULL;
  g_autoptr (GPtrArray) followed = NULL;
  g_auto (KithConsole) console = { 0 };
  g_autoptr (GError) error = NULL;

  if (!kith_command_parse (&argc, &argv, NULL, _("Adds a staff member and the account to sign in with."), entries))
    return 2;
  if (login == NULL || given == NULL || (agency == NULL && g_strcmp0 (level, "network") != 0))
    {
      g_printerr (_("kith-hub account add: --login, --given-name and --agency are needed.\n"));
      return 2;
    }
  if ((follows != NULL || may != NULL) && g_strcmp0 (level, "portal") != 0)
    {
      g_printerr (_("kith-hub account add: --follows and --may are for accounts of the provider portal: --level portal.\n"));
      return 2;
    }
  if (!check_names (login, email, &error) || (permissions = read_permissions (may, &error)) == NULL)
    {
      kith_command_fail (error);
      return 2;
    }
  if (g_strcmp0 (level, "portal") == 0 && follows == NULL)
    {
      g_printerr (_("kith-hub account add: an account of the provider portal sees only what it follows: give --follows with the agency or one of its services.\n"));
      return 2;
    }
  if (!kith_console_open (&console, &database, &error))
    return kith_command_fail (error);
  if (agency != NULL && (agency_id = kith_command_find_agency (console.hub, agency, &error)) == NULL)
    return kith_command_fail (error);
  if ((followed = find_followed (console.hub, agency_id, agency, follows, &error)) == NULL ||
      !find_unfinished (console.hub, login, agency_id, level != NULL ? level : "standard", &unfinished, &error))
    return kith_command_fail (error);
  if ((in_services = service_rows (console.hub, services, &error)) == NULL)
    return kith_command_fail (error);
  if (supervisor != NULL && (supervisor_id = find_supervisor (console.hub, supervisor, &error)) == NULL)
    return kith_command_fail (error);
  password = password_file != NULL ? kith_command_read_password (password_file, &error) : kith_command_make_password (random);
  if (password == NULL)
    return kith_command_fail (error);

  finishes = unfinished != NULL;
  id = finishes ? g_steal_pointer (&unfinished) : kith_id_new (clock, random);
  args = kith_json_new ("id", "s", id, "agency", "s", agency_id, "given_name", "s", given, "family_name", "s", family, "email", "s", email,
                        "level", "s", level != NULL ? level : "standard", "role", "s", role != NULL ? role : "care_coordinator",
                        "duties", "a", texts (duties), "health_access", "b", health, "trained", "b", trained,
                        "supervisor", "s", supervisor_id, "login", "s", login, "services", "a", g_steal_pointer (&in_services), NULL);
  if ((!finishes && !kith_console_submit (&console, "staff.add", args, &error)) || !set_portal (&console, id, followed, permissions, &error) ||
      !kith_console_set_password (&console, login, id, password, FALSE, &error))
    return kith_command_fail (error);
  if (finishes)
    g_print (_("%s (%s) was there without a sign-in and has one now. Name, role, duties and services were left as they were.\n"), login, id);
  else
    g_print (_("Added %s (%s).\n"), login, id);
  if (password_file == NULL)
    g_print (_("Password, shown this once: %s\n"), password);
  return 0;
}
