/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-row.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-story.h"
#include "capacity/kith-capacity-words.h"
#include "kith-format.h"
#include "widgets/kith-ask-window.h"

struct _KithCapacityRow
{
  AdwExpanderRow parent_instance;
  KithContext *context;
  KithRow *row;
  GtkImage *state;
  GtkSpinButton *number;
  GtkButton *save;
  KithCapacityStory *story; /* made when the row is first opened */
  gboolean showing;         /* the number is being set by what is known */
  int known;                /* when the row was shown last: the row itself takes newer values by and by */
};

G_DEFINE_FINAL_TYPE (KithCapacityRow, kith_capacity_row, ADW_TYPE_EXPANDER_ROW)

#define MOST 100000

static int
known_number (KithCapacityRow *self)
{
  return (int) kith_row_get_int (self->row, "free");
}

gboolean
kith_capacity_row_is_changed (KithCapacityRow *self)
{
  return self->row && gtk_spin_button_get_value_as_int (self->number) != self->known;
}

/* Words */

static void
add_part (GString    *line,
          const char *part)
{
  if (part && *part)
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", part);
}

static char *
subtitle (KithCapacityRow *self)
{
  gint64 now = kith_context_get_now (self->context);
  gboolean stale;
  g_autofree char *age = kith_capacity_age (self->row, now, &stale);
  const char *by = kith_row_get_text (self->row, "observed_by_name");
  g_autofree char *words = kith_capacity_words (self->row);
  gint64 held = kith_row_get_int (self->row, "held");
  g_autofree char *holds = held > 0 ? g_strdup_printf (ngettext ("%d held", "%d held", (int) held), (int) held) : NULL;
  /* Translators: "counted 07:42 by Maria Lopez" */
  g_autofree char *counted = age && by ? g_strdup_printf (_("%s by %s"), age, by) : g_strdup (age);
  g_autoptr (GString) line = g_string_new (NULL);

  if (kith_capacity_row_is_changed (self))
    {
      g_autofree char *was = g_strdup_printf (_("Not saved yet, was %d"), known_number (self));

      add_part (line, was);
    }
  add_part (line, words);
  add_part (line, kith_row_get_text (self->row, "program_name"));
  if (!stale && !kith_capacity_confirmed_today (self->row, now))
    add_part (line, _("not confirmed today"));
  add_part (line, counted);
  add_part (line, holds);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
update (KithCapacityRow *self)
{
  gboolean changed = kith_capacity_row_is_changed (self);
  g_autofree char *words = subtitle (self);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  gtk_widget_set_visible (GTK_WIDGET (self->save), changed);
  if (changed)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unsaved");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unsaved");
}

/* Changing it */

static JsonObject *
arguments (KithCapacityRow *self)
{
  return kith_json_new ("service", "s", kith_row_get_text (self->row, "service"), "unit", "s", kith_row_get_text (self->row, "unit"), NULL);
}

static void
changed_cb (KithCapacityRow *self)
{
  if (!self->showing && self->row)
    update (self);
}

void
kith_capacity_row_step (KithCapacityRow *self,
                        int              by)
{
  gtk_spin_button_set_value (self->number, gtk_spin_button_get_value (self->number) + by);
}

void
kith_capacity_row_type (KithCapacityRow *self,
                        const char      *digit)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
  gtk_editable_set_text (GTK_EDITABLE (self->number), digit);
  gtk_editable_set_position (GTK_EDITABLE (self->number), -1);
}

gboolean
kith_capacity_row_save (KithCapacityRow *self)
{
  const char *name = kith_row_get_text (self->row, "name");
  g_autofree char *done = NULL;
  JsonObject *args;

  gtk_spin_button_update (self->number);
  if (!kith_capacity_row_is_changed (self))
    return FALSE;
  args = arguments (self);
  json_object_set_int_member (args, "free", gtk_spin_button_get_value_as_int (self->number));
  /* Translators: the name of a service, and how many places are free */
  done = g_strdup_printf (_("%s: %d free"), name ? name : "", gtk_spin_button_get_value_as_int (self->number));
  kith_context_submit (self->context, "capacity.observe", args, done, TRUE, NULL, NULL);
  return TRUE;
}

void
kith_capacity_row_confirm (KithCapacityRow *self)
{
  JsonObject *args = arguments (self);

  if (kith_row_get_text (self->row, "free"))
    json_object_set_int_member (args, "free", known_number (self));
  else
    json_object_set_string_member (args, "status", kith_row_get_text (self->row, "status"));
  kith_context_submit (self->context, "capacity.observe", args, NULL, FALSE, NULL, NULL);
}

