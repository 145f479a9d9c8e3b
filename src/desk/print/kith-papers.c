/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-papers.h"

#include <glib/gi18n.h>

#include "clients/kith-consent-card.h"
#include "clients/kith-consent-fields.h"
#include "kith-clock.h"
#include "kith-format.h"
#include "kith-kind.h"
#include "kith-signature.h"
#include "widgets/kith-health-notice.h"

#define T(text) kith_catalogue_get (self->catalogue, text)

typedef struct
{
  const KithPaperFacts *facts;
  const KithCatalogue *catalogue;
  KithPages *sheet;
  JsonObject *client;  /* its body */
  KithRow *consent;    /* the one that its form says; NULL: none */
  JsonObject *agreed;  /* its body */
} Paper;

const char *
kith_paper_title (KithPaper paper)
{
  return paper == KITH_PAPER_FACE_SHEET ? N_("Face sheet") : paper == KITH_PAPER_CONSENT ? N_("Consent form")
         : paper == KITH_PAPER_RECORD ? N_("Whole record") : N_("Requests and answers");
}

/* Yours; NULL: none */
static char *
codes (const KithCatalogue *catalogue,
       const char          *vocabulary,
       JsonArray           *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; list && i < json_array_get_length (list); i++)
    {
      g_autofree char *word = kith_catalogue_code (catalogue, vocabulary, json_array_get_string_element (list, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", word);
    }
  return g_string_free (text, text->len == 0);
}

static char *
strings (JsonArray *list)
{
  return kith_format_strings (list, ", ");
}

/* The day as people there write it, and the minute; behind Arabic letters a reader of lines would turn the numbers round. Yours */
char *
kith_paper_moment (const KithCatalogue *catalogue,
                   gint64               ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000), local = g_date_time_to_local (utc);
  g_autofree char *iso = g_date_time_format (local, "%Y-%m-%d"), *day = kith_catalogue_date (catalogue, iso);
  g_autofree char *time = g_date_time_format (local, kith_catalogue_is_rtl (catalogue) ? "\u2066%H:%M\u2069" : "%H:%M");

  /* Translators: a moment on paper, "4 December 2026, 14:05" */
  return kith_catalogue_fill (catalogue, N_("{day}, {time}"), "day", day, "time", time, NULL);
}

/* ---- the parts */

/* A privacy officer who works with no client has it from the request. NULL: none */
static const char *
number_of (Paper *self)
{
  GPtrArray *corrections = self->facts->corrections;

  if (self->facts->client)
    return kith_json_string (self->client, "number");
  return corrections && corrections->len > 0 ? kith_row_get_text (corrections->pdata[0], "number") : NULL;
}

static void
set_footer (Paper *self)
{
  g_autofree char *when = kith_paper_moment (self->catalogue, self->facts->now), *rests = kith_paper_basis (self->facts, self->catalogue);
  g_autofree char *printed = kith_catalogue_fill (self->catalogue, N_("Printed {when} by {who}, {agency}."), "when", when, "who", self->facts->printer, "agency",
                                                  self->facts->agency, NULL);
  const char *number = number_of (self);
  g_autofree char *footer = g_strjoin (" ", number ? number : "", number ? "·" : "", printed, NULL);

  kith_pages_set_footer (self->sheet, g_strstrip (footer), rests);
}

static void
add_head (Paper      *self,
          const char *title)
{
  g_autofree char *name = kith_format_client_name (self->client), *birth = kith_catalogue_date (self->catalogue, kith_json_string (self->client, "date_of_birth"));
  const char *number = number_of (self), *pronouns = kith_json_string (self->client, "pronouns");
  const char *parts[] = { birth, pronouns, *name ? number : NULL };
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *kicker = g_strjoin (" · ", self->facts->agency ? self->facts->agency : "", title, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] && *parts[i])
      g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", parts[i]);
  kith_pages_add_kicker (self->sheet, kicker);
  kith_pages_add_title (self->sheet, *name ? name : number ? number : "");
  kith_pages_add_subtitle (self->sheet, line->str);
}

/* Where substance use treatment may be among what is shared, its notice goes along (C7); elsewhere a line that it is private. */
static void
add_notice (Paper *self)
{
  if (kith_paper_shares_health (self->facts) || kith_paper_says_health (self->facts))
    kith_pages_add_notice (self->sheet, T (kith_health_notice_words ()));
  kith_pages_add_notice (self->sheet, T (N_("This paper is about a person. Keep it where others cannot read it, and shred it when it is no longer needed.")));
}

