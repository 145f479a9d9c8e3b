/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-actions.h"

#include <glib/gi18n.h>

#include "agency/kith-account-window.h"
#include "referrals/kith-reason-window.h"
#include "staff/kith-hold-row.h"
#include "staff/kith-staff-back.h"
#include "staff/kith-staff-choices.h"
#include "staff/kith-staff-mover.h"
#include "staff/kith-staff-page.h"
#include "staff/kith-staff-row.h"
#include "staff/kith-staff-suggest.h"
#include "widgets/kith-ask-window.h"

static KithContext *
context_of (GtkWidget *page)
{
  return kith_page_get_context (KITH_PAGE (page));
}

static KithStaffView *
view_of (GtkWidget *page)
{
  return kith_staff_page_get_view (KITH_STAFF_PAGE (page));
}

/* What waits is nobody's: it is given, not moved. */
static gboolean
assigns (GtkWidget *page)
{
  return kith_staff_view_is_waiting (view_of (page));
}

/* Work under way: one at a time */

static gboolean
is_assigning (GtkWidget *page)
{
  return g_object_get_data (G_OBJECT (page), "assigning") != NULL;
}

static GCancellable *
begin (GtkWidget *page,
       gboolean   assigning)
{
  GCancellable *running = g_object_get_data (G_OBJECT (page), "running");

  if (running)
    {
      kith_context_toast (context_of (page), _("The last move is still under way"));
      return NULL;
    }
  running = g_cancellable_new ();
  g_object_set_data (G_OBJECT (page), "assigning", GINT_TO_POINTER (assigning));
  g_object_set_data_full (G_OBJECT (page), "running", running, g_object_unref);
  kith_staff_view_tell (view_of (page), assigning ? _("Assigning…") : _("Moving…"));
  return running;
}

void
kith_staff_actions_stop (GtkWidget *page)
{
  GCancellable *running = g_object_get_data (G_OBJECT (page), "running");

  if (running)
    g_cancellable_cancel (running);
}

static void
progress_cb (guint    done,
             guint    total,
             gpointer page)
{
  g_autofree char *words = total == 0 ? g_strdup_printf (_("Moving… step %u"), done)
                           : g_strdup_printf (is_assigning (page) ? _("Assigning… %u of %u") : _("Moving… %u of %u"), done, total);

  kith_staff_view_tell (view_of (page), words);
}

/* The row that had the focus may have gone with its client: the next key is for the page all the same. */
static void
keep_focus (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (page) && (!focus || !gtk_widget_is_ancestor (focus, page)))
    kith_page_enter (page);
}

/* What was done, what was left out and why; each with its number, none with more of a client than the name that is on the page. */
static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *left_out = NULL;
  const char *words = g_object_get_data (G_OBJECT (page), "done-words");
  guint n;
  gboolean done = kith_staff_move_finish (result, &n, &left_out, &error);
  gboolean gone = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))), back = g_object_steal_data (G_OBJECT (page), "back") != NULL;

  if (gone || !context_of (page))
    return;
  g_object_set_data (G_OBJECT (page), "running", NULL);
  kith_staff_view_tell (view_of (page), NULL);
  keep_focus (page);
  if (back)
    kith_staff_tell_back (context_of (page), done, n, error);
  else if (!done)
    kith_context_problem (context_of (page), n > 0 ? _("Stopped on the way. What was moved before can be taken back.") : is_assigning (page) ? _("Nothing was assigned") : _("Nothing was moved"), error);
  else if (left_out)
    {
      g_autoptr (GError) some = g_error_new (KITH_REFUSAL, KITH_REFUSAL_DENIED, "%s", left_out);

      kith_context_problem (context_of (page), _("Some were left out"), some);
    }
  else if (words && kith_staff_move_get_transfer (result))
    kith_staff_offer_back (page, context_of (page), words, kith_staff_move_get_transfer (result));
  else if (words)
    kith_context_toast (context_of (page), words);
}

