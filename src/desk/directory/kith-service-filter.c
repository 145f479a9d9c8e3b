/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-filter.h"

#include <glib/gi18n.h>

#include "kith-languages.h"
#include "kith-open-at.h"
#include "kith-service-near.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"

#define HIGHEST 600 /* the popover, before it scrolls */

struct _KithServiceFilter
{
  AdwBin parent_instance;
  KithContext *context;
  KithWatch *watch, *zone_watch;
  GPtrArray *zones; /* the time zones that agencies say; NULL-terminated */
  GtkMenuButton *button;
  GtkCheckButton *open, *no_cost;
  GtkDropDown *language;
  GPtrArray *languages; /* as the drop-down has them after its first entry: (element-type GPtrArray) of the codes and names that mean one */
  GtkWidget *place, *eligible, *clear;
  KithServiceNear *near;
  gboolean settling;
};

G_DEFINE_FINAL_TYPE (KithServiceFilter, kith_service_filter, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Words as everything is found by. JSON. */
static char *
words_json (GtkWidget *entry)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, kith_service_near_words (gtk_editable_get_text (GTK_EDITABLE (entry))));
  return json_to_string (node, FALSE);
}

static GPtrArray *
chosen_language (KithServiceFilter *self)
{
  guint i = gtk_drop_down_get_selected (self->language);

  return i == 0 || i == GTK_INVALID_LIST_POSITION || i > self->languages->len ? NULL : self->languages->pdata[i - 1];
}

static guint
n_active (KithServiceFilter *self)
{
  g_autofree char *place = words_json (self->place), *eligible = words_json (self->eligible);

  return gtk_check_button_get_active (self->open) + gtk_check_button_get_active (self->no_cost) + kith_service_near_get_active (self->near) + (chosen_language (self) != NULL) + !g_str_equal (place, "[]") + !g_str_equal (eligible, "[]");
}

static void
changed (KithServiceFilter *self)
{
  guint n = n_active (self);
  /* Translators: a button, with how many filters are on */
  g_autofree char *label = n > 0 ? g_strdup_printf (_("Filters (%u)"), n) : g_strdup (_("Filters"));

  if (self->settling)
    return;
  gtk_menu_button_set_label (self->button, label);
  gtk_widget_set_sensitive (self->clear, n > 0);
  kith_service_near_set_typed (self->near, gtk_editable_get_text (GTK_EDITABLE (self->place)));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * kith_service_filter_set_home:
 * @postal_code: (nullable): of whom a service is looked for
 * @city: (nullable): where they live
 *
 * The nearest are nearest to there, as far as the directory knows where that is, unless a place is typed.
 */
void
kith_service_filter_set_home (KithServiceFilter *self,
                              const char        *postal_code,
                              const char        *city)
{
  kith_service_near_set_home (self->near, postal_code, city);
}

/**
 * kith_service_filter_clear:
 *
 * Nothing is narrowed any more, and nothing ordered.
 */
void
kith_service_filter_clear (KithServiceFilter *self)
{
  self->settling = TRUE;
  gtk_check_button_set_active (self->open, FALSE);
  gtk_check_button_set_active (self->no_cost, FALSE);
  kith_service_near_set_active (self->near, FALSE);
  gtk_drop_down_set_selected (self->language, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->place), "");
  gtk_editable_set_text (GTK_EDITABLE (self->eligible), "");
  self->settling = FALSE;
  changed (self);
}

/* One entry for "es", "spa" and "Spanish", in the order of their names. */
static void
languages_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithServiceFilter *self = user_data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GTree) by_name = g_tree_new_full ((GCompareDataFunc) g_utf8_collate, NULL, g_free, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *before = chosen_language (self);
  g_autofree char *chosen = before ? g_strdup (before->pdata[0]) : NULL;
  guint select = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = kith_row_get_id (rows->pdata[i]);
      char *name = kith_language_name (id);
      GPtrArray *ids = g_tree_lookup (by_name, name);

      if (!ids)
        g_tree_insert (by_name, g_strdup (name), ids = g_ptr_array_new_with_free_func (g_free));
      g_ptr_array_add (ids, g_strdup (id));
      g_free (name);
    }
  g_ptr_array_set_size (self->languages, 0);
  gtk_string_list_append (names, _("Any language"));
  for (GTreeNode *node = g_tree_node_first (by_name); node; node = g_tree_node_next (node))
    {
      GPtrArray *ids = g_tree_node_value (node);

      g_ptr_array_add (self->languages, g_ptr_array_ref (ids));
      gtk_string_list_append (names, g_tree_node_key (node));
      if (chosen && g_ptr_array_find_with_equal_func (ids, chosen, g_str_equal, NULL))
        select = self->languages->len;
    }
  self->settling = TRUE;
  gtk_drop_down_set_model (self->language, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->language, select);
  self->settling = FALSE;
  if (chosen && select == 0)
    changed (self);
}

static void
zones_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithServiceFilter *self = user_data;

  g_ptr_array_set_size (self->zones, 0);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->zones, g_strdup (kith_row_get_id (rows->pdata[i])));
  g_ptr_array_add (self->zones, NULL);
  if (gtk_check_button_get_active (self->open))
    changed (self);
}

static void
add_labelled (GtkBox     *box,
              const char *text,
              GtkWidget  *widget)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (box, label);
  gtk_box_append (box, widget);
}

