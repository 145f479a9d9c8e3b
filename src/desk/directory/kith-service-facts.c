/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-facts.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-languages.h"
#include "kith-hours.h"

#define FRESH_DAYS 183 /* listings are looked through twice a year; beyond that the entry says so */

static guint
n_parts (JsonArray *parts)
{
  return parts ? json_array_get_length (parts) : 0;
}

static JsonObject *
part (JsonArray *parts,
      guint      i)
{
  JsonNode *node = i < n_parts (parts) ? json_array_get_element (parts, i) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
word (JsonObject *object,
      const char *member)
{
  const char *text = object ? kith_json_string (object, member) : NULL;

  return text && *text ? text : NULL;
}

static void
add_word (GString    *text,
          const char *separator,
          const char *more)
{
  if (more && *more)
    g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", more);
}

/* "A, B, C" of one member of each part; NULL when there are none. */
static char *
join_parts (JsonArray  *parts,
            const char *member,
            const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_parts (parts); i++)
    add_word (text, separator, word (part (parts, i), member));
  return g_string_free (text, text->len == 0);
}

/* HSDS's kinds of lines. An ordinary voice line needs no word; what is not known is shown as it came. */
static const char *
line_words (const char *type)
{
  static const struct
  {
    const char *type, *words;
  } types[] = {
    { "fax", N_("Fax") }, { "text", N_("Text messages") }, { "sms", N_("Text messages") }, { "cell", N_("Mobile") }, { "mobile", N_("Mobile") },
    { "video", N_("Video") }, { "pager", N_("Pager") }, { "textphone", N_("Textphone (TTY)") }, { "tty", N_("Textphone (TTY)") },
  };

  if (!type || g_ascii_strcasecmp (type, "voice") == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i].type, type) == 0)
      return _(types[i].words);
  return type;
}

/**
 * kith_service_facts_phones:
 * @phones: (nullable): the phones of a service or an agency, as HSDS has them
 *
 * Returns: (transfer full) (nullable): one a line, with extension, what it is for and what kind of line; NULL: none has a number
 */
char *
kith_service_facts_phones (JsonArray *phones)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_parts (phones); i++)
    {
      JsonObject *phone = part (phones, i);
      int extension = phone ? (int) kith_json_int (phone, "extension", 0) : 0;
      g_autofree char *number = phone ? kith_format_phone (word (phone, "number")) : NULL;

      if (!number)
        continue;
      add_word (text, "\n", number);
      if (extension > 0)
        /* Translators: extension of a phone number, after it */
        g_string_append_printf (text, _(" ext. %d"), extension);
      add_word (text, " · ", word (phone, "description"));
      add_word (text, " · ", line_words (word (phone, "type")));
    }
  return g_string_free (text, text->len == 0);
}

static void
add_contacts (KithFacts *facts,
              JsonArray *contacts)
{
  for (guint i = 0; i < n_parts (contacts); i++)
    {
      JsonObject *contact = part (contacts, i);
      g_autofree char *phones = contact ? kith_service_facts_phones (kith_json_array (contact, "phones")) : NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      add_word (text, ", ", word (contact, "name"));
      add_word (text, ", ", word (contact, "title"));
      add_word (text, ", ", word (contact, "department"));
      add_word (text, "\n", word (contact, "email"));
      add_word (text, "\n", phones);
      kith_facts_add (facts, i == 0 ? _("Contact") : "", text->str);
    }
}

void
kith_service_facts_reach (KithFacts  *facts,
                          JsonObject *body,
                          JsonObject *agency)
{
  JsonArray *phones = kith_json_array (body, "phones");

  kith_facts_clear (facts);
  if (n_parts (phones) > 0 || !agency)
    kith_facts_take (facts, _("Phone"), kith_service_facts_phones (phones));
  else /* a service without a number is reached through its agency */
    kith_facts_take (facts, _("Phone"), kith_service_facts_phones (kith_json_array (agency, "phones")));
  kith_facts_add (facts, _("Email"), word (body, "email"));
  kith_facts_add (facts, _("Website"), word (body, "url"));
  add_contacts (facts, kith_json_array (body, "contacts"));
}

static void
add_hours (KithFacts *facts,
           JsonArray *schedules)
{
  g_autoptr (GPtrArray) lines = kith_hours_describe (schedules);

  for (guint i = 0; i < lines->len; i++)
    {
      KithHoursLine *line = lines->pdata[i];

      kith_facts_add (facts, line->days, line->times);
    }
}

