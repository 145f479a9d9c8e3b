/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-queues-window.h"

#include <glib/gi18n.h>

#include "board/kith-queue-forms-window.h"
#include "board/kith-queue-links-window.h"
#include "board/kith-reasons-window.h"
#include "board/kith-statuses-window.h"
#include "directory/kith-form-window.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-named-lines.h"
#include "widgets/kith-switch-row.h"
#include "widgets/kith-unread.h"

struct _KithQueuesWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  GtkListBox *rows;
  KithSwitchRow *inactive;
  GtkStack *stack;
  KithUnread *unread;
  KithWatch *watch;
  GHashTable *counts; /* id of a queue → referrals in it, as they are now */
  guint n_active;
};

G_DEFINE_FINAL_TYPE (KithQueuesWindow, kith_queues_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *words, *action;
} choices[] = {
  { N_("Statuses…"), "queues.statuses" },
  { N_("For Which Services…"), "queues.links" },
  { N_("Questions Before a Referral…"), "queues.questions" },
  { N_("Questions to Callers…"), "queues.calls" },
  { N_("Rename…"), "queues.rename" },
  { N_("Deactivate…"), "queues.deactivate" },
};

/* What may be done with a queue, in words. Yours */
static GMenuModel *
menu_new (KithRow    *row,
          const char *description)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    kith_named_choice (menu, _(choices[i].words), choices[i].action, g_variant_new ("(sss)", kith_row_get_id (row), kith_row_get_text (row, "name"), description));
  return G_MENU_MODEL (menu);
}

/* How much is in the queue changes with every referral, and only its words do then. */
static void
put_line (KithQueuesWindow *self,
          KithRow          *row,
          guint             position)
{
  const char *name = kith_row_get_text (row, "name"), *description = kith_row_get_text (row, "description");
  gint64 n = kith_row_get_int (row, "n"), statuses = kith_row_get_int (row, "n_statuses");
  gboolean inactive = kith_row_get_int (row, "inactive") != 0;
  g_autofree char *referrals = g_strdup_printf (ngettext ("%d referral", "%d referrals", (gulong) n), (int) n);
  g_autofree char *lanes = g_strdup_printf (ngettext ("%d status", "%d statuses", (gulong) statuses), (int) statuses);
  g_autofree char *words = kith_format_join (referrals, lanes, inactive ? _("inactive") : description, inactive ? description : NULL);
  g_autofree char *again = g_strdup_printf (_("Use “%s” again"), name);
  g_autoptr (GMenuModel) menu = inactive ? NULL : menu_new (row, description ? description : "");
  const KithNamedThing thing = { .id = kith_row_get_id (row), .name = name, .words = words, .key = description, .menu = menu, .again = _("Use Again"),
                                 .again_label = again, .again_action = "queues.reactivate", .target = g_variant_new ("(sss)", kith_row_get_id (row), name, "") };

  kith_named_lines_put (self->rows, position, &thing);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithQueuesWindow *self = user_data;
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (self->rows));

  self->n_active = 0;
  g_hash_table_remove_all (self->counts);
  for (guint i = 0; i < rows->len; i++)
    {
      put_line (self, rows->pdata[i], i);
      g_hash_table_insert (self->counts, g_strdup (kith_row_get_id (rows->pdata[i])), GINT_TO_POINTER (kith_row_get_int (rows->pdata[i], "n")));
      self->n_active += kith_row_get_int (rows->pdata[i], "inactive") == 0;
    }
  kith_named_lines_end (self->rows, rows->len);
  kith_cards_return (GTK_WIDGET (self->rows), focused);
  gtk_stack_set_visible_child_name (self->stack, rows->len > 0 ? "list" : "none");
}

static void
look (KithQueuesWindow *self)
{
  static const char *const kinds[] = { "queue", "queue_status", "queue_item", "referral", NULL };

  g_clear_object (&self->watch);
  self->watch = kith_watch_new (self->context, "queues", kinds, kith_switch_row_get_active (self->inactive) ? "1" : "0", rows_cb, self);
}

/* What is typed outlives a lock. */
static void
ask (GtkWidget *window)
{
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
create_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);

  ask (kith_ask_window_new (GTK_WINDOW (self), self->context, "queue.create", _("New Queue"),
                            _("It begins with statuses from “Referred” to “Graduated”, which you can change."), _("Create"), _("Queue created"),
                            json_object_new (), NULL));
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);
  const char *id, *title, *description;

  g_variant_get (target, "(&s&s&s)", &id, &title, &description);
  ask (kith_ask_window_new (GTK_WINDOW (self), self->context, "queue.rename", _("Rename"), _("What was written before keeps the old name."), _("Rename"),
                            _("Queue renamed"), kith_json_new ("queue", "s", id, NULL),
                            kith_json_new ("name", "s", title, "description", "s", *description ? description : NULL, NULL)));
}

