/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-fit.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-languages.h"

char **
kith_staff_list (const char *json)
{
  g_autoptr (JsonNode) node = json ? json_from_string (json, NULL) : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  if (!array || json_array_get_length (array) == 0)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (list, json_node_get_string (element));
    }
  return g_strv_builder_end (list);
}

gboolean
kith_staff_is_away (KithRow *row,
                    gint64   now_ms)
{
  g_autofree char *today = kith_format_today (now_ms);
  const char *from = kith_row_get_text (row, "away_from"), *until = kith_row_get_text (row, "away_until");

  return from && strcmp (from, today) <= 0 && (!until || strcmp (until, today) >= 0);
}

char *
kith_staff_leave_words (KithRow *row,
                        gint64   now_ms)
{
  const char *from = kith_row_get_text (row, "away_from"), *until = kith_row_get_text (row, "away_until");
  g_autofree char *today = kith_format_today (now_ms);
  g_autofree char *first = from ? kith_format_date (from) : NULL;
  g_autofree char *last = until ? kith_format_date (until) : NULL;

  if (!from || (until && strcmp (until, today) < 0))
    return NULL;
  if (kith_staff_is_away (row, now_ms))
    return last ? g_strdup_printf (_("away until %s"), last) : g_strdup (_("away"));
  return g_strdup_printf (_("away from %s"), first);
}