static void
set_done_words (GtkWidget  *page,
                const char *format,
                const char *name)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  g_object_set_data_full (G_OBJECT (page), "done-words", g_strjoinv (name, parts), g_free);
}

static const char *
name_of (GtkWidget  *page,
         const char *staff)
{
  GPtrArray *colleagues = kith_staff_page_get_colleagues (KITH_STAFF_PAGE (page));

  for (guint i = 0; i < colleagues->len; i++)
    if (g_strcmp0 (kith_row_get_id (colleagues->pdata[i]), staff) == 0)
      return kith_row_get_text (colleagues->pdata[i], "name");
  return NULL;
}

/* One row of what is chosen becomes a move from each it is taken from: from whoever is shown, or from those who have left. */
static void
add_moves (GtkWidget *page,
           GPtrArray *moves,
           KithRow   *row)
{
  KithStaffView *view = view_of (page);
  g_autofree char *name = kith_hold_name (row);
  g_auto (GStrv) former = kith_staff_list (kith_row_get_text (row, "former_ids"));

  if (!kith_staff_view_is_waiting (view))
    g_ptr_array_add (moves, kith_staff_move_new (kith_row_get_id (row), name, kith_staff_view_get_id (view), NULL));
  else
    g_ptr_array_add (moves, kith_staff_move_new (kith_row_get_id (row), name, NULL, NULL));
  for (guint i = 0; kith_staff_view_is_waiting (view) && former && former[i]; i++)
    g_ptr_array_add (moves, kith_staff_move_new (kith_row_get_id (row), name, former[i], NULL));
}

/* What is chosen, to whoever it will be: kept until then, for the list may change meanwhile and choose something else. Yours; NULL: said why not */
static GPtrArray *
moves_of (GtkWidget *page,
          GPtrArray *rows)
{
  GPtrArray *moves;

  if (rows->len < kith_staff_view_n_chosen (view_of (page)))
    {
      kith_context_toast (context_of (page), _("Not all of them are loaded yet. Try again in a moment."));
      return NULL;
    }
  moves = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_staff_move_free);
  for (guint i = 0; i < rows->len; i++)
    add_moves (page, moves, rows->pdata[i]);
  return moves;
}

/* Carries out the moves that holder keeps, and takes them from there. */
static void
move_kept (GtkWidget  *page,
           gpointer    holder,
           const char *to)
{
  GPtrArray *moves = g_object_get_data (holder, "moves");
  GCancellable *running = moves && moves->len > 0 ? begin (page, assigns (page)) : NULL;

  if (!running)
    return;
  g_object_steal_data (holder, "moves");
  for (guint i = 0; i < moves->len; i++)
    ((KithStaffMove *) moves->pdata[i])->to = g_strdup (to);
  set_done_words (page, _("Now with %s"), name_of (page, to) ? name_of (page, to) : "");
  kith_staff_move_async (context_of (page), moves, progress_cb, running, moved_cb, g_object_ref (page));
}

/* The pick: the best first, with what goes over in words */

static KithStaffNeed *
needs_of (GPtrArray *rows)
{
  KithStaffNeed *needs = g_new0 (KithStaffNeed, rows->len + 1);

  for (guint i = 0; i < rows->len; i++)
    {
      needs[i] = (KithStaffNeed) { kith_staff_list (kith_row_get_text (rows->pdata[i], "languages")),
                                   kith_staff_list (kith_row_get_text (rows->pdata[i], "types")), NULL };
      kith_staff_need_read_sites (&needs[i], rows->pdata[i]);
    }
  return needs;
}

static void
fill_pick (GtkWidget        *page,
           KithReasonWindow *window,
           GPtrArray        *rows)
{
  g_autofree KithStaffNeed *needs = needs_of (rows);

  kith_staff_choices_add (window, context_of (page), kith_staff_page_get_colleagues (KITH_STAFF_PAGE (page)), needs, rows->len,
                          kith_staff_view_get_id (view_of (page)));
  kith_reason_window_type_ahead (window);
  for (guint i = 0; i < rows->len; i++)
    kith_staff_need_clear (&needs[i]);
}

