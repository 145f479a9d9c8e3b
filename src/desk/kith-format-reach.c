/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How somebody is reached, how far away that is, and what must be known before it is tried. Nothing is guessed: where nobody asked, nothing is said. */

#include "kith-format.h"
#include "kith-format-phone.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>

static void
add_word (GString    *text,
          const char *separator,
          const char *word)
{
  if (word && *word)
    g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", word);
}

/* Behind the number or the street, in this order, joined by the caller's own comma. */
static void
add_safety (GString    *words,
            JsonObject *part,
            const char *member,
            const char *safe,
            const char *not_safe)
{
  if (json_object_has_member (part, member))
    add_word (words, ", ", kith_json_bool (part, member, TRUE) ? safe : not_safe);
}

static void
add_behind (GString    *text,
            GString    *words,
            const char *note)
{
  if (words->len > 0)
    g_string_append_printf (text, " (%s)", words->str);
  if (note && *note)
    g_string_append_printf (text, ": %s", note);
}

#define PLAIN_DIGITS 10

/* (619) 555-0142; NULL: it is more or less than a plain national number, has words in it, or is written in groups that are another country's. Yours */
static char *
plain_number (const char *text)
{
  char digits[PLAIN_DIGITS + 1];
  guint n = 0;

  for (const char *c = text; *c; c++)
    if (g_ascii_isdigit (*c) && n < PLAIN_DIGITS)
      {
        if (n > 0 && n != 3 && n != 6 && !g_ascii_isdigit (c[-1]))
          return NULL;
        digits[n++] = *c;
      }
    else if (!strchr (" -.()", *c))
      return NULL;
  digits[n] = '\0';
  /* No area begins with 0 or 1. */
  return n == PLAIN_DIGITS && digits[0] > '1' ? g_strdup_printf ("(%.3s) %.3s-%s", digits, digits + 3, digits + 6) : NULL;
}

gboolean
kith_format_has_areas (const char *prefix)
{
  return !prefix || !*prefix || g_str_equal (prefix, "1");
}

/* Elsewhere ten digits are grouped in other ways. */
static gboolean
reader_has_areas (void)
{
#ifdef LC_TELEPHONE /* glibc */
  return kith_format_has_areas (nl_langinfo (_NL_TELEPHONE_INT_PREFIX));
#else
  return TRUE;
#endif
}

/**
 * kith_format_phone:
 * @number: (nullable): as it was typed
 *
 * Where the reader's country is of the North American plan, or not known: numbers come in lists and from people in every shape; side by side they read better in one. What is stored stays as it was typed, and so does what is not
 * recognisable.
 *
 * Returns: (transfer full) (nullable): as a window shows it; %NULL for %NULL
 */
char *
kith_format_phone (const char *number)
{
  g_autofree char *plain = number && reader_has_areas () ? plain_number (number) : NULL;

  return kith_format_digits (plain ? plain : number);
}

static void
add_phone_words (GString    *text,
                 JsonObject *phone)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char *type = kith_json_string (phone, "type");

  add_word (words, ", ", type ? kith_format_code ("phone_type", type) : NULL);
  add_safety (words, phone, "safe_to_call", _("safe to call"), _("not safe to call"));
  add_safety (words, phone, "safe_to_text", _("safe to text"), _("not safe to text"));
  add_safety (words, phone, "safe_to_leave_message", _("safe to leave a message"), _("not safe to leave a message"));
  add_behind (text, words, kith_json_string (phone, "note"));
}

char *
kith_format_phones (JsonObject *body,
                    const char *separator)
{
  JsonArray *phones = kith_json_array (body, "phones");
  GString *text = g_string_new (NULL);

  for (guint i = 0; phones && i < json_array_get_length (phones); i++)
    {
      JsonNode *node = json_array_get_element (phones, i);
      JsonObject *phone = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      g_autofree char *number = phone ? kith_format_phone (kith_json_string (phone, "number")) : NULL;

      if (!number)
        continue;
      add_word (text, separator, number);
      add_phone_words (text, phone);
    }
  return g_string_free (text, text->len == 0);
}

