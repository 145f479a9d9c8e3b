/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-choice-row.h"

#include <stdio.h>

#include "kith-kind.h"
#include "kith-text.h"

typedef struct
{
  const KithVocabulary *words;
  gboolean none;
} Choice;

void
kith_choice_row_set_vocabulary (AdwComboRow *row,
                                const char  *vocabulary,
                                const char  *none)
{
  const KithVocabulary *words = kith_vocabulary_get (vocabulary);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  Choice *choice = g_new0 (Choice, 1);

  g_return_if_fail (words != NULL);
  choice->words = words;
  choice->none = none != NULL;
  if (none)
    gtk_string_list_append (labels, none);
  for (guint i = 0; i < kith_vocabulary_size (words); i++)
    gtk_string_list_append (labels, kith_vocabulary_label (words, kith_vocabulary_code (words, i)));
  g_object_set_data_full (G_OBJECT (row), "kith-choice", choice, g_free);
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
}

const char *
kith_choice_row_get_code (AdwComboRow *row)
{
  Choice *choice = g_object_get_data (G_OBJECT (row), "kith-choice");
  guint i = adw_combo_row_get_selected (row);

  if (i == GTK_INVALID_LIST_POSITION || (choice->none && i == 0))
    return NULL;
  return kith_vocabulary_code (choice->words, i - choice->none);
}

void
kith_choice_row_set_code (AdwComboRow *row,
                          const char  *code)
{
  Choice *choice = g_object_get_data (G_OBJECT (row), "kith-choice");

  for (guint i = 0; code && i < kith_vocabulary_size (choice->words); i++)
    if (g_str_equal (kith_vocabulary_code (choice->words, i), code))
      {
        adw_combo_row_set_selected (row, i + choice->none);
        return;
      }
  adw_combo_row_set_selected (row, 0);
}

char *
kith_entry_text (AdwEntryRow *row)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (*text)
    return text;
  g_free (text);
  return NULL;
}

void
kith_entry_set (AdwEntryRow *row,
                const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
}

void
kith_entry_set_error (AdwEntryRow *row,
                      gboolean     wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static int
month_by_name (const char *word)
{
  for (int month = 1; month <= 12 && strlen (word) >= 3; month++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2000, month, 1, 0, 0, 0);
      g_autofree char *here = g_date_time_format (date, "%B");
      static const char *const english[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                                             "november", "december" };
      g_autofree char *folded = kith_text_fold (here);
      g_autofree char *given = kith_text_fold (word);

      if (g_str_has_prefix (folded, given) || g_str_has_prefix (english[month - 1], given))
        return month;
    }
  return 0;
}

/* Two digits are the last such year that has begun: nobody is born in the future. */
static int
whole_year (int year,
            int this_year)
{
  if (year >= 100)
    return year;
  return year + (year <= this_year % 100 ? this_year / 100 * 100 : this_year / 100 * 100 - 100);
}

char *
kith_date_read (const char *text,
                int         this_year)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  int a, b, c, end = 0, year = 0, month = 0, day = 0;
  char word[32] = "";
  char *date;

  if (!*trimmed)
    return g_strdup ("");
  if (sscanf (trimmed, "%4d-%2d-%2d%n", &a, &b, &c, &end) == 3 && trimmed[end] == 0)
    year = a, month = b, day = c;
  else if (sscanf (trimmed, "%4d-%2d%n", &a, &b, &end) == 2 && trimmed[end] == 0)
    year = a, month = b;
  else if (sscanf (trimmed, "%2d%*[/.]%2d%*[/.]%4d%n", &a, &b, &c, &end) == 3 && trimmed[end] == 0)
    {
      /* Month first, unless that cannot be or the dots of Europe say otherwise. */
      gboolean day_first = strchr (trimmed, '.') != NULL || a > 12;

      year = whole_year (c, this_year), month = day_first ? b : a, day = day_first ? a : b;
    }
  else if (sscanf (trimmed, "%2d %31[^ 0-9] %4d%n", &a, word, &c, &end) == 3 && trimmed[end] == 0)
    year = whole_year (c, this_year), month = month_by_name (word), day = a;
  else if (sscanf (trimmed, "%31[^ 0-9] %2d%*[, ]%4d%n", word, &a, &c, &end) == 3 && trimmed[end] == 0)
    year = whole_year (c, this_year), month = month_by_name (word), day = a;
  else if (sscanf (trimmed, "%31[^ 0-9] %4d%n", word, &c, &end) == 2 && trimmed[end] == 0)
    year = c, month = month_by_name (word);
  else if (sscanf (trimmed, "%4d%n", &a, &end) == 1 && trimmed[end] == 0 && a >= 1000)
    year = a;
  if (year < 1800 || year > this_year || (*word && month == 0))
    return NULL;
  date = day ? g_strdup_printf ("%04d-%02d-%02d", year, month, day) : month ? g_strdup_printf ("%04d-%02d", year, month) : g_strdup_printf ("%04d", year);
  if (!kith_text_is_partial_date (date))
    g_clear_pointer (&date, g_free);
  return date;
}
