/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits, on paper: lists of referrals as a page has them, with what the printer may see of them. */

#include "kith-print-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "referrals/kith-referral-brief.h"
#include "widgets/kith-choice-row.h"

#define MANY 20 /* people: more of them are asked about first */
#define MOST 500 /* people: as many as an operation names (referral.print_list) */

enum { CHOICE_ONE, CHOICE_ALL };

/**
 * kith_print_list_new:
 * @title: translated
 * @waits: all in it wait
 * @query: a named query of referrals; not copied
 * @args: (array zero-terminated=1): its inputs
 *
 * Returns: (transfer full): for kith_print_window_new_waiting()
 */
KithPrintList *
kith_print_list_new (const char *title, gboolean waits, const char *query, const char *const *args)
{
  KithPrintList *list = g_new0 (KithPrintList, 1);

  list->title = g_strdup (title);
  list->waits = waits;
  list->query = query;
  list->args = g_strdupv ((char **) args);
  return list;
}

void
kith_print_list_free (gpointer data)
{
  KithPrintList *list = data;

  g_free (list->title);
  g_strfreev (list->args);
  g_free (list);
}

static void
waiting_free (gpointer data)
{
  KithPrintWaiting *list = data;

  g_clear_object (&list->watch);
  g_clear_pointer (&list->rows, g_ptr_array_unref);
  g_free (list->title);
  g_free (list);
}

static gboolean
prints_all (KithPrintWindow *self)
{
  return adw_combo_row_get_selected (self->paper) == CHOICE_ALL;
}

static gboolean
is_chosen (KithPrintWindow *self, guint i)
{
  return prints_all (self) || i == self->chosen;
}

gboolean
kith_print_window_has_waiting (KithPrintWindow *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    if (!((KithPrintWaiting *) self->waiting->pdata[i])->rows)
      return FALSE;
  return TRUE;
}

/* How many of a list go on the paper: those before it have taken their place already. */
static guint
printed_of (KithPrintWindow *self, guint i)
{
  guint before = 0;

  for (guint k = 0; k < i; k++)
    before += is_chosen (self, k) ? ((KithPrintWaiting *) self->waiting->pdata[k])->rows->len : 0;
  return is_chosen (self, i) ? MIN (((KithPrintWaiting *) self->waiting->pdata[i])->rows->len, MOST - MIN (before, MOST)) : 0;
}

static guint
count (KithPrintWindow *self)
{
  guint n = 0;

  for (guint i = 0; i < self->waiting->len; i++)
    n += printed_of (self, i);
  return n;
}

gboolean
kith_print_window_only_waits (KithPrintWindow *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    if (is_chosen (self, i) && !((KithPrintWaiting *) self->waiting->pdata[i])->waits)
      return FALSE;
  return TRUE;
}

/* "Housing – Referred": what one has before oneself. Yours */
static char *
list_title (KithPrintWindow *self)
{
  const char *list = ((KithPrintWaiting *) self->waiting->pdata[self->chosen])->title;

  if (self->id && prints_all (self))
    return g_strdup (self->id);
  return self->id ? g_strdup_printf ("%s – %s", self->id, list) : g_strdup (list);
}

/* Nothing of anybody on the list: a file's name is read in passing, and by whoever looks after the computer. */
char *
kith_print_window_waiting_name (KithPrintWindow *self)
{
  g_autofree char *day = kith_format_today (kith_context_get_now (self->context));
  g_autofree char *list = list_title (self);

  return g_strdup_printf ("%s %s", g_strdelimit (list, G_DIR_SEPARATOR_S "\\:", '-'), day);
}

/* What the hub was asked for: another choice is another paper. */
char *
kith_print_window_waiting_choice (KithPrintWindow *self)
{
  return g_strdup_printf ("%s %s", prints_all (self) ? "all" : "one", kith_switch_row_get_active (self->names) ? "without names" : "with names");
}

static void
take_named (KithPrintWindow *self, GHashTable *named)
{
  g_clear_pointer (&self->named, g_hash_table_unref);
  self->named = named;
  g_clear_pointer (&self->job, kith_print_job_unref); /* of those before */
}

gboolean
kith_print_window_names_nobody (KithPrintWindow *self)
{
  if (count (self) > 0)
    return FALSE;
  take_named (self, g_hash_table_new (g_str_hash, g_str_equal));
  return TRUE;
}

/* Not translated: the log is read by others than who prints. */
JsonObject *
kith_print_window_waiting_args (KithPrintWindow *self, const char *what)
{
  JsonArray *referrals = json_array_new ();
  GHashTable *named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *detail = g_strdup_printf ("Waiting list %s, %s", kith_switch_row_get_active (self->names) ? "without names" : "with names",
                                             g_str_equal (what, "exported") ? "PDF" : "Paper");

  for (guint i = 0; i < self->waiting->len; i++)
    {
      KithPrintWaiting *list = self->waiting->pdata[i];

      for (guint k = 0; k < printed_of (self, i); k++)
        {
          json_array_add_string_element (referrals, kith_row_get_id (list->rows->pdata[k]));
          g_hash_table_add (named, g_strdup (kith_row_get_id (list->rows->pdata[k])));
        }
    }
  take_named (self, named);
  return kith_json_new ("referrals", "a", referrals, "detail", "s", detail, NULL);
}

/* Those that the hub was asked for, as long as they are in the list. Yours */
static GPtrArray *
rows_on_paper (KithPrintWindow *self, guint i)
{
  KithPrintWaiting *list = self->waiting->pdata[i];
  guint n = printed_of (self, i);
  GPtrArray *rows = g_ptr_array_new_full (n, g_object_unref);

  for (guint k = 0; k < n; k++)
    if (!self->named || g_hash_table_contains (self->named, kith_row_get_id (list->rows->pdata[k])))
      g_ptr_array_add (rows, g_object_ref (list->rows->pdata[k]));
  return rows;
}

