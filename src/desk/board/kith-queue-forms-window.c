/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-queue-forms-window.h"

#include <glib/gi18n.h>

#include "directory/kith-form-window.h"
#include "kith-answers.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-named-lines.h"
#include "widgets/kith-unread.h"

struct _KithQueueFormsWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *queue, *name;
  char *wanted; /* the form, or "new", whose window is opened when they are read; NULL: none */
  GtkListBox *asked, *others, *retired;
  GtkWidget *none, *many, *others_group, *retired_group, *create; /* none: said while nothing is asked; many: where an older Kith would ask too much */
  GtkLabel *problem;
  GPtrArray *rows; /* (element-type KithRow): every form of calls */
  gboolean saving; /* one change at a time: the next is made to what it left */
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithQueueFormsWindow, kith_queue_forms_window, ADW_TYPE_WINDOW)

/* ---- what a form is */

static JsonArray *
queues_of (KithRow *row)
{
  JsonObject *body = kith_row_body (row, "body");

  return body ? kith_json_array (body, "queues") : NULL;
}

static gboolean
is_in_use (KithRow *row)
{
  JsonObject *body = kith_row_body (row, "body");

  return body && !kith_json_bool (body, "inactive", FALSE);
}

/* Whoever calls is asked it, whatever queue the call goes into. */
static gboolean
is_for_every_call (KithRow *row)
{
  JsonArray *queues = queues_of (row);

  return is_in_use (row) && (!queues || json_array_get_length (queues) == 0);
}

static gboolean
is_asked (KithRow *row)
{
  return is_for_every_call (row) || (is_in_use (row) && kith_row_get_int (row, "linked") != 0);
}

/* In which of the lists its line stands. */
static GtkListBox *
list_of (KithQueueFormsWindow *self,
         KithRow              *row)
{
  return !is_in_use (row) ? self->retired : is_asked (row) ? self->asked : self->others;
}

static const char *
name_of (KithRow *row)
{
  JsonObject *body = kith_row_body (row, "body");
  const char *name = body ? kith_json_string (body, "name") : NULL;

  return name ? name : "";
}

/* What is asked now. Yours */
static JsonArray *
questions_of (JsonObject *body)
{
  JsonArray *all = kith_json_array (body, "questions"), *asked = json_array_new ();

  for (guint i = 0; all && i < json_array_get_length (all); i++)
    if (!kith_json_bool (json_array_get_object_element (all, i), "retired", FALSE))
      json_array_add_object_element (asked, json_object_ref (json_array_get_object_element (all, i)));
  return asked;
}

static KithRow *
find_row (KithQueueFormsWindow *self,
          const char           *form)
{
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->rows->pdata[i]), form) == 0)
      return self->rows->pdata[i];
  return NULL;
}

/* ---- showing */

/* "3 questions · also asked in Food and meals" */
static char *
words_of (KithRow *row)
{
  JsonObject *body = kith_row_body (row, "body");
  g_autoptr (JsonArray) questions = body ? questions_of (body) : json_array_new ();
  int n = (int) json_array_get_length (questions);
  g_autofree char *count = g_strdup_printf (ngettext ("%d question", "%d questions", (gulong) n), n);
  const char *names = kith_row_get_text (row, "queues");
  /* Translators: names of queues */
  g_autofree char *where = is_for_every_call (row) ? g_strdup (_("asked of every call"))
                           : !is_in_use (row)      ? (names ? g_strdup_printf (_("asked before in %s"), names) : NULL)
                           : !names                ? (is_asked (row) ? NULL : g_strdup (_("not asked anywhere")))
                           : is_asked (row)        ? g_strdup_printf (_("also asked in %s"), names)
                                                   : g_strdup_printf (_("asked in %s"), names);

  return kith_format_join (count, where, NULL);
}

/* What may be done with a form that is asked here, or was retired: brought back, it is asked where somebody says, since one that was taken off its last
 * queue looks like one that was asked of every call. NULL: with this one nothing but to ask it here. Yours */
static GMenuModel *
menu_new (KithRow *row)
{
  GMenu *menu = is_asked (row) || !is_in_use (row) ? g_menu_new () : NULL;
  const char *id = kith_row_get_id (row);

  if (menu && !is_in_use (row))
    {
      kith_named_choice (menu, _("Ask Here Again"), "forms.link", g_variant_new_string (id));
      kith_named_choice (menu, _("Ask of Every Call"), "forms.ask-all", g_variant_new_string (id));
      return G_MENU_MODEL (menu);
    }
  if (!menu)
    return NULL;
  kith_named_choice (menu, _("Change Questions…"), "forms.edit", g_variant_new_string (id));
  if (!is_for_every_call (row))
    kith_named_choice (menu, _("Do Not Ask Here"), "forms.unlink", g_variant_new_string (id));
  kith_named_choice (menu, _("Do Not Ask Any More"), "forms.retire", g_variant_new_string (id));
  return G_MENU_MODEL (menu);
}

