/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-filter.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-languages.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-wrap-box.h"

struct _KithClientFilter
{
  AdwBin parent_instance;
  KithContext *context;
  KithWatch *programs_watch, *sites_watch, *languages_watch;
  GtkToggleButton *mine;
  GtkWidget *box;
  GtkDropDown *program, *site, *consent, *language; /* but for consent, once there is one to choose */
  GPtrArray *programs, *sites, *languages; /* what the drop-downs have after their first entry */
  guint languages_id;
  gboolean settling;
};

#define LANGUAGES_MS 1500

G_DEFINE_FINAL_TYPE (KithClientFilter, kith_client_filter, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct { const char *status, *words; } consents[] = {
  { "in_force", N_("Consent in force") },
  { "expired", N_("Consent has ended") },
  { "revoked", N_("Consent taken back") },
  { "refused", N_("Sharing refused") },
  { "none", N_("Never asked") },
};

static void
changed (KithClientFilter *self)
{
  if (!self->settling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static const char *
chosen (GtkDropDown *drop_down,
        GPtrArray   *values)
{
  guint i = drop_down ? gtk_drop_down_get_selected (drop_down) : 0;

  return i == 0 || i == GTK_INVALID_LIST_POSITION || i > values->len ? "" : values->pdata[i - 1];
}

static const char *
chosen_consent (KithClientFilter *self)
{
  guint i = gtk_drop_down_get_selected (self->consent);

  return i == 0 || i > G_N_ELEMENTS (consents) ? "" : consents[i - 1].status;
}

static GtkDropDown *
drop_down_new (KithClientFilter *self,
               GtkWidget        *after,
               const char       *name,
               const char       *label)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_widget_set_name (drop_down, name);
  kith_drop_down_let_shrink (GTK_DROP_DOWN (drop_down));
  gtk_widget_add_css_class (drop_down, "chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_after (drop_down, self->box, after);
  return GTK_DROP_DOWN (drop_down);
}

/* Every row again, but what was chosen stays chosen. */
static void
fill (KithClientFilter *self,
      GtkDropDown      *drop_down,
      GPtrArray        *values,
      GPtrArray        *rows,
      const char       *any,
      gboolean          languages)
{
  g_autofree char *before = g_strdup (chosen (drop_down, values));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint select = 0;

  gtk_string_list_append (names, any);
  g_ptr_array_set_size (values, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = kith_row_get_id (rows->pdata[i]);
      g_autofree char *name = languages ? kith_language_name (id) : g_strdup (kith_row_get_text (rows->pdata[i], "name"));

      g_ptr_array_add (values, g_strdup (id));
      gtk_string_list_append (names, name ? name : id);
      if (g_strcmp0 (id, before) == 0)
        select = values->len;
    }
  self->settling = TRUE;
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (drop_down, select);
  self->settling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (drop_down), values->len > 0);
  if (*before && select == 0)
    changed (self);
}

static void
programs_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithClientFilter *self = user_data;

  if (!self->program && rows->len > 0)
    self->program = drop_down_new (self, GTK_WIDGET (self->mine), "filter_program", _("Program"));
  if (self->program)
    fill (self, self->program, self->programs, rows, _("Every program"), FALSE);
}

/* Where there is one place alone, everybody is helped there. */
static void
sites_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithClientFilter *self = user_data;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (!self->site && rows->len > 1)
    self->site = drop_down_new (self, self->program ? GTK_WIDGET (self->program) : GTK_WIDGET (self->mine), "filter_site", _("Location"));
  if (self->site)
    fill (self, self->site, self->sites, rows->len > 1 ? rows : none, _("Every location"), FALSE);
}

static void
languages_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithClientFilter *self = user_data;

  if (!self->language && rows->len > 0)
    self->language = drop_down_new (self, GTK_WIDGET (self->consent), "filter_language", _("Language"));
  if (self->language)
    fill (self, self->language, self->languages, rows, _("Every language"), TRUE);
}

static void
kith_client_filter_dispose (GObject *object)
{
  KithClientFilter *self = KITH_CLIENT_FILTER (object);

  self->settling = TRUE;
  g_clear_handle_id (&self->languages_id, g_source_remove);
  g_clear_object (&self->programs_watch);
  g_clear_object (&self->sites_watch);
  g_clear_object (&self->languages_watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_client_filter_parent_class)->dispose (object);
}

