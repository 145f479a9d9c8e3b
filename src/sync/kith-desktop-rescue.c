/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept on this computer is damaged: it is set aside whole, a new copy begins as another computer, and what was not sent yet is taken over as far
 * as it can be read (sync.md 4). */

#include "kith-desktop-private.h"

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

/* Whoever unlocks without the hub cannot begin a new copy. Takes failure. */
void
kith_rescue_explain (GError *failure, GError **error)
{
  if (!kith_rescue_is_damage (failure))
    {
      g_propagate_error (error, failure);
      return;
    }
  g_error_free (failure);
  g_set_error_literal (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED,
                       _("What Kith keeps on this computer is damaged and does not open. What was sent is safe at the hub. Sign in again while the hub can be reached: a new "
                         "copy begins, what was not sent yet is taken over as far as it can be read, and the damaged copy is kept."));
}

/* Where Kith looks for no store. Returns (transfer full): its new place; NULL with an error: it is where it was */
char *
kith_rescue_set_aside (const char *folder, KithClock *clock, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder), *name = g_path_get_basename (folder), *place = g_build_filename (parent, "damaged", NULL);
  g_autofree char *at = kith_time_format (kith_clock_wall_ms (clock)), *aside = NULL;

  g_strdelimit (at, ":.", '-');
  aside = g_strdup_printf ("%s/%s-%s", place, name, at);
  if (g_mkdir_with_parents (place, 0700) == 0 && g_rename (folder, aside) == 0)
    return g_steal_pointer (&aside);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("What Kith keeps on this computer is damaged, and its folder could not be moved away: %s. Nothing was changed."),
               g_strerror (errno));
  return NULL;
}

static char *
tell (const char *aside, const KithSalvaged *salvaged)
{
  g_autofree char *taken = NULL, *lost = NULL;

  if (!salvaged->opened)
    taken = g_strdup (_("What was not sent before cannot be read any more."));
  else
    /* Translators: operations of a person that were not sent yet */
    taken = g_strdup_printf (ngettext ("%u change that was not sent yet was taken over.", "%u changes that were not sent yet were taken over.", salvaged->ops), salvaged->ops);
  if (salvaged->unreadable > 0)
    lost = g_strdup_printf (ngettext ("%u could not be read.", "%u could not be read.", salvaged->unreadable), salvaged->unreadable);
  return g_strdup_printf (_("What Kith kept on this computer was damaged, and a new copy has begun. %s%s%s What was sent is safe at the hub and is fetched again. "
                            "The damaged copy is kept in %s until somebody has looked at it."),
                          taken, lost != NULL ? " " : "", lost != NULL ? lost : "", aside);
}

/**
 * kith_rescue_take_over:
 * @store: the new copy
 * @aside: where the damaged one is
 * @data_key: (nullable): what opened it
 *
 * Returns: (transfer full): what is to be told; NULL with an error when the new copy could not be written
 */
char *
kith_rescue_take_over (KithStore *store, const char *aside, KithSecret *data_key, GError **error)
{
  g_autoptr (KithSecret) key = data_key != NULL ? kith_keyslots_database_key (data_key) : NULL;
  KithSalvaged salvaged = { 0 };

  if (key != NULL && !kith_store_salvage (store, aside, kith_secret_bytes (key), &salvaged, error))
    return NULL;
  return tell (aside, &salvaged);
}