static void
add (GString    *text,
     const char *part)
{
  if (part && *part)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Names of codes, one after the other. */
char *
kith_staff_languages_words (char **codes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes && codes[i]; i++)
    {
      g_autofree char *name = kith_language_name (codes[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
kith_staff_skills_words (char **codes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes && codes[i]; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", kith_format_code ("case_type", codes[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
words_of (KithRow    *row,
          const char *first) /* what counts against them, or NULL */
{
  gint64 load = kith_row_get_int (row, "load");
  g_auto (GStrv) languages = kith_staff_list (kith_row_get_text (row, "languages"));
  g_auto (GStrv) skills = kith_staff_list (kith_row_get_text (row, "skills"));
  /* Translators: clients, cases, referrals and tasks somebody works on, and how many fill the bar beside it: "18 of 40 in hand" */
  g_autofree char *hand = g_strdup_printf (ngettext ("%d of %d in hand", "%d of %d in hand", (gulong) load), (int) load, KITH_STAFF_MUCH);
  g_autofree char *spoken = kith_staff_languages_words (languages);
  g_autofree char *able = kith_staff_skills_words (skills);
  GString *text = g_string_new (NULL);

  add (text, first);
  if (kith_row_get_text (row, "load")) /* unknown where one does not see what colleagues work on */
    add (text, hand);
  add (text, spoken);
  add (text, able);
  return g_string_free (text, FALSE);
}

char *
kith_staff_words (KithRow *row,
                  gint64   now_ms)
{
  g_autofree char *away = kith_staff_leave_words (row, now_ms);
  /* Beside the list's pill, which has room for one of them. */
  g_autofree char *both = away && kith_staff_is_away (row, now_ms) && kith_staff_is_overloaded (row) ? g_strdup_printf ("%s · %s", away, _("a lot in hand")) : NULL;

  return words_of (row, both ? both : away);
}

gboolean
kith_staff_is_overloaded (KithRow *row)
{
  return kith_row_get_int (row, "load") > KITH_STAFF_MUCH;
}

void
kith_staff_mark_load (GtkWidget *widget,
                      KithRow   *row)
{
  if (row && kith_staff_is_overloaded (row))
    gtk_widget_add_css_class (widget, "overloaded");
  else
    gtk_widget_remove_css_class (widget, "overloaded");
}

/**
 * kith_staff_need_clear:
 *
 * Frees what it holds; also good for one that was zeroed.
 */
void
kith_staff_need_clear (KithStaffNeed *self)
{
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->skills, g_strfreev);
  g_clear_pointer (&self->sites, json_object_unref);
}

/**
 * kith_staff_need_read:
 * @client: (nullable): a row of the query "client"; NULL: nobody is known
 *
 * What the client needs of whoever works with them: their languages, and where they are helped.
 */
void
kith_staff_need_read (KithStaffNeed *self,
                      KithRow       *client)
{
  kith_staff_need_read_person (self, client ? kith_row_body (client, "body") : NULL);
  kith_staff_need_read_sites (self, client);
}

/**
 * kith_staff_need_read_person:
 * @person: (nullable): who they are: the body of a client record, or what a referral took of it with it; NULL: nobody is known
 *
 * As kith_staff_need_read(), but for where they are helped.
 */
void
kith_staff_need_read_person (KithStaffNeed *self,
                             JsonObject    *person)
{
  JsonArray *languages = person ? kith_json_array (person, "languages") : NULL;
  g_autoptr (JsonNode) node = languages ? json_node_init_array (json_node_alloc (), languages) : NULL;
  g_autofree char *text = node ? json_to_string (node, FALSE) : NULL;

  g_strfreev (self->languages);
  self->languages = kith_staff_list (text);
}

void
kith_staff_need_read_sites (KithStaffNeed *self,
                            KithRow       *row)
{
  JsonObject *sites = row ? kith_row_body (row, "sites") : NULL;

  g_clear_pointer (&self->sites, json_object_unref);
  self->sites = sites ? json_object_ref (sites) : NULL;
}

/* The places both name, by their names. Yours; NULL: none */
static char *
shared_sites (KithRow             *row,
              const KithStaffNeed *need)
{
  JsonObject *theirs = need->sites ? kith_row_body (row, "sites") : NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GList) ids = theirs ? json_object_get_members (need->sites) : NULL;

  for (GList *l = ids; l; l = l->next)
    if (json_object_has_member (theirs, l->data))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", kith_json_string (theirs, l->data) ? kith_json_string (theirs, l->data) : "");
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

static gboolean
is_at_site (KithRow             *row,
            const KithStaffNeed *need)
{
  g_autofree char *names = shared_sites (row, need);

  return names != NULL;
}

/* A colleague as the model looks at them. */
typedef struct
{
  KithRow *row;
  KithBalancePerson person;
  char **languages, **skills;
  guint lacking; /* how many of the needs this person does not fit */
  KithBalanceFit lacks; /* the first of them, */
  const char *what;     /* and what for */
  gboolean preferred;
  guint near;           /* how many of the needs are helped where this person works */
} Ranked;

static Ranked
rank (KithRow             *row,
      const KithStaffNeed *needs,
      guint                n_needs,
      gint64               now_ms)
{
  gboolean away = kith_staff_is_away (row, now_ms);
  Ranked self = { .row = row, .languages = kith_staff_list (kith_row_get_text (row, "languages")),
                  .skills = kith_staff_list (kith_row_get_text (row, "skills")) };
  const char *first = n_needs > 0 && needs[0].languages ? needs[0].languages[0] : NULL;

  self.person = (KithBalancePerson) { .id = kith_row_get_id (row), .takes = !away, .keeps = away, .load = (guint) kith_row_get_int (row, "load"),
                                      .languages = (const char *const *) self.languages, .skills = (const char *const *) self.skills };
  for (guint i = 0; i < MAX (n_needs, 1); i++)
    {
      KithBalanceWork work = { .languages = n_needs > 0 ? (const char *const *) needs[i].languages : NULL,
                               .skills = n_needs > 0 ? (const char *const *) needs[i].skills : NULL };
      const char *what = NULL;
      KithBalanceFit fit = kith_balance_fits (&self.person, &work, &what);

      if (fit != KITH_BALANCE_FITS && self.lacking++ == 0)
        {
          self.lacks = fit;
          self.what = what;
        }
      self.near += n_needs > 0 && is_at_site (row, &needs[i]);
    }
  self.preferred = first && self.languages && g_strv_contains ((const char *const *) self.languages, first);
  return self;
}

static void
ranked_clear (Ranked *self)
{
  g_strfreev (self->languages);
  g_strfreev (self->skills);
}

/* What one of them asks for and this colleague has not. Yours */
static char *
lack_words (KithBalanceFit fit,
            const char    *what)
{
  g_autofree char *name = NULL;

  if (fit == KITH_BALANCE_NO_LANGUAGE)
    return g_strdup_printf (_("does not speak %s"), name = kith_language_name (what));
  /* Translators: a kind of case: "does not take: Housing" */
  return g_strdup_printf (_("does not take: %s"), kith_format_code ("case_type", what));
}

/* Why work should not go there: of several needs "does not fit 2 of 3: does not speak Spanish"; NULL: it fits, or they are on leave, which is said so. Yours */
static char *
lacks (KithRow             *row,
       const KithStaffNeed *needs,
       guint                n_needs,
       gint64               now_ms)
{
  Ranked self = rank (row, needs, n_needs, now_ms);
  g_autofree char *first = self.lacking > 0 && self.lacks != KITH_BALANCE_NOBODY ? lack_words (self.lacks, self.what) : NULL;
  char *words = NULL;

  if (first && n_needs > 1)
    /* Translators: clients whose language or kind of case this colleague has not; then what the first of them needs: "does not speak Tagalog" */
    words = g_strdup_printf (_("does not fit %u of %u: %s"), self.lacking, n_needs, first);
  else
    words = g_steal_pointer (&first);
  ranked_clear (&self);
  return words;
}

char *
kith_staff_choice_words (KithRow             *row,
                         const KithStaffNeed *needs,
                         guint                n_needs,
                         gint64               now_ms)
{
  g_autofree char *away = kith_staff_leave_words (row, now_ms);
  g_autofree char *why_not = lacks (row, needs, n_needs, now_ms);
  g_autofree char *near = n_needs == 1 ? shared_sites (row, needs) : NULL;
  /* Translators: where a colleague works, of the places where the client is helped */
  g_autofree char *at = near ? g_strdup_printf (_("at %s"), near) : NULL;
  g_autoptr (GString) first = g_string_new (NULL);

  add (first, why_not);
  add (first, away);
  add (first, kith_staff_is_overloaded (row) ? _("a lot in hand") : NULL);
  add (first, at);
  return words_of (row, first->str);
}

/* What the need asks for that none of them has who is at work, of those who work where it is helped where near is set; FALSE: somebody has it. what NULL:
 * nobody is there at all. */
static gboolean
fits_nobody (GPtrArray           *rows,
             const KithStaffNeed *need,
             gboolean             near,
             gint64               now_ms,
             KithBalanceFit      *lack,
             const char         **what)
{
  gboolean found = FALSE;

  *what = NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      Ranked one = rank (rows->pdata[i], need, 1, now_ms);
      gboolean counts = !near || one.near > 0, fits = counts && one.lacking == 0;

      if (counts && !fits && one.lacks != KITH_BALANCE_NOBODY && !*what)
        {
          *lack = one.lacks;
          *what = one.what; /* the need's own */
        }
      found |= fits;
      ranked_clear (&one);
    }
  return !found;
}

/* Of everybody at work who would do otherwise: somebody whose place nobody has said may well be there. */
static gboolean
are_sites_known (GPtrArray           *rows,
                 const KithStaffNeed *need,
                 gint64               now_ms)
{
  gboolean known = rows->len > 0;

  for (guint i = 0; i < rows->len && known; i++)
    {
      Ranked one = rank (rows->pdata[i], need, 1, now_ms);

      known = one.lacking > 0 || kith_row_body (rows->pdata[i], "sites") != NULL;
      ranked_clear (&one);
    }
  return known;
}

/* There is somebody for it, but not where the client is helped. NULL: there too, or nobody knows where. Yours */
static char *
nobody_near (GPtrArray           *rows,
             const KithStaffNeed *need,
             gint64               now_ms)
{
  KithBalanceFit lack = KITH_BALANCE_FITS;
  const char *what;
  g_autoptr (GList) places = need->sites && are_sites_known (rows, need, now_ms) ? json_object_get_values (need->sites) : NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *language = NULL;

  if (!places || !fits_nobody (rows, need, TRUE, now_ms, &lack, &what))
    return NULL;
  for (GList *l = places; l; l = l->next)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", JSON_NODE_HOLDS_VALUE (l->data) && json_node_get_string (l->data) ? json_node_get_string (l->data) : "");
  if (!what)
    /* Translators: the location where a client is helped */
    return g_strdup_printf (_("Nobody at work is at %s."), names->str);
  if (lack == KITH_BALANCE_NO_LANGUAGE)
    {
      language = kith_language_name (what);
      /* Translators: a location, a language */
      return g_strdup_printf (_("Nobody at %s speaks %s."), names->str, language);
    }
  /* Translators: a location, a kind of case */
  return g_strdup_printf (_("Nobody at %s takes such cases: %s."), names->str, kith_format_code ("case_type", what));
}

char *
kith_staff_nobody_words (GPtrArray           *rows,
                         const KithStaffNeed *needs,
                         guint                n_needs,
                         gint64               now_ms)
{
  KithBalanceFit lack = KITH_BALANCE_FITS, first = KITH_BALANCE_FITS;
  const char *what = NULL, *lacking = NULL;
  g_autofree char *language = NULL;
  guint n = 0;

  for (guint i = 0; i < n_needs; i++)
    if (fits_nobody (rows, &needs[i], FALSE, now_ms, &lack, &what) && what && n++ == 0)
      {
        first = lack;
        lacking = what;
      }
  if (n == 0)
    return n_needs == 1 ? nobody_near (rows, needs, now_ms) : NULL; /* several are helped in several places: there the order says it */
  if (first == KITH_BALANCE_NO_LANGUAGE)
    {
      language = kith_language_name (lacking);
      return n_needs == 1 ? g_strdup_printf (_("Nobody at work here speaks %s."), language)
                          /* Translators: for how many clients of how many, and a language */
                          : g_strdup_printf (_("%u of %u clients: nobody at work here speaks %s."), n, n_needs, language);
    }
  /* Translators: a kind of case */
  return n_needs == 1 ? g_strdup_printf (_("Nobody at work here takes such cases: %s."), kith_format_code ("case_type", lacking))
                      : g_strdup_printf (_("%u of %u clients: nobody at work here takes such cases: %s."), n, n_needs, kith_format_code ("case_type", lacking));
}

#define NEAR_IS_WORTH (KITH_STAFF_MUCH / 4) /* so much less in hand makes up for having to come from elsewhere */

static int
weight_of (const Ranked *one)
{
  return (int) one->person.load - (one->near > 0 ? NEAR_IS_WORTH : 0);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Ranked *one = a, *two = b;
  int weight_one = weight_of (one), weight_two = weight_of (two);

  if (one->person.takes != two->person.takes) /* whoever is away comes last, however well they fit */
    return one->person.takes ? -1 : 1;
  if (one->lacking != two->lacking)
    return one->lacking < two->lacking ? -1 : 1;
  if (one->preferred != two->preferred)
    return one->preferred ? -1 : 1;
  if (weight_one != weight_two)
    return weight_one < weight_two ? -1 : 1;
  if (one->near != two->near)
    return one->near > two->near ? -1 : 1;
  if (one->person.load != two->person.load)
    return one->person.load < two->person.load ? -1 : 1;
  return g_strcmp0 (kith_row_get_text (one->row, "name"), kith_row_get_text (two->row, "name"));
}

GPtrArray *
kith_staff_best_first (GPtrArray           *rows,
                       const KithStaffNeed *needs,
                       guint                n_needs,
                       gint64               now_ms)
{
  g_autofree Ranked *ranked = g_new0 (Ranked, rows->len + 1);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    ranked[i] = rank (rows->pdata[i], needs, n_needs, now_ms);
  qsort (ranked, rows->len, sizeof *ranked, compare);
  for (guint i = 0; i < rows->len; i++)
    {
      g_ptr_array_add (sorted, g_object_ref (ranked[i].row));
      ranked_clear (&ranked[i]);
    }
  return sorted;
}

/* A JSON list of codes as words. Yours; NULL: none. */
char *
kith_staff_codes_words (const char *vocabulary,
                        const char *json)
{
  g_auto (GStrv) codes = kith_staff_list (json);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes && codes[i]; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", kith_format_code (vocabulary, codes[i]));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