static GtkWidget *
pick_new (GtkWidget  *page,
          const char *title,
          gboolean    all)
{
  KithRow *row = kith_staff_view_get_row (view_of (page));
  const char *from = row && !assigns (page) ? kith_row_get_text (row, "name") : NULL;
  g_autofree char *what = kith_staff_view_preview (view_of (page), all);
  /* Translators: from whom, then what: "3 clients, 2 cases" */
  g_autofree char *some = from ? g_strdup_printf (_("From %s: %s."), from, what) : g_strdup_printf ("%s.", what);
  /* What goes along without being counted (U21: also what lies with them alone, which no other computer has), and what does not go. */
  const char *rest = from && all ? _("All of it goes to the person you choose, with the closed cases of these clients and what they noted for themselves to do. Referrals sent to others stay with whoever sent them.") : NULL;
  g_autofree char *words = rest ? g_strconcat (some, " ", rest, NULL) : g_strdup (some);

  return kith_reason_window_new (GTK_WINDOW (gtk_widget_get_root (page)), title, words, NULL, NULL, NULL, assigns (page) ? _("Assign") : _("Move"), FALSE);
}

static void
assign_chosen_cb (KithReasonWindow *window,
                  const char       *code,
                  const char       *text,
                  GtkWidget        *page)
{
  move_kept (page, window, code);
}

static void
assign_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  g_autoptr (GPtrArray) rows = kith_staff_view_get_chosen (view_of (page));
  GPtrArray *moves = moves_of (page, rows);
  GtkWidget *window;

  if (!moves)
    return;
  window = pick_new (page, _("Assign to"), FALSE);
  g_object_set_data_full (G_OBJECT (window), "moves", moves, (GDestroyNotify) g_ptr_array_unref);
  fill_pick (page, KITH_REASON_WINDOW (window), rows);
  g_signal_connect_object (window, "chosen", G_CALLBACK (assign_chosen_cb), page, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
all_chosen_cb (KithReasonWindow *window,
               const char       *code,
               const char       *text,
               GtkWidget        *page)
{
  GCancellable *running = begin (page, FALSE);

  if (!running)
    return;
  set_done_words (page, _("Now with %s"), name_of (page, code) ? name_of (page, code) : "");
  kith_staff_move_all_async (context_of (page), g_object_get_data (G_OBJECT (window), "from"), code, progress_cb, running, moved_cb, g_object_ref (page));
}

static void
move_all_action (GtkWidget  *page,
                 const char *name,
                 GVariant   *target)
{
  g_autoptr (GPtrArray) rows = kith_staff_view_get_held (view_of (page));
  GtkWidget *window = pick_new (page, _("Move All to"), TRUE);

  g_object_set_data_full (G_OBJECT (window), "from", g_strdup (kith_staff_view_get_id (view_of (page))), g_free);
  fill_pick (page, KITH_REASON_WINDOW (window), rows);
  g_signal_connect_object (window, "chosen", G_CALLBACK (all_chosen_cb), page, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
take_back_action (GtkWidget  *page,
                  const char *name,
                  GVariant   *target)
{
  const char *transfer = kith_staff_view_get_transfer (view_of (page));
  GCancellable *running = transfer ? begin (page, FALSE) : NULL;

  if (!running)
    return;
  g_object_set_data (G_OBJECT (page), "back", page);
  kith_staff_take_back_async (context_of (page), transfer, progress_cb, running, moved_cb, g_object_ref (page));
}

/* Dragging: what is dropped is what was chosen when it was taken */

static void
take_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *moves;

  kith_staff_view_choose (view_of (page), g_variant_get_string (target, NULL));
  rows = kith_staff_view_get_chosen (view_of (page));
  moves = moves_of (page, rows);
  g_object_set_data_full (G_OBJECT (page), "moves", moves, moves ? (GDestroyNotify) g_ptr_array_unref : NULL);
}

static void
drop_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  const char *to = g_variant_get_string (target, NULL);

  if (g_strcmp0 (to, kith_staff_view_get_id (view_of (page))) == 0)
    return;
  if (g_str_equal (to, KITH_STAFF_WAITING) || !name_of (page, to))
    {
      kith_context_toast (context_of (page), _("Work can only be given to somebody who is at your agency now"));
      return;
    }
  move_kept (page, page, to);
}

static void
select_all_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  GtkListView *list = kith_staff_view_get_list (view_of (page));

  if (!gtk_list_view_get_model (list))
    return;
  gtk_selection_model_select_all (gtk_list_view_get_model (list));
  gtk_widget_grab_focus (GTK_WIDGET (list));
}

