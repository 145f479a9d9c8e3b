/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-notices.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-watch.h"

struct _KithAttentionNotices
{
  AdwBin parent_instance;
  KithContext *context;
  KithWatch *watch;
  GtkListBox *list;
  guint n;
};

G_DEFINE_FINAL_TYPE (KithAttentionNotices, kith_attention_notices, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
read_cb (GtkButton            *button,
         KithAttentionNotices *self)
{
  kith_context_submit (self->context, "notice.read", kith_json_new ("notice", "s", g_object_get_data (G_OBJECT (button), "notice"), NULL), NULL, FALSE,
                       NULL, NULL);
}

static void
add_button (GtkWidget  *row,
            const char *label,
            const char *place)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* The target first: a name whose action wants one is complained about. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (KithAttentionNotices *self,
         KithRow              *notice)
{
  const char *client = kith_row_get_text (notice, "client"), *referral = kith_row_get_text (notice, "referral");
  const char *type = kith_row_get_text (notice, "type"), *number = kith_row_get_text (notice, "number");
  g_autofree char *when = kith_format_time (kith_row_get_text (notice, "at"), kith_context_get_now (self->context));
  g_autofree char *title = g_strdup_printf ("%s: %s", number ? number : "", kith_format_code ("notice_type", type));
  GtkWidget *row = adw_action_row_new (), *read = gtk_button_new_from_icon_name ("object-select-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when ? when : "");
  if (client && kith_row_get_int (notice, "here"))
    {
      gboolean renew = g_strcmp0 (type, "consent_expiring") == 0 || g_strcmp0 (type, "consent_expired") == 0;
      g_autofree char *place = g_strconcat (renew ? "clients/renew:" : "clients/", client, NULL);

      add_button (row, renew ? _("Renew") : C_("verb", "Open"), place);
    }
  else if (referral)
    {
      g_autofree char *place = g_strconcat ("inbox/", referral, NULL);

      add_button (row, C_("verb", "Open"), place);
    }
  gtk_widget_set_valign (read, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (read, "flat");
  gtk_widget_set_tooltip_text (read, _("Read"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (read), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Read"), -1);
  gtk_widget_set_name (read, kith_row_get_id (notice));
  g_object_set_data_full (G_OBJECT (read), "notice", g_strdup (kith_row_get_id (notice)), g_free);
  g_signal_connect_object (read, "clicked", G_CALLBACK (read_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), read);
  return row;
}

static void
notices_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithAttentionNotices *self = user_data;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->list, row_new (self, rows->pdata[i]));
  self->n = rows->len;
  gtk_widget_set_visible (GTK_WIDGET (self), self->n > 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

guint
kith_attention_notices_count (KithAttentionNotices *self)
{
  return self->n;
}

static void
kith_attention_notices_dispose (GObject *object)
{
  KithAttentionNotices *self = KITH_ATTENTION_NOTICES (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_attention_notices_parent_class)->dispose (object);
}

static void
kith_attention_notices_class_init (KithAttentionNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_attention_notices_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_attention_notices_init (KithAttentionNotices *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("About consents"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* As in the lists of clients: on a new computer the first fill tells who this is. */
static void
actor_changed_cb (KithAttentionNotices *self)
{
  kith_watch_set_arg (self->watch, kith_context_get_user (self->context));
}

GtkWidget *
kith_attention_notices_new (KithContext *context)
{
  static const char *const kinds[] = { "notice", "client", NULL };
  KithAttentionNotices *self = g_object_new (KITH_TYPE_ATTENTION_NOTICES, NULL);

  self->context = g_object_ref (context);
  self->watch = kith_watch_new (context, "consent-notices", kinds, kith_context_get_user (context), notices_cb, self);
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (actor_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
