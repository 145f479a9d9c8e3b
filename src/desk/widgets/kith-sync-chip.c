/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-sync-chip.h"

#include <glib/gi18n.h>

#include "kith-format.h"

#define MOST_CHARS 34

struct _KithSyncChip
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *button;
  GtkImage *image;
  GtkLabel *label;
  char *tone;
  gboolean compact;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (KithSyncChip, kith_sync_chip, ADW_TYPE_BIN)

char *
kith_sync_words (KithSyncState state,
                 guint         waiting,
                 guint         attention,
                 gboolean      filling,
                 gint64        last_contact_ms,
                 gint64        offline_since_ms,
                 gint64        now_ms,
                 const char  **icon_name,
                 const char  **tone)
{
  g_autofree char *since = offline_since_ms ? kith_format_when (offline_since_ms, now_ms) : NULL;
  g_autofree char *last = last_contact_ms ? kith_format_when (last_contact_ms, now_ms) : NULL;
  g_autofree char *words = NULL;

  *tone = "";
  if (attention > 0)
    {
      *icon_name = "dialog-warning-symbolic";
      *tone = "warn";
      /* Translators: so many refused changes wait for this person */
      return g_strdup_printf (ngettext ("%u needs you", "%u need you", attention), attention);
    }
  if (state == KITH_SYNC_SIGN_IN)
    {
      *icon_name = "dialog-password-symbolic";
      *tone = "warn";
      return g_strdup (_("Sign in to send"));
    }
  if (state == KITH_SYNC_OFFLINE)
    {
      *icon_name = "network-offline-symbolic";
      /* The hour of yesterday helps nobody, and a header has little room. */
      if (since && strchr (since, ' ') && strchr (since, ':'))
        words = g_strdup (_("Offline since yesterday"));
      else
        words = since ? g_strdup_printf (_("Offline since %s"), since) : g_strdup (_("Offline"));
      /* Translators: "Offline since 13:40", then how many changes are not with the hub yet */
      return waiting > 0 ? g_strdup_printf (ngettext ("%s, %u waiting", "%s, %u waiting", waiting), words, waiting) : g_steal_pointer (&words);
    }
  if (waiting > 0)
    {
      *icon_name = "view-refresh-symbolic";
      *tone = "accent";
      return g_strdup_printf (ngettext ("Sending %u…", "Sending %u…", waiting), waiting);
    }
  if (filling)
    {
      *icon_name = "folder-download-symbolic";
      *tone = "accent";
      return g_strdup (_("Being filled…"));
    }
  if (state == KITH_SYNC_SLOW)
    {
      *icon_name = "view-refresh-symbolic";
      return g_strdup (_("Catching up slowly"));
    }
  if (!last)
    {
      *icon_name = "view-refresh-symbolic";
      return g_strdup (_("Connecting…"));
    }
  *icon_name = "object-select-symbolic";
  *tone = "good";
  return g_strdup_printf (_("Up to date %s"), last);
}

/* For a header that has a title and buttons beside it; the whole sentence is read out, and shown to a pointer, all the same. */
static char *
short_words (const char   *words,
             KithSyncState state,
             guint         waiting,
             guint         attention,
             gboolean      filling,
             gint64        last_contact_ms,
             gint64        now_ms)
{
  if (attention > 0)
    return g_strdup (words);
  if (state == KITH_SYNC_SIGN_IN)
    return g_strdup (_("Sign in"));
  if (state == KITH_SYNC_OFFLINE)
    /* Translators: how many changes wait to be sent */
    return waiting > 0 ? g_strdup_printf (_("Offline, %u"), waiting) : g_strdup (_("Offline"));
  if (waiting > 0 || filling || !last_contact_ms)
    return g_strdup (words);
  if (state == KITH_SYNC_SLOW)
    /* Translators: a hub that answers slowly */
    return g_strdup (_("Slow"));
  return kith_format_when (last_contact_ms, now_ms);
}

/* Name and target one after the other, so that never the one's target goes with the other's name. */
static void
set_action (KithSyncChip *self,
            gboolean      password_changed,
            gboolean      offline)
{
  GtkActionable *button = GTK_ACTIONABLE (self->button);
  const char *name = password_changed ? "win.password" : offline ? "win.connection" : "win.go";

  if (g_strcmp0 (gtk_actionable_get_action_name (button), name) == 0)
    return;
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, password_changed || offline ? NULL : g_variant_new_string ("attention"));
  gtk_actionable_set_action_name (button, name);
}

char *
kith_sync_next_words (gint64 next_ms,
                      gint64 now_ms)
{
  gint64 seconds = (next_ms - now_ms + 999) / 1000;

  if (next_ms == 0)
    return g_strdup (_("Ctrl+R asks the hub now."));
  if (seconds < 1)
    return g_strdup (_("Asking the hub…"));
  if (seconds < 90)
    return g_strdup_printf (ngettext ("Next try in %d s; Ctrl+R asks the hub now.", "Next try in %d s; Ctrl+R asks the hub now.", seconds), (int) seconds);
  return g_strdup_printf (ngettext ("Next try in %d min; Ctrl+R asks the hub now.", "Next try in %d min; Ctrl+R asks the hub now.", (seconds + 30) / 60), (int) ((seconds + 30) / 60));
}

