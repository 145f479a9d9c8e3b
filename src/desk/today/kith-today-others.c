/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/kith-today-others.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-words.h"
#include "clients/kith-consent-card.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "today/kith-today-drafts.h"
#include "today/kith-today-lines.h"
#include "today/kith-today-part.h"
#include "widgets/kith-cards.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define SOON_DAYS 7
#define AHEAD_DAYS 30
#define STEP 20 /* lines more at a time */
#define MATCHES 3 /* lines at first: the likeliest */

/* Consents of one's clients that end soon; what was begun and not sent; records that may be one person. */
enum
{
  CONSENTS,
  DRAFTS,
  MATCHES_OPEN,
  N_OTHERS
};

struct _KithTodayOthers
{
  GtkBox parent_instance;
  KithContext *context;
  KithWatch *capacity_watch;
  GtkListBox *list;
  KithTodayPart parts[N_OTHERS];
  gboolean counted;  /* the numbers were read */
  guint n_unconfirmed, n_problems, n_lines;
};

G_DEFINE_FINAL_TYPE (KithTodayOthers, kith_today_others, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a draft is about, in words: two that are begun at once do not read alike. Yours */
static char *
name_in (KithRow *row)
{
  const char *about = kith_row_get_text (row, "about_name"), *queue = kith_row_get_text (row, "queue_name");

  if (about)
    return kith_format_join (about, g_strcmp0 (queue, about) != 0 ? queue : NULL, NULL);
  if (kith_row_get_text (row, "given_name") || kith_row_get_text (row, "family_name"))
    return kith_format_row_name (row);
  return g_strdup (kith_row_get_text (row, "contact_name"));
}

static GtkWidget *
draft_new (KithTodayOthers *self,
           KithRow         *row)
{
  const char *title;
  g_autofree char *name = name_in (row), *when = NULL, *subtitle = NULL, *place = kith_today_draft_place (self->context, row, &title);
  GtkWidget *line;

  when = kith_format_when (g_ascii_strtoll (kith_row_get_text (row, "at"), NULL, 10), kith_context_get_now (self->context));
  subtitle = kith_format_join (name, kith_row_get_text (row, "number"), when);
  line = kith_today_line_new (title, subtitle, place);
  kith_today_line_add_pill (line, "document-edit-symbolic", _("Draft"), "");
  return line;
}

/* Asked for again in time, without a network too; Enter renews it. */
static GtkWidget *
consent_new (KithTodayOthers *self,
             KithRow         *row)
{
  const char *term = kith_row_get_text (row, "term");
  g_autofree char *name = kith_format_row_name (row);
  g_autofree char *receivers = kith_consent_receiver_words (row);
  g_autofree char *who = kith_format_join (name, kith_row_get_text (row, "number"), receivers);
  g_autofree char *day = kith_format_time (term, kith_context_get_now (self->context));
  /* Translators: a day */
  g_autofree char *until = g_strdup_printf (C_("consent", "Until %s"), day ? day : "");
  g_autofree char *place = g_strdup_printf ("clients/renew:%s:%s", kith_row_get_text (row, "client"), kith_row_get_id (row));
  GtkWidget *line = kith_today_line_new (_("A consent ends soon"), who, place);
  gint64 end = 0;

  kith_time_parse (term, &end);
  kith_today_line_add_pill (line, "appointment-soon-symbolic", until, end - kith_context_get_now (self->context) <= SOON_DAYS * DAY_MS ? "warn" : "");
  return line;
}

/* Both as they are written: what differs may be one letter. */
static GtkWidget *
match_new (KithTodayOthers *self,
           KithRow         *row)
{
  JsonObject *body = kith_row_body (row, "body"), *first = body ? kith_json_object (body, "first_values") : NULL, *second = body ? kith_json_object (body, "second_values") : NULL;
  g_autofree char *a = first ? kith_format_client_name (first) : NULL, *b = second ? kith_format_client_name (second) : NULL;
  const char *number = kith_row_get_text (row, "first_number"), *other = kith_row_get_text (row, "second_number");
  g_autofree char *one = kith_format_join (a, number, NULL), *two = kith_format_join (b, other, NULL);
  g_autofree char *who = g_strdup_printf ("%s – %s", one ? one : "", two ? two : "");
  gboolean likely = g_strcmp0 (kith_row_get_text (row, "zone"), "link") == 0;
  GtkWidget *line = kith_today_line_new (_("Maybe the same person"), who, "inbox/same");

  kith_today_line_add_pill (line, likely ? "dialog-warning-symbolic" : "dialog-question-symbolic", likely ? _("Probably") : _("Maybe"), likely ? "warn" : "accent");
  return line;
}

/* key: no two have the same, as two drafts have that lead to one record */
static void
add (GPtrArray  *lines,
     const char *key,
     GtkWidget  *line)
{
  kith_cards_name (line, key);
  g_ptr_array_add (lines, line);
}

static void
add_part (KithTodayOthers *self,
          GPtrArray       *lines,
          guint            which,
          GtkWidget     *(*make) (KithTodayOthers *self, KithRow *row))
{
  KithTodayPart *part = &self->parts[which];
  guint n = part->rows ? MIN (part->rows->len, part->limit) : 0;

  for (guint i = 0; i < n; i++)
    add (lines, kith_row_get_id (part->rows->pdata[i]), make (self, part->rows->pdata[i]));
  kith_today_add_more (lines, KITH_TODAY_MORE_OTHERS + which, n, part->total);
}

/* In the order of ux.md 2.1: places to confirm, drafts, problems. */
static void
fill (KithTodayOthers *self)
{
  GPtrArray *lines = g_ptr_array_new ();

  if (self->n_unconfirmed > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u number is not confirmed today", "%u numbers are not confirmed today", self->n_unconfirmed), self->n_unconfirmed);

      add (lines, "capacity", kith_today_line_new (_("Confirm the free places"), words, "capacity"));
    }
  add_part (self, lines, CONSENTS, consent_new);
  add_part (self, lines, DRAFTS, draft_new);
  if (self->n_problems > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u change needs your decision", "%u changes need your decision", self->n_problems), self->n_problems);

      add (lines, "attention", kith_today_line_new (_("Needs attention"), words, "attention"));
    }
  add_part (self, lines, MATCHES_OPEN, match_new);
  self->n_lines = lines->len;
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_lines > 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, kith_cards_fill (self->list, lines));
}

