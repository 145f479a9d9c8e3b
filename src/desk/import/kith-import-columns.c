/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-form-private.h"

#include <glib/gi18n.h>

#include "kith-column-map.h"
#include "kith-format.h"
#include "kith-kind.h"
#include "kith-value.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-pick-row.h"

/* Which column of the file is which field of a person, and how its dates are written. */

/* How dates are written, as the menu shows them; the first: looked up in the file. Which days that makes is shown by one of the file's own. */
static const struct
{
  const char *format, *label;
} date_formats[] = {
  { NULL, N_("As the file shows") },          { "%Y-%m-%d", N_("year-month-day") },  { "%m/%d/%Y", N_("month/day/year") },
  { "%d/%m/%Y", N_("day/month/year") }, { "%d.%m.%Y", N_("day.month.year") }, { "%Y%m%d", N_("year, month, day without signs") },
  { "%m-%d-%Y", N_("month-day-year") }, { "%d-%m-%Y", N_("day-month-year") },
};

static const char *
target_at (KithImportForm *self,
           guint           at)
{
  return at > 0 ? self->targets->pdata[at - 1] : NULL;
}

/* NULL: of nobody's form, as the number in the list */
static const KithField *
field_of (const char *target)
{
  KithColumnPlace place;
  const KithField *field;
  guint phone;

  return target && kith_column_find (target, &place, &field, &phone) ? field : NULL;
}

static gboolean
is_date (const char *target)
{
  const KithField *field = field_of (target);

  return field && (field->type == KITH_FIELD_DATE || field->type == KITH_FIELD_PARTIAL_DATE);
}

/* What the first rows have where dates are, in the next such column from *at on; NULL: no other is chosen for them. */
static GPtrArray *
date_values (KithImportForm *self,
             guint          *at)
{
  while (self->file && *at < self->rows->len)
    {
      guint i = (*at)++;

      if (is_date (target_at (self, kith_pick_row_get_selected (self->rows->pdata[i]))))
        return self->file->values->pdata[i];
    }
  return NULL;
}

/* Of the column whose values were given last. */
static const char *
target_of_date (KithImportForm *self,
                guint           at)
{
  return target_at (self, kith_pick_row_get_selected (self->rows->pdata[at - 1]));
}

/**
 * kith_import_form_date_words:
 * @format: (nullable): how dates are written; NULL: each in one way only
 * @both: whether it is open which of the two numbers is the month
 *
 * Returns: (transfer full) (nullable): a date of the file and how it is read, "03/04/1988 → 4 Mar 1988", with @both the other reading too; NULL: none of
 *   the first rows has one that can be read so
 */
char *
kith_import_form_date_words (KithImportForm *self,
                             const char     *format,
                             gboolean        both)
{
  g_autofree char *swapped = format ? kith_date_swap_format (format) : NULL;
  g_autofree char *words = NULL, *today = kith_format_today (kith_context_get_now (kith_form_get_context (KITH_FORM (self))));
  GPtrArray *values;
  guint at = 0;

  while ((values = date_values (self, &at)))
    for (guint i = 0; i < values->len; i++)
      {
        const char *text = values->pdata[i];
        g_autofree char *date = format ? kith_date_from_text (text, format, TRUE) : kith_date_guess (text, TRUE);
        g_autofree char *other = swapped ? kith_date_from_text (text, swapped, TRUE) : NULL;
        g_autofree char *problem = date ? kith_column_date_problem (target_of_date (self, at), format, text, today) : NULL;
        g_autofree char *day = date && !problem ? kith_format_date (date) : NULL; /* one that is not taken promises nothing */
        g_autofree char *other_day = other ? kith_format_date (other) : NULL;

        if (day && other_day && !g_str_equal (day, other_day)) /* this one shows which of the numbers is taken for the month */
          return both ? g_strdup_printf (_("%s → %s, or %s"), text, day, other_day) : g_strdup_printf (_("%s → %s"), text, day);
        if (day && !words)
          words = g_strdup_printf (_("%s → %s"), text, day);
      }
  return g_steal_pointer (&words);
}

/* The first one that is no date when it is read so; NULL: all are. */
static const char *
unreadable (GPtrArray  *values,
            const char *format)
{
  for (guint i = 0; values && i < values->len; i++)
    {
      g_autofree char *date = kith_date_from_text (values->pdata[i], format, TRUE);

      if (!date)
        return values->pdata[i];
    }
  return NULL;
}

