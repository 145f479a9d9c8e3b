/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept on this computer is damaged: it is set aside whole, a new copy begins as another computer, and what was not sent yet is taken over as far
 * as it can be read (sync.md 4). */

#include "kith-desktop-session-private.h"

#include "kith-store-lease.h"
#include "kith-store-salvage.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* The key file, or the store: a page that is not what it was when it was written opens with no key. */
gboolean
kith_rescue_is_damage (const GError *error)
{
  return g_error_matches (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED) || g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT) ||
         g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY);
}

/* Whoever unlocks without the hub cannot begin a new copy. */
const char *
kith_rescue_words (void)
{
  return _("What Kith keeps on this computer is damaged. What was sent is safe at the hub. Sign in again while the hub can be reached: a new "
           "copy begins, what was not sent yet is taken over as far as it can be read, and the damaged copy is kept.");
}

/* Takes failure. */
void
kith_rescue_explain (GError *failure, GError **error)
{
  if (!kith_rescue_is_damage (failure))
    {
      g_propagate_error (error, failure);
      return;
    }
  g_error_free (failure);
  g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED, kith_rescue_words ());
}

#define NOTE "damaged"

/* On the disk: a page that was met may not be read when the store is opened, and whoever signs in next has to begin anew all the same. It goes with the
 * folder when that is set aside. */
void
kith_rescue_note (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, NOTE, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, "", 0, &error))
    g_warning ("what is kept here is damaged, and that could not be noted: %s", error->message);
}