/* Yours; NULL: the clocks there show the same as here */
static char *
zone_words (const char *name,
            gint64      now_ms)
{
  g_autoptr (GTimeZone) zone = name ? g_time_zone_new_identifier (name) : NULL;
  g_autoptr (GDateTime) here = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) there = zone && here ? g_date_time_to_timezone (here, zone) : NULL;
  g_autofree char *clock = NULL;

  if (!there || g_date_time_get_utc_offset (there) == g_date_time_get_utc_offset (here))
    return NULL;
  clock = g_date_time_format (there, "%H:%M");
  /* Translators: what a clock in another time zone shows, and the zone: "16:05 now (America/Chicago)" */
  return g_strdup_printf (_("%s now (%s)"), clock, name);
}

/**
 * kith_service_facts_hours:
 * @schedules: (nullable): as HSDS nests them
 * @zone: (nullable): the agency's time zone: by that clock they are meant
 * @now_ms: wall time
 */
void
kith_service_facts_hours (KithFacts  *facts,
                          JsonArray  *schedules,
                          const char *zone,
                          gint64      now_ms)
{
  kith_facts_clear (facts);
  add_hours (facts, schedules);
  kith_facts_take (facts, _("Their clock"), zone_words (zone, now_ms));
}

static char *
ages_words (JsonObject *body)
{
  int from = (int) kith_json_int (body, "minimum_age", 0), to = (int) kith_json_int (body, "maximum_age", 0);

  if (from > 0 && to > 0)
    /* Translators: ages, both included */
    return g_strdup_printf (_("%d to %d years"), from, to);
  if (from > 0)
    return g_strdup_printf (ngettext ("%d year and older", "%d years and older", from), from);
  if (to > 0)
    return g_strdup_printf (ngettext ("Up to %d year", "Up to %d years", to), to);
  return NULL;
}

static char *
languages_words (JsonArray *languages)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; languages && i < json_array_get_length (languages); i++)
    {
      JsonNode *node = json_array_get_element (languages, i);
      JsonObject *part = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *code = part ? kith_json_string (part, "code") : NULL, *name = part ? kith_json_string (part, "name") : NULL;
      g_autofree char *words = code ? kith_language_name (code) : g_strdup (name);

      /* A code that nobody knows: the directory's own word for it. */
      if (words)
        g_string_append_printf (text, "%s%s", text->len ? ", " : "", name && g_strcmp0 (words, code) == 0 ? name : words);
    }
  return g_string_free (text, text->len == 0);
}

void
kith_service_facts_who (KithFacts  *facts,
                        JsonObject *body)
{
  kith_facts_clear (facts);
  kith_facts_add (facts, _("For whom"), word (body, "eligibility_description"));
  kith_facts_take (facts, _("Ages"), ages_words (body));
  kith_facts_take (facts, _("Area"), join_parts (kith_json_array (body, "service_areas"), "name", ", "));
  kith_facts_take (facts, _("Languages"), languages_words (kith_json_array (body, "languages")));
  kith_facts_add (facts, _("Interpreters"), word (body, "interpretation_services"));
}

static char *
cost_words (JsonObject *body)
{
  JsonArray *options = kith_json_array (body, "cost_options");
  GString *text = g_string_new (NULL);

  add_word (text, "\n", word (body, "fees_description"));
  add_word (text, "\n", word (body, "fees"));
  for (guint i = 0; i < n_parts (options); i++)
    {
      JsonObject *option = part (options, i);
      JsonNode *amount = option ? json_object_get_member (option, "amount") : NULL;
      g_autoptr (GString) line = g_string_new (word (option, "option"));

      if (amount && JSON_NODE_HOLDS_VALUE (amount))
        {
          g_autofree char *sum = g_strdup_printf ("%.2f %s", json_node_get_double (amount), word (option, "currency") ? word (option, "currency") : "");

          add_word (line, ": ", g_strchomp (sum));
        }
      add_word (line, ", ", word (option, "amount_description"));
      add_word (text, "\n", line->str);
    }
  return g_string_free (text, text->len == 0);
}

void
kith_service_facts_how (KithFacts  *facts,
                        JsonObject *body)
{
  kith_facts_clear (facts);
  kith_facts_add (facts, _("To apply"), word (body, "application_process"));
  kith_facts_take (facts, _("Bring along"), join_parts (kith_json_array (body, "required_documents"), "document", "\n"));
  kith_facts_take (facts, _("Cost"), cost_words (body));
  kith_facts_add (facts, _("Wait"), word (body, "wait_time"));
}

