/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-filter.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"
#include "kith-watch.h"
#include "referrals/kith-referral-brief.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-wrap-box.h"

struct _KithReferralFilter
{
  AdwBin parent_instance;
  KithContext *context;
  KithWatch *watch;
  GtkToggleButton *mine, *unassigned, *person, *late;
  char *person_id;              /* whom the chip "person" stands for */
  GtkDropDown *phase, *service;
  GPtrArray *services;          /* ids, as the drop-down has them after its first entry */
  char **phases;                /* of the list shown */
  char *text;                   /* folded; "" for none */
  gboolean settling, answers;   /* answers: those of the list shown wait for one */
};

G_DEFINE_FINAL_TYPE (KithReferralFilter, kith_referral_filter, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed (KithReferralFilter *self)
{
  if (!self->settling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Mine, nobody's and a colleague's exclude each other. */
static void
whose_cb (KithReferralFilter *self,
          GParamSpec         *pspec,
          GtkToggleButton    *button)
{
  GtkToggleButton *all[] = { self->mine, self->unassigned, self->person };

  if (self->settling)
    return;
  self->settling = TRUE;
  for (guint i = 0; gtk_toggle_button_get_active (button) && i < G_N_ELEMENTS (all); i++)
    if (all[i] != button)
      gtk_toggle_button_set_active (all[i], FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->person), gtk_toggle_button_get_active (self->person));
  self->settling = FALSE;
  changed (self);
}

static const char *
chosen (GtkDropDown *drop_down,
        guint        n,
        gpointer    *values)
{
  guint i = gtk_drop_down_get_selected (drop_down);

  return i == 0 || i == GTK_INVALID_LIST_POSITION || i > n ? "" : values[i - 1];
}

static const char *
chosen_phase (KithReferralFilter *self)
{
  return chosen (self->phase, self->phases ? g_strv_length (self->phases) : 0, (gpointer *) self->phases);
}

static const char *
chosen_service (KithReferralFilter *self)
{
  return chosen (self->service, self->services->len, self->services->pdata);
}

/* Every row again, but what was chosen stays chosen. */
static void
services_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithReferralFilter *self = user_data;
  g_autofree char *before = g_strdup (chosen_service (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint select = 0;

  gtk_string_list_append (names, _("Every service"));
  g_ptr_array_set_size (self->services, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = kith_row_get_id (rows->pdata[i]), *name = kith_row_get_text (rows->pdata[i], "name");

      g_ptr_array_add (self->services, g_strdup (id));
      gtk_string_list_append (names, name ? name : "");
      if (g_strcmp0 (id, before) == 0)
        select = self->services->len;
    }
  self->settling = TRUE;
  gtk_drop_down_set_model (self->service, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->service, select);
  self->settling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->service), self->services->len > 1);
  if (*before && select == 0)
    changed (self);
}

static GtkToggleButton *
chip_new (KithReferralFilter *self,
          GtkWidget          *box,
          const char         *label,
          const char         *tooltip)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "chip");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_parent (button, box);
  return GTK_TOGGLE_BUTTON (button);
}

static GtkDropDown *
drop_down_new (KithReferralFilter *self,
               GtkWidget          *box,
               const char         *label)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  kith_drop_down_let_shrink (GTK_DROP_DOWN (drop_down));
  gtk_widget_add_css_class (drop_down, "chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (drop_down, box);
  return GTK_DROP_DOWN (drop_down);
}

static void
kith_referral_filter_dispose (GObject *object)
{
  KithReferralFilter *self = KITH_REFERRAL_FILTER (object);

  self->settling = TRUE;
  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_referral_filter_parent_class)->dispose (object);
}

static void
kith_referral_filter_finalize (GObject *object)
{
  KithReferralFilter *self = KITH_REFERRAL_FILTER (object);

  g_ptr_array_unref (self->services);
  g_strfreev (self->phases);
  g_free (self->text);
  g_free (self->person_id);
  G_OBJECT_CLASS (kith_referral_filter_parent_class)->finalize (object);
}

