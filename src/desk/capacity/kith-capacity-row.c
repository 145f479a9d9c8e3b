/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-row.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-asks.h"
#include "capacity/kith-capacity-story.h"
#include "capacity/kith-capacity-words.h"
#include "kith-draft.h"
#include "kith-format.h"
#include "kith-watch.h"

struct _KithCapacityRow
{
  AdwExpanderRow parent_instance;
  KithContext *context;
  KithRow *row;
  GtkImage *state, *pending;
  GtkSpinButton *number;
  GtkButton *save;
  KithCapacityStory *story; /* made when the row is first opened */
  KithWatch *turn;          /* who has waited longest, while that is found out; kept until it is asked again */
  gboolean showing;         /* the number is being set by what is known */
  gboolean editable;
  int known;                /* when the row was shown last: the row itself takes newer values by and by */
  KithDraft *draft;         /* of a number that waits for Enter; NULL: before the row is shown, or it is only looked at */
  gboolean drafted;         /* something is in it */
  char *counted;            /* when the row was counted that was changed: its observed_at */
  int was;                  /* and the number it had */
  gint64 changed_at;        /* wall ms */
};

G_DEFINE_FINAL_TYPE (KithCapacityRow, kith_capacity_row, ADW_TYPE_EXPANDER_ROW)

#define MOST 100000
#define NO_NUMBER -1
#define NO_NUMBER_TEXT "–"

/* NO_NUMBER: "open", how much nobody said. */
static int
known_number (KithCapacityRow *self)
{
  return kith_row_get_text (self->row, "free") ? (int) kith_row_get_int (self->row, "free") : NO_NUMBER;
}

/**
 * kith_capacity_row_is_changed:
 *
 * Returns: whether the number differs from what was counted last, and waits for Enter
 */
gboolean
kith_capacity_row_is_changed (KithCapacityRow *self)
{
  return self->row && self->editable && gtk_spin_button_get_value_as_int (self->number) != self->known;
}

/* As far as it is typed: the number is taken over when one leaves it. */
static int
typed_number (KithCapacityRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->number));
  char *end;
  gint64 number = g_ascii_strtoll (text, &end, 10);

  return end != text && *end == '\0' ? (int) CLAMP (number, 0, MOST) : gtk_spin_button_get_value_as_int (self->number);
}

/* Yours; NULL: it can be so many, or is as it was counted */
static char *
too_many (KithCapacityRow *self)
{
  return self->editable && typed_number (self) != self->known ? kith_capacity_too_many (self->row, typed_number (self)) : NULL;
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
  g_autofree char *words = kith_capacity_words (self->row, now);
  g_autofree char *reserved = kith_capacity_reserved_words (self->row);
  int held = (int) kith_row_get_int (self->row, "held"), waiting = (int) kith_row_get_int (self->row, "n_waiting");
  g_autofree char *holds = held > 0 ? g_strdup_printf (ngettext ("%d held", "%d held", held), held) : NULL;
  /* Translators: referrals on the wait list of a service */
  g_autofree char *list = waiting > 0 ? g_strdup_printf (ngettext ("%d waits for a place", "%d wait for a place", waiting), waiting) : NULL;
  g_autofree char *wrong = too_many (self), *unsent = kith_capacity_unsent_words (self->row);
  g_autoptr (GString) line = g_string_new (NULL);

  add_part (line, wrong);
  if (kith_capacity_row_is_changed (self))
    {
      g_autofree char *was = self->known == NO_NUMBER ? g_strdup (_("Not saved yet, there was no number"))
                                                      : g_strdup_printf (_("Not saved yet, was %d"), known_number (self));

      add_part (line, was);
    }
  add_part (line, words);
  add_part (line, unsent);
  add_part (line, kith_row_get_text (self->row, "program_name"));
  if (!stale && !kith_capacity_confirmed_today (self->row, now))
    add_part (line, _("not confirmed today"));
  add_part (line, age);
  add_part (line, holds);
  add_part (line, reserved);
  add_part (line, list);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* What is not saved outlives a lock and a crash; what was saved, or is as it was, is no draft any more. */
static void
keep_draft (KithCapacityRow *self,
            gboolean         changed)
{
  if (!self->draft)
    return;
  if (changed)
    kith_draft_touch (self->draft);
  else if (self->drafted)
    kith_draft_forget (self->draft);
  self->drafted = changed;
}

static void
update (KithCapacityRow *self)
{
  gboolean changed = kith_capacity_row_is_changed (self);
  g_autofree char *words = subtitle (self), *wrong = too_many (self);

  keep_draft (self, changed);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->number), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->number), "error");

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  gtk_widget_set_visible (GTK_WIDGET (self->save), changed);
  if (changed)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unsaved");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unsaved");
}

/* Changing it */