static void
put_line (GtkListBox *box,
          guint       position,
          KithRow    *row)
{
  g_autoptr (GMenuModel) menu = menu_new (row);
  g_autofree char *words = words_of (row), *again = g_strdup_printf (_("Ask “%s” here too"), name_of (row));
  const KithNamedThing thing = { .id = kith_row_get_id (row), .name = name_of (row), .words = words, .key = is_for_every_call (row) ? "every" : is_in_use (row) ? NULL : "retired", .menu = menu,
                                 .again = _("Ask Here Too"), .again_label = again, .again_action = "forms.link",
                                 .target = g_variant_new_string (kith_row_get_id (row)) };

  kith_named_lines_put (box, position, &thing);
}

/* Returns: how many there are */
static guint
show (KithQueueFormsWindow *self,
      GtkListBox           *box)
{
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (box));
  gboolean had_focus = focused != NULL;
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    if (list_of (self, self->rows->pdata[i]) == box)
      put_line (box, n++, self->rows->pdata[i]);
  kith_named_lines_end (box, n);
  if (n == 0 && had_focus) /* the line that had it stands in the other list now */
    gtk_widget_grab_focus (self->create);
  gtk_widget_set_visible (GTK_WIDGET (box), n > 0);
  kith_cards_return (GTK_WIDGET (box), focused);
  return n;
}

/* The form whose line has the focus; NULL: another, or none */
static const char *
focused_form (KithQueueFormsWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self)), *line = focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return line ? kith_cards_get_name (line) : NULL;
}

/* Who asked for a form here, or took it off, goes on with that one: its line stands in the other list now. */
static void
follow (KithQueueFormsWindow *self,
        const char           *form)
{
  GtkListBox *box = list_of (self, find_row (self, form));
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (box, i)); i++)
    if (g_strcmp0 (kith_cards_get_name (GTK_WIDGET (line)), form) == 0)
      gtk_widget_child_focus (GTK_WIDGET (line), GTK_DIR_TAB_FORWARD);
}

static void
open_wanted (KithQueueFormsWindow *self)
{
  g_autofree char *form = g_steal_pointer (&self->wanted);

  if (form && g_str_equal (form, "new"))
    gtk_widget_activate_action (GTK_WIDGET (self), "forms.create", NULL);
  else if (form)
    gtk_widget_activate_action (GTK_WIDGET (self), "forms.edit", "s", form);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithQueueFormsWindow *self = user_data;
  g_autofree char *focused = g_strdup (focused_form (self));
  KithRow *before = focused ? find_row (self, focused) : NULL;
  GtkListBox *stood = before ? list_of (self, before) : NULL;
  guint n;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->rows, g_object_ref (rows->pdata[i]));
  n = show (self, self->asked);
  gtk_widget_set_visible (self->none, n == 0);
  gtk_widget_set_visible (self->many, n > KITH_ANSWERS_MOST_FORMS); /* it sends all answers with the record */
  gtk_widget_set_visible (self->others_group, show (self, self->others) > 0);
  gtk_widget_set_visible (self->retired_group, show (self, self->retired) > 0);
  if (stood && find_row (self, focused) && list_of (self, find_row (self, focused)) != stood)
    follow (self, focused);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forms.create", TRUE);
  open_wanted (self);
}

/* ---- changes */

/* This window lies over the one that would tell of a refusal. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithQueueFormsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  self->saving = FALSE;
  if (saved || !self->context)
    return;
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

/* The queues it is asked in, with this one or without. Where it is not in use no queue asks it, whatever it had: it begins with this one. Yours */
static JsonArray *
new_queues (KithQueueFormsWindow *self,
            KithRow              *row,
            gboolean              here)
{
  JsonArray *before = is_in_use (row) ? queues_of (row) : NULL, *queues = json_array_new ();

  for (guint i = 0; before && i < json_array_get_length (before); i++)
    if (g_strcmp0 (json_array_get_string_element (before, i), self->queue) != 0)
      json_array_add_string_element (queues, json_array_get_string_element (before, i));
  if (here)
    json_array_add_string_element (queues, self->queue);
  return queues;
}