static void
capacity_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithTodayOthers *self = user_data;
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  gboolean may = !actor || actor->level != KITH_LEVEL_PORTAL || actor->edits_capacity; /* P9 */

  self->n_unconfirmed = 0;
  self->counted = TRUE;
  for (guint i = 0; may && i < rows->len; i++)
    self->n_unconfirmed += kith_row_get_text (rows->pdata[i], "capacity") && !kith_capacity_confirmed_today (rows->pdata[i], kith_context_get_now (self->context));
  fill (self);
}

static void
consents_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithTodayOthers *self = user_data;

  kith_today_part_take (&self->parts[CONSENTS], rows);
  fill (self);
}

static void
drafts_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithTodayOthers *self = user_data;
  KithTodayPart *part = &self->parts[DRAFTS];
  const char *title;

  kith_today_part_take (part, rows);
  for (guint i = part->rows->len; i > 0; i--)
    {
      g_autofree char *place = kith_today_draft_place (self->context, part->rows->pdata[i - 1], &title);

      if (!place) /* no line: none that is left to be shown */
        g_ptr_array_remove_index (part->rows, i - 1);
    }
  part->total = part->rows->len;
  fill (self);
}

static void
matches_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithTodayOthers *self = user_data;

  kith_today_part_take (&self->parts[MATCHES_OPEN], rows);
  fill (self);
}

void
kith_today_others_show_more (KithTodayOthers *self,
                             guint            which)
{
  KithTodayPart *part = &self->parts[which - KITH_TODAY_MORE_OTHERS];

  kith_today_part_show_more (part, STEP);
  if (part->whole) /* else they come when they are read */
    fill (self);
}

static void
attention_cb (KithTodayOthers *self)
{
  self->n_problems = kith_context_get_needing (self->context);
  fill (self);
}

void
kith_today_others_look (KithTodayOthers *self,
                        KithContext     *context)
{
  static const char *const capacity_kinds[] = { "capacity", "service", "staff_service", "staff", "queue", "queue_resource", NULL }, *const draft_kinds[] = { "op", "client", "form", "queue", NULL };
  static const char *const match_kinds[] = { "match", "client", NULL };
  static const char *const consent_kinds[] = { "consent", "assignment", "client", "notice", NULL };
  gint64 now = kith_context_get_now (context);
  g_autofree char *from = kith_time_format (now), *until = kith_time_format (now + AHEAD_DAYS * DAY_MS);
  const char *consent_args[] = { from, until, NULL }, *const none[] = { NULL };
  const char *args[] = { kith_context_get_agency (context), kith_context_get_user (context), "0", NULL }; /* those on the person's own list (U11) */

  if (!self->context)
    {
      g_signal_connect_object (kith_context_get_desktop (context), "notify::attention", G_CALLBACK (attention_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (context, "needing-changed", G_CALLBACK (attention_cb), self, G_CONNECT_SWAPPED);
    }
  g_set_object (&self->context, context);
  g_clear_object (&self->capacity_watch);
  attention_cb (self);
  self->capacity_watch = kith_watch_new_args (context, "capacity-own", capacity_kinds, args, capacity_cb, self);
  kith_today_part_watch (&self->parts[CONSENTS], context, "consents-expiring", consent_kinds, consent_args, consents_cb, self);
  kith_today_part_watch (&self->parts[DRAFTS], context, "drafts-begun", draft_kinds, none, drafts_cb, self);
  kith_today_part_watch (&self->parts[MATCHES_OPEN], context, "matches-open", match_kinds, none, matches_cb, self);
}

gboolean
kith_today_others_is_known (KithTodayOthers *self)
{
  return self->counted && self->parts[CONSENTS].rows && self->parts[DRAFTS].rows && self->parts[MATCHES_OPEN].rows;
}

GtkListBox *
kith_today_others_get_list (KithTodayOthers *self)
{
  return self->list;
}

guint
kith_today_others_get_n (KithTodayOthers *self)
{
  return self->n_lines;
}

guint
kith_today_others_get_n_to_do (KithTodayOthers *self)
{
  return self->n_unconfirmed > 0 ? 1 : 0; /* matches are counted in the Inbox */
}

static void
kith_today_others_dispose (GObject *object)
{
  KithTodayOthers *self = KITH_TODAY_OTHERS (object);

  g_clear_object (&self->capacity_watch);
  for (guint i = 0; i < N_OTHERS; i++)
    kith_today_part_clear (&self->parts[i]);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_TODAY_OTHERS);
  G_OBJECT_CLASS (kith_today_others_parent_class)->dispose (object);
}

static void
kith_today_others_class_init (KithTodayOthersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_today_others_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/kith/Kith/today/kith-today-others.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithTodayOthers, list);
}

static void
kith_today_others_init (KithTodayOthers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->parts[CONSENTS].limit = self->parts[DRAFTS].limit = STEP;
  self->parts[DRAFTS].whole = TRUE;
  self->parts[MATCHES_OPEN].limit = MATCHES;
}
