/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/kith-today-acts.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-page.h"
#include "today/kith-today-lines.h"
#include "today/kith-today-news.h"
#include "widgets/kith-cards.h"

static const guint days_off[] = { 1, 3, 7 }; /* how long something can be put off; the first by its key at once */

static KithContext *
context_of (GtkWidget *page)
{
  return kith_page_get_context (KITH_PAGE (page));
}

static GtkWidget *
focused_line (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
}

static const char *
of_line (GtkWidget  *line,
         const char *what)
{
  return line ? g_object_get_data (G_OBJECT (line), what) : NULL;
}

/* ---- done ---- */

static void
task_done (GtkWidget  *page,
           const char *task,
           const char *subject)
{
  g_autofree char *done = kith_format_done (_("Task done"), subject);

  kith_context_submit (context_of (page), "task.done", kith_json_new ("task", "s", task, "done", "b", TRUE, NULL), done, TRUE, NULL, NULL);
}

static void
tick_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  const char *task, *subject;

  g_variant_get (target, "(&s&s)", &task, &subject);
  task_done (page, task, subject);
}

/* A task is ticked off and news are read. What is done by a step of its own, as a referral is, is opened by Enter: a tick would say what nobody did. */
static void
done_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  GtkWidget *line = focused_line (page);

  if (of_line (line, "task"))
    task_done (page, of_line (line, "task"), of_line (line, "subject"));
  else if (of_line (line, "notice"))
    kith_today_news_read (context_of (page), of_line (line, "notice"));
  else if (of_line (line, "place"))
    kith_context_toast (context_of (page), _("Only tasks and news are ticked off here. Enter opens what is to be done."));
}

/* ---- put off ---- */

/* The day on which it comes back. */
static char *
day_of (const char *until)
{
  gint64 ms;

  return kith_time_parse (until, &ms) ? kith_format_day (ms) : g_strdup ("");
}

static void
put_off (GtkWidget  *page,
         const char *what,
         const char *id,
         const char *subject,
         guint       days)
{
  g_autofree char *until = kith_format_day_after (kith_context_get_now (context_of (page)), days);
  g_autofree char *day = day_of (until);
  /* Translators: a day: "Mon 23 Nov" */
  g_autofree char *later = g_strdup_printf (_("Put off until %s"), day);
  g_autofree char *done = kith_format_done (days == 1 ? _("Put off until tomorrow") : later, subject);
  g_autofree char *op = g_strconcat (what, ".snooze", NULL);

  kith_context_submit (context_of (page), op, kith_json_new (what, "s", id, "until", "s", until, NULL), done, TRUE, NULL, NULL);
}

static void
put_off_action (GtkWidget  *page,
                const char *name,
                GVariant   *target)
{
  const char *what, *id, *subject;
  guint days;

  g_variant_get (target, "(&s&s&su)", &what, &id, &subject, &days);
  put_off (page, what, id, subject, days);
}

static void
snooze_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  GtkWidget *line = focused_line (page);
  const char *what = of_line (line, "put-off");

  if (what)
    put_off (page, what, of_line (line, what), of_line (line, "subject"), days_off[0]);
}

static void
snooze_longer_action (GtkWidget  *page,
                      const char *name,
                      GVariant   *target)
{
  GtkWidget *line = focused_line (page), *button = line ? g_object_get_data (G_OBJECT (line), "put-off-button") : NULL;

  if (button)
    gtk_menu_button_popup (GTK_MENU_BUTTON (button));
}

/* The days are those from when it is opened. */
static void
open_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  GtkWidget *line = user_data;
  KithContext *context = g_object_get_data (G_OBJECT (line), "context");
  const char *what = of_line (line, "put-off"), *subject = of_line (line, "subject");
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (days_off); i++)
    {
      g_autofree char *until = kith_format_day_after (kith_context_get_now (context), days_off[i]);
      g_autofree char *day = day_of (until);
      /* Translators: a day: "Mon 23 Nov" */
      g_autofree char *words = days_off[i] == 1 ? g_strdup_printf (_("Until Tomorrow, %s"), day) : g_strdup_printf (_("Until %s"), day);
      g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

      g_menu_item_set_action_and_target (item, "today.put-off", "(sssu)", what, of_line (line, what), subject ? subject : "", days_off[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

void
kith_today_line_add_put_off (GtkWidget   *line,
                             KithContext *context,
                             const char  *what,
                             const char  *id,
                             const char  *subject)
{
  GtkWidget *button = gtk_menu_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Snooze")));
  gtk_box_append (GTK_BOX (box), kith_today_key_new ("today.snooze"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "put-off");
  gtk_widget_set_tooltip_text (button, _("Put off, and for how long"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Snooze"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subject ? subject : "", -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), open_cb, line, NULL);
  kith_today_line_add_end (line, button);
  kith_cards_say (line, what);
  kith_cards_say (line, subject);
  g_object_set_data (G_OBJECT (line), "put-off", (gpointer) g_intern_string (what));
  g_object_set_data (G_OBJECT (line), "put-off-button", button);
  g_object_set_data_full (G_OBJECT (line), "context", g_object_ref (context), g_object_unref);
  g_object_set_data_full (G_OBJECT (line), what, g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (line), "subject", g_strdup (subject), g_free);
}

void
kith_today_acts_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "today.done", NULL, done_action);
  gtk_widget_class_install_action (klass, "today.tick", "(ss)", tick_action);
  gtk_widget_class_install_action (klass, "today.snooze", NULL, snooze_action);
  gtk_widget_class_install_action (klass, "today.snooze-longer", NULL, snooze_longer_action);
  gtk_widget_class_install_action (klass, "today.put-off", "(sssu)", put_off_action);
}