static void
kith_client_filter_finalize (GObject *object)
{
  g_ptr_array_unref (KITH_CLIENT_FILTER (object)->programs);
  g_ptr_array_unref (KITH_CLIENT_FILTER (object)->sites);
  g_ptr_array_unref (KITH_CLIENT_FILTER (object)->languages);
  G_OBJECT_CLASS (kith_client_filter_parent_class)->finalize (object);
}

static void
kith_client_filter_class_init (KithClientFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_client_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_client_filter_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_client_filter_init (KithClientFilter *self)
{
  GtkWidget *box = self->box = g_object_new (KITH_TYPE_WRAP_BOX, NULL), *mine = gtk_toggle_button_new_with_label (_("Mine"));
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  self->programs = g_ptr_array_new_with_free_func (g_free);
  self->sites = g_ptr_array_new_with_free_func (g_free);
  self->languages = g_ptr_array_new_with_free_func (g_free);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_name (mine, "filter_mine");
  gtk_widget_add_css_class (mine, "chip");
  gtk_widget_set_tooltip_text (mine, _("Assigned to me"));
  gtk_widget_set_parent (mine, box);
  self->mine = GTK_TOGGLE_BUTTON (mine);
  g_signal_connect_object (mine, "notify::active", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  self->consent = drop_down_new (self, mine, "filter_consent", _("Consent"));
  gtk_string_list_append (words, _("Any consent"));
  for (guint i = 0; i < G_N_ELEMENTS (consents); i++)
    gtk_string_list_append (words, _(consents[i].words));
  self->settling = TRUE;
  gtk_drop_down_set_model (self->consent, G_LIST_MODEL (words));
  self->settling = FALSE;
}

/* All clients are looked through for them: when the list and the record that is opened first are there. */
static gboolean
ask_languages (gpointer data)
{
  static const char *const kinds[] = { NULL };
  static const char *const args[] = { NULL };
  KithClientFilter *self = data;

  self->languages_id = 0;
  self->languages_watch = kith_watch_new_args (self->context, "clients-languages", kinds, args, languages_cb, self);
  return G_SOURCE_REMOVE;
}

GtkWidget *
kith_client_filter_new (KithContext *context)
{
  static const char *const program_kinds[] = { "program", NULL }, *const site_kinds[] = { "location", "service", "service_at_location", NULL };
  KithClientFilter *self = g_object_new (KITH_TYPE_CLIENT_FILTER, NULL);

  self->context = g_object_ref (context);
  self->programs_watch = kith_watch_new (context, "programs-own", program_kinds, kith_context_get_agency (context), programs_cb, self);
  self->sites_watch = kith_watch_new (context, "sites-own", site_kinds, kith_context_get_agency (context), sites_cb, self);
  self->languages_id = g_timeout_add (LANGUAGES_MS, ask_languages, self);
  return GTK_WIDGET (self);
}

void
kith_client_filter_update (KithClientFilter *self)
{
  kith_watch_set_arg (self->programs_watch, kith_context_get_agency (self->context));
  kith_watch_set_arg (self->sites_watch, kith_context_get_agency (self->context));
  if (!self->languages_id) /* after the first fill there are some */
    {
      g_clear_object (&self->languages_watch);
      self->languages_id = g_timeout_add (LANGUAGES_MS, ask_languages, self);
    }
}

gboolean
kith_client_filter_is_active (KithClientFilter *self)
{
  return gtk_toggle_button_get_active (self->mine) || *chosen (self->program, self->programs) || *chosen (self->site, self->sites) ||
         *chosen_consent (self) || *chosen (self->language, self->languages);
}

void
kith_client_filter_clear (KithClientFilter *self)
{
  self->settling = TRUE;
  gtk_toggle_button_set_active (self->mine, FALSE);
  if (self->program)
    gtk_drop_down_set_selected (self->program, 0);
  if (self->site)
    gtk_drop_down_set_selected (self->site, 0);
  gtk_drop_down_set_selected (self->consent, 0);
  if (self->language)
    gtk_drop_down_set_selected (self->language, 0);
  self->settling = FALSE;
  changed (self);
}

/* me, mine, program, site, consent, language, now */
char **
kith_client_filter_args (KithClientFilter *self)
{
  g_autofree char *now = kith_time_format (kith_context_get_now (self->context));
  const char *args[] = { kith_context_get_user (self->context), gtk_toggle_button_get_active (self->mine) ? "1" : "", chosen (self->program, self->programs),
                         chosen (self->site, self->sites), chosen_consent (self), chosen (self->language, self->languages), now, NULL };

  return g_strdupv ((char **) args);
}
