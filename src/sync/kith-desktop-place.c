/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which folder is whose, however hub and person are spelled, and who was here last. */

#include "kith-desktop-private.h"

#include <string.h>

/* The same for every way to write the same hub. Needs no network and asks for no name. */
char *
kith_desktop_fold_address (const char *hub)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (hub));
  g_autoptr (GUri) uri = g_uri_parse (trimmed, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *host = uri != NULL && g_uri_get_host (uri) != NULL ? g_ascii_strdown (g_uri_get_host (uri), -1) : NULL;
  g_autofree char *path = NULL;
  int port;

  if (host == NULL)
    return g_steal_pointer (&trimmed);
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  port = g_uri_get_port (uri);
  if ((g_str_equal (g_uri_get_scheme (uri), "https") && port == 443) || (g_str_equal (g_uri_get_scheme (uri), "http") && port == 80))
    port = -1;
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host, port, path, NULL, NULL);
}

/* As the hub does it: for it "Ana " and "ana" are one account. */
static char *
fold_login (const char *login)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (login));

  return g_utf8_casefold (trimmed, -1);
}

static char *
folder_of (KithDesktop *self, const char *address, const char *login)
{
  g_autofree char *key = g_strconcat (address, "\n", login, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  sum[20] = '\0';
  return g_build_filename (self->data_dir, sum, NULL);
}

static gboolean
has_slots (const char *folder)
{
  g_autofree char *slots = g_build_filename (folder, "keyslots", NULL);

  return g_file_test (slots, G_FILE_TEST_EXISTS);
}

/* One that was named by the address and the sign-in name as somebody once wrote them. NULL: none. */
static char *
find_folder (KithDesktop *self, const char *first, const char *login)
{
  g_autoptr (GDir) dir = g_dir_open (self->data_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (self->data_dir, name, NULL);
      g_autofree char *slots = g_build_filename (folder, "keyslots", NULL);
      g_auto (KithKeyslotsInfo) info = { 0 };
      g_autofree char *whose = NULL;
      g_autofree char *address = NULL;

      if (!has_slots (folder) || !kith_keyslots_read_info (slots, &info, NULL) || info.hub == NULL || info.login == NULL)
        continue;
      whose = fold_login (info.login);
      address = kith_desktop_first_address (self, info.hub);
      if (g_str_equal (whose, login) && g_str_equal (address, first))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

/* However hub and person are spelled: two stores of one person would each have half of the work. */
char *
kith_desktop_place (KithDesktop *self, const char *hub, const char *login)
{
  g_autofree char *first = kith_desktop_first_address (self, hub);
  g_autofree char *folded = fold_login (login);
  g_autofree char *folder = folder_of (self, first, folded);
  g_autofree char *exact = folder_of (self, hub, login); /* as it was named formerly */
  char *former;

  /* Where there are both, of two spellings, the one that is in use goes on. */
  if (has_slots (exact))
    return g_steal_pointer (&exact);
  if (has_slots (folder))
    return g_steal_pointer (&folder);
  former = find_folder (self, first, folded);
  return former != NULL ? former : g_steal_pointer (&folder);
}

static char *
last_path (KithDesktop *self)
{
  return g_build_filename (self->data_dir, "last", NULL);
}

gboolean
kith_desktop_last_place (KithDesktop *self, char **hub, char **login)
{
  g_autofree char *path = last_path (self);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *slots = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", 3);
  if (g_strv_length (lines) < 2)
    return FALSE;
  folder = kith_desktop_place (self, lines[0], lines[1]);
  slots = g_build_filename (folder, "keyslots", NULL);
  if (!g_file_test (slots, G_FILE_TEST_EXISTS))
    return FALSE;
  if (hub != NULL)
    *hub = g_strdup (lines[0]);
  if (login != NULL)
    *login = g_strdup (lines[1]);
  return TRUE;
}

gboolean
kith_desktop_note_last (KithDesktop *self, const char *hub, const char *login, GError **error)
{
  g_autofree char *path = last_path (self);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", hub, login);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