static void
statuses_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);
  const char *id, *title;

  g_variant_get (target, "(&s&s&s)", &id, &title, NULL);
  gtk_window_present (GTK_WINDOW (kith_statuses_window_new (GTK_WINDOW (self), self->context, id, title)));
}

static void
links_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);
  const char *id, *title;

  g_variant_get (target, "(&s&s&s)", &id, &title, NULL);
  gtk_window_present (GTK_WINDOW (kith_queue_links_window_new (GTK_WINDOW (self), self->context, id, title)));
}

static void
questions_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);
  const char *id, *title;

  g_variant_get (target, "(&s&s&s)", &id, &title, NULL);
  gtk_window_present (GTK_WINDOW (kith_form_window_new (GTK_WINDOW (self), self->context, "queue", id, title)));
}

static void
calls_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);
  const char *id, *title;

  g_variant_get (target, "(&s&s&s)", &id, &title, NULL);
  gtk_window_present (GTK_WINDOW (kith_queue_forms_window_new (GTK_WINDOW (self), self->context, id, title)));
}

static void
reasons_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (kith_reasons_window_new (GTK_WINDOW (self), self->context)));
}

static void
reactivate_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);
  const char *id;

  g_variant_get (target, "(&s&s&s)", &id, NULL, NULL);
  kith_context_submit (self->context, "queue.reactivate", kith_json_new ("queue", "s", id, NULL), _("The queue is in use again"), FALSE, NULL, NULL);
}

static void
response_cb (KithQueuesWindow *self,
             const char       *response,
             AdwMessageDialog *dialog)
{
  if (g_str_equal (response, "deactivate"))
    kith_context_submit (self->context, "queue.deactivate",
                         kith_json_new ("queue", "s", (const char *) g_object_get_data (G_OBJECT (dialog), "queue"), NULL), _("Queue deactivated"), FALSE, NULL,
                         NULL);
}

/* P2: the warning says what is still in it. */
static void
deactivate_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (widget);
  const char *id, *title;
  int n;
  GtkWidget *dialog;
  g_autofree char *heading = NULL;
  g_autofree char *stays = NULL;
  g_autofree char *body = NULL;

  g_variant_get (target, "(&s&s&s)", &id, &title, NULL);
  n = GPOINTER_TO_INT (g_hash_table_lookup (self->counts, id));
  heading = g_strdup_printf (_("Deactivate “%s”?"), title);
  stays = n > 0 ? g_strdup_printf (ngettext ("%d referral that you see is still in it. It stays and can be moved on, but nothing new comes in.",
                                            "%d referrals that you see are still in it. They stay and can be moved on, but nothing new comes in.", (gulong) n), n)
               : g_strdup (_("You see nothing in it. Nothing new comes in until it is used again."));
  /* P3 */
  body = self->n_active > 1 ? g_strdup (stays)
                            : g_strjoin (" ", stays, _("It is the last queue in use: until there is one again, no account of the provider portal can be added. Those there are go on with what they have."), NULL);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Keep It"), "deactivate", _("_Deactivate"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "deactivate", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "queue", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
kith_queues_window_dispose (GObject *object)
{
  KithQueuesWindow *self = KITH_QUEUES_WINDOW (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_QUEUES_WINDOW);
  G_OBJECT_CLASS (kith_queues_window_parent_class)->dispose (object);
}

static void
kith_queues_window_class_init (KithQueuesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_queues_window_dispose;
  g_type_ensure (KITH_TYPE_UNREAD);
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-queues-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithQueuesWindow, rows);
  gtk_widget_class_bind_template_child (widget_class, KithQueuesWindow, inactive);
  gtk_widget_class_bind_template_child (widget_class, KithQueuesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KithQueuesWindow, unread);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_install_action (widget_class, "queues.create", NULL, create_action);
  gtk_widget_class_install_action (widget_class, "queues.rename", "(sss)", rename_action);
  gtk_widget_class_install_action (widget_class, "queues.statuses", "(sss)", statuses_action);
  gtk_widget_class_install_action (widget_class, "queues.links", "(sss)", links_action);
  gtk_widget_class_install_action (widget_class, "queues.questions", "(sss)", questions_action);
  gtk_widget_class_install_action (widget_class, "queues.calls", "(sss)", calls_action);
  gtk_widget_class_install_action (widget_class, "queues.reasons", NULL, reasons_action);
  gtk_widget_class_install_action (widget_class, "queues.deactivate", "(sss)", deactivate_action);
  gtk_widget_class_install_action (widget_class, "queues.reactivate", "(sss)", reactivate_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kith_queues_window_init (KithQueuesWindow *self)
{
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_queues_window_new:
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_queues_window_new (GtkWindow   *parent,
                        KithContext *context)
{
  KithQueuesWindow *self = g_object_new (KITH_TYPE_QUEUES_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  kith_unread_set_context (self->unread, context);
  look (self);
  return GTK_WIDGET (self);
}
