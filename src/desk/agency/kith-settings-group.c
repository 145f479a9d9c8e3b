/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agency/kith-settings-group.h"

#include <glib/gi18n.h>

#include "agency/kith-account-window.h"
#include "kith-draft.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"

struct _KithSettingsGroup
{
  AdwPreferencesGroup parent_instance;
  KithContext *context;
  char *agency;
  AdwBin *rows_place;
  KithFieldRows *rows;
  GtkLabel *told; /* what others decide */
  GtkLabel *problem, *restored;
  GtkWidget *save;
  JsonObject *before; /* what the rows are compared with: as the hub has it, or had it when a draft was begun; empty: nothing was ever said */
  KithDraft *draft;
  KithWatch *watch;
  gboolean here, edited, busy;
};

G_DEFINE_FINAL_TYPE (KithSettingsGroup, kith_settings_group, ADW_TYPE_PREFERENCES_GROUP)

static const KithFieldChoice of_agency[] = {
  { "response_days", N_("Working days to answer (2 if empty)") },
  { "grace_days", N_("Working days of grace (2 if empty)") },
  { "consent_term_days", N_("Days of a consent (365 if empty)") },
  { "time_zone", N_("Time zone, like America/Los_Angeles") },
  { "lock_minutes", N_("Most minutes until a desk locks") },
  { "offline_hours", N_("Most hours without the hub (168 if empty)") },
  { "narrow", NULL },
  { "note_templates", NULL },
};

/* Its supervisors' too. */
static const KithFieldChoice of_supervisors[] = {
  { "note_templates", NULL },
};

/* Of 2-1-1 itself, which answers what goes to a queue alone. */
static const KithFieldChoice of_staff[] = {
  { "response_days", N_("Working days to answer (2 if empty)") },
  { "grace_days", N_("Working days of grace (2 if empty)") },
  { "time_zone", N_("Time zone, like America/Los_Angeles") },
};

/* The network's to say (agency.configure). */
static const KithFieldChoice of_network[] = {
  { "confirm_declines", N_("A supervisor confirms each decline (two steps)") },
  { "victim_service", NULL },
};

static gboolean
is_network (KithSettingsGroup *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  return actor && actor->level == KITH_LEVEL_NETWORK;
}

static void
tell (KithSettingsGroup *self,
      const char         *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

/* What agency.configure takes: each setting as it is to be, null where it is to be said no more. Yours */
static JsonObject *
collect_set (KithSettingsGroup *self)
{
  g_autoptr (JsonObject) changes = json_object_new ();
  g_autoptr (GList) names = NULL;
  JsonObject *set = json_object_new ();

  kith_field_rows_add_changes (self->rows, self->before, changes);
  names = json_object_get_members (changes);
  for (GList *l = names; l; l = l->next)
    json_object_set_member (set, l->data, json_node_copy (json_object_get_member (kith_json_object (changes, l->data), "new")));
  return set;
}

static void
update (KithSettingsGroup *self)
{
  g_autoptr (JsonObject) set = self->here ? collect_set (self) : NULL;

  self->edited = set && json_object_get_size (set) > 0;
  gtk_widget_set_sensitive (self->save, self->edited && !self->busy);
}

static void
changed_cb (KithSettingsGroup *self)
{
  tell (self, NULL);
  update (self);
  if (self->draft && self->here)
    kith_draft_touch (self->draft);
}

static JsonObject *
collect_draft (gpointer owner)
{
  KithSettingsGroup *self = owner;
  JsonObject *draft;

  if (!self->edited)
    return NULL;
  draft = kith_json_new ("before", "o", json_object_ref (self->before), NULL);
  kith_field_rows_collect (self->rows, draft, TRUE);
  return draft;
}

/* From here on the rows are compared with what is there now: of a colleague's save only what was touched here is taken back. */
static void
follow (KithSettingsGroup *self,
        JsonObject        *now)
{
  kith_field_rows_follow (self->rows, self->before, now);
  json_object_ref (now);
  json_object_unref (self->before);
  self->before = now;
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithSettingsGroup *self = owner;
  g_autoptr (JsonObject) now = json_object_ref (self->before);
  JsonObject *began = kith_json_object (draft, "before");

  if (!began) /* it cannot be told what of it was touched */
    return;
  json_object_unref (self->before);
  self->before = json_object_ref (began);
  kith_field_rows_show (self->rows, draft);
  if (self->here)
    follow (self, now);
  gtk_label_set_text (self->restored, words);
  gtk_widget_set_visible (GTK_WIDGET (self->restored), TRUE);
  update (self);
}

static void
show_told (KithSettingsGroup *self)
{
  const char *declines = kith_json_bool (self->before, "confirm_declines", FALSE) ? _("A supervisor confirms each decline.")
                                                                                  : _("A decline counts at once, without a supervisor.");
  const char *victims = kith_json_bool (self->before, "victim_service", FALSE) ? _("This is a victim service agency.") : NULL;
  g_autofree char *words = g_strjoin (" ", declines, _("Network staff decide that."), victims, NULL);

  gtk_label_set_text (self->told, words);
  gtk_widget_set_visible (GTK_WIDGET (self->told), !is_network (self) && kith_account_may_change (self->context, self->agency));
}

/* Somebody else may have saved: what was touched here stays. */
static void
settings_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithSettingsGroup *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  g_autoptr (JsonObject) now = body ? json_object_ref (body) : json_object_new ();

  follow (self, now);
  self->here = TRUE;
  show_told (self);
  update (self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithSettingsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  self->busy = FALSE;
  if (!self->context) /* gone meanwhile; the draft holds what was not taken */
    return;
  if (!done)
    {
      tell (self, error->message);
      update (self);
      return;
    }
  kith_draft_forget (self->draft);
  gtk_widget_set_visible (GTK_WIDGET (self->restored), FALSE);
  update (self);
}

/**
 * kith_settings_group_save:
 *
 * Tells what is wrong, or asks the hub for what was changed (agency.configure). Does nothing when nothing was, or while it is asked.
 */
void
kith_settings_group_save (KithSettingsGroup *self)
{
  g_autofree char *wrong = kith_field_rows_check (self->rows);

  if (wrong)
    {
      tell (self, wrong);
      return;
    }
  if (!self->edited || self->busy)
    return;
  tell (self, NULL);
  self->busy = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  kith_context_submit (self->context, "agency.configure", kith_json_new ("agency", "s", self->agency, "set", "o", collect_set (self), NULL), _("Settings saved"), FALSE,
                       saved_cb, g_object_ref (self));
}

void
kith_settings_group_flush (KithSettingsGroup *self)
{
  kith_draft_flush (self->draft);
}

static void
kith_settings_group_dispose (GObject *object)
{
  KithSettingsGroup *self = KITH_SETTINGS_GROUP (object);

  g_clear_object (&self->watch);
  if (self->draft)
    {
      kith_draft_flush (self->draft);
      g_object_run_dispose (G_OBJECT (self->draft));
    }
  g_clear_object (&self->draft);
  self->rows = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_SETTINGS_GROUP);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->agency, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_settings_group_parent_class)->dispose (object);
}