/* forms.link, .unlink, .retire, .ask-all: P2. A form without queues is asked of every call: one that is taken off its last queue is not in use, until a
 * queue takes it again. One that is retired keeps where it was asked, to be read. */
static void
link_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithQueueFormsWindow *self = KITH_QUEUE_FORMS_WINDOW (widget);
  KithRow *row = find_row (self, g_variant_get_string (target, NULL));
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;
  gboolean here = g_str_equal (name, "forms.link"), retire = g_str_equal (name, "forms.retire"), all = g_str_equal (name, "forms.ask-all"), inactive;
  JsonArray *queues;
  const char *done;

  if (!body || self->saving)
    return;
  self->saving = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  if (retire)
    queues = queues_of (row) ? json_array_ref (queues_of (row)) : json_array_new ();
  else
    queues = all ? json_array_new () : new_queues (self, row, here);
  inactive = retire || (!all && json_array_get_length (queues) == 0);
  done = here ? _("Asked in this queue too") : all ? _("Asked of every call") : inactive ? _("Not asked any more") : _("Not asked in this queue any more");
  kith_context_submit (self->context, "form.put",
                       kith_json_new ("id", "s", kith_row_get_id (row), "use", "s", "contact", "name", "s", kith_json_string (body, "name"), "introduction", "s",
                                      kith_json_string (body, "introduction"), "questions", "a", questions_of (body), "inactive", "b", inactive, "queues", "a", queues,
                                      "seen", "i", kith_json_int (body, "version", 0), NULL),
                       done, FALSE, saved_cb, g_object_ref (self));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithQueueFormsWindow *self = KITH_QUEUE_FORMS_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (kith_form_window_new_of_calls (GTK_WINDOW (self), self->context, self->queue, self->name, g_variant_get_string (target, NULL), NULL)));
}

/* The first of a queue is called as that is; of two that were called the same nobody could say which is which. */
static void
create_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithQueueFormsWindow *self = KITH_QUEUE_FORMS_WINDOW (widget);
  const char *called = self->name;

  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (name_of (self->rows->pdata[i]), self->name) == 0)
      called = "";
  gtk_window_present (GTK_WINDOW (kith_form_window_new_of_calls (GTK_WINDOW (self), self->context, self->queue, self->name, NULL, called)));
}

/* ---- life */

static void
kith_queue_forms_window_dispose (GObject *object)
{
  KithQueueFormsWindow *self = KITH_QUEUE_FORMS_WINDOW (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->queue, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_QUEUE_FORMS_WINDOW);
  G_OBJECT_CLASS (kith_queue_forms_window_parent_class)->dispose (object);
}

static void
kith_queue_forms_window_class_init (KithQueueFormsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_queue_forms_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-queue-forms-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, asked);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, others);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, none);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, many);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, others_group);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, retired);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, retired_group);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, create);
  gtk_widget_class_bind_template_child (widget_class, KithQueueFormsWindow, problem);
  gtk_widget_class_install_action (widget_class, "forms.create", NULL, create_action);
  gtk_widget_class_install_action (widget_class, "forms.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "forms.link", "s", link_action);
  gtk_widget_class_install_action (widget_class, "forms.unlink", "s", link_action);
  gtk_widget_class_install_action (widget_class, "forms.retire", "s", link_action);
  gtk_widget_class_install_action (widget_class, "forms.ask-all", "s", link_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kith_queue_forms_window_init (KithQueueFormsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forms.create", FALSE);
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_queue_forms_window_new:
 * @queue: its id
 * @name: what it is called
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_queue_forms_window_new (GtkWindow   *parent,
                             KithContext *context,
                             const char  *queue,
                             const char  *name)
{
  static const char *const kinds[] = { "form", "queue", NULL };
  const char *args[] = { queue, "", NULL };
  KithQueueFormsWindow *self = g_object_new (KITH_TYPE_QUEUE_FORMS_WINDOW, "transient-for", parent, "title", name, NULL);

  self->context = g_object_ref (context);
  self->queue = g_strdup (queue);
  self->name = g_strdup (name);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  self->watch = kith_watch_new_args (context, "forms-of-calls", kinds, args, rows_cb, self);
  return GTK_WIDGET (self);
}

void
kith_queue_forms_window_open (KithQueueFormsWindow *self,
                              const char           *form)
{
  g_free (self->wanted);
  self->wanted = g_strdup (form);
  if (self->rows)
    open_wanted (self);
}
