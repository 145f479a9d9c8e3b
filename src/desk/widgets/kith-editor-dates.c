/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates, as people say them; what was understood stands beside */

#include "kith-editor.h"

#include <glib/gi18n.h>

#include "kith-context-day.h"
#include "kith-dates.h"
#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-date-words.h"

static int
this_year (KithEditor *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kith_context_get_now (self->context) / 1000);

  return g_date_time_get_year (now);
}

/* NULL: not understood. Of a birth the year may be all that is known; other days are near, and may lie ahead. */
static char *
read_date (KithEditor *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));

  switch (self->field->type)
    {
    case KITH_FIELD_DATE:
      return kith_day_read (text, kith_context_get_day_now (self->context));
    case KITH_FIELD_TIME:
      return kith_moment_read (text, kith_context_get_now (self->context));
    default: /* nobody is born in the future; a child is due in it */
      return kith_date_read (text, this_year (self) + (g_str_equal (self->field->name, "due_date") ? 50 : 0));
    }
}

/* What was understood, for the eye beside what was typed. */
static char *
date_words (KithEditor *self,
            const char *date)
{
  gint64 now = kith_context_get_now (self->context), ms;

  if (self->field->type == KITH_FIELD_TIME)
    return kith_time_parse (date, &ms) ? kith_format_moment (ms) : g_strdup ("");
  if (g_str_equal (self->field->name, "date_of_birth"))
    return kith_format_birth (date, now);
  return self->field->type == KITH_FIELD_DATE ? kith_dates_whole (date) : kith_format_date (date);
}

/* How it is to be written, with days that are still to come. */
static char *
examples (KithEditor *self)
{
  gint64 now_ms = kith_context_get_now (self->context);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000), soon = g_date_time_add_days (now, 14);
  g_autofree char *day = NULL;

  if (self->field->type == KITH_FIELD_DATE)
    return kith_day_examples (now_ms);
  if (self->field->type != KITH_FIELD_TIME)
    return g_strdup (kith_date_examples ());
  day = kith_dates_format (soon, _("%-d %b"));
  /* Translators: times as somebody types them; %s is a day, "4 Dec" */
  return g_strdup_printf (_("Write it as tomorrow 9:30, Friday 2 pm or %s 14:00."), day);
}

/* When it is saved. How it is written stands beside the field, and is not told twice. */
static char *
problem_of_date (KithEditor *self)
{
  g_autofree char *date = read_date (self);

  if (date)
    return NULL;
  /* Translators: the name of a field: "Until: this day is not understood." */
  return g_strdup_printf (_("%s: this day is not understood."), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->row)));
}

/* A draft has the day as it was understood, not "tomorrow": it is gone on with on another day. */
static JsonNode *
get_date (KithEditor *self,
          gboolean    raw)
{
  char *date = read_date (self);

  /* What cannot be read is kept as typed, and refused with words when it is saved. */
  return kith_editor_text_node (date ? date : kith_entry_text (ADW_ENTRY_ROW (self->row)));
}

static void
date_changed_cb (KithEditor *self)
{
  GtkLabel *hint = self->data;
  g_autofree char *date = read_date (self);
  g_autofree char *words = date && *date ? date_words (self, date) : NULL;

  kith_entry_set_error (ADW_ENTRY_ROW (self->row), date == NULL);
  if (!words)
    words = examples (self);
  gtk_label_set_text (hint, words);
  gtk_widget_set_visible (GTK_WIDGET (hint), !date || *date);
  kith_editor_changed (self);
}

/* As people write it here, not as it is stored; a draft may hold what was typed and not understood. */
static void
set_date (KithEditor *self,
          JsonNode   *value)
{
  const char *text = kith_editor_node_text (value);
  g_autofree char *shown = text && kith_text_is_partial_date (text) ? kith_format_date (text) : NULL;

  kith_entry_set (ADW_ENTRY_ROW (self->row), shown ? shown : text);
}

void
kith_editor_make_date (KithEditor *self,
           const char *label)
{
  GtkWidget *hint = gtk_label_new (NULL);

  kith_editor_make_line (self, label);
  g_signal_handlers_disconnect_by_data (self->row, self);
  gtk_widget_set_visible (hint, FALSE);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (hint), GTK_NATURAL_WRAP_NONE); /* one line where there is room: as tall as the row, it would take two */
  gtk_label_set_xalign (GTK_LABEL (hint), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->row), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 24);
  gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (hint, "meta");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), hint);
  self->data = hint;
  g_signal_connect_swapped (self->row, "changed", G_CALLBACK (date_changed_cb), self);
  self->get = get_date;
  self->set = set_date;
  self->problem = problem_of_date;
}

/* Times: a day and an hour, of this computer's zone */

static void
set_moment (KithEditor *self,
            JsonNode   *value)
{
  const char *text = kith_editor_node_text (value);
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *shown = NULL;
  gint64 ms;

  if (text && kith_time_parse (text, &ms))
    {
      /* Translators: a day and a time in a field, as somebody could type it */
      when = g_date_time_new_from_unix_local (ms / 1000);
      shown = kith_dates_format (when, _("%-d %b %Y %H:%M"));
    }
  kith_entry_set (ADW_ENTRY_ROW (self->row), shown ? shown : text); /* a draft holds what was typed */
}

/* TIME: a day and an hour of this computer's zone, shown so, and typed as kith_editor_make_date() takes them. */
void
kith_editor_make_moment (KithEditor *self,
             const char *label)
{
  kith_editor_make_date (self, label);
  self->set = set_moment;
}