/* What was agreed with the client (C19) is for those of the agency: it is on no paper that is handed out. */
static void
add_alerts (Paper   *self,
            gboolean agreed)
{
  GPtrArray *alerts = self->facts->alerts;
  gboolean headed = FALSE;

  if (kith_json_bool (self->client, "do_not_contact", FALSE))
    kith_pages_add_notice (self->sheet, T (N_("Do not contact this person.")));
  for (guint i = 0; alerts && i < alerts->len; i++)
    if (kith_row_get_int (alerts->pdata[i], "active") && (agreed || !kith_row_get_text (alerts->pdata[i], "kept")))
      {
        g_autofree char *level = kith_catalogue_code (self->catalogue, "alert_level", kith_row_get_text (alerts->pdata[i], "level"));
        const char *text = kith_row_get_text (alerts->pdata[i], "text"), *kept = kith_row_get_text (alerts->pdata[i], "kept");
        g_autofree char *type = kept ? kith_catalogue_code (self->catalogue, "amendment_type", kept) : NULL;
        g_autofree char *day = kith_catalogue_date (self->catalogue, kith_row_get_text (alerts->pdata[i], "kept_until"));
        g_autofree char *until = day && *day ? kith_catalogue_fill (self->catalogue, N_("(until {day}: what came before stays restricted)"), "day", day, NULL) : NULL;
        g_autofree char *line = g_strdup_printf ("%s: %s%s%s", type ? type : level ? level : "", text ? text : "", until ? " " : "", until ? until : "");

        if (!headed)
          kith_pages_add_heading (self->sheet, T (N_("Alerts")));
        headed = TRUE;
        kith_pages_add_item (self->sheet, line);
      }
}

/* Somebody of whom nothing is known is not looked for on the next page. */
static void
add_reach (Paper *self)
{
  g_autofree char *phones = kith_paper_phones (self->catalogue, self->client), *email = kith_paper_email (self->catalogue, self->client);
  g_autofree char *home = kith_paper_home (self->catalogue, kith_json_object (self->client, "address")), *languages = kith_paper_languages (self->catalogue, self->client);
  const char *note = kith_json_string (self->client, "contact_note");

  kith_pages_add_heading (self->sheet, T (N_("How to reach")));
  if (!phones && !email && !home && !(note && *note))
    kith_pages_add_paragraph (self->sheet, T (N_("No phone, address or email is known.")));
  kith_pages_add_fact (self->sheet, T (N_("Phone")), phones);
  kith_pages_add_fact (self->sheet, T (N_("Email")), email);
  kith_pages_add_fact (self->sheet, T (N_("Address")), home);
  kith_pages_add_fact (self->sheet, T (N_("Good to know")), note);
  kith_pages_add_fact (self->sheet, T (N_("Languages")), languages);
}

static char *value_of (const KithCatalogue *catalogue, const KithField *field, JsonNode *node);

/* An address, or somebody of the household: what it has, in the order it is asked for. Yours */
static char *
part_words (const KithCatalogue *catalogue,
            const KithField     *field,
            JsonObject          *part)
{
  const KithKind *kind = kith_kind_get (field->target);
  GString *text = g_string_new (NULL);

  if (g_strcmp0 (field->target, "address") == 0)
    {
      g_string_free (text, TRUE);
      return kith_paper_home (catalogue, part);
    }
  for (guint i = 0; kind && i < kind->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (part, kind->fields[i].name);
      g_autofree char *value = node ? value_of (catalogue, &kind->fields[i], node) : NULL;

      /* A bare yes says nothing without its question. */
      if (value && *value)
        g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? ", " : "",
                                kind->fields[i].type == KITH_FIELD_BOOL ? kith_catalogue_get (catalogue, kind->fields[i].label) : "",
                                kind->fields[i].type == KITH_FIELD_BOOL ? ": " : "", value);
    }
  return g_string_free (text, FALSE);
}

static char *
parts_words (const KithCatalogue *catalogue,
             const KithField     *field,
             JsonArray           *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autofree char *words = part_words (catalogue, field, json_array_get_object_element (list, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words ? words : "");
    }
  return g_string_free (text, text->len == 0);
}

