/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-clients-page-private.h"

#include <glib/gi18n.h>

#include "kith-day-order.h"
#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-coming.h"

static guint
total (KithClientsPage *self)
{
  guint n;

  g_object_get (self->all, "total", &n, NULL);
  return n;
}

/* Of "4/7/88", which is one day here and another one elsewhere: the day that is looked for. NULL: nothing to say. Yours */
static char *
understood (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  char *day = NULL;

  for (guint i = 0; words[i] && !day; i++)
    {
      g_autofree char *date = kith_day_read_slashes (words[i]);

      day = date ? kith_format_date (date) : NULL;
    }
  return day;
}

static char *
with_day (const char *words,
          const char *day)
{
  /* Translators: how many were found, or among whom; then the day of birth that was looked for */
  return words && day ? g_strdup_printf (_("%s Born %s."), words, day) : g_strdup (words);
}

static char *
count_with_day (const char *count,
                const char *day)
{
  /* Translators: how many were found; then the day of birth that was looked for */
  return count && day ? g_strdup_printf (_("%s · born %s"), count, day) : g_strdup (count);
}

/* Words of one letter each: the index knows nothing of them, however few clients there are. */
static gboolean
is_one_letter (const char *text)
{
  g_autofree char *folded = kith_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i]; i++)
    if (g_utf8_strlen (words[i], -1) > 1)
      return FALSE;
  return TRUE;
}

/* The words above and instead of the list. */
void
kith_clients_page_tell_words (KithClientsPage *self)
{
  gboolean narrow = kith_client_filter_is_active (self->filter), filling = kith_coming_is_filling (kith_page_get_context (KITH_PAGE (self)));
  guint n = total (self), hits = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  g_autofree char *count = NULL;

  if (!self->text && narrow)
    {
      guint left = g_list_model_get_n_items (G_LIST_MODEL (self->some));

      count = g_strdup_printf (ngettext ("%'u of %'u clients", "%'u of %'u clients", n), left, n);
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "edit-find-symbolic", _("Nobody Like That"), _("No client on this computer is left by these filters."),
                                 _("Clear Filters"), "clients.clear-filters");
    }
  else if (!self->text)
    {
      count = n == 0 ? NULL
              : filling ? g_strdup_printf (ngettext ("%'u client so far", "%'u clients so far", n), n)
              : g_strdup_printf (ngettext ("%'u client on this computer", "All %'u clients on this computer", n), n);
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "avatar-default-symbolic", _("No Clients Yet"),
                                 _("Clients of your agency, and those other agencies share with you, appear here."), _("New Client"), "win.new-client");
    }
  else
    {
      g_autofree char *title = g_strdup_printf (_("No Match for “%s”"), self->text);
      g_autofree char *among = filling ? g_strdup_printf (ngettext ("Among the %'u client that has come so far.", "Among the %'u clients that have come so far.", n), n)
                                       : g_strdup_printf (ngettext ("Among the %'u client on this computer.", "Among the %'u clients on this computer.", n), n);
      g_autofree char *button = g_strdup_printf (_("New Client “%s”"), self->text), *day = understood (self->text), *none = with_day (among, day);
      g_autofree char *some = hits == 0 ? NULL
                              : self->more ? g_strdup_printf (_("The best %u of %'u: type more to narrow it"), hits, n)
                              : g_strdup_printf (ngettext ("%u of %'u clients", "%u of %'u clients", hits), hits, n);

      count = count_with_day (some, day);
      if (self->more) /* one letter behind a common name: not all were looked through, so nobody is told to be missing */
        kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "system-search-symbolic", _("Type Another Letter"),
                                   is_one_letter (self->text) ? _("By one letter only your own clients, and those you opened lately, are looked through.")
                                                              : _("Too many clients begin like this to look through all of them."), NULL, NULL);
      else if (narrow)
        kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "system-search-symbolic", title, _("Among the clients that the filters leave."), _("Clear Filters"),
                                   "clients.clear-filters");
      else
        kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "system-search-symbolic", title, none, button, "win.new-client");
    }
  kith_split_page_set_count_text (KITH_SPLIT_PAGE (self), count);
  gtk_widget_set_visible (self->ask, self->text != NULL);
}
