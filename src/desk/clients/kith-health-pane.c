/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-health-pane.h"

#include <glib/gi18n.h>

#include "kith-actor.h"
#include "kith-client-view-private.h"
#include "kith-format.h"
#include "widgets/kith-health-notice.h"

struct _KithHealthPane
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *hidden, *group, *none, *notice;
  GtkBox *cards;
  KithWatch *watch;
  GPtrArray *rows; /* (element-type KithRow) of the query; NULL: not told yet */
  gboolean ours; /* the agency's own client */
  gboolean linked; /* what another agency's record of the same client says stands there as well */
  gboolean open;
};

G_DEFINE_FINAL_TYPE (KithHealthPane, kith_health_pane, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_OPEN,
};

static gboolean
may_see (KithHealthPane *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  return actor && actor->health;
}

/* Never blank: why nothing is shown, and who can change that. */
static void
update_hidden (KithHealthPane *self)
{
  const char *title = _("Hidden by Consent");
  const char *words = _("No consent in force shares this client’s health information with your agency.");

  if (!may_see (self))
    {
      title = _("Hidden");
      words = _("Only those who are allowed to see health information read it here, and your account is not. Your agency’s administrator can allow it.");
    }
  else if (self->ours)
    {
      title = _("Not Here Yet");
      words = _("It comes to this computer with the next contact with the hub.");
    }
  adw_status_page_set_title (ADW_STATUS_PAGE (self->hidden), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->hidden), words);
  gtk_widget_set_visible (self->hidden, !self->open);
  gtk_widget_set_visible (self->group, self->open);
  gtk_widget_set_visible (self->notice, self->open && (!self->ours || self->linked)); /* C7 */
}

static void
show (KithHealthPane *self)
{
  GPtrArray *rows = self->rows;
  gboolean open = FALSE, any = FALSE, linked = FALSE;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))))
    gtk_box_remove (self->cards, child);
  for (guint i = 0; rows && i < rows->len && may_see (self); i++)
    {
      KithRow *row = rows->pdata[i];
      JsonObject *body = kith_row_body (row, "body");
      const char *number = kith_row_get_text (row, "number"), *agency = kith_row_get_text (row, "agency_name");
      gboolean own = kith_row_get_int (row, "own") != 0;
      GtkWidget *facts = g_object_new (KITH_TYPE_FACTS, NULL);
      /* Translators: the number of a record and its agency */
      g_autofree char *source = own ? NULL : g_strdup_printf (_("%s of %s"), number ? number : _("The record"), agency ? agency : _("another agency"));

      open = open || own;
      linked = linked || (!own && body);
      kith_facts_clear (KITH_FACTS (facts));
      kith_facts_set_title (KITH_FACTS (facts), source);
      if (body)
        kith_client_add_fields (KITH_FACTS (facts), kith_kind_get ("client_health"), NULL, body,
                                kith_row_get_text (row, "before") ? kith_row_body (row, "before") : NULL);
      any = any || (own && gtk_widget_get_visible (facts));
      gtk_box_append (self->cards, facts);
    }
  gtk_widget_set_visible (self->none, !any);
  self->linked = linked;
  if (open != self->open)
    {
      self->open = open;
      g_object_notify (G_OBJECT (self), "open");
    }
  update_hidden (self);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithHealthPane *self = user_data;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_ref (rows);
  show (self);
}

/* U23: the flag was given, or taken away. */
static void
actor_changed_cb (KithHealthPane *self)
{
  if (self->context)
    show (self);
}

static void
kith_health_pane_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  g_value_set_boolean (value, KITH_HEALTH_PANE (object)->open);
}

static void
kith_health_pane_dispose (GObject *object)
{
  KithHealthPane *self = KITH_HEALTH_PANE (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_health_pane_parent_class)->dispose (object);
}

static void
kith_health_pane_class_init (KithHealthPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_health_pane_dispose;
  G_OBJECT_CLASS (klass)->get_property = kith_health_pane_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_OPEN,
                                   g_param_spec_boolean ("open", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
kith_health_pane_init (KithHealthPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->hidden = adw_status_page_new ();
  gtk_widget_add_css_class (self->hidden, "compact");
  gtk_widget_set_size_request (self->hidden, -1, 200); /* it would scroll inside itself */
  gtk_widget_set_name (self->hidden, "health-hidden");
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("Health information"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), _("Only those who are allowed to see health information read this."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->group), kith_client_list_button_new (N_("Change"), "client.health"));
  self->cards = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->none = gtk_label_new (_("Nothing recorded yet."));
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_widget_add_css_class (self->none, "meta");
  gtk_widget_set_margin_bottom (self->none, 12); /* below it stands another agency's */
  self->notice = kith_health_notice_new ();
  gtk_widget_set_margin_bottom (self->notice, 12);
  gtk_widget_set_visible (self->notice, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->notice);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->none);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), GTK_WIDGET (self->cards));
  gtk_box_append (GTK_BOX (box), self->hidden);
  gtk_box_append (GTK_BOX (box), self->group);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
kith_health_pane_new (KithContext *context)
{
  KithHealthPane *self = g_object_new (KITH_TYPE_HEALTH_PANE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (actor_changed_cb), self, G_CONNECT_SWAPPED);
  update_hidden (self);
  return GTK_WIDGET (self);
}

void
kith_health_pane_set_client (KithHealthPane *self,
                               const char       *id)
{
  /* With a consent or an assignment the part itself comes and goes. */
  static const char *const kinds[] = { "client_health", "client", "match", "consent", "assignment", NULL };
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  g_clear_object (&self->watch);
  rows_cb (nothing, self); /* nobody sees that of the client before */
  if (id)
    self->watch = kith_watch_new (self->context, "client-health", kinds, id, rows_cb, self);
}

void
kith_health_pane_show_client (KithHealthPane *self,
                                JsonObject       *body)
{
  self->ours = body && g_strcmp0 (kith_json_string (body, "agency"), kith_context_get_agency (self->context)) == 0;
  update_hidden (self);
}

gboolean
kith_health_pane_is_open (KithHealthPane *self)
{
  return self->open;
}
