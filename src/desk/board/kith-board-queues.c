/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which queues there are to look at, and in which one begins. */

#include "board/kith-board-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "board/kith-queue-forms-window.h"

#define CALLS "calls:" /* QUEUE:FORM, or QUEUE:new */

static gboolean
runs_queues (KithBoardPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (kith_board_page_context (self)));

  return actor && actor->level == KITH_LEVEL_NETWORK;
}

/* A portal account moves cards, where it may (P10). Whose they are, how long they stand where and which queue they are in is not its to ask or say. */
static void
show_what_is_for_portal (KithBoardPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (kith_board_page_context (self)));
  gboolean portal = actor && actor->level == KITH_LEVEL_PORTAL;

  gtk_widget_set_visible (GTK_WIDGET (self->mine), !portal);
  gtk_widget_set_visible (GTK_WIDGET (self->long_ones), !portal);
  gtk_widget_set_visible (self->statistics, !portal && self->queues->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "board.take-out", !portal);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "board.statistics", !portal && self->queues->len > 0);
}

guint
kith_board_page_find_queue (KithBoardPage *self,
                            const char    *id)
{
  for (guint i = 0; id && i < self->queues->len; i++)
    if (g_str_equal (self->queues->pdata[i], id))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* From My Day: a draft is in that window. */
static void
open_calls (KithBoardPage *self,
            guint          at,
            const char    *form)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window;

  if (!root || !runs_queues (self))
    return;
  window = kith_queue_forms_window_new (GTK_WINDOW (root), kith_board_page_context (self), self->queues->pdata[at], self->names->pdata[at]);
  kith_queue_forms_window_open (KITH_QUEUE_FORMS_WINDOW (window), form);
  gtk_window_present (GTK_WINDOW (window));
}

/* Where one begins: the first queue in which something waits, else the first. What fills while one looks on is not a reason to leave what one looks at. */
static guint
first_waiting (KithBoardPage *self,
               GPtrArray     *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (kith_row_get_int (rows->pdata[i], "waits") != 0)
      {
        self->settled = TRUE;
        return i;
      }
  return GTK_INVALID_LIST_POSITION;
}

static void
show_none (KithBoardPage *self)
{
  gboolean may = runs_queues (self);

  adw_status_page_set_description (self->none, may ? _("A queue is a named list of referrals with statuses of its own.")
                                                   : _("A queue is a named list of referrals with statuses of its own. The network’s staff set them up."));
  gtk_widget_set_visible (self->create, may);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static gboolean
same_names (GListModel *a,
            GListModel *b)
{
  guint n = g_list_model_get_n_items (b);

  if (!a || g_list_model_get_n_items (a) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (a), i), gtk_string_list_get_string (GTK_STRING_LIST (b), i)))
      return FALSE;
  return TRUE;
}

static void
queues_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithBoardPage *self = user_data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint at;

  g_ptr_array_set_size (self->queues, 0);
  g_ptr_array_set_size (self->names, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kith_row_get_text (rows->pdata[i], "name");
      gboolean inactive = kith_row_get_int (rows->pdata[i], "inactive") != 0;

      if (inactive)
        {
          /* Translators: a queue that is not in use any more */
          g_autofree char *words = g_strdup_printf (_("%s (inactive)"), name);

          gtk_string_list_append (names, words);
        }
      else
        gtk_string_list_append (names, name);
      g_ptr_array_add (self->queues, g_strdup (kith_row_get_id (rows->pdata[i])));
      g_ptr_array_add (self->names, g_strdup (name ? name : ""));
    }
  at = kith_board_page_find_queue (self, self->wanted);
  self->settled = self->settled || at != GTK_INVALID_LIST_POSITION;
  if (at != GTK_INVALID_LIST_POSITION && self->calls)
    open_calls (self, at, self->calls);
  g_clear_pointer (&self->calls, g_free);
  g_clear_pointer (&self->wanted, g_free);
  if (at == GTK_INVALID_LIST_POSITION && !self->settled)
    at = first_waiting (self, rows);
  if (at == GTK_INVALID_LIST_POSITION)
    at = kith_board_page_find_queue (self, self->queue);
  self->settling = TRUE;
  if (!same_names (gtk_drop_down_get_model (self->pick), G_LIST_MODEL (names)))
    gtk_drop_down_set_model (self->pick, G_LIST_MODEL (names)); /* it may stand open */
  gtk_drop_down_set_selected (self->pick, at == GTK_INVALID_LIST_POSITION ? 0 : at);
  self->settling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->pick), self->queues->len > 0);
  gtk_widget_set_visible (self->filters, self->queues->len > 0);
  gtk_widget_set_visible (self->manage, runs_queues (self));
  show_what_is_for_portal (self);
  if (self->queues->len == 0)
    {
      kith_board_page_show_queue (self, NULL);
      show_none (self);
      return;
    }
  kith_board_page_show_queue (self, self->queues->pdata[at == GTK_INVALID_LIST_POSITION ? 0 : at]);
}

void
kith_board_page_look (KithBoardPage *self)
{
  static const char *const kinds[] = { "queue", "queue_item", "referral", NULL };

  g_clear_object (&self->queues_watch);
  self->queues_watch = kith_watch_new (kith_board_page_context (self), "board-queues", kinds, self->wanted ? self->wanted : "", queues_cb, self);
}

/* Another account begins anew. */
void
kith_board_page_look_anew (KithBoardPage *self)
{
  self->settled = FALSE;
  kith_board_page_look (self);
}

/* A queue, or what it asks callers (calls:QUEUE:FORM). */
gboolean
kith_board_page_show_record (KithPage   *page,
                             const char *place)
{
  KithBoardPage *self = KITH_BOARD_PAGE (page);
  g_auto (GStrv) calls = g_str_has_prefix (place, CALLS) ? g_strsplit (place + strlen (CALLS), ":", 2) : NULL;
  const char *queue = calls && calls[0] ? calls[0] : place, *form = calls && calls[0] ? calls[1] : NULL;
  guint at = kith_board_page_find_queue (self, queue);

  g_clear_pointer (&self->calls, g_free);
  if (at != GTK_INVALID_LIST_POSITION)
    {
      gtk_drop_down_set_selected (self->pick, at);
      self->settled = TRUE;
      if (form)
        open_calls (self, at, form);
      return TRUE;
    }
  self->calls = g_strdup (form);
  g_free (self->wanted);
  self->wanted = g_strdup (queue);
  kith_board_page_look (self);
  return TRUE;
}
