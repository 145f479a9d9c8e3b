/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases/kith-task-edit.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"
#include "widgets/kith-correction.h"

#define TASK "task-row" /* of a line: the KithRow it shows */

static const KithCorrected corrected_task = { "task", N_("Say what is to be done."), { "subject", "due_on", "remind_at", "staff" }, "staff" };

/* Where it lies, so that what is typed goes when access to that goes. Yours; NULL: it is about nothing. */
static char *
draft_scope (KithRow *row)
{
  static const char *const subjects[] = { "case", "referral", "client" };

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    if (kith_row_get_text (row, subjects[i]))
      return g_strdup_printf ("%s:%s", subjects[i], kith_row_get_text (row, subjects[i]));
  return NULL;
}

/* Of those who work on what it is about, as when it was added. */
static void
add_staff (KithAskWindow *window,
           KithContext   *context,
           KithRow       *row)
{
  const char *of_case = kith_row_get_text (row, "case"), *client = kith_row_get_text (row, "client"), *staff = kith_row_get_text (row, "staff");
  const char *name = kith_row_get_text (row, "staff_name");
  gboolean mine = g_strcmp0 (staff, kith_context_get_user (context)) == 0;

  if (kith_row_get_text (row, "referral") || (!of_case && !client))
    return;
  kith_ask_window_add_others (window, "staff", of_case ? "case-colleagues" : "client-colleagues", of_case ? of_case : client, staff,
                              mine ? _("Me") : !staff ? C_("task", "Not assigned") : name ? name : _("Somebody"));
}

static void
open_row (GtkWidget *page,
          KithRow   *row)
{
  static const char *const fields[] = { "subject", "due_on", "remind_at", "staff" };
  KithContext *context = kith_page_get_context (KITH_PAGE (page));
  g_autofree char *scope = draft_scope (row);
  JsonObject *before = json_object_new ();
  KithAskWindow *window;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (kith_row_get_text (row, fields[i]))
      json_object_set_string_member (before, fields[i], kith_row_get_text (row, fields[i]));
  window = kith_correction_ask (GTK_WINDOW (gtk_widget_get_root (page)), context, &corrected_task, "task.add", _("Correct the Task"), _("Task changed"), kith_row_get_id (row),
                                scope, kith_json_new ("id", "s", kith_row_get_id (row), NULL), before);
  add_staff (window, context, row);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_line (GtkWidget *line)
{
  GtkWidget *page = gtk_widget_get_ancestor (line, KITH_TYPE_PAGE);
  KithRow *row = g_object_get_data (G_OBJECT (line), TASK);

  if (page && row)
    open_row (page, row);
}

static void
clicked_cb (GtkWidget *line)
{
  open_line (line);
}

static gboolean
has_task (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), TASK) != NULL;
}

/* Those on screen, of what is shown of the page. */
static void
collect (GtkWidget *widget,
         GPtrArray *lines)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (has_task (widget))
    g_ptr_array_add (lines, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect (child, lines);
}

/* The one in focus, else the only one; of several the first gets the focus, so that the key means one that is seen. */
static void
edit_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (GtkWidget *at = focus; at && at != page; at = gtk_widget_get_parent (at))
    if (has_task (at))
      {
        open_line (at);
        return;
      }
  collect (page, lines);
  if (lines->len == 1)
    open_line (lines->pdata[0]);
  else if (lines->len == 0)
    kith_context_toast (kith_page_get_context (KITH_PAGE (page)), _("No task to correct is shown here."));
  else
    {
      g_autofree char *key = kith_shortcuts_label (name);
      /* Translators: %s: a key, such as Ctrl+E */
      g_autofree char *words = g_strdup_printf (_("Choose the task with the arrow keys, then press %s."), key);

      gtk_widget_grab_focus (lines->pdata[0]);
      kith_context_toast (kith_page_get_context (KITH_PAGE (page)), words);
    }
}

GtkWidget *
kith_task_edit_add_to (GtkWidget   *line,
                       KithContext *context,
                       KithRow     *row)
{
  const char *agency = kith_row_get_text (row, "agency"), *subject = kith_row_get_text (row, "subject");
  g_autofree char *label = NULL;
  GtkWidget *button;

  if (kith_row_get_int (row, "done") != 0 || !agency || g_strcmp0 (agency, kith_context_get_agency (context)) != 0)
    return NULL;
  button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  /* Translators: %s: what is to be done */
  label = g_strdup_printf (_("Correct the task: %s"), subject ? subject : "");
  g_object_set_data_full (G_OBJECT (line), TASK, g_object_ref (row), g_object_unref);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Correct its words, its day, or for whom it is"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), line, G_CONNECT_SWAPPED);
  return button;
}

void
kith_task_edit_install (GtkWidgetClass *page_class)
{
  gtk_widget_class_install_action (page_class, "task.edit", NULL, edit_action);
}