void
kith_service_facts_place (KithFacts  *facts,
                          JsonObject *location,
                          JsonObject *at)
{
  JsonArray *addresses = kith_json_array (location, "addresses");
  JsonArray *hours = at ? kith_json_array (at, "schedules") : NULL, *phones = at ? kith_json_array (at, "phones") : NULL;

  kith_facts_clear (facts);
  kith_facts_set_title (facts, word (location, "name") ? word (location, "name") : _("Place"));
  for (guint i = 0; i < n_parts (addresses); i++)
    if (part (addresses, i))
      kith_facts_take (facts, i == 0 ? _("Address") : "", kith_format_address (part (addresses, i)));
  kith_facts_add (facts, _("Getting there"), word (location, "transportation"));
  kith_facts_take (facts, _("Access"), join_parts (kith_json_array (location, "accessibility"), "description", ", "));
  kith_facts_take (facts, _("Phone"), kith_service_facts_phones (n_parts (phones) > 0 ? phones : kith_json_array (location, "phones")));
  kith_facts_take (facts, _("Languages"), languages_words (kith_json_array (location, "languages")));
  kith_facts_add (facts, _("Good to know"), word (at, "description"));
  add_hours (facts, n_parts (hours) > 0 ? hours : kith_json_array (location, "schedules"));
}

/**
 * kith_service_facts_agency:
 * @agency: (nullable): its body
 * @program: (nullable): name of the service's program
 */
void
kith_service_facts_agency (KithFacts  *facts,
                           JsonObject *agency,
                           const char *program)
{
  kith_facts_clear (facts);
  kith_facts_add (facts, _("Name"), word (agency, "name"));
  kith_facts_add (facts, _("Program"), program);
  kith_facts_add (facts, _("About"), word (agency, "description"));
  kith_facts_take (facts, _("Phone"), agency ? kith_service_facts_phones (kith_json_array (agency, "phones")) : NULL);
  kith_facts_add (facts, _("Email"), word (agency, "email"));
  kith_facts_add (facts, _("Website"), word (agency, "website"));
}

/* -1: not known. */
static int
days_since (const char *day,
            gint64      now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_ms / 1000);
  GDate then, today;
  int year, month, date;

  if (!day || !now || sscanf (day, "%4d-%2d-%2d", &year, &month, &date) != 3 || !g_date_valid_dmy (date, month, year))
    return -1;
  g_date_set_dmy (&then, date, month, year);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));
  return MAX (0, g_date_days_between (&then, &today));
}

char *
kith_service_freshness (JsonObject *body,
                        gint64      now_ms,
                        gboolean   *stale)
{
  const char *checked = word (body, "assured_date");
  int days = days_since (checked, now_ms), months = days / 30;
  g_autofree char *date = NULL;

  *stale = days < 0 || days > FRESH_DAYS;
  if (days < 0)
    return g_strdup (_("Never checked"));
  if (*stale)
    return g_strdup_printf (ngettext ("Checked %d month ago", "Checked %d months ago", months), months);
  date = kith_format_date (checked);
  /* Translators: the day somebody last checked this entry */
  return g_strdup_printf (_("Checked %s"), date);
}

/* Who checked the entry and when (D19), and where it comes from. */
void
kith_service_facts_entry (KithFacts  *facts,
                          JsonObject *body,
                          gint64      now_ms)
{
  const char *by = word (body, "assurer_email");
  g_autofree char *date = word (body, "assured_date") ? kith_format_date (word (body, "assured_date")) : NULL;

  kith_facts_clear (facts);
  if (date)
    /* Translators: a date, then who */
    kith_facts_take (facts, _("Checked"), by ? g_strdup_printf (_("%s by %s"), date, by) : g_strdup (date));
  else
    kith_facts_add (facts, _("Checked"), _("Never: call before you send somebody there"));
  kith_facts_take (facts, _("Last changed"), kith_format_time (word (body, "last_modified"), now_ms));
  kith_facts_add (facts, _("Accreditations"), word (body, "accreditations"));
  kith_facts_add (facts, _("Licenses"), word (body, "licenses"));
  kith_facts_add (facts, _("Source"), word (body, "source"));
}
