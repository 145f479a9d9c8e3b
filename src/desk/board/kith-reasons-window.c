/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-reasons-window.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-id.h"
#include "kith-referral-rules.h"
#include "kith-watch.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-unread.h"

struct _KithReasonsWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  GtkListBox *declines, *outcomes;
  GtkStack *stack;
  KithUnread *unread;
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithReasonsWindow, kith_reasons_window, ADW_TYPE_WINDOW)

/* One entry as it stands: of Kith's own there may be no record yet. */
typedef struct
{
  const char *list, *code, *id, *name; /* name: as it is called */
  gboolean builtin, renamed, retired;
  int version;
} Entry;

#define ENTRY "(sssssi)" /* id, list, code, name (NULL as "": as Kith calls it), what the code is called, version */

static GVariant *
entry_target (const Entry *entry, const char *name, const char *code_name)
{
  return g_variant_new (ENTRY, entry->id, entry->list, entry->code, name ? name : "", code_name, entry->version);
}

/* ---- the list */

static void
add_choice (GMenu *menu, const char *words, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GtkWidget *
menu_button_new (const Entry *entry, const char *code_name)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_("Change “%s”"), entry->name);
  const char *name = entry->builtin && !entry->renamed ? NULL : entry->name;

  if (entry->builtin)
    add_choice (menu, _("Add Words for It…"), "reasons.add", entry_target (entry, NULL, entry->name));
  add_choice (menu, _("Rename…"), "reasons.rename", entry_target (entry, entry->name, code_name));
  if (entry->builtin && entry->renamed)
    add_choice (menu, _("Use Kith’s Own Words"), "reasons.reset", entry_target (entry, NULL, code_name));
  if (!entry->builtin || g_strcmp0 (entry->code, "other") != 0)
    add_choice (menu, _("Stop Offering"), "reasons.stop", entry_target (entry, name, code_name));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Change"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
offer_again_new (const Entry *entry, const char *code_name)
{
  GtkWidget *button = gtk_button_new_with_label (_("Offer Again"));
  g_autofree char *label = g_strdup_printf (_("Offer “%s” again"), entry->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "reasons.offer");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), entry_target (entry, entry->builtin && !entry->renamed ? NULL : entry->name, code_name));
  return button;
}

/* What it counts as, and where that leads: "Counts as “No capacity” · Service’s side" */
static char *
subtitle (const Entry *entry, const char *code_name)
{
  const char *phase = g_str_equal (entry->list, "outcome") ? kith_referral_outcome_phase (entry->code) : NULL;
  gboolean resolved = g_strcmp0 (phase, "closed_resolved") == 0;
  const char *end = !phase ? NULL : resolved ? _("Resolved") : _("Not resolved");
  const char *side = resolved ? NULL : kith_format_code ("reason_side", kith_referral_end_side (entry->list, entry->code));
  g_autofree char *counts = !entry->builtin ? g_strdup_printf (_("Counts as “%s”"), code_name)
                            : entry->renamed ? g_strdup_printf (_("Kith’s “%s”"), kith_format_code (entry->list, entry->code)) : NULL;

  return kith_format_join (entry->retired ? _("Not offered") : NULL, counts, end, side);
}

static void
add_line (GtkListBox *box, const Entry *entry, const char *code_name)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *words = subtitle (entry, code_name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), entry->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), entry->retired ? offer_again_new (entry, code_name) : menu_button_new (entry, code_name));
  gtk_list_box_append (box, line);
}

static void
read_row (KithRow *row, Entry *entry)
{
  entry->id = kith_row_get_id (row);
  entry->builtin = kith_row_get_int (row, "builtin") != 0;
  entry->retired = kith_row_get_int (row, "retired") != 0;
  entry->version = (int) kith_row_get_int (row, "version");
  entry->renamed = kith_row_get_text (row, "name") != NULL;
  if (entry->renamed)
    entry->name = kith_row_get_text (row, "name");
}

static gboolean
is_of (KithRow *row, const char *list, const char *code, gboolean builtin)
{
  return g_strcmp0 (kith_row_get_text (row, "list"), list) == 0 && g_strcmp0 (kith_row_get_text (row, "code"), code) == 0 &&
         (kith_row_get_int (row, "builtin") != 0) == builtin;
}

static void
show_code (GtkListBox *box, GPtrArray *rows, const char *list, const char *code)
{
  g_autofree char *key = g_strconcat (list, ":", code, NULL), *id = kith_id_natural ("reason_term", key);
  Entry own = { .list = list, .code = code, .id = id, .name = kith_format_code (list, code), .builtin = TRUE };

  for (guint i = 0; i < rows->len; i++)
    if (is_of (rows->pdata[i], list, code, TRUE))
      read_row (rows->pdata[i], &own);
  add_line (box, &own, own.name);
  for (guint i = 0; i < rows->len; i++)
    if (is_of (rows->pdata[i], list, code, FALSE))
      {
        Entry entry = { .list = list, .code = code };

        read_row (rows->pdata[i], &entry);
        add_line (box, &entry, own.name);
      }
}

