/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts of several parts where one may run from the other side: an Arabic name between numbers, a phone number in an Arabic window. Without
 * marks the parts would change places, and the groups of a number too. */

#include "kith-format.h"

#define LRI "\u2066" /* from the left up to PDI */
#define FSI "\u2068" /* as it begins by itself up to PDI */
#define PDI "\u2069"

static gboolean
is_window_rtl (void)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
}

static gboolean
is_rtl_letter (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_ADLAM:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Is there a letter in it that runs the other way than the window? */
static gboolean
runs_against (const char *text)
{
  gboolean rtl = is_window_rtl ();

  for (const char *c = text; *c; c = g_utf8_next_char (c))
    if (g_unichar_isalpha (g_utf8_get_char (c)) && is_rtl_letter (g_utf8_get_char (c)) != rtl)
      return TRUE;
  return FALSE;
}

/**
 * kith_format_join_parts:
 * @parts: (array length=n): what stands side by side; those that are NULL or "" are left out
 * @n: how many
 *
 * "HA-0042 · 7 Apr 1988 · Ana Delgado", each part for itself, whichever way it runs. kith_format_join() takes them one by one.
 *
 * Returns: (transfer full): the text, "" when nothing is left
 */
char *
kith_format_join_parts (const char *const *parts,
                        gsize              n)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    if (parts[i] && *parts[i])
      {
        gboolean apart = runs_against (parts[i]);

        g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? " · " : "", apart ? FSI : "", parts[i], apart ? PDI : "");
      }
  return g_string_free (text, FALSE);
}

/**
 * kith_format_digits:
 * @text: (nullable): a phone number or the like, whose groups are read from the left everywhere
 *
 * Returns: (transfer full) (nullable): the text as a window from the right can show it; NULL for NULL
 */
char *
kith_format_digits (const char *text)
{
  return text && *text && is_window_rtl () ? g_strconcat (LRI, text, PDI, NULL) : g_strdup (text);
}