static const char *const clearable[] = { "unit_name", "period", "maximum", "reserved", "waiting", "note", "target_group", "until" };

/* The window leaves out what is blank; here a line that was emptied says that it no longer holds. */
static void
submit_all (KithContext        *context,
            JsonObject         *args,
            gpointer            data,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (clearable); i++)
    if (!json_object_has_member (args, clearable[i]))
      json_object_set_null_member (args, clearable[i]);
  kith_context_submit (context, "capacity.observe", args, _("Saved"), TRUE, callback, user_data);
}

static void
preset_text (KithCapacityRow *self,
             JsonObject      *preset,
             const char      *name)
{
  if (kith_row_get_text (self->row, name))
    json_object_set_string_member (preset, name, kith_row_get_text (self->row, name));
}

static void
preset_number (KithCapacityRow *self,
               JsonObject      *preset,
               const char      *name)
{
  if (kith_row_get_text (self->row, name))
    json_object_set_int_member (preset, name, kith_row_get_int (self->row, name));
}

void
kith_capacity_row_edit (KithCapacityRow *self)
{
  static const char *const texts[] = { "unit_name", "period", "status", "note", "target_group", "until" };
  static const char *const numbers[] = { "free", "maximum", "waiting" };
  JsonObject *preset = kith_json_new (NULL, NULL);
  GtkWidget *window;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    preset_text (self, preset, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    preset_number (self, preset, numbers[i]);
  json_object_set_boolean_member (preset, "per_referral", kith_row_get_int (self->row, "per_referral") != 0);
  window = kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context, "capacity.observe", kith_row_get_text (self->row, "name"),
                                _("What you say here is seen by everybody who may send referrals."), _("Save"), _("Saved"), arguments (self), preset);
  kith_ask_window_set_submit (KITH_ASK_WINDOW (window), submit_all, NULL, NULL);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
kith_capacity_row_plan (KithCapacityRow *self)
{
  JsonObject *preset = kith_json_new ("hour", "s", "08:00", NULL);
  GtkWidget *window;

  preset_number (self, preset, "free");
  window = kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context, "capacity.schedule", kith_row_get_text (self->row, "name"),
                                _("Choose one day, or the days of the week. At that hour the number becomes this, unless somebody counts later."), _("Plan"),
                                _("Planned"), arguments (self), preset);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

/* Showing it */

void
kith_capacity_row_show (KithCapacityRow *self,
                        KithRow         *row)
{
  gboolean changed = kith_capacity_row_is_changed (self);
  const char *name = kith_row_get_text (row, "name");
  g_autofree char *label = NULL;

  g_set_object (&self->row, row);
  self->known = known_number (self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name ? name : "");
  kith_capacity_glyph (self->state, row);
  /* Translators: for a screen reader, beside the number: the name of a service */
  label = g_strdup_printf (_("Free at %s"), name ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (!changed)
    {
      self->showing = TRUE;
      gtk_spin_button_set_value (self->number, known_number (self));
      self->showing = FALSE;
    }
  if (self->story)
    kith_capacity_story_describe (self->story, row);
  update (self);
}

KithRow *
kith_capacity_row_get_row (KithCapacityRow *self)
{
  return self->row;
}

static void
expanded_cb (KithCapacityRow *self)
{
  if (self->story || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->story = KITH_CAPACITY_STORY (kith_capacity_story_new (self->context, kith_row_get_text (self->row, "capacity"), kith_row_get_text (self->row, "service")));
  kith_capacity_story_describe (self->story, self->row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->story));
}

static void
save_cb (KithCapacityRow *self)
{
  kith_capacity_row_save (self);
}

static void
kith_capacity_row_dispose (GObject *object)
{
  KithCapacityRow *self = KITH_CAPACITY_ROW (object);

  g_clear_object (&self->row);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_capacity_row_parent_class)->dispose (object);
}

static void
kith_capacity_row_class_init (KithCapacityRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_capacity_row_dispose;
}

static void
kith_capacity_row_init (KithCapacityRow *self)
{
  self->state = GTK_IMAGE (gtk_image_new ());
  self->save = GTK_BUTTON (gtk_button_new_from_icon_name ("object-select-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->save), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->save), "circular");
  gtk_widget_set_valign (GTK_WIDGET (self->save), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->save), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->save), _("Save the number (Enter)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save the number"), -1);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  self->number = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MOST, 1));
  gtk_widget_set_valign (GTK_WIDGET (self->number), GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->number), 3);
  g_signal_connect_object (self->number, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->state));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->save));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->number));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

GtkWidget *
kith_capacity_row_new (KithContext *context)
{
  KithCapacityRow *self = g_object_new (KITH_TYPE_CAPACITY_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