gboolean
kith_rescue_is_noted (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, NOTE, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* --- a copy that was set aside ---------------------------------------------------------------------------------------- */

#define MARK "set-aside"
#define GROUP "copy"

/* Beside the copy, on the disk: whatever ends between setting it aside and the take-over, the next sign-in goes on with it. */
static gboolean
write_mark (const char *copy, GKeyFile *mark, GError **error)
{
  g_autofree char *path = g_build_filename (copy, MARK, NULL);
  g_autofree char *text = g_key_file_to_data (mark, NULL, NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/**
 * kith_rescue_set_aside:
 * @folder: of @hub and @login
 * @hub_n: up to where the hub has what it sent; -1: it does not say
 *
 * Moves it where Kith looks for no store, marked as not taken over yet. FALSE: it is where it was.
 */
gboolean
kith_rescue_set_aside (const char *folder, const char *hub, const char *login, gint64 hub_n, KithClock *clock, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder), *name = g_path_get_basename (folder), *place = g_build_filename (parent, "damaged", NULL);
  gint64 now = kith_clock_wall_ms (clock);
  g_autofree char *at = kith_time_format (now), *aside = NULL;
  g_autoptr (GKeyFile) mark = g_key_file_new ();
  g_autoptr (GError) failure = NULL;

  g_strdelimit (at, ":.", '-');
  aside = g_strdup_printf ("%s/%s-%s", place, name, at);
  g_key_file_set_string (mark, GROUP, "hub", hub);
  g_key_file_set_string (mark, GROUP, "login", login);
  g_key_file_set_int64 (mark, GROUP, "at", now);
  g_key_file_set_boolean (mark, GROUP, "waiting", TRUE);
  if (hub_n >= 0)
    g_key_file_set_int64 (mark, GROUP, "hub-n", hub_n);
  if (write_mark (folder, mark, &failure) && g_mkdir_with_parents (place, 0700) == 0 && g_rename (folder, aside) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, failure == NULL ? g_io_error_from_errno (errno) : G_IO_ERROR_FAILED,
               _("What Kith keeps on this computer is damaged, and its folder could not be moved away: %s. Nothing was changed."),
               failure == NULL ? g_strerror (errno) : failure->message);
  return FALSE;
}

#define KEPT_MS (30 * G_TIME_SPAN_DAY / 1000) /* as long as what was sent is */

typedef struct
{
  char *path;
  GKeyFile *mark; /* empty: of an older Kith */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *self = data;

  g_free (self->path);
  g_key_file_unref (self->mark);
  g_free (self);
}

/* Returns (transfer full): all of this computer, whoever they are of */
static GPtrArray *
list_copies (KithDesktop *desktop)
{
  g_autofree char *place = g_build_filename (desktop->data_dir, "damaged", NULL);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func (copy_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Copy *copy = g_new0 (Copy, 1);
      g_autofree char *path = NULL;

      copy->path = g_build_filename (place, name, NULL);
      copy->mark = g_key_file_new ();
      path = g_build_filename (copy->path, MARK, NULL);
      g_key_file_load_from_file (copy->mark, path, G_KEY_FILE_NONE, NULL);
      g_ptr_array_add (list, copy);
    }
  return list;
}

static gboolean
is_of (Copy *self, KithDesktop *desktop, const char *folder)
{
  g_autofree char *hub = g_key_file_get_string (self->mark, GROUP, "hub", NULL), *login = g_key_file_get_string (self->mark, GROUP, "login", NULL), *place = NULL;

  if (hub == NULL || login == NULL)
    return FALSE;
  place = kith_desktop_place (desktop, hub, login);
  return g_str_equal (place, folder);
}

static gboolean
is_waiting (Copy *self)
{
  return g_key_file_get_boolean (self->mark, GROUP, "waiting", NULL);
}

static gboolean
is_old (Copy *self, KithClock *clock)
{
  gint64 at = g_key_file_get_int64 (self->mark, GROUP, "at", NULL);
  GStatBuf info;

  if (at == 0 && g_stat (self->path, &info) == 0)
    at = (gint64) info.st_mtime * 1000;
  return kith_clock_wall_ms (clock) - at > KEPT_MS;
}

/**
 * kith_rescue_clear:
 * @folder: of a hub and user
 * @closed: the hub says that the account is closed, or this computer revoked
 * @over: what is there may not be read before the hub was met
 *
 * No forget reaches a damaged copy (I6): of this person all go when @closed, and what was taken over when @over; of anybody, what was taken over when
 * it is older than a month. What was not taken over yet is nowhere else, and stays (I3).
 */
void
kith_rescue_clear (KithDesktop *desktop, const char *folder, gboolean closed, gboolean over)
{
  g_autoptr (GPtrArray) list = list_copies (desktop);

  for (guint i = 0; i < list->len; i++)
    {
      Copy *copy = list->pdata[i];
      gboolean own = (closed || over) && is_of (copy, desktop, folder);

      if ((own && closed) || (!is_waiting (copy) && (own || is_old (copy, desktop->clock))))
        kith_session_erase (copy->path);
    }
}

/* --- taking over ------------------------------------------------------------------------------------------------------ */

/* sentence: transfer full */
static void
add (GString *words, gboolean holds, char *sentence)
{
  if (holds)
    g_string_append_printf (words, " %s", sentence);
  g_free (sentence);
}

static char *
tell (const char *aside, const KithSalvaged *salvaged)
{
  g_autoptr (GString) words = g_string_new (_("What Kith kept on this computer was damaged, and a new copy has begun."));

  add (words, !salvaged->opened, g_strdup (_("What was not sent before cannot be read any more.")));
  /* Translators: operations of a person that were not sent yet */
  add (words, salvaged->opened,
       g_strdup_printf (ngettext ("%u change that was not sent yet was taken over.", "%u changes that were not sent yet were taken over.", salvaged->ops), salvaged->ops));
  /* Translators: changes that the hub did not carry out as they were meant */
  add (words, salvaged->attention > 0,
       g_strdup_printf (ngettext ("%u that needs your attention was taken over.", "%u that need your attention were taken over.", salvaged->attention), salvaged->attention));
  add (words, salvaged->unreadable > 0, g_strdup_printf (ngettext ("%u could not be read.", "%u could not be read.", salvaged->unreadable), salvaged->unreadable));
  add (words, salvaged->bare > 0,
       g_strdup_printf (ngettext ("The contents of %u attached file are lost: attach it again.", "The contents of %u attached files are lost: attach them again.", salvaged->bare),
                        salvaged->bare));
  add (words, salvaged->imports > 0, g_strdup (_("A list was being imported, and not all of it came in: choose the file again, under the same name. Nobody comes in twice.")));
  add (words, salvaged->cut, g_strdup (_("There may have been more that cannot be read any more.")));
  add (words, TRUE, g_strdup_printf (_("What was sent is safe at the hub and is fetched again. The damaged copy is kept in %s for a month at most."), aside));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* The password was changed since, elsewhere. */
static char *
tell_locked (const char *aside)
{
  return g_strdup_printf (_("What Kith kept on this computer was damaged, and a new copy has begun. What was not sent before is locked with your former password. To take it over, lock "
                            "Kith and enter the former password once, then the present one. What was sent is safe at the hub. The damaged copy is kept in %s for a month at most."),
                          aside);
}

static char *
tell_not_yet (const char *aside, const GError *why)
{
  return g_strdup_printf (_("What Kith kept on this computer was damaged, and a new copy has begun. What was not sent before could not be taken over yet (%s). It is tried again "
                            "when you next unlock Kith. What was sent is safe at the hub. The damaged copy is kept in %s."),
                          why->message, aside);
}

/* What opens it is the person's password of then: the present one, or the one that was entered before it. */
static KithSecret *
open_copy (KithDesktop *desktop, const char *slots, const char *password, GError **error)
{
  g_autoptr (GError) failure = NULL;
  KithSecret *key = kith_keyslots_open (slots, password, &failure);

  if (key == NULL && desktop->former != NULL && g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD))
    {
      g_clear_error (&failure);
      key = kith_keyslots_open_with_key (slots, desktop->former->store, &failure);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return key;
}

/* A key file that is damaged itself opens with no password. */
static gboolean
take_over (KithDesktop *desktop, Copy *copy, const char *password, KithSalvaged *salvaged, GError **error)
{
  KithStore *store = kith_session_get_store (desktop->session);
  g_autofree char *slots = g_build_filename (copy->path, "keyslots", NULL);
  gboolean says = g_key_file_has_key (copy->mark, GROUP, "hub-n", NULL);
  gint64 hub_n = says ? g_key_file_get_int64 (copy->mark, GROUP, "hub-n", NULL) : G_MAXINT64;
  g_autoptr (GError) failure = NULL;
  g_autoptr (KithSecret) data_key = open_copy (desktop, slots, password, &failure), key = NULL;

  if (g_error_matches (failure, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED) || g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (data_key == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  key = kith_keyslots_database_key (data_key);
  return kith_store_salvage (store, copy->path, kith_secret_bytes (key), hub_n, salvaged, error);
}

/* Whether somebody was told a month ago that it waits for the former password, by what the hub says of the time: a clock of this computer's that jumps takes
 * nothing away (sync.md 2.9, I3). */
static gboolean
has_waited (Copy *copy, gint64 met_ms)
{
  gint64 told = g_key_file_get_int64 (copy->mark, GROUP, "told", NULL);

  if (met_ms == 0)
    return FALSE;
  if (told != 0 && told <= met_ms)
    return met_ms - told > KEPT_MS;
  g_key_file_set_int64 (copy->mark, GROUP, "told", met_ms);
  write_mark (copy->path, copy->mark, NULL); /* else from the next time on */
  return FALSE;
}

/* Returns (transfer full) (nullable): what is to be told */
static char *
resume_one (Copy *copy, KithDesktop *desktop, const char *password)
{
  g_autoptr (GError) error = NULL;
  KithSalvaged salvaged = { 0 };

  if (!take_over (desktop, copy, password, &salvaged, &error))
    {
      if (!g_error_matches (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD))
        return tell_not_yet (copy->path, error);
      if (!has_waited (copy, kith_store_get_met (kith_session_get_store (desktop->session))))
        return tell_locked (copy->path);
      kith_session_erase (copy->path);
      return g_strdup (_("The damaged copy that only your former password opens was kept for a month, and is erased now: nobody entered that password. What was sent is safe at the hub."));
    }
  g_key_file_set_boolean (copy->mark, GROUP, "waiting", FALSE);
  if (!write_mark (copy->path, copy->mark, &error))
    g_warning ("%s is looked at once more: %s", copy->path, error->message);
  return tell (copy->path, &salvaged);
}

/**
 * kith_rescue_find_device:
 * @folder: where there is no store yet
 *
 * Returns: (transfer full) (nullable): the name by which the hub knew the computer whose copy was set aside, and in whose place nothing stands yet
 */
char *
kith_rescue_find_device (KithDesktop *desktop, const char *folder)
{
  g_autoptr (GPtrArray) list = list_copies (desktop);

  for (guint i = 0; i < list->len; i++)
    {
      Copy *copy = list->pdata[i];
      g_autofree char *slots = g_build_filename (copy->path, "keyslots", NULL);
      g_auto (KithKeyslotsInfo) info = { 0 };

      if (is_waiting (copy) && is_of (copy, desktop, folder) && kith_keyslots_read_info (slots, &info, NULL))
        return g_strdup (info.device);
    }
  return NULL;
}

/**
 * kith_rescue_try_former:
 * @password: one that does not open what is there now
 *
 * Returns: whether it opens a damaged copy that is to be taken over yet; the next unlock with the present password does that
 */
gboolean
kith_rescue_try_former (KithDesktop *desktop, const char *folder, const char *password)
{
  g_autoptr (GPtrArray) list = list_copies (desktop);

  for (guint i = 0; i < list->len; i++)
    {
      Copy *copy = list->pdata[i];
      g_autofree char *slots = g_build_filename (copy->path, "keyslots", NULL);
      g_auto (KithKeyslotsInfo) info = { 0 };
      g_autoptr (KithPassword) keys = NULL;
      g_autoptr (KithSecret) key = NULL;

      if (!is_waiting (copy) || !is_of (copy, desktop, folder) || !kith_keyslots_read_info (slots, &info, NULL) ||
          (keys = kith_password_derive (password, info.salt, info.ops, info.memory, NULL)) == NULL ||
          (key = kith_keyslots_open_with_key (slots, keys->store, NULL)) == NULL)
        continue;
      g_clear_pointer (&desktop->former, kith_password_free);
      desktop->former = g_steal_pointer (&keys);
      return TRUE;
    }
  return FALSE;
}

/**
 * kith_rescue_resume:
 * @desktop: with a session, on its worker
 * @folder: of the session
 *
 * Into the store that is open: what was not sent of each damaged copy of this person, unless that was done. It may be done twice: what is there
 * already stays as it is. A failure is told with what became of it; whoever is in stays in.
 */
void
kith_rescue_resume (KithDesktop *desktop, const char *folder, const char *password)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  kith_rescue_clear (desktop, folder, FALSE, kith_store_is_lease_over (kith_session_get_store (desktop->session)));
  list = list_copies (desktop);
  for (guint i = 0; i < list->len; i++)
    {
      Copy *copy = list->pdata[i];
      g_autofree char *told = is_waiting (copy) && is_of (copy, desktop, folder) ? resume_one (copy, desktop, password) : NULL;

      if (told != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n\n" : "", told);
    }
  if (words->len > 0)
    g_free (g_atomic_pointer_exchange (&desktop->kept, g_strdup (words->str)));
  g_clear_pointer (&desktop->former, kith_password_free);
}

/* The main thread takes what the worker has to tell. */
char *
kith_desktop_take_kept (KithDesktop *self)
{
  return g_atomic_pointer_exchange (&self->kept, NULL);
}

void
kith_desktop_keep_kept (KithDesktop *self, const char *words)
{
  g_free (g_atomic_pointer_exchange (&self->kept, g_strdup (words)));
}
