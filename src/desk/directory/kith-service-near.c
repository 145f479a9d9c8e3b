/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-near.h"

#include <glib/gi18n.h>

#include "kith-text.h"
#include "kith-watch.h"

struct _KithServiceNear
{
  AdwBin parent_instance;
  KithContext *context;
  GtkCheckButton *check;
  GtkLabel *from;
  KithWatch *there, *agency; /* points: of a place, of the own agency. NULL: nobody has asked for the nearest */
  KithRow *there_row, *agency_row;
  gboolean there_known, agency_known; /* answered: without a row nobody knows */
  char *typed;               /* NULL: nothing */
  char *postal_code, *city;  /* of whom it is for; nullable */
  char *asked;               /* of which places: JSON */
};

G_DEFINE_FINAL_TYPE (KithServiceNear, kith_service_near, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

JsonArray *
kith_service_near_words (const char *text)
{
  g_autofree char *folded = kith_text_fold (text ? text : "");
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i]; i++)
    if (*words[i])
      json_array_add_string_element (array, words[i]);
  return array;
}

GtkWidget *
kith_service_near_caption_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

gboolean
kith_service_near_get_active (KithServiceNear *self)
{
  return gtk_check_button_get_active (self->check);
}

void
kith_service_near_set_active (KithServiceNear *self,
                              gboolean         active)
{
  gtk_check_button_set_active (self->check, active);
}

gboolean
kith_service_near_is_typed (KithServiceNear *self)
{
  return self->typed != NULL;
}

KithRow *
kith_service_near_get_point (KithServiceNear *self)
{
  if (!kith_service_near_get_active (self))
    return NULL;
  return self->there_row || self->typed ? self->there_row : self->agency_row;
}

static char *
from_words (KithServiceNear *self)
{
  const char *name = self->agency_row ? kith_row_get_text (self->agency_row, "name") : NULL;

  if (!kith_service_near_get_active (self) || !self->there_known || (!self->typed && !self->there_row && !self->agency_known))
    return NULL;
  if (self->typed && self->there_row)
    /* Translators: a city or postal code as it was typed */
    return g_strdup_printf (_("In a straight line from “%s”, by the places the directory has there."), self->typed);
  if (self->typed)
    return g_strdup_printf (_("The directory does not say where “%s” lies: nothing is sorted by distance."), self->typed);
  if (self->there_row)
    return g_strdup (_("In a straight line from the postal code or city where this person lives."));
  if (self->agency_row)
    /* Translators: a location of the own agency, by its name */
    return g_strdup_printf (_("In a straight line from your agency (%s)."), name ? name : "");
  return g_strdup (_("The directory does not say where your agency lies. Type a city or postal code."));
}

static void
show_from (KithServiceNear *self)
{
  g_autofree char *words = from_words (self);

  gtk_label_set_text (self->from, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->from), words != NULL);
}

static void
tell (KithServiceNear *self)
{
  show_from (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
there_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithServiceNear *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;

  g_set_object (&self->there_row, row);
  self->there_known = TRUE;
  tell (self);
}

static void
agency_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithServiceNear *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;

  g_set_object (&self->agency_row, row);
  self->agency_known = TRUE;
  tell (self);
}

/* A JSON array of arrays of words, the best first. */
static char *
places_json (KithServiceNear *self)
{
  JsonArray *places = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, places);
  if (self->typed)
    json_array_add_array_element (places, kith_service_near_words (self->typed));
  else
    {
      json_array_add_array_element (places, kith_service_near_words (self->postal_code));
      json_array_add_array_element (places, kith_service_near_words (self->city));
    }
  return json_to_string (node, FALSE);
}

/* Asked once the nearest are wanted. */
static void
look (KithServiceNear *self)
{
  static const char *const kinds[] = { "location", "service_at_location", NULL };
  g_autofree char *places = places_json (self);

  if (!kith_service_near_get_active (self) || !self->context || g_strcmp0 (places, self->asked) == 0)
    return;
  g_free (self->asked);
  self->asked = g_strdup (places);
  g_clear_object (&self->there_row);
  self->there_known = FALSE;
  if (self->there)
    kith_watch_set_arg (self->there, places);
  else
    {
      self->there = kith_watch_new (self->context, "point-of-place", kinds, places, there_cb, self);
      self->agency = kith_watch_new (self->context, "point-of-agency", kinds, kith_context_get_agency (self->context), agency_cb, self);
    }
}

void
kith_service_near_set_typed (KithServiceNear *self,
                             const char      *place)
{
  g_free (self->typed);
  self->typed = kith_text_blank (place) ? NULL : g_strdup (place);
  look (self);
  show_from (self);
}

void
kith_service_near_set_home (KithServiceNear *self,
                            const char      *postal_code,
                            const char      *city)
{
  g_free (self->postal_code);
  g_free (self->city);
  self->postal_code = g_strdup (postal_code);
  self->city = g_strdup (city);
  look (self);
}

void
kith_service_near_set_context (KithServiceNear *self,
                               KithContext     *context)
{
  g_set_object (&self->context, context);
}

static void
toggled_cb (KithServiceNear *self)
{
  look (self);
  tell (self);
}

static void
kith_service_near_dispose (GObject *object)
{
  KithServiceNear *self = KITH_SERVICE_NEAR (object);

  g_clear_object (&self->there);
  g_clear_object (&self->agency);
  g_clear_object (&self->there_row);
  g_clear_object (&self->agency_row);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_service_near_parent_class)->dispose (object);
}

static void
kith_service_near_finalize (GObject *object)
{
  KithServiceNear *self = KITH_SERVICE_NEAR (object);

  g_free (self->typed);
  g_free (self->postal_code);
  g_free (self->city);
  g_free (self->asked);
  G_OBJECT_CLASS (kith_service_near_parent_class)->finalize (object);
}

static void
kith_service_near_class_init (KithServiceNearClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_service_near_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_service_near_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_service_near_init (KithServiceNear *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->check = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("_Nearest first")));
  gtk_widget_set_name (GTK_WIDGET (self->check), "filter_nearest");
  self->from = GTK_LABEL (kith_service_near_caption_new (NULL));
  gtk_widget_set_name (GTK_WIDGET (self->from), "filter_from");
  gtk_widget_set_visible (GTK_WIDGET (self->from), FALSE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->from, NULL, -1);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->check));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->from));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * kith_service_near_new:
 *
 * Returns: (transfer floating): off
 */
GtkWidget *
kith_service_near_new (void)
{
  return g_object_new (KITH_TYPE_SERVICE_NEAR, NULL);
}