static void
kith_settings_group_class_init (KithSettingsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_settings_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/agency/kith-settings-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KithSettingsGroup, rows_place);
  gtk_widget_class_bind_template_child (widget_class, KithSettingsGroup, told);
  gtk_widget_class_bind_template_child (widget_class, KithSettingsGroup, problem);
  gtk_widget_class_bind_template_child (widget_class, KithSettingsGroup, restored);
  gtk_widget_class_bind_template_child (widget_class, KithSettingsGroup, save);
  gtk_widget_class_bind_template_callback (widget_class, kith_settings_group_save);
}

static void
kith_settings_group_init (KithSettingsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kith_settings_group_new:
 * @agency: whose settings; fields of the network are in it for the network's staff, and for whoever does not administer it what its supervisors change
 *
 * Returns: (transfer floating): the group; it shows what is known here, then what was typed and not saved
 */
GtkWidget *
kith_settings_group_new (KithContext *context,
                          const char  *agency)
{
  static const char *const kinds[] = { "agency_settings", NULL };
  KithSettingsGroup *self = g_object_new (KITH_TYPE_SETTINGS_GROUP, NULL);
  KithFieldChoice fields[G_N_ELEMENTS (of_agency) + G_N_ELEMENTS (of_network)];
  g_autofree char *key = g_strconcat ("agency.configure:", agency, NULL);
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  guint n = 0;

  self->context = g_object_ref (context);
  self->agency = g_strdup (agency);
  self->before = json_object_new ();
  if (g_str_equal (agency, "network"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (of_staff); i++)
        fields[n++] = of_staff[i];
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("2-1-1 Itself"));
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("How many days there are to answer what goes to a queue. A day begins at midnight in this time zone; where none is set, in UTC."));
    }
  else if (!kith_account_may_change (context, agency))
    for (guint i = 0; i < G_N_ELEMENTS (of_supervisors); i++)
      fields[n++] = of_supervisors[i];
  else
    for (guint i = 0; i < G_N_ELEMENTS (of_agency); i++)
      fields[n++] = of_agency[i];
  for (guint i = 0; !g_str_equal (agency, "network") && is_network (self) && i < G_N_ELEMENTS (of_network); i++)
    fields[n++] = of_network[i];
  self->rows = KITH_FIELD_ROWS (kith_field_rows_new (context, kith_kind_get ("agency_settings"), fields, n));
  adw_bin_set_child (self->rows_place, GTK_WIDGET (self->rows));
  kith_field_rows_show (self->rows, self->before);
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->draft = kith_draft_new (context, key, scope, collect_draft, restore_draft, self);
  self->watch = kith_watch_new (context, "agency-settings", kinds, agency, settings_cb, self);
  return GTK_WIDGET (self);
}
