/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-print-languages.h"

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
