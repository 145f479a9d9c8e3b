/* SPDX-License-Identifier: GPL-3.0-or-later */

/* On paper too: how somebody is reached, and what must be known before it is tried. */

#include "kith-papers.h"

#include <glib/gi18n.h>

#include "kith-format.h"

typedef struct
{
  const char *member, *safe, *not_safe;
} Safety;

static const Safety of_phones[] = {
  { "safe_to_call", N_("safe to call"), N_("not safe to call") },
  { "safe_to_text", N_("safe to text"), N_("not safe to text") },
  { "safe_to_leave_message", N_("safe to leave a message"), N_("not safe to leave a message") },
};

static const Safety of_addresses[] = {
  { "safe_to_write", N_("safe to send letters"), N_("not safe to send letters") },
};

static const Safety of_mail[] = {
  { "safe_to_email", N_("safe to send email"), N_("not safe to send email") },
};

static void
add_told (GString    *told,
          const char *words)
{
  if (words && *words)
    g_string_append_printf (told, "%s%s", told->len > 0 ? ", " : "", words);
}

/* "safe" or "not safe", and nothing when nobody asked. */
static void
add_safety (GString             *told,
            const KithCatalogue *catalogue,
            JsonObject          *part,
            const Safety        *asked,
            guint                n_asked)
{
  for (guint i = 0; i < n_asked; i++)
    if (json_object_has_member (part, asked[i].member))
      add_told (told, kith_catalogue_get (catalogue, kith_json_bool (part, asked[i].member, TRUE) ? asked[i].safe : asked[i].not_safe));
}

static void
add_behind (GString    *text,
            GString    *told,
            const char *note)
{
  if (told->len > 0)
    g_string_append_printf (text, " (%s)", told->str);
  if (note && *note)
    g_string_append_printf (text, " – %s", note);
}

char *
kith_paper_phones (const KithCatalogue *catalogue,
                   JsonObject          *body)
{
  JsonArray *list = kith_json_array (body, "phones");
  GString *text = g_string_new (NULL);

  for (guint i = 0; list && i < json_array_get_length (list); i++)
    {
      JsonObject *phone = json_array_get_object_element (list, i);
      g_autofree char *type = kith_catalogue_code (catalogue, "phone_type", kith_json_string (phone, "type"));
      g_autoptr (GString) told = g_string_new (type);

      /* The digits are read from the left whatever runs from the right around them. */
      g_string_append_printf (text, "%s\u2066%s\u2069", text->len > 0 ? "\n" : "", kith_json_string (phone, "number") ? kith_json_string (phone, "number") : "");
      add_safety (told, catalogue, phone, of_phones, G_N_ELEMENTS (of_phones));
      add_behind (text, told, kith_json_string (phone, "note"));
    }
  return g_string_free (text, text->len == 0);
}

char *
kith_paper_email (const KithCatalogue *catalogue,
                  JsonObject          *body)
{
  const char *email = kith_json_string (body, "email");
  g_autoptr (GString) told = g_string_new (NULL);
  GString *text = g_string_new (email);

  add_safety (told, catalogue, body, of_mail, G_N_ELEMENTS (of_mail));
  if (email)
    add_behind (text, told, NULL);
  else
    g_string_append (text, told->str);
  return g_string_free (text, text->len == 0);
}

char *
kith_paper_home (const KithCatalogue *catalogue,
                 JsonObject          *address)
{
  g_autofree char *street = kith_format_address (address);
  GString *text = g_string_new (street);

  if (address)
    {
      g_autofree char *use = kith_catalogue_code (catalogue, "address_use", kith_json_string (address, "use"));
      g_autoptr (GString) told = g_string_new (use);

      add_told (text, kith_json_string (address, "country"));
      add_safety (told, catalogue, address, of_addresses, G_N_ELEMENTS (of_addresses));
      add_behind (text, told, kith_json_string (address, "note"));
    }
  return g_string_free (text, text->len == 0);
}

char *
kith_paper_languages (const KithCatalogue *catalogue,
                      JsonObject          *body)
{
  JsonArray *list = kith_json_array (body, "languages");
  GString *text = g_string_new (NULL);

  for (guint i = 0; list && i < json_array_get_length (list); i++)
    {
      g_autofree char *name = kith_catalogue_language_name (catalogue, json_array_get_string_element (list, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
  if (kith_json_bool (body, "interpreter_needed", FALSE))
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", kith_catalogue_get (catalogue, N_("needs an interpreter")));
  return g_string_free (text, text->len == 0);
}