/* How long one waits still is said as of the moment that somebody points there. */
static gboolean
tooltip_cb (KithSyncChip *self,
            int           x,
            int           y,
            gboolean      keyboard,
            GtkTooltip   *tooltip)
{
  const char *words = gtk_widget_get_tooltip_text (self->button);
  g_autofree char *next = NULL;
  g_autofree char *both = NULL;
  KithSyncState state;
  gint64 next_ms;

  if (!self->context || !words)
    return FALSE;
  g_object_get (kith_context_get_desktop (self->context), "sync-state", &state, "next-try", &next_ms, NULL);
  if (state != KITH_SYNC_OFFLINE)
    return FALSE;
  next = kith_sync_next_words (next_ms, kith_context_get_now (self->context));
  both = g_strconcat (words, "\n", next, NULL);
  gtk_tooltip_set_text (tooltip, both);
  return TRUE;
}

static void
refresh (KithSyncChip *self)
{
  KithDesktop *desktop = kith_context_get_desktop (self->context);
  g_autofree char *words = NULL;
  g_autofree char *shown = NULL;
  const char *icon_name, *tone;
  KithSyncState state;
  gboolean password_changed, closed, revoked, too_long, filling;
  guint waiting, attention;
  gint64 last, since;

  g_object_get (desktop, "password-changed", &password_changed, "sync-state", &state, "waiting", &waiting,
                "last-contact", &last, "offline-since", &since, "account-closed", &closed, "computer-revoked", &revoked, "filling", &filling, NULL);
  attention = kith_context_get_needing (self->context);
  words = kith_sync_words (state, waiting, attention, filling, last, since, kith_context_get_now (self->context), &icon_name, &tone);
  if (closed && attention == 0)
    {
      g_free (words);
      words = g_strdup (revoked ? _("Computer revoked") : _("Account closed"));
      icon_name = "action-unavailable-symbolic";
    }
  set_action (self, password_changed, state == KITH_SYNC_OFFLINE && attention == 0);
  gtk_image_set_from_icon_name (self->image, icon_name);
  shown = self->compact ? short_words (words, state, waiting, attention, filling, last, kith_context_get_now (self->context)) : g_strdup (words);
  gtk_label_set_text (self->label, shown);
  /* A header gives a label no more than it asks for at least: what is not too long asks for just its words, and the chip ends where they do. */
  too_long = !self->compact && g_utf8_strlen (shown, -1) > MOST_CHARS;
  gtk_label_set_ellipsize (self->label, too_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->label, too_long ? MOST_CHARS : -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (self->tone)
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), self->tone);
  g_free (self->tone);
  self->tone = *tone ? g_strdup (tone) : NULL;
  if (self->tone)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), self->tone);
}

static gboolean
refresh_cb (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * kith_sync_chip_set_context:
 * @context: kept. Once: the chip then follows the desktop's state.
 */
void
kith_sync_chip_set_context (KithSyncChip *self,
                            KithContext  *context)
{
  KithDesktop *desktop = kith_context_get_desktop (context);
  static const char *const watched[] = { "notify::sync-state", "notify::waiting", "notify::attention", "notify::last-contact",
                                         "notify::offline-since", "notify::password-changed", "notify::filling",
                                         "notify::account-closed" };

  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (desktop, watched[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  self->refresh_id = g_timeout_add_seconds (60, refresh_cb, self); /* "14:02" becomes "Yesterday 14:02" */
  g_signal_connect_object (context, "needing-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/* Returns: whether it says little, because the header has more in it */
gboolean
kith_sync_chip_get_compact (KithSyncChip *self)
{
  return self->compact;
}

void
kith_sync_chip_set_compact (KithSyncChip *self,
                            gboolean      compact)
{
  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (self->button, "compact");
  else
    gtk_widget_remove_css_class (self->button, "compact");
  if (self->context)
    refresh (self);
}

static void
kith_sync_chip_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  kith_sync_chip_set_compact (KITH_SYNC_CHIP (object), g_value_get_boolean (value));
}

static void
kith_sync_chip_dispose (GObject *object)
{
  KithSyncChip *self = KITH_SYNC_CHIP (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL); /* a bound direct child: the bin must not unparent it again */
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SYNC_CHIP);
  g_clear_object (&self->context);
  g_clear_pointer (&self->tone, g_free);
  G_OBJECT_CLASS (kith_sync_chip_parent_class)->dispose (object);
}

static void
kith_sync_chip_class_init (KithSyncChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_sync_chip_dispose;
  G_OBJECT_CLASS (klass)->set_property = kith_sync_chip_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/widgets/kith-sync-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, KithSyncChip, button);
  gtk_widget_class_bind_template_child (widget_class, KithSyncChip, image);
  gtk_widget_class_bind_template_child (widget_class, KithSyncChip, label);
}

static void
kith_sync_chip_init (KithSyncChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->button, "query-tooltip", G_CALLBACK (tooltip_cb), self, G_CONNECT_SWAPPED);
}