static void
show_list (GtkListBox *box, GPtrArray *rows, const char *list)
{
  const KithVocabulary *codes = kith_vocabulary_get (list);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_list_box_remove (box, child);
  for (guint i = 0; i < kith_vocabulary_size (codes); i++)
    show_code (box, rows, list, kith_vocabulary_code (codes, i));
}

static void
rows_cb (GPtrArray *rows, gpointer user_data)
{
  KithReasonsWindow *self = user_data;

  show_list (self->declines, rows, "decline_reason");
  show_list (self->outcomes, rows, "outcome");
  gtk_stack_set_visible_child_name (self->stack, "list");
}

/* ---- changes */

/* Yours: what stays of it; id NULL: a new one. */
static JsonObject *
put_args (const char *id, const char *list, const char *code, gboolean retired, int version)
{
  return kith_json_new ("id", "s", id, "list", "s", list, "code", "s", code, "retired", "b", retired, "seen", "i", (gint64) version, NULL);
}

/* What is typed outlives a lock. */
static void
ask (GtkWidget *window, const char *of)
{
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", of);
  gtk_window_present (GTK_WINDOW (window));
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *target)
{
  KithReasonsWindow *self = KITH_REASONS_WINDOW (widget);
  const char *id, *list, *code, *code_name;
  g_autofree char *words = NULL;

  g_variant_get (target, "(&s&s&s&s&si)", &id, &list, &code, NULL, &code_name, NULL);
  words = g_strdup_printf (_("Offered to everybody in the network. In numbers and reports it counts as “%s”, for good. Nothing about a person’s health belongs here."), code_name);
  ask (kith_ask_window_new (GTK_WINDOW (self), self->context, "reason.put", _("Add Words"), words, _("Add"), _("Words added"),
                            put_args (NULL, list, code, FALSE, 0), NULL), id);
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *target)
{
  KithReasonsWindow *self = KITH_REASONS_WINDOW (widget);
  const char *id, *list, *code, *before;
  int version;

  g_variant_get (target, "(&s&s&s&s&si)", &id, &list, &code, &before, NULL, &version);
  ask (kith_ask_window_new (GTK_WINDOW (self), self->context, "reason.put", _("Rename"),
                            _("What was declined or closed before keeps the words it had."), _("Rename"), _("Renamed"), put_args (id, list, code, FALSE, version),
                            kith_json_new ("name", "s", before, NULL)), id);
}

/* reasons.reset, .stop, .offer */
static void
put_action (GtkWidget *widget, const char *name, GVariant *target)
{
  KithReasonsWindow *self = KITH_REASONS_WINDOW (widget);
  const char *id, *list, *code, *words;
  gboolean stop = g_str_equal (name, "reasons.stop");
  JsonObject *args;
  int version;

  g_variant_get (target, "(&s&s&s&s&si)", &id, &list, &code, &words, NULL, &version);
  args = put_args (id, list, code, stop, version);
  if (*words)
    json_object_set_string_member (args, "name", words);
  kith_context_submit (self->context, "reason.put", args, stop ? _("Not offered any more") : g_str_equal (name, "reasons.offer") ? _("Offered again") : _("Renamed"),
                       FALSE, NULL, NULL);
}

/* ---- life */

static void
kith_reasons_window_dispose (GObject *object)
{
  KithReasonsWindow *self = KITH_REASONS_WINDOW (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_REASONS_WINDOW);
  G_OBJECT_CLASS (kith_reasons_window_parent_class)->dispose (object);
}

static void
kith_reasons_window_class_init (KithReasonsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_reasons_window_dispose;
  g_type_ensure (KITH_TYPE_UNREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-reasons-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithReasonsWindow, declines);
  gtk_widget_class_bind_template_child (widget_class, KithReasonsWindow, outcomes);
  gtk_widget_class_bind_template_child (widget_class, KithReasonsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KithReasonsWindow, unread);
  gtk_widget_class_install_action (widget_class, "reasons.add", ENTRY, add_action);
  gtk_widget_class_install_action (widget_class, "reasons.rename", ENTRY, rename_action);
  gtk_widget_class_install_action (widget_class, "reasons.reset", ENTRY, put_action);
  gtk_widget_class_install_action (widget_class, "reasons.stop", ENTRY, put_action);
  gtk_widget_class_install_action (widget_class, "reasons.offer", ENTRY, put_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kith_reasons_window_init (KithReasonsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_reasons_window_new:
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_reasons_window_new (GtkWindow *parent, KithContext *context)
{
  static const char *const kinds[] = { "reason_term", NULL };
  KithReasonsWindow *self = g_object_new (KITH_TYPE_REASONS_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  kith_unread_set_context (self->unread, context);
  self->watch = kith_watch_new (context, "reason-terms", kinds, "", rows_cb, self);
  return GTK_WIDGET (self);
}