static void
changed_cb (KithCapacityRow *self)
{
  if (self->showing || !self->row)
    return;
  g_free (self->counted);
  self->counted = g_strdup (kith_row_get_text (self->row, "observed_at"));
  self->was = self->known;
  self->changed_at = kith_context_get_now (self->context);
  update (self);
}

/* Digit by digit: more than there can be is said before it is saved. */
static void
typed_cb (KithCapacityRow *self)
{
  if (!self->showing && self->row)
    update (self);
}

static JsonObject *
collect_draft (gpointer owner)
{
  KithCapacityRow *self = owner;

  return kith_capacity_row_is_changed (self) ? kith_json_new ("free", "i", (gint64) gtk_spin_button_get_value_as_int (self->number), "was", "i", (gint64) self->was, "counted", "s",
                                                              self->counted, "at", "i", self->changed_at, NULL)
                                             : NULL;
}

/* A number that was left is one step from what was counted then: after a newer count, or on another day, Enter must not publish it. */
static gboolean
is_over (KithCapacityRow *self,
         JsonObject      *draft)
{
  g_autofree char *today = kith_format_today (kith_context_get_now (self->context));
  g_autofree char *day = kith_format_today (kith_json_int (draft, "at", 0));

  return !g_str_equal (day, today) || kith_json_int (draft, "was", MOST) != self->known ||
         g_strcmp0 (kith_json_string (draft, "counted"), kith_row_get_text (self->row, "observed_at")) != 0;
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithCapacityRow *self = owner;

  if (is_over (self, draft))
    {
      kith_draft_forget (self->draft);
      return;
    }
  self->drafted = TRUE;
  gtk_spin_button_set_value (self->number, kith_json_int (draft, "free", self->known));
  update (self);
}

void
kith_capacity_row_flush (KithCapacityRow *self)
{
  if (self->story)
    kith_capacity_story_flush (self->story);
  if (!self->draft)
    return;
  gtk_spin_button_update (self->number); /* digits that were typed and not left yet */
  kith_draft_flush (self->draft);
}

/**
 * kith_capacity_row_step:
 * @by: places more, or fewer when negative; held at the ends the number may have
 */
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
  g_autofree char *done = NULL, *wrong = NULL;
  JsonObject *args;

  gtk_spin_button_update (self->number);
  if (!kith_capacity_row_is_changed (self))
    return FALSE;
  if ((wrong = too_many (self)))
    {
      g_autofree char *words = g_strdup_printf (_("%s. Nothing was saved."), wrong);

      kith_context_toast (self->context, words);
      return TRUE;
    }
  args = kith_capacity_arguments (self->row);
  json_object_set_int_member (args, "free", gtk_spin_button_get_value_as_int (self->number));
  /* Translators: the name of a service, and how many places are free */
  done = g_strdup_printf (_("%s: %d free"), name ? name : "", gtk_spin_button_get_value_as_int (self->number));
  kith_context_submit (self->context, "capacity.observe", args, done, TRUE, NULL, NULL);
  return TRUE;
}

/**
 * kith_capacity_row_confirm:
 *
 * Number and state as they stand: full with a wait list stays so. But what was left of a week that is over says nothing of this one (P4): then
 * all there are in such a time is proposed, where that is known, and waits for Enter.
 *
 * Returns: whether it was confirmed
 */
gboolean
kith_capacity_row_confirm (KithCapacityRow *self)
{
  JsonObject *args;

  if (kith_capacity_period_over (self->row, kith_context_get_now (self->context)) && known_number (self) != NO_NUMBER)
    {
      if (kith_row_get_text (self->row, "maximum"))
        gtk_spin_button_set_value (self->number, (double) (kith_row_get_int (self->row, "maximum") - kith_row_get_int (self->row, "reserved")));
      return FALSE;
    }
  args = kith_capacity_arguments (self->row);
  if (known_number (self) != NO_NUMBER)
    json_object_set_int_member (args, "free", known_number (self));
  json_object_set_string_member (args, "status", kith_row_get_text (self->row, "status"));
  kith_context_submit (self->context, "capacity.observe", args, NULL, FALSE, NULL, NULL);
  return TRUE;
}

/* Whoever has waited longest */

static void
turn_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithCapacityRow *self = user_data;
  KithRow *first = NULL;
  gboolean waits = FALSE;

  if (!g_object_get_data (G_OBJECT (self), "turn-asked"))
    return;
  g_object_set_data (G_OBJECT (self), "turn-asked", NULL);
  for (guint i = 0; i < rows->len && !first; i++)
    if (!kith_row_get_int (rows->pdata[i], "asked"))
      {
        waits = TRUE;
        if (kith_capacity_may_hold (self->context, kith_row_get_text (self->row, "service"), rows->pdata[i]))
          first = rows->pdata[i];
      }
  if (first)
    kith_capacity_hold (self->context, first);
  else if (waits)
    kith_context_toast (self->context, _("Only who manages this service keeps places here"));
  else
    kith_context_toast (self->context, _("Nobody waits for a place here"));
}