/* The first date of the first rows, in whichever column, that will not be taken, and why; NULL: all will. Which of two numbers is the month may still be
 * open: those are asked about. Yours */
static char *
refused_words (KithImportForm *self,
               const char     *chosen)
{
  g_autofree char *today = kith_format_today (kith_context_get_now (kith_form_get_context (KITH_FORM (self))));
  GPtrArray *values;
  guint at = 0;

  while ((values = date_values (self, &at)))
    {
      gboolean both = FALSE;
      const char *format = chosen ? chosen : kith_date_guess_format ((const char *const *) values->pdata, values->len, &both);

      for (guint i = 0; !both && i < values->len; i++)
        {
          char *problem = kith_column_date_problem (target_of_date (self, at), format, values->pdata[i], today);

          if (problem)
            return problem;
        }
    }
  return NULL;
}

/* Below the choice of how dates are written: one of the file, and the day it would be; and one that would not be taken. */
static void
show_date (KithImportForm *self)
{
  guint at = 0;
  GPtrArray *values = date_values (self, &at);
  const char *format = date_formats[adw_combo_row_get_selected (self->dates)].format, *wrong = format ? unreadable (values, format) : NULL;
  gboolean both = FALSE;
  g_autofree char *words = NULL, *refused = wrong ? NULL : refused_words (self, format), *not_taken = NULL, *all = NULL;

  if (values && !format)
    format = kith_date_guess_format ((const char *const *) values->pdata, values->len, &both);
  words = wrong ? g_strdup_printf (_("%s cannot be read so"), wrong) : kith_import_form_date_words (self, format, both);
  /* Translators: a date of a list that cannot be read, and why */
  not_taken = refused ? g_strdup_printf (_("Will not be taken: %s"), refused) : NULL;
  all = g_strjoin (words && not_taken ? "\n" : "", words ? words : "", not_taken ? not_taken : "", NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->dates), all);
}

/* What the first rows have there. Of what nobody but its owner reads, a social security number, the end of it, as on the client's page. */
static void
show_samples (KithImportForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *sample = self->file->samples->pdata[i];
      const KithField *field = field_of (target_at (self, kith_pick_row_get_selected (self->rows->pdata[i])));
      g_autofree char *masked = *sample && field && (field->flags & KITH_FIELD_SECRET) ? kith_format_masked (sample) : NULL;

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows->pdata[i]), masked ? masked : *sample ? sample : _("Empty in the first rows"));
    }
}

/* Another column, or another way to write dates. */
static void
chosen_cb (KithImportForm *self)
{
  show_samples (self);
  show_date (self);
  kith_form_touch (KITH_FORM (self));
}

/* What was chosen for this file before a lock, or was left: columns go by their places, as long as they have their names. */
static void
fill_from_draft (KithImportForm *self)
{
  g_autoptr (JsonObject) draft = g_steal_pointer (&self->draft);
  JsonArray *chosen = draft ? kith_json_array (draft, "columns") : NULL;

  if (!chosen || g_strcmp0 (kith_json_string (draft, "path"), self->file->path) != 0)
    return;
  for (guint i = 0; i < MIN (self->rows->len, json_array_get_length (chosen)); i++)
    {
      JsonObject *column = json_array_get_object_element (chosen, i);
      const char *target = kith_json_string (column, "field");
      guint at = 0;

      if (g_strcmp0 (kith_json_string (column, "name"), self->file->columns->pdata[i]) != 0) /* the file is another by now */
        continue;

      for (guint k = 0; target && k < self->targets->len; k++)
        if (g_str_equal (self->targets->pdata[k], target))
          at = k + 1;
      kith_pick_row_set_selected (self->rows->pdata[i], at);
    }
  for (guint i = 0; i < G_N_ELEMENTS (date_formats); i++)
    if (g_strcmp0 (date_formats[i].format, kith_json_string (draft, "dates")) == 0)
      adw_combo_row_set_selected (self->dates, i);
  if (kith_json_string (draft, "source"))
    gtk_editable_set_text (GTK_EDITABLE (self->source), kith_json_string (draft, "source"));
}

/**
 * kith_import_form_fill_columns:
 *
 * A row for each column of the file, with the field its name seems to mean, or the one that was chosen for it before.
 */
