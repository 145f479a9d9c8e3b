/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-household-rows.h"

#include <glib/gi18n.h>

#include "kith-client-row.h"
#include "kith-context-day.h"
#include "kith-format.h"
#include "kith-head-note.h"
#include "kith-json.h"
#include "kith-operation.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"
#include "widgets/kith-suggest.h"

struct _KithHouseholdRows
{
  AdwBin parent_instance;
  KithContext *context;
  KithSuggest *suggest; /* nobody is chosen yet */
  GtkWidget *chosen;    /* the rows of who is */
  AdwActionRow *person, *same_name, *take_over;
  KithFieldRows *relation;
  KithHeadNote *heads;
  GtkLabel *gone;
  char *with;           /* NULL: nobody */
  JsonObject *offered;  /* what can be taken over; NULL: nothing, or not read yet */
  JsonObject *family;   /* the family name, likewise */
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithHouseholdRows, kith_household_rows, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_TAKE_OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
look_for_heads (KithHouseholdRows *self)
{
  g_autofree char *relationship = self->with ? kith_field_rows_get_text (self->relation, "relationship") : NULL;

  kith_head_note_set (self->heads, NULL, self->with, relationship);
}

static void
changed_cb (KithHouseholdRows *self)
{
  if (!self->context)
    return;
  look_for_heads (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Nobody is given a name that was not said to be theirs: it is offered, the first of two alone, as the other one is rarely the same. */
static void
offer_name (KithHouseholdRows *self,
            JsonObject        *body)
{
  const char *name = body ? kith_json_string (body, "family_name") : NULL;

  g_clear_pointer (&self->family, json_object_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->same_name), name != NULL);
  if (!name)
    return;
  self->family = kith_json_new ("family_name", "s", name, NULL);
  adw_action_row_set_subtitle (self->same_name, name);
}

/* Address and languages are what a household shares most often; all else is each person's own. */
static void
offer (KithHouseholdRows *self,
       JsonObject        *body)
{
  static const char *const members[] = { "address", "languages", "interpreter_needed" };
  g_autofree char *address = body ? kith_format_address (kith_json_object (body, "address")) : NULL;
  g_autofree char *languages = body ? kith_format_languages (body) : NULL;
  g_autofree char *words = kith_format_join (address, languages, NULL);

  offer_name (self, body);
  g_clear_pointer (&self->offered, json_object_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->take_over), address || languages);
  if (!address && !languages)
    return;
  self->offered = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (body, members[i]))
      json_object_set_member (self->offered, members[i], json_node_copy (json_object_get_member (body, members[i])));
  adw_action_row_set_subtitle (self->take_over, words);
}

static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithHouseholdRows *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;
  g_autofree char *name = NULL, *birth = NULL, *meta = NULL;

  if (!self->with)
    return;
  if (!body) /* out of sight meanwhile: nobody joins a household unseen */
    {
      kith_household_rows_set_with (self, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->gone), TRUE);
      return;
    }
  name = kith_format_client_name (body);
  birth = kith_format_birth (kith_json_string (body, "date_of_birth"), kith_context_get_now (self->context));
  meta = kith_format_join (birth, kith_json_string (body, "number"), NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->person), name);
  adw_action_row_set_subtitle (self->person, meta);
  offer (self, body);
}

void
kith_household_rows_set_with (KithHouseholdRows *self,
                              const char        *client)
{
  static const char *const kinds[] = { "client", "care", NULL };

  if (client && !self->with) /* as every question for a day that has mostly begun now */
    {
      g_autofree char *today = kith_format_today (kith_context_get_day_now (self->context));

      kith_field_rows_set_text (self->relation, "since", today);
    }
  g_free (self->with);
  self->with = g_strdup (client);
  offer (self, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->person), "");
  adw_action_row_set_subtitle (self->person, "");
  gtk_widget_set_visible (GTK_WIDGET (self->gone), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->suggest), client == NULL);
  gtk_widget_set_visible (self->chosen, client != NULL);
  if (!self->watch && client)
    self->watch = kith_watch_new (self->context, "client", kinds, client, client_cb, self);
  else if (self->watch && client)
    kith_watch_set_arg (self->watch, client);
  look_for_heads (self);
}

const char *
kith_household_rows_get_with (KithHouseholdRows *self)
{
  return self->with;
}

static void
picked_cb (KithHouseholdRows *self,
           KithRow           *row)
{
  kith_suggest_clear (self->suggest);
  kith_household_rows_set_with (self, kith_row_get_id (row));
  gtk_widget_grab_focus (GTK_WIDGET (self)); /* the relation is asked next */
  changed_cb (self);
}

static void
typed_cb (KithHouseholdRows *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->gone), FALSE);
  changed_cb (self);
}

static void
remove_cb (KithHouseholdRows *self)
{
  g_autoptr (JsonObject) nothing = json_object_new ();

  kith_household_rows_set_with (self, NULL);
  kith_field_rows_show (self->relation, nothing);
  gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
}

static void
tell_offered (KithHouseholdRows *self,
              JsonObject        *offered)
{
  g_autoptr (JsonObject) kept = offered ? json_object_ref (offered) : NULL; /* what it changes may take it away here */

  if (kept)
    g_signal_emit (self, signals[SIGNAL_TAKE_OVER], 0, kept);
}

static void
take_over_cb (KithHouseholdRows *self)
{
  tell_offered (self, self->offered);
}

static void
same_name_cb (KithHouseholdRows *self)
{
  tell_offered (self, self->family);
}

JsonObject *
kith_household_rows_join (KithHouseholdRows *self,
                          const char        *client)
{
  JsonObject *args;

  if (!self->with)
    return NULL;
  args = kith_json_new ("client", "s", client, "with", "s", self->with, NULL);
  kith_field_rows_collect (self->relation, args, FALSE);
  return args;
}