/* What is known of a person */

static KithAskWindow *
ask (GtkWidget  *page,
     const char *op,
     const char *title,
     const char *description,
     JsonObject *preset)
{
  g_autofree char *scope = g_strconcat ("agency:", kith_context_get_agency (context_of (page)), NULL);
  KithAskWindow *window = KITH_ASK_WINDOW (kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), op, title, description, _("Save"),
                                                                _("Saved"), kith_json_new ("staff", "s", kith_staff_view_get_id (view_of (page)), NULL), preset));

  kith_ask_window_keep_draft (window, scope, NULL);
  return window;
}

/* A list of the row as a member of what the form shows. */
static void
preset_list (JsonObject *preset,
             KithRow    *row,
             const char *column)
{
  g_auto (GStrv) list = kith_staff_list (kith_row_get_text (row, column));
  JsonArray *array = json_array_new ();

  for (guint i = 0; list && list[i]; i++)
    json_array_add_string_element (array, list[i]);
  json_object_set_array_member (preset, column, array);
}

static void
skills_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  KithRow *row = kith_staff_view_get_row (view_of (page));
  JsonObject *preset = json_object_new ();

  preset_list (preset, row, "languages");
  preset_list (preset, row, "skills");
  gtk_window_present (GTK_WINDOW (ask (page, "staff.set_skills", _("Languages and Kinds of Case"), _("Nothing chosen means any kind of case."), preset)));
}

static void
leave_action (GtkWidget  *page,
              const char *name,
              GVariant   *target)
{
  KithRow *row = kith_staff_view_get_row (view_of (page));

  gtk_window_present (GTK_WINDOW (ask (page, "staff.set_leave", _("Leave"), _("Both days included. Without days the person is at work."),
                                       kith_json_new ("away_from", "s", kith_row_get_text (row, "away_from"), "away_until", "s",
                                                      kith_row_get_text (row, "away_until"), NULL))));
}

static void
supervisor_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  KithAskWindow *window = ask (page, "staff.set_supervisor", _("Supervisor"), _("Joins every case this person opens."), NULL);

  kith_ask_window_add_search (window, "supervisor", kith_staff_suggest_new_for (context_of (page), _("Supervisor: type a name"), NULL));
  gtk_window_present (GTK_WINDOW (window));
}

static void
account_action (GtkWidget  *page,
                const char *name,
                GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (kith_account_window_new (GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), kith_staff_view_get_id (view_of (page)))));
}

void
kith_staff_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "staff.assign", NULL, assign_action);
  gtk_widget_class_install_action (klass, "staff.move-all", NULL, move_all_action);
  gtk_widget_class_install_action (klass, "staff.take-back", NULL, take_back_action);
  gtk_widget_class_install_action (klass, "staff.take", "s", take_action);
  gtk_widget_class_install_action (klass, "staff.drop", "s", drop_action);
  gtk_widget_class_install_action (klass, "staff.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (klass, "staff.skills", NULL, skills_action);
  gtk_widget_class_install_action (klass, "staff.leave", NULL, leave_action);
  gtk_widget_class_install_action (klass, "staff.supervisor", NULL, supervisor_action);
  gtk_widget_class_install_action (klass, "staff.account", NULL, account_action);
}