void
kith_import_form_fill_columns (KithImportForm *self)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) guesses = kith_column_guess_all (self->file->columns, self->file->values);
  g_autofree char *name = g_strdup (self->file->name);
  char *dot = strrchr (name, '.');

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  gtk_string_list_append (labels, _("Not used"));
  for (guint i = 0; i < self->targets->len; i++)
    gtk_string_list_append (labels, kith_column_label (self->targets->pdata[i]));

  for (guint i = 0; i < self->file->columns->len; i++)
    {
      GtkWidget *row = kith_pick_row_new (self->file->columns->pdata[i], labels);
      const char *guess = guesses->pdata[i];
      guint at = 0;

      for (guint k = 0; guess && k < self->targets->len; k++)
        if (g_str_equal (self->targets->pdata[k], guess) && g_hash_table_add (used, self->targets->pdata[k]))
          at = k + 1;
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
      kith_pick_row_set_selected (KITH_PICK_ROW (row), at);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->columns, row);
      g_ptr_array_add (self->rows, row);
    }
  if (dot && dot != name)
    *dot = '\0';
  gtk_editable_set_text (GTK_EDITABLE (self->source), name);
  fill_from_draft (self);
  show_samples (self);
  show_date (self);
  kith_form_touch (KITH_FORM (self));
}

/**
 * kith_import_form_print_map:
 *
 * Returns: (transfer full) (nullable): the columns as the reader wants them, several of one field joined; NULL: something is told
 */
char *
kith_import_form_print_map (KithImportForm *self)
{
  g_autoptr (GString) map = g_string_new (NULL);
  gboolean named = FALSE;

  for (guint k = 0; k < self->targets->len; k++)
    {
      const char *target = self->targets->pdata[k], *format = date_formats[adw_combo_row_get_selected (self->dates)].format;
      gboolean first = TRUE;

      for (guint i = 0; i < self->rows->len; i++)
        {
          if (target_at (self, kith_pick_row_get_selected (self->rows->pdata[i])) != target)
            continue;
          if (first)
            g_string_append_printf (map, "%s%s=#%u", map->len > 0 ? "," : "", target, i + 1);
          else
            g_string_append_printf (map, "+#%u", i + 1);
          first = FALSE;
        }
      if (!first && format && is_date (target))
        g_string_append_printf (map, ":%s", format);
      named |= !first && (g_str_has_suffix (target, "_name") || g_str_equal (target, "other_names") || g_str_equal (target, "described_as"));
    }
  if (named)
    return g_string_free (g_steal_pointer (&map), FALSE);
  kith_form_tell (KITH_FORM (self), _("Say which column holds the names. A person without a name cannot be found again."));
  return NULL;
}

/* Before the dry run the store knows nothing of the file; after it, how it was read may still be changed. */
JsonObject *
kith_import_form_collect (KithForm *form)
{
  KithImportForm *self = KITH_IMPORT_FORM (form);
  g_autoptr (JsonArray) columns = json_array_new ();

  if (!self->file)
    return NULL;
  for (guint i = 0; i < self->rows->len; i++)
    json_array_add_object_element (columns, kith_json_new ("name", "s", self->file->columns->pdata[i], "field", "s",
                                                           target_at (self, kith_pick_row_get_selected (self->rows->pdata[i])), NULL));
  return kith_json_new ("path", "s", self->file->path, "source", "s", gtk_editable_get_text (GTK_EDITABLE (self->source)), "dates", "s",
                        date_formats[adw_combo_row_get_selected (self->dates)].format, "columns", "a", g_steal_pointer (&columns), NULL);
}

/* The file is read again: it may have changed, or be gone, which is told. */
void
kith_import_form_restore (KithForm   *form,
                          JsonObject *draft)
{
  KithImportForm *self = KITH_IMPORT_FORM (form);

  if (!kith_json_string (draft, "path"))
    return;
  g_clear_pointer (&self->draft, json_object_unref);
  self->draft = json_object_ref (draft);
  kith_import_form_open (self, kith_json_string (draft, "path"));
}

void
kith_import_form_list_dates (KithImportForm *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (date_formats); i++)
    gtk_string_list_append (formats, _(date_formats[i].label));
  kith_choice_row_set_words (self->dates, formats);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->dates), 0);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->dates), FALSE); /* a file's own words */
  g_signal_connect_object (self->dates, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "changed", G_CALLBACK (kith_form_touch), self, G_CONNECT_SWAPPED);
}

/* Returns: (transfer none) (nullable): how dates are written, as the menu has it */
const char *
kith_import_form_name_dates (const char *format)
{
  for (guint i = 1; format && i < G_N_ELEMENTS (date_formats); i++)
    if (g_str_equal (date_formats[i].format, format))
      return _(date_formats[i].label);
  return format;
}