/**
 * kith_format_email:
 * @body: of a person
 *
 * Returns: (transfer full) (nullable): the address and whether a mail to it is safe, as it is said of a number; %NULL when neither is known
 */
char *
kith_format_email (JsonObject *body)
{
  const char *email = kith_json_string (body, "email");
  g_autoptr (GString) words = g_string_new (NULL);
  GString *text = g_string_new (email);

  add_safety (words, body, "safe_to_email", _("safe to send email"), _("not safe to send email"));
  if (email)
    add_behind (text, words, NULL);
  else
    g_string_append (text, words->str); /* before anybody writes one down */
  return g_string_free (text, text->len == 0);
}

/* Returns: (transfer full) (nullable): one line; NULL when there is nothing */
char *
kith_format_address (JsonObject *address)
{
  static const char *const parts[] = { "address_1", "address_2", "city", "state_province", "postal_code" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; address && i < G_N_ELEMENTS (parts); i++)
    add_word (text, i == 4 ? " " : ", ", kith_json_string (address, parts[i]));
  return g_string_free (text, text->len == 0);
}

/**
 * kith_format_home:
 * @address: (nullable): a person's
 *
 * A person's address with what it is used for, whether a letter there is safe, and how it is found: somebody who was to be written to at a friend's,
 * or not at all, is not endangered by a line that kept it to itself.
 *
 * Returns: (transfer full) (nullable): NULL when there is nothing
 */
char *
kith_format_home (JsonObject *address)
{
  g_autofree char *street = kith_format_address (address);
  g_autoptr (GString) words = g_string_new (NULL);
  GString *text = g_string_new (street);

  if (address)
    {
      const char *use = kith_json_string (address, "use");

      add_word (text, ", ", kith_json_string (address, "country"));
      add_word (words, ", ", use ? kith_format_code ("address_use", use) : NULL);
      add_safety (words, address, "safe_to_write", _("safe to send letters"), _("not safe to send letters"));
      add_behind (text, words, kith_json_string (address, "note"));
    }
  return g_string_free (text, text->len == 0);
}

/**
 * kith_format_is_miles:
 * @measurement: as glibc has it: 1 metric, 2 as in the United States
 * @locale: (nullable): its name: "en_GB.UTF-8"
 *
 * Returns: whether distances are told in miles there: Great Britain measures in metres, and counts its roads in miles
 */
gboolean
kith_format_is_miles (int         measurement,
                      const char *locale)
{
  const char *country = locale ? strchr (locale, '_') : NULL;

  return measurement == 2 || (country && g_str_has_prefix (country, "_GB") && !g_ascii_isalpha (country[3]));
}

/* Whether distances are told in miles where whoever reads them lives, as their computer is set up. */
gboolean
kith_format_counts_miles (void)
{
#ifdef LC_MEASUREMENT /* glibc: what it is asked by is no macro */
  return kith_format_is_miles (*nl_langinfo (_NL_MEASUREMENT_MEASUREMENT), setlocale (LC_MEASUREMENT, NULL));
#else
  return FALSE;
#endif
}

/**
 * kith_format_distance:
 * @metres: not negative. From the middle of a town or postal code: it is told no finer than that
 *
 * Returns: (transfer full): "About 3.4 miles away"
 */
char *
kith_format_distance (gint64   metres,
                      gboolean miles)
{
  double far = (double) metres / (miles ? 1609.344 : 1000);

  if (far < 1)
    return g_strdup (miles ? _("Under 1 mile away") : _("Under 1 km away"));
  /* Translators: how far away, with one decimal place below ten */
  return g_strdup_printf (miles ? _("About %.*f miles away") : _("About %.*f km away"), far < 9.95 ? 1 : 0, far);
}