void
kith_capacity_row_hold (KithCapacityRow *self)
{
  static const char *const kinds[] = { "referral", "hold", NULL };

  if (known_number (self) <= 0)
    {
      kith_context_toast (self->context, _("No place is free here"));
      return;
    }
  g_clear_object (&self->turn);
  g_object_set_data (G_OBJECT (self), "turn-asked", GINT_TO_POINTER (TRUE));
  self->turn = kith_watch_new (self->context, "capacity-waiting", kinds, kith_row_get_text (self->row, "service"), turn_cb, self);
  kith_watch_set_limit (self->turn, 50); /* some of them have asked already */
}

/* Showing it */

static gboolean
output_cb (GtkSpinButton *number)
{
  if (gtk_spin_button_get_value_as_int (number) != NO_NUMBER)
    return FALSE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (number)), NO_NUMBER_TEXT))
    gtk_editable_set_text (GTK_EDITABLE (number), NO_NUMBER_TEXT);
  return TRUE;
}

static int
input_cb (GtkSpinButton *number,
          double        *value)
{
  *value = NO_NUMBER;
  return g_str_equal (gtk_editable_get_text (GTK_EDITABLE (number)), NO_NUMBER_TEXT);
}

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
  kith_capacity_glyph (self->state, row, kith_context_get_now (self->context));
  gtk_widget_set_visible (GTK_WIDGET (self->pending), kith_row_get_int (row, "pending") != 0);
  /* Translators: for a screen reader, beside the number: the name of a service, and what is counted (beds) */
  label = g_strdup_printf (_("Free at %s: %s"), name ? name : "", kith_format_code ("capacity_unit", kith_row_get_text (row, "unit")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (!changed)
    {
      self->showing = TRUE;
      gtk_spin_button_set_range (self->number, MIN (self->known, 0), MOST);
      gtk_spin_button_set_value (self->number, known_number (self));
      self->showing = FALSE;
    }
  if (self->story)
    kith_capacity_story_describe (self->story, row);
  if (!self->draft && self->editable)
    {
      g_autofree char *key = g_strconcat ("capacity:", kith_row_get_text (row, "capacity"), NULL);

      self->draft = kith_draft_new (self->context, key, NULL, collect_draft, restore_draft, self);
    }
  update (self);
}

/**
 * kith_capacity_row_get_row:
 *
 * Returns: (transfer none) (nullable): the row of capacity-own that is shown; NULL: none yet
 */
KithRow *
kith_capacity_row_get_row (KithCapacityRow *self)
{
  return self->row;
}

/**
 * kith_capacity_row_set_narrow:
 * @narrow: the number stands above its two buttons: beside them a narrow window leaves a column of single words
 */
void
kith_capacity_row_set_narrow (KithCapacityRow *self,
                              gboolean         narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->number), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
expanded_cb (KithCapacityRow *self)
{
  if (self->story || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->story = KITH_CAPACITY_STORY (kith_capacity_story_new (self->context, self->row, self->editable));
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

  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  g_clear_object (&self->turn);
  g_clear_object (&self->row);
  g_clear_object (&self->context);
  g_clear_pointer (&self->counted, g_free);
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
  self->pending = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "icon-name", "emblem-synchronizing-symbolic", "tooltip-text", _("Not sent yet"), "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_PRESENTATION, "visible", FALSE, NULL)); /* the words stand in the line */
  gtk_widget_add_css_class (GTK_WIDGET (self->pending), "small-icon");
  self->save = GTK_BUTTON (gtk_button_new_from_icon_name ("object-select-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->save), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->save), "circular");
  gtk_widget_set_valign (GTK_WIDGET (self->save), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->save), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->save), _("Save the number (Enter)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save the number"), -1);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  self->number = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, MOST, 1));
  g_signal_connect (self->number, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect (self->number, "input", G_CALLBACK (input_cb), NULL);
  g_signal_connect_object (self->number, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (GTK_WIDGET (self->number), GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->number), 3);
  g_signal_connect_object (self->number, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->state));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->save)); /* the last one stands first */
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->number));
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->pending));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
}

/**
 * kith_capacity_row_new:
 *
 * Returns: (transfer floating): a row without numbers before kith_capacity_row_show()
 */
GtkWidget *
kith_capacity_row_new (KithContext *context,
                       gboolean     editable)
{
  KithCapacityRow *self = g_object_new (KITH_TYPE_CAPACITY_ROW, NULL);

  self->context = g_object_ref (context);
  self->editable = editable;
  gtk_widget_set_visible (GTK_WIDGET (self->number), editable);
  return GTK_WIDGET (self);
}