static void
kith_referral_filter_class_init (KithReferralFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_referral_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_referral_filter_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_referral_filter_init (KithReferralFilter *self)
{
  GtkWidget *box = g_object_new (KITH_TYPE_WRAP_BOX, NULL);

  self->services = g_ptr_array_new_with_free_func (g_free);
  self->text = g_strdup ("");
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_bottom (box, 6);
  self->mine = chip_new (self, box, C_("referrals", "Mine"), _("Assigned to me"));
  self->unassigned = chip_new (self, box, _("Unassigned"), _("Nobody works on it yet"));
  self->person = chip_new (self, box, "", _("Assigned to this colleague"));
  gtk_widget_set_visible (GTK_WIDGET (self->person), FALSE);
  g_signal_connect_object (self->person, "notify::active", G_CALLBACK (whose_cb), self, G_CONNECT_SWAPPED);
  self->late = chip_new (self, box, _("Overdue"), _("The answer is late"));
  gtk_widget_set_name (GTK_WIDGET (self->late), "late");
  g_signal_connect_object (self->mine, "notify::active", G_CALLBACK (whose_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unassigned, "notify::active", G_CALLBACK (whose_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->late, "notify::active", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  self->phase = drop_down_new (self, box, _("Phase"));
  self->service = drop_down_new (self, box, _("Service"));
  gtk_widget_set_visible (GTK_WIDGET (self->service), FALSE);
}

GtkWidget *
kith_referral_filter_new (KithContext *context,
                          const char  *services)
{
  static const char *const kinds[] = { "referral", NULL };
  KithReferralFilter *self = g_object_new (KITH_TYPE_REFERRAL_FILTER, NULL);

  self->context = g_object_ref (context);
  self->watch = kith_watch_new (context, services, kinds, kith_context_get_side (context), services_cb, self);
  return GTK_WIDGET (self);
}

/* P12: by when an answer is due is none of the eight fields. */
static void
show_late (KithReferralFilter *self)
{
  gboolean shown = self->answers && !(self->context && kith_referral_is_brief (self->context));

  gtk_widget_set_visible (GTK_WIDGET (self->late), shown);
  if (!shown)
    gtk_toggle_button_set_active (self->late, FALSE);
}

void
kith_referral_filter_update (KithReferralFilter *self)
{
  gboolean settling = self->settling;

  self->settling = TRUE;
  show_late (self);
  self->settling = settling;
  kith_watch_set_arg (self->watch, kith_context_get_side (self->context));
}

void
kith_referral_filter_set_phases (KithReferralFilter *self,
                                 const char *const  *phases,
                                 gboolean            answers)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("Every phase"));
  for (guint i = 0; phases[i]; i++)
    gtk_string_list_append (names, kith_format_code ("phase", phases[i]));
  self->settling = TRUE;
  g_strfreev (self->phases);
  self->phases = g_strdupv ((char **) phases);
  gtk_drop_down_set_model (self->phase, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->phase, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->phase), g_strv_length (self->phases) > 1);
  self->answers = answers;
  show_late (self);
  self->settling = FALSE;
}

/**
 * kith_referral_filter_set_text:
 * @text: as typed; folded here
 */
void
kith_referral_filter_set_text (KithReferralFilter *self,
                               const char         *text)
{
  g_autofree char *folded = kith_text_fold (text);

  /* The entry of a page that was just built tells its emptiness a moment later: what somebody opened meanwhile stays. */
  if (g_strcmp0 (folded, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&folded);
  changed (self);
}

void
kith_referral_filter_set_person (KithReferralFilter *self,
                                 const char         *id,
                                 const char         *name)
{
  g_free (self->person_id);
  self->person_id = g_strdup (id);
  gtk_button_set_label (GTK_BUTTON (self->person), name);
  if (gtk_toggle_button_get_active (self->person))
    changed (self);
  else
    gtk_toggle_button_set_active (self->person, TRUE);
}

/* Returns: whether it leaves anything out */
gboolean
kith_referral_filter_is_active (KithReferralFilter *self)
{
  return *self->text || gtk_toggle_button_get_active (self->mine) || gtk_toggle_button_get_active (self->unassigned)
         || gtk_toggle_button_get_active (self->person) || gtk_toggle_button_get_active (self->late) || *chosen_phase (self) || *chosen_service (self);
}

void
kith_referral_filter_clear (KithReferralFilter *self)
{
  self->settling = TRUE;
  g_free (self->text);
  self->text = g_strdup ("");
  gtk_toggle_button_set_active (self->mine, FALSE);
  gtk_toggle_button_set_active (self->unassigned, FALSE);
  gtk_toggle_button_set_active (self->person, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->person), FALSE);
  gtk_toggle_button_set_active (self->late, FALSE);
  gtk_drop_down_set_selected (self->phase, 0);
  gtk_drop_down_set_selected (self->service, 0);
  self->settling = FALSE;
  changed (self);
}

static char *
phases_json (KithReferralFilter *self)
{
  const char *one = chosen_phase (self);
  g_autofree char *joined = *one ? g_strdup (one) : g_strjoinv ("\",\"", self->phases);

  return g_strdup_printf ("[\"%s\"]", joined);
}

/* agency, phases, whose, service, late, text. "whose": "", "none" or a staff id. */
char **
kith_referral_filter_args (KithReferralFilter *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kith_context_get_now (self->context) / 1000);
  char **args = g_new0 (char *, 7);

  args[0] = g_strdup (kith_context_get_side (self->context));
  args[1] = phases_json (self);
  args[2] = g_strdup (gtk_toggle_button_get_active (self->mine) ? kith_context_get_user (self->context)
                      : gtk_toggle_button_get_active (self->unassigned) ? "none"
                      : gtk_toggle_button_get_active (self->person) ? self->person_id : "");
  args[3] = g_strdup (chosen_service (self));
  args[4] = gtk_toggle_button_get_active (self->late) ? g_date_time_format (now, "%Y-%m-%d") : g_strdup ("");
  args[5] = g_strdup (self->text);
  return args;
}
