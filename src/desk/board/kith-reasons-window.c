/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-reasons-window.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-id.h"
#include "kith-referral-rules.h"
#include "kith-watch.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-named-lines.h"
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

/* What may be done with it. Yours */
static GMenuModel *
menu_new (const Entry *entry, const char *code_name)
{
  GMenu *menu = g_menu_new ();
  const char *name = entry->builtin && !entry->renamed ? NULL : entry->name;

  if (entry->builtin)
    kith_named_choice (menu, _("Add Words for It…"), "reasons.add", entry_target (entry, NULL, entry->name));
  kith_named_choice (menu, _("Rename…"), "reasons.rename", entry_target (entry, entry->name, code_name));
  if (entry->builtin && entry->renamed)
    kith_named_choice (menu, _("Use Kith’s Own Words"), "reasons.reset", entry_target (entry, NULL, code_name));
  if (!entry->builtin || g_strcmp0 (entry->code, "other") != 0)
    kith_named_choice (menu, _("Stop Offering"), "reasons.stop", entry_target (entry, name, code_name));
  return G_MENU_MODEL (menu);
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
put_line (GtkListBox *box, guint position, const Entry *entry, const char *code_name)
{
  g_autoptr (GMenuModel) menu = entry->retired ? NULL : menu_new (entry, code_name);
  g_autofree char *words = subtitle (entry, code_name);
  g_autofree char *again = g_strdup_printf (_("Offer “%s” again"), entry->name);
  g_autofree char *key = g_strdup_printf ("%d %d %s", entry->version, entry->renamed, code_name);
  const KithNamedThing thing = { .id = entry->id, .name = entry->name, .words = words, .key = key, .menu = menu, .again = _("Offer Again"), .again_label = again,
                                 .again_action = "reasons.offer",
                                 .target = entry_target (entry, entry->builtin && !entry->renamed ? NULL : entry->name, code_name) };

  kith_named_lines_put (box, position, &thing);
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

/* Kith's own and the words that count as it, from the position on. Returns: where the next stands */
static guint
show_code (GtkListBox *box, guint position, GPtrArray *rows, const char *list, const char *code)
{
  g_autofree char *key = g_strconcat (list, ":", code, NULL), *id = kith_id_natural ("reason_term", key);
  Entry own = { .list = list, .code = code, .id = id, .name = kith_format_code (list, code), .builtin = TRUE };

  for (guint i = 0; i < rows->len; i++)
    if (is_of (rows->pdata[i], list, code, TRUE))
      read_row (rows->pdata[i], &own);
  put_line (box, position++, &own, own.name);
  for (guint i = 0; i < rows->len; i++)
    if (is_of (rows->pdata[i], list, code, FALSE))
      {
        Entry entry = { .list = list, .code = code };

        read_row (rows->pdata[i], &entry);
        put_line (box, position++, &entry, own.name);
      }
  return position;
}

static void
show_list (GtkListBox *box, GPtrArray *rows, const char *list)
{
  const KithVocabulary *codes = kith_vocabulary_get (list);
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (box));
  guint n = 0;

  for (guint i = 0; i < kith_vocabulary_size (codes); i++)
    n = show_code (box, n, rows, list, kith_vocabulary_code (codes, i));
  kith_named_lines_end (box, n);
  kith_cards_return (GTK_WIDGET (box), focused);
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
