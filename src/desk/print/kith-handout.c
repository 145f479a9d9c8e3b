/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-handout.h"

#include <glib/gi18n.h>

#include "directory/kith-hours.h"
#include "kith-format.h"
#include "kith-papers.h"

#define T(text) kith_catalogue_get (self->catalogue, text)

typedef struct
{
  const KithHandoutFacts *facts;
  const KithCatalogue *catalogue;
  KithPages *sheet;
  JsonObject *body;
} Paper;

static JsonObject *
part (JsonArray *parts,
      guint      i)
{
  JsonNode *node = parts && i < json_array_get_length (parts) ? json_array_get_element (parts, i) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* One member of each, line by line. Yours; NULL: none */
static char *
lines_of (JsonArray  *parts,
          const char *member)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; parts && i < json_array_get_length (parts); i++)
    {
      const char *word = part (parts, i) ? kith_json_string (part (parts, i), member) : NULL;

      if (word && *word)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", word);
    }
  return g_string_free (text, text->len == 0);
}

/* The digits are read from the left whatever runs from the right around them. */
static char *
phones (JsonArray *parts)
{
  g_autofree char *numbers = lines_of (parts, "number");
  g_auto (GStrv) lines = g_strsplit (numbers ? numbers : "", "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    if (*lines[i])
      g_string_append_printf (text, "%s\u2066%s\u2069", text->len > 0 ? "\n" : "", lines[i]);
  return g_string_free (text, text->len == 0);
}

static void
add_hours (Paper     *self,
           JsonArray *schedules)
{
  g_autoptr (GPtrArray) lines = kith_hours_describe_in (schedules, self->catalogue);

  for (guint i = 0; i < lines->len; i++)
    {
      KithHoursLine *line = lines->pdata[i];

      kith_pages_add_fact (self->sheet, line->days, line->times);
    }
}

static gboolean
any (JsonArray *parts)
{
  return parts && json_array_get_length (parts) > 0;
}

static void
add_place (Paper   *self,
           KithRow *row)
{
  JsonObject *location = kith_row_body (row, "body"), *at = kith_row_body (row, "at");
  JsonArray *addresses = location ? kith_json_array (location, "addresses") : NULL, *of_service = at ? kith_json_array (at, "phones") : NULL;
  JsonArray *hours = at ? kith_json_array (at, "schedules") : NULL;
  const char *name = location ? kith_json_string (location, "name") : NULL;

  if (!location)
    return;
  kith_pages_add_heading (self->sheet, name ? name : T (N_("Place")));
  for (guint i = 0; addresses && i < json_array_get_length (addresses); i++)
    if (part (addresses, i))
      kith_pages_take_fact (self->sheet, i == 0 ? T (N_("Address")) : "", kith_format_address (part (addresses, i)));
  kith_pages_add_fact (self->sheet, T (N_("Getting there")), kith_json_string (location, "transportation"));
  kith_pages_take_fact (self->sheet, T (N_("Phone")), phones (any (of_service) ? of_service : kith_json_array (location, "phones")));
  add_hours (self, any (hours) ? hours : kith_json_array (location, "schedules"));
}

static void
set_footer (Paper *self)
{
  g_autofree char *when = kith_paper_moment (self->catalogue, self->facts->now);
  const char *agency = self->facts->agency && *self->facts->agency ? self->facts->agency : T (N_("2-1-1, the network’s staff"));
  g_autofree char *footer = kith_catalogue_fill (self->catalogue, N_("Printed {when} by {agency}. Call before you go: hours change."), "when", when, "agency", agency, NULL);

  kith_pages_set_footer (self->sheet, footer, NULL);
  kith_pages_set_lost_notice (self->sheet, T (N_("[…] stands for letters that this computer has no font for. The record itself has them.")));
}

static void
add_service (Paper     *self,
             KithRow   *service,
             GPtrArray *places)
{
  JsonObject *body = kith_row_body (service, "body"), *agency = kith_row_body (service, "organization");
  JsonArray *own = body ? kith_json_array (body, "phones") : NULL;

  if (!body)
    return;
  kith_pages_add_kicker (self->sheet, kith_row_get_text (service, "organization_name") ? kith_row_get_text (service, "organization_name") : "");
  kith_pages_add_title (self->sheet, kith_json_string (body, "name") ? kith_json_string (body, "name") : "");
  if (kith_json_string (body, "description"))
    kith_pages_add_paragraph (self->sheet, kith_json_string (body, "description"));
  kith_pages_take_fact (self->sheet, T (N_("Phone")), phones (any (own) ? own : agency ? kith_json_array (agency, "phones") : NULL));
  kith_pages_add_fact (self->sheet, T (N_("Website")), kith_json_string (body, "url"));
  add_hours (self, kith_json_array (body, "schedules"));
  kith_pages_add_fact (self->sheet, T (N_("For whom")), kith_json_string (body, "eligibility_description"));
  kith_pages_add_fact (self->sheet, T (N_("To apply")), kith_json_string (body, "application_process"));
  kith_pages_take_fact (self->sheet, T (N_("Bring along")), lines_of (kith_json_array (body, "required_documents"), "document"));
  kith_pages_add_fact (self->sheet, T (N_("Cost")), kith_json_string (body, "fees_description"));
  for (guint i = 0; places && i < places->len; i++)
    add_place (self, places->pdata[i]);
}

/**
 * kith_handout_new:
 * @facts: borrowed for the call
 * @catalogue: kept, not owned: must outlive the pages
 *
 * Returns: (transfer full): the pages, not laid out yet
 */
KithPages *
kith_handout_new (const KithHandoutFacts *facts,
                  const KithCatalogue    *catalogue)
{
  Paper paper = { facts, catalogue, kith_pages_new (catalogue), NULL }, *self = &paper;

  kith_pages_set_large (self->sheet);
  add_service (self, facts->service, facts->places);
  for (guint i = 0; facts->more && i < facts->more->len; i++)
    {
      const KithHandoutMore *more = facts->more->pdata[i];

      if (more->service->len > 0)
        add_service (self, more->service->pdata[0], more->places);
    }
  set_footer (self);
  return self->sheet;
}

/* What it does today: nobody is sent for what it has given up. */
static void
add_offered (Paper *self)
{
  GPtrArray *offered = self->facts->offered;
  gboolean headed = FALSE;

  for (guint i = 0; offered && i < offered->len; i++)
    {
      const char *status = kith_row_get_text (offered->pdata[i], "status"), *name = kith_row_get_text (offered->pdata[i], "name");

      if (!name || (status && !g_str_equal (status, "active")))
        continue;
      if (!headed)
        kith_pages_add_heading (self->sheet, T (N_("Services")));
      headed = TRUE;
      kith_pages_add_item (self->sheet, name);
    }
}

/**
 * kith_handout_new_agency:
 * @facts: borrowed for the call
 * @catalogue: kept, not owned: must outlive the pages
 *
 * Returns: (transfer full): the pages, not laid out yet: how to reach an agency, where it is and what it offers
 */
KithPages *
kith_handout_new_agency (const KithHandoutFacts *facts,
                         const KithCatalogue    *catalogue)
{
  Paper paper = { facts, catalogue, kith_pages_new (catalogue), kith_row_body (facts->service, "body") }, *self = &paper;
  const char *parent = kith_row_get_text (facts->service, "parent_name"), *name = kith_json_string (self->body, "name");

  kith_pages_set_large (self->sheet);
  kith_pages_add_kicker (self->sheet, parent ? parent : "");
  kith_pages_add_title (self->sheet, name ? name : "");
  if (kith_json_string (self->body, "description"))
    kith_pages_add_paragraph (self->sheet, kith_json_string (self->body, "description"));
  kith_pages_take_fact (self->sheet, T (N_("Phone")), phones (kith_json_array (self->body, "phones")));
  kith_pages_add_fact (self->sheet, T (N_("Email")), kith_json_string (self->body, "email"));
  kith_pages_add_fact (self->sheet, T (N_("Website")), kith_json_string (self->body, "website"));
  add_offered (self);
  for (guint i = 0; facts->places && i < facts->places->len; i++)
    add_place (self, facts->places->pdata[i]);
  set_footer (self);
  return self->sheet;
}
