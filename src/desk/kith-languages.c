/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-languages.h"

#include <libintl.h>

#include "kith-text.h"

#define DOMAIN "iso_639-3"

typedef struct
{
  const char *code, *long_code, *name;
} Language;

static const Language languages[] = {
#include "kith-languages-table.h"
};

typedef struct
{
  char *name, *english; /* folded */
} Folded;

static const char *
translated (const Language *language)
{
  static gsize bound = 0;

  if (g_once_init_enter (&bound))
    {
      bindtextdomain (DOMAIN, KITH_ISO_LOCALEDIR);
      bind_textdomain_codeset (DOMAIN, "UTF-8");
      g_once_init_leave (&bound, 1);
    }
  return dgettext (DOMAIN, language->name);
}

/* "Modern Greek (1453-)", "Malay (macrolanguage)": what is in brackets helps nobody at a desk. */
static char *
plain_name (const Language *language)
{
  const char *name = translated (language), *bracket = strstr (name, " (");

  return bracket ? g_strndup (name, bracket - name) : g_strdup (name);
}

static int
compare_code (const void *key,
              const void *entry)
{
  return strcmp (key, ((const Language *) entry)->code);
}

static const Language *
find_code (const char *code)
{
  const Language *found = bsearch (code, languages, G_N_ELEMENTS (languages), sizeof languages[0], compare_code);

  for (gsize i = 0; !found && strlen (code) == 3 && i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].long_code, code))
      found = &languages[i];
  return found;
}

char *
kith_language_name (const char *code)
{
  const Language *language = find_code (code);

  return language ? plain_name (language) : g_strdup (code);
}

char *
kith_language_names (JsonArray  *codes,
                     const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; codes && i < json_array_get_length (codes); i++)
    {
      const char *code = json_array_get_string_element (codes, i);
      g_autofree char *name = code ? kith_language_name (code) : NULL;

      if (name && *name)
        g_string_append_printf (text, "%s%s", text->len ? separator : "", name);
    }
  return g_string_free (text, text->len == 0);
}

static const Folded *
all_folded (void)
{
  static Folded *folded = NULL;
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      folded = g_new (Folded, G_N_ELEMENTS (languages));
      for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          folded[i].name = kith_text_fold (translated (&languages[i]));
          folded[i].english = translated (&languages[i]) == languages[i].name ? NULL : kith_text_fold (languages[i].name);
        }
      g_once_init_leave (&made, 1);
    }
  return folded;
}

/* 0: the whole name, 1: it begins so, 2: a word of it does, 3: not at all. */
static guint
rank_of (const char *name,
         const char *text)
{
  gsize length = strlen (text);

  if (!name)
    return 3;
  if (strncmp (name, text, length) == 0)
    return name[length] == '\0' ? 0 : 1;
  for (const char *at = name; (at = strstr (at, text)); at++)
    if (at[-1] == ' ')
      return 2;
  return 3;
}

GPtrArray *
kith_language_find (const char *text,
                    guint       limit)
{
  g_autofree char *wanted = kith_text_fold (text);
  const Folded *folded = all_folded ();
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  if (!*wanted)
    return found;
  for (guint rank = 0; rank < 3; rank++)
    for (guint known = 0; known < 2; known++)
      for (gsize i = 0; i < G_N_ELEMENTS (languages) && found->len < limit; i++)
        {
          guint mine = MIN (rank_of (folded[i].name, wanted), rank_of (folded[i].english, wanted));

          if (mine == rank && (strlen (languages[i].code) == 2) == (known == 0))
            g_ptr_array_add (found, g_strdup (languages[i].code));
        }
  return found;
}

const char *
kith_language_english (const char *code)
{
  const Language *language = code ? find_code (code) : NULL;

  return language ? language->name : NULL;
}