static GtkWidget *
entry_new (KithServiceFilter *self,
           const char        *name,
           const char        *hint,
           const char        *label)
{
  GtkWidget *entry = gtk_search_entry_new ();

  gtk_widget_set_name (entry, name);
  g_object_set (entry, "placeholder-text", hint, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  return entry;
}

static void
kith_service_filter_dispose (GObject *object)
{
  KithServiceFilter *self = KITH_SERVICE_FILTER (object);

  self->settling = TRUE;
  g_clear_object (&self->watch);
  g_clear_object (&self->zone_watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_service_filter_parent_class)->dispose (object);
}

static void
kith_service_filter_finalize (GObject *object)
{
  KithServiceFilter *self = KITH_SERVICE_FILTER (object);

  g_ptr_array_unref (self->languages);
  g_ptr_array_unref (self->zones);
  G_OBJECT_CLASS (kith_service_filter_parent_class)->finalize (object);
}

static void
kith_service_filter_class_init (KithServiceFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_service_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_service_filter_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_service_filter_init (KithServiceFilter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new ();
  GtkWidget *unknown = kith_service_near_caption_new (_("Services that do not say their hours, their cost, their place or who can use them stay at the end, with a word on it."));

  self->languages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->zones = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->zones, NULL);
  self->open = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("_Open now")));
  gtk_widget_set_name (GTK_WIDGET (self->open), "filter_open");
  self->no_cost = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("_Free of charge")));
  gtk_widget_set_name (GTK_WIDGET (self->no_cost), "filter_no_cost");
  self->near = KITH_SERVICE_NEAR (kith_service_near_new ());
  self->language = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  kith_drop_down_let_shrink (self->language);
  gtk_widget_set_name (GTK_WIDGET (self->language), "filter_language");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->language), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Language"), -1);
  self->place = entry_new (self, "filter_place", _("City or postal code"), _("Place"));
  self->eligible = entry_new (self, "filter_eligible", _("Veterans, women, seniors…"), _("Who can use it"));
  g_signal_connect_object (self->place, "stop-search", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->eligible, "stop-search", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  for (guint i = 0; i < 4; i++)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (i == 0   ? GTK_WIDGET (self->open)
                                                    : i == 1 ? GTK_WIDGET (self->no_cost)
                                                    : i == 2 ? self->place
                                                             : self->eligible),
                                    GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, unknown, NULL, -1);
  self->clear = gtk_button_new_with_mnemonic (_("_Clear Filters"));
  gtk_widget_set_sensitive (self->clear, FALSE);
  gtk_widget_set_margin_top (self->clear, 6);
  g_signal_connect_object (self->open, "toggled", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->no_cost, "toggled", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->near, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (kith_service_filter_clear), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->open));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->no_cost));
  add_labelled (GTK_BOX (box), _("_Language"), GTK_WIDGET (self->language));
  add_labelled (GTK_BOX (box), _("_Place"), self->place);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->near));
  add_labelled (GTK_BOX (box), _("_Who can use it"), self->eligible);
  gtk_widget_set_margin_top (unknown, 6);
  gtk_box_append (GTK_BOX (box), unknown);
  gtk_box_append (GTK_BOX (box), self->clear);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC); /* large text, a low screen */
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HIGHEST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_set_name (GTK_WIDGET (self->button), "service_filters");
  gtk_menu_button_set_label (self->button, _("Filters"));
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Open now, cost, language, place, nearest first, who can use it"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/**
 * kith_service_filter_new:
 *
 * Returns: (transfer floating): nothing is narrowed yet; its languages are those that services here speak
 */
GtkWidget *
kith_service_filter_new (KithContext *context)
{
  static const char *const kinds[] = { "service", NULL }, *const agencies[] = { "organization", NULL };
  KithServiceFilter *self = g_object_new (KITH_TYPE_SERVICE_FILTER, NULL);

  self->context = g_object_ref (context);
  kith_service_near_set_context (self->near, context);
  self->watch = kith_watch_new (context, "services-languages", kinds, NULL, languages_cb, self);
  self->zone_watch = kith_watch_new (context, "organizations-zones", agencies, NULL, zones_cb, self);
  return GTK_WIDGET (self);
}

/**
 * kith_service_filter_is_active:
 *
 * Returns: whether it leaves anything out
 */
gboolean
kith_service_filter_is_active (KithServiceFilter *self)
{
  return n_active (self) > 0;
}

char **
kith_service_filter_args (KithServiceFilter *self,
                          gboolean           direct,
                          gboolean           free)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kith_context_get_now (self->context) / 1000);
  g_autoptr (JsonArray) spoken = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), spoken);
  GPtrArray *ids = chosen_language (self);
  KithRow *point = kith_service_near_get_point (self->near);
  char **args = g_new0 (char *, KITH_SERVICE_FILTER_NO_COST + 2);

  for (guint i = 0; ids && i < ids->len; i++)
    json_array_add_string_element (spoken, ids->pdata[i]);
  args[0] = g_strdup ("");
  args[1] = g_strdup (direct ? "1" : "");
  args[2] = g_strdup (free ? "1" : "");
  args[3] = json_to_string (node, FALSE);
  /* Whoever looks for what is near to a place looks beyond it. */
  args[4] = point && kith_service_near_is_typed (self->near) ? g_strdup ("[]") : words_json (self->place);
  args[5] = words_json (self->eligible);
  args[KITH_SERVICE_FILTER_AGES] = g_strdup ("");
  args[KITH_SERVICE_FILTER_POINT] =
    point ? g_strdup_printf ("[%s,%s]", kith_row_get_text (point, "latitude"), kith_row_get_text (point, "longitude")) : g_strdup ("");
  args[KITH_SERVICE_FILTER_NO_COST] = gtk_check_button_get_active (self->no_cost) ? g_date_time_format (now, "%Y-%m-%d") : g_strdup ("");
  args[KITH_SERVICE_FILTER_OPEN] = gtk_check_button_get_active (self->open) ? kith_open_at (now, (const char *const *) self->zones->pdata) : g_strdup ("");
  return args;
}