/**
 * kith_print_window_fill_waiting:
 * @facts: (inout): its parts are made, each with a reference to its rows
 */
void
kith_print_window_fill_waiting (KithPrintWindow *self, KithWaitingFacts *facts)
{
  facts->title = prints_all (self) ? self->id : NULL;
  facts->without_names = kith_switch_row_get_active (self->names);
  facts->brief = kith_referral_is_brief (self->context);
  facts->by_call = kith_referral_is_by_call (self->context);
  facts->phases = !self->id;
  for (guint i = 0; i < self->waiting->len; i++)
    if (is_chosen (self, i))
      {
        KithPrintWaiting *list = self->waiting->pdata[i];
        KithWaitingPart *part = g_new0 (KithWaitingPart, 1);

        part->title = prints_all (self) ? g_strdup (list->title) : list_title (self);
        part->waits = list->waits;
        part->rows = rows_on_paper (self, i);
        part->n = part->rows->len;
        facts->left_out += (list->watch ? kith_watch_get_total (list->watch) : list->rows->len) - part->n; /* none yet: told while it is made, all of them */
        g_ptr_array_add (facts->parts, part);
      }
}

static void
changed_cb (KithPrintWindow *self)
{
  self->sure = FALSE;
  kith_print_window_set_asking (self, self->asking);
  kith_print_window_check_fonts (self);
}

/* What was asked for is made now: whoever came since is on the next paper. */
static gboolean
is_being_made (KithPrintWindow *self)
{
  return self->asking || (self->chooser && gtk_native_dialog_get_visible (GTK_NATIVE_DIALOG (self->chooser)));
}

static void
rows_cb (GPtrArray *rows, gpointer user_data)
{
  KithPrintWaiting *list = user_data;
  KithPrintWindow *self = list->window;

  g_clear_pointer (&list->rows, g_ptr_array_unref);
  list->rows = g_ptr_array_ref (rows);
  if (!is_being_made (self))
    g_clear_pointer (&self->allowed_for, g_free); /* whoever came since is asked for, too */
  changed_cb (self);
}

static void
sure_cb (GtkWidget *dialog, const char *response, KithPrintWindow *self)
{
  self->sure = g_str_equal (response, "print");
  if (self->sure)
    gtk_widget_activate_action (GTK_WIDGET (self), g_object_get_data (G_OBJECT (dialog), "action"), NULL);
}

gboolean
kith_print_window_is_sure (KithPrintWindow *self, const char *action)
{
  guint n = is_waiting (self) ? count (self) : 0;
  g_autofree char *title = NULL;
  GtkWidget *dialog;

  if (n <= MANY || self->sure)
    return TRUE;
  title = g_strdup_printf (ngettext ("%u Person on One Paper?", "%u People on One Paper?", n), n);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), title, _("Whoever finds it learns of all of them. Print only the part that is needed, or without names."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "print", g_str_equal (action, "print.save") ? _("_Save All") : _("_Print All"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "action", g_strdup (action), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (sure_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}

static void
show_choices (KithPrintWindow *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  gtk_string_list_append (choices, ((KithPrintWaiting *) self->waiting->pdata[self->chosen])->title);
  if (self->waiting->len > 1)
    gtk_string_list_append (choices, _("The whole queue"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->paper), _("Which list"));
  kith_choice_row_set_words (self->paper, choices);
  gtk_widget_set_visible (GTK_WIDGET (self->paper), self->waiting->len > 1);
}

/**
 * kith_print_window_new_waiting:
 * @title: (nullable): translated: the queue
 * @lists: (element-type KithPrintList): not empty; borrowed for the call
 *
 * Returns: (transfer none): a modal window that is not shown yet, as kith_print_window_new() makes one
 */
GtkWidget *
kith_print_window_new_waiting (GtkWindow *parent, KithContext *context, const char *title, GPtrArray *lists, int chosen)
{
  static const char *const kinds[] = { "referral", "referral_course", "referral_detail", "queue_item", "queue_status", NULL };
  KithPrintWindow *self = g_object_new (KITH_TYPE_PRINT_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  self->context = g_object_ref (context);
  self->kind = g_strdup ("waiting");
  self->id = g_strdup (title);
  self->waiting = g_ptr_array_new_with_free_func (waiting_free);
  for (guint i = 0; i < lists->len; i++)
    {
      const KithPrintList *from = lists->pdata[i];
      KithPrintWaiting *list = g_new0 (KithPrintWaiting, 1);

      list->window = self;
      list->title = g_strdup (from->title);
      list->waits = from->waits;
      g_ptr_array_add (self->waiting, list);
    }
  self->chosen = (guint) MAX (chosen, 0);
  show_choices (self);
  adw_combo_row_set_selected (self->paper, chosen < 0 && lists->len > 1 ? CHOICE_ALL : CHOICE_ONE);
  gtk_widget_set_visible (GTK_WIDGET (self->names), TRUE);
  gtk_label_set_text (self->about_paper, _("Who is on the list, since when and for what, as far as you may see it. That it was printed stands in the log of your agency, for each of them."));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->language), "");
  kith_print_window_fill_languages (self);
  g_signal_connect_object (self->paper, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->names, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < lists->len; i++)
    {
      const KithPrintList *from = lists->pdata[i];
      KithPrintWaiting *list = self->waiting->pdata[i];

      list->watch = kith_watch_new_args (context, from->query, kinds, (const char *const *) from->args, rows_cb, list);
      kith_watch_set_limit (list->watch, MOST);
    }
  return GTK_WIDGET (self);
}