/* One value of a field, in the words of the paper's language. Yours; NULL: nothing to print: what is not so is not said, but where it warns. */
static char *
value_of (const KithCatalogue *catalogue,
          const KithField     *field,
          JsonNode            *node)
{
  if (field->vocabulary && field->type == KITH_FIELD_CODE && JSON_NODE_HOLDS_VALUE (node))
    return kith_catalogue_code (catalogue, field->vocabulary, json_node_get_string (node));
  if (field->vocabulary && JSON_NODE_HOLDS_ARRAY (node))
    return codes (catalogue, field->vocabulary, json_node_get_array (node));
  if (field->type == KITH_FIELD_STRING || field->type == KITH_FIELD_TEXT)
    return JSON_NODE_HOLDS_VALUE (node) ? g_strdup (json_node_get_string (node)) : NULL;
  if (field->type == KITH_FIELD_PARTIAL_DATE)
    return JSON_NODE_HOLDS_VALUE (node) ? kith_catalogue_date (catalogue, json_node_get_string (node)) : NULL;
  if (field->type == KITH_FIELD_STRINGS)
    return JSON_NODE_HOLDS_ARRAY (node) ? strings (json_node_get_array (node)) : NULL;
  if (field->type == KITH_FIELD_BOOL && JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_boolean (node)                         ? g_strdup (kith_catalogue_get (catalogue, N_("Yes")))
           : g_str_has_prefix (field->name, "safe_")             ? g_strdup (kith_catalogue_get (catalogue, N_("No")))
                                                                 : NULL;
  if (field->type == KITH_FIELD_INT && JSON_NODE_HOLDS_VALUE (node))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (field->type == KITH_FIELD_PART && JSON_NODE_HOLDS_OBJECT (node))
    return part_words (catalogue, field, json_node_get_object (node));
  if (field->type == KITH_FIELD_PARTS && JSON_NODE_HOLDS_ARRAY (node))
    return parts_words (catalogue, field, json_node_get_array (node));
  return NULL;
}

/**
 * kith_paper_add_fields:
 * @shown: what stands elsewhere, or is not printed; NULL-ended
 * @heading: above the first of them; NULL: none
 *
 * All that a form of the kind says.
 */
void
kith_paper_add_fields (KithPages           *sheet,
                       const KithKind      *kind,
                       const char *const   *shown,
                       JsonObject          *body,
                       const char          *heading,
                       const KithCatalogue *catalogue)
{
  for (guint i = 0; body && i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      JsonNode *node = json_object_get_member (body, field->name);
      g_autofree char *value = !node || JSON_NODE_HOLDS_NULL (node) || field->merge == KITH_MERGE_FIXED || g_strv_contains (shown, field->name)
                                 ? NULL : value_of (catalogue, field, node);

      if (!value || !*value)
        continue;
      kith_pages_add_heading (sheet, heading);
      heading = NULL;
      kith_pages_add_fact (sheet, kith_catalogue_get (catalogue, field->label), value);
    }
}

static void
add_about (Paper *self)
{
  static const char *const shown[] = { "number", "given_name", "middle_name", "family_name", "second_family_name", "described_as", "date_of_birth", "pronouns",
                                       "phones", "email", "safe_to_email", "address", "languages", "interpreter_needed", "do_not_contact", "contact_note", NULL };

  kith_paper_add_fields (self->sheet, kith_kind_get ("client"), shown, self->client, T (N_("About")), self->catalogue);
}

/* A paper leaves the agency: its own staff stand there by name, another agency's are not named, and that agency stands there once. */
static void
add_team (Paper *self)
{
  GPtrArray *team = self->facts->team;
  g_autoptr (GHashTable) others = g_hash_table_new (g_str_hash, g_str_equal);

  if (team && team->len > 0)
    kith_pages_add_heading (self->sheet, T (N_("Who looks after them")));
  for (guint i = 0; team && i < team->len; i++)
    {
      const char *staff = kith_row_get_text (team->pdata[i], "staff_name"), *agency = kith_row_get_text (team->pdata[i], "agency_name");
      gboolean own = self->facts->agency_id && g_strcmp0 (kith_row_get_text (team->pdata[i], "agency"), self->facts->agency_id) == 0;

      if (own && staff)
        kith_pages_add_fact (self->sheet, staff, agency);
      else if (agency && g_hash_table_add (others, (gpointer) agency))
        kith_pages_add_label (self->sheet, agency);
    }
}

static void
add_people (Paper *self)
{
  GPtrArray *enrolled = self->facts->enrolled;

  if (enrolled && enrolled->len > 0)
    kith_pages_add_heading (self->sheet, T (N_("Enrolled at your agency")));
  for (guint i = 0; enrolled && i < enrolled->len; i++)
    {
      const char *program = kith_row_get_text (enrolled->pdata[i], "program_name");
      g_autofree char *from = kith_catalogue_date (self->catalogue, kith_row_get_text (enrolled->pdata[i], "started_on"));

      kith_pages_add_fact (self->sheet, from, program);
    }
  add_team (self);
}

/* ---- consent */

/* What was agreed to, or the same lines empty, to be filled in by hand. */
static void
add_terms (Paper *self)
{
  JsonObject *agreed = self->agreed;
  const char *by = kith_row_get_text (self->consent, "recorded_by_name");
  g_autofree char *grantor = kith_catalogue_code (self->catalogue, "grantor", kith_json_string (agreed, "grantor"));
  const char *relation = kith_json_string (agreed, "relation"), *signer = kith_json_string (agreed, "signer");
  gboolean another = g_strcmp0 (kith_json_string (agreed, "grantor"), "representative") == 0;
  g_autofree char *who = another && signer ? g_strdup_printf ("%s, %s", signer, grantor ? grantor : "") : g_strdup (grantor);
  g_autofree char *language = kith_json_string (agreed, "language") ? kith_catalogue_language_name (self->catalogue, kith_json_string (agreed, "language")) : NULL;

  kith_pages_add_heading (self->sheet, T (N_("What was agreed")));
  kith_pages_take_fact (self->sheet, T (N_("Status")), kith_catalogue_code (self->catalogue, "consent_status", kith_consent_status (agreed, self->facts->now)));
  kith_paper_add_scope (self->sheet, self->consent, self->catalogue);
  kith_pages_take_fact (self->sheet, T (N_("How it was given")), kith_catalogue_code (self->catalogue, "consent_how", kith_json_string (agreed, "how")));
  kith_pages_take_fact (self->sheet, T (N_("Signed on")), kith_catalogue_date (self->catalogue, kith_json_string (agreed, "signed_on")));
  kith_pages_take_fact (self->sheet, T (N_("Given by")), relation && *relation ? g_strdup_printf ("%s (%s)", who ? who : "", relation) : g_strdup (who));
  kith_pages_add_fact (self->sheet, T (N_("Witness")), kith_json_string (agreed, "witness"));
  kith_pages_add_fact (self->sheet, T (N_("Language")), language);
  kith_pages_add_fact (self->sheet, T (N_("Version of the wording")), kith_json_string (agreed, "wording"));
  kith_pages_add_fact (self->sheet, T (N_("Recorded by")), by);
  if (kith_json_bool (agreed, "findable", FALSE))
    kith_pages_add_fact (self->sheet, T (N_("May be found by the network")), T (N_("Yes")));
  if (kith_json_string (agreed, "revoked_at"))
    kith_pages_take_fact (self->sheet, T (N_("Revoked")), kith_catalogue_date (self->catalogue, kith_json_string (agreed, "revoked_at")));
}

static void
add_choices (Paper *self)
{
  const KithVocabulary *classes = kith_vocabulary_get ("data_class");

  kith_pages_add_heading (self->sheet, T (N_("What may be seen")));
  for (guint i = 0; i < kith_vocabulary_size (classes); i++)
    {
      g_autofree char *word = kith_catalogue_code (self->catalogue, "data_class", kith_vocabulary_code (classes, i));
      g_autofree char *line = g_strconcat ("☐ ", word, NULL);

      kith_pages_add_paragraph (self->sheet, line);
    }
  kith_pages_add_line (self->sheet, T (N_("Who may see it")));
  kith_pages_add_line (self->sheet, T (N_("Purpose")));
  kith_pages_add_line (self->sheet, T (N_("Until")));
  kith_pages_add_line (self->sheet, T (N_("Or when this happens")));
}

/* C2, C5, C6, in words that need no lawyer. */
static void
add_rights (Paper *self)
{
  static const char *const rights[] = {
    N_("You do not have to agree. You get help here if you do not."),
    N_("You can revoke this consent at any time, in writing or by telling any agency that has your record. From then on nothing more is shared; what was done before stays."),
    N_("An agency that receives what you share may be allowed or obliged by law to show it to others. It is then no longer protected by this consent."),
    N_("You can ask for a copy of your record and of this paper, and ask for mistakes to be put right."),
  };

  kith_pages_add_heading (self->sheet, T (N_("Your rights")));
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    kith_pages_add_item (self->sheet, T (rights[i]));
}

static void
add_signature (Paper *self)
{
  gboolean on_screen = self->agreed && g_strcmp0 (kith_json_string (self->agreed, "how"), "signed") == 0; /* else the name is of who agreed for the client, and nobody signed here */
  const char *drawn = self->agreed ? kith_json_string (self->agreed, "signature") : NULL, *signer = on_screen ? kith_json_string (self->agreed, "signer") : NULL;
  GArray *points = drawn ? kith_signature_parse (drawn) : NULL;
  g_autofree char *day = self->agreed ? kith_catalogue_date (self->catalogue, kith_json_string (self->agreed, "start")) : NULL;
  g_autofree char *under = g_strjoin (", ", signer ? signer : T (N_("Signature")), points ? day : NULL, NULL);

  kith_pages_add_signature (self->sheet, points || signer ? under : T (N_("Signature of the client or of who signs for them")), points);
  if (points || signer)
    return;
  kith_pages_add_line (self->sheet, T (N_("Date")));
  kith_pages_add_line (self->sheet, T (N_("Witness, or who read it to the client in their language")));
}

static void
fill_consent (Paper *self)
{
  add_head (self, T (N_("Consent to share information")));
  kith_pages_add_paragraph (self->sheet, T (N_("Agencies that look after the same person help better when they know of each other. This paper says what they may know about you, and for how long.")));
  if (self->agreed)
    add_terms (self);
  else
    add_choices (self);
  add_rights (self);
  if (!self->agreed) /* filled in by hand: the paper itself has to say it */
    kith_pages_add_fact (self->sheet, T (N_("Version of the wording")), KITH_CONSENT_WORDING);
  add_notice (self);
  add_signature (self);
}

static void
fill_face_sheet (Paper *self)
{
  add_head (self, T (kith_paper_title (KITH_PAPER_FACE_SHEET)));
  add_alerts (self, FALSE);
  add_reach (self);
  add_about (self);
  kith_paper_add_part (self->sheet, self->facts, self->catalogue, KITH_PART_HOUSEHOLD);
  add_people (self);
  add_notice (self);
}

/* C19: what this computer holds of the client and this person may read, but for what is printed by itself or asked for by itself: the paper says so. */
static void
fill_record (Paper *self)
{
  add_head (self, T (kith_paper_title (KITH_PAPER_RECORD)));
  add_alerts (self, TRUE);
  add_reach (self);
  add_about (self);
  add_people (self);
  kith_paper_add_parts (self->sheet, self->facts, self->catalogue);
  add_notice (self);
}

static void
fill_corrections (Paper *self)
{
  add_head (self, T (kith_paper_title (KITH_PAPER_CORRECTIONS)));
  kith_paper_add_corrections (self->sheet, self->facts->corrections, self->catalogue);
  add_notice (self);
}

/**
 * kith_paper_new:
 * @facts: borrowed for the call; of a client who is not here only the corrections can be printed
 * @catalogue: kept, not owned: must outlive the pages
 *
 * Returns: (transfer full): the pages, not laid out yet
 */
KithPages *
kith_paper_new (KithPaper             paper,
                const KithPaperFacts *facts,
                const KithCatalogue  *catalogue)
{
  Paper self = { facts, catalogue, kith_pages_new (catalogue), facts->client ? kith_row_body (facts->client, "body") : NULL, NULL, NULL };

  self.consent = kith_paper_consent (facts);
  self.agreed = self.consent ? kith_row_body (self.consent, "body") : NULL;
  if (paper == KITH_PAPER_FACE_SHEET)
    fill_face_sheet (&self);
  else if (paper == KITH_PAPER_CORRECTIONS)
    fill_corrections (&self);
  else if (paper == KITH_PAPER_RECORD)
    fill_record (&self);
  else
    fill_consent (&self);
  set_footer (&self);
  kith_pages_set_lost_notice (self.sheet, kith_catalogue_get (catalogue, N_("[…] stands for letters that this computer has no font for. The record itself has them.")));
  return self.sheet;
}