gboolean
kith_household_rows_is_said (KithHouseholdRows *self)
{
  g_autofree char *relationship = self->with ? kith_field_rows_get_text (self->relation, "relationship") : NULL;

  return relationship != NULL;
}

char *
kith_household_rows_problem (KithHouseholdRows *self)
{
  if (!self->with && *kith_suggest_get_text (self->suggest)) /* a name that was typed there and is nobody's would be lost without a word */
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
      return g_strdup (_("Choose with whom the client lives, or empty that line."));
    }
  if (!self->with)
    return NULL;
  if (kith_household_rows_is_said (self))
    return kith_field_rows_check (self->relation);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return g_strdup (_("Choose the relation to the head of the household."));
}

JsonObject *
kith_household_rows_draft (KithHouseholdRows *self)
{
  JsonObject *draft = kith_json_new ("with", "s", self->with, "typed", "s", kith_suggest_get_text (self->suggest), NULL);

  kith_field_rows_collect (self->relation, draft, TRUE);
  return draft;
}

void
kith_household_rows_restore (KithHouseholdRows *self,
                             JsonObject        *draft)
{
  g_autoptr (JsonObject) said = draft ? json_object_ref (draft) : json_object_new ();

  kith_suggest_set_text (self->suggest, kith_json_string (said, "typed"));
  kith_household_rows_set_with (self, kith_json_string (said, "with"));
  kith_field_rows_show (self->relation, said);
}

/* To what is still to be said. */
static gboolean
kith_household_rows_grab_focus (GtkWidget *widget)
{
  KithHouseholdRows *self = KITH_HOUSEHOLD_ROWS (widget);

  return self->with ? kith_field_rows_focus (self->relation, "relationship") : gtk_widget_grab_focus (GTK_WIDGET (self->suggest));
}

static void
kith_household_rows_dispose (GObject *object)
{
  KithHouseholdRows *self = KITH_HOUSEHOLD_ROWS (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  g_clear_pointer (&self->offered, json_object_unref);
  g_clear_pointer (&self->family, json_object_unref);
  g_clear_pointer (&self->with, g_free);
  G_OBJECT_CLASS (kith_household_rows_parent_class)->dispose (object);
}

static void
kith_household_rows_class_init (KithHouseholdRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_household_rows_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = kith_household_rows_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TAKE_OVER] = g_signal_new ("take-over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
}

static void
kith_household_rows_init (KithHouseholdRows *self)
{
}

static void
describe (KithContext  *context,
          gpointer      hit,
          AdwActionRow *line)
{
  g_autofree char *name = kith_client_row_name (hit);
  g_autofree char *birth = kith_format_birth (kith_row_field (hit, "date_of_birth"), kith_context_get_now (context));
  g_autofree char *meta = kith_format_join (birth, kith_row_field (hit, "number"), NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
  adw_action_row_set_subtitle (line, meta);
}

static AdwActionRow *
row_new (GtkWidget *button)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return ADW_ACTION_ROW (row);
}

static GtkWidget *
chosen_new (KithHouseholdRows *self)
{
  const KithOperation *join = kith_operation_get ("household.join");
  g_autofree const KithField **fields = g_new0 (const KithField *, join->n_args);
  guint n = 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *list = gtk_list_box_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic"), *take = gtk_button_new_with_mnemonic (_("Take _Over"));
  GtkWidget *same = gtk_button_new_with_mnemonic (_("_Same Name"));

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_name (remove, "household-remove");
  gtk_widget_set_name (take, "household-take-over");
  gtk_widget_set_name (same, "household-same-name");
  gtk_widget_set_tooltip_text (remove, _("They do not live together"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, _("They do not live together"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (take), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Take over address and languages"), -1);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (same), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Take over the family name"), -1);
  g_signal_connect_object (take, "clicked", G_CALLBACK (take_over_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (same, "clicked", G_CALLBACK (same_name_cb), self, G_CONNECT_SWAPPED);
  self->person = row_new (remove);
  self->same_name = row_new (same);
  self->take_over = row_new (take);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->same_name), _("The same family name?"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->take_over), _("The same address and languages?"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->person));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->same_name));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->take_over));
  for (guint i = 0; i < join->n_args; i++)
    if (g_str_equal (join->args[i].name, "relationship") || g_str_equal (join->args[i].name, "since"))
      fields[n++] = &join->args[i];
  self->relation = KITH_FIELD_ROWS (kith_field_rows_new_fields (self->context, fields, n));
  g_signal_connect_object (self->relation, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), list);
  self->heads = KITH_HEAD_NOTE (kith_head_note_new (self->context));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->relation));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heads));
  return box;
}

/**
 * kith_household_rows_new:
 *
 * Returns: (transfer floating): nobody is chosen
 */
GtkWidget *
kith_household_rows_new (KithContext *context)
{
  KithHouseholdRows *self = g_object_new (KITH_TYPE_HOUSEHOLD_ROWS, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->context = g_object_ref (context);
  self->suggest = KITH_SUGGEST (kith_suggest_new (context, "client", _("Lives with: name, birth date or phone"), describe));
  gtk_widget_set_name (GTK_WIDGET (self->suggest), "lives-with");
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->suggest, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  self->chosen = chosen_new (self);
  self->gone = GTK_LABEL (gtk_label_new (_("The client who was chosen here is not on this computer any more.")));
  gtk_label_set_xalign (self->gone, 0);
  gtk_label_set_wrap (self->gone, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->gone), "field-error");
  gtk_widget_set_visible (GTK_WIDGET (self->gone), FALSE);
  gtk_widget_set_visible (self->chosen, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->suggest));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->gone));
  gtk_box_append (GTK_BOX (box), self->chosen);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
