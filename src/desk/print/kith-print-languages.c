/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-print-languages.h"

#include <glib/gi18n.h>

#include "kith-catalogue.h"
#include "kith-languages.h"

static void
add (GPtrArray *codes, GtkStringList *names, const char *code)
{
  g_autofree char *name = kith_language_name (code);

  for (guint i = 0; i < codes->len; i++)
    if (g_str_equal (codes->pdata[i], code))
      return;
  g_ptr_array_add (codes, g_strdup (code));
  gtk_string_list_append (names, name);
}

void
kith_print_languages_fill (JsonObject *client, GPtrArray *codes, GtkStringList *names)
{
  static const char *const known[] = { "es", "tl", "vi", "ar", "zh" };
  JsonArray *own = kith_json_array (client, "languages");

  g_ptr_array_set_size (codes, 0);
  for (guint i = 0; own && i < json_array_get_length (own); i++)
    {
      const char *code = json_array_get_string_element (own, i);

      if (g_str_equal (code, "en") || kith_catalogue_exists (code))
        add (codes, names, code);
    }
  add (codes, names, "en");
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (kith_catalogue_exists (known[i]))
      add (codes, names, known[i]);
}

/* The one the person prefers is the first. */
char *
kith_print_languages_missing (JsonObject *client, const char *paper)
{
  JsonArray *own = client ? kith_json_array (client, "languages") : NULL;
  const char *first = own && json_array_get_length (own) > 0 ? json_array_get_string_element (own, 0) : NULL;
  g_autofree char *theirs = NULL, *instead = NULL;

  if (!first || !paper || g_str_equal (first, "en") || kith_catalogue_exists (first))
    return NULL;
  theirs = kith_language_name (first);
  instead = kith_language_name (paper);
  /* Translators: two languages: the client's, then the paper's */
  return g_strdup_printf (_("Kith has no %s yet: the paper is in %s. Read it to the client in their language."), theirs, instead);
}
