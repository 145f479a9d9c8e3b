/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-contact-view.h"

#include <glib/gi18n.h>

#include "contacts/kith-contact-answers.h"
#include "kith-format.h"
#include "kith-page.h"
#include "kith-places.h"
#include "kith-reading.h"
#include "kith-term-window.h"
#include "kith-watch.h"
#include "widgets/kith-answers.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-change-line.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-lines.h"
#include "widgets/kith-status-pill.h"

#define CHANGES_STEP 5 /* so many are shown at first */

struct _KithContactView
{
  AdwBin parent_instance;
  KithContext *context;
  char *id, *client, *name_text;
  KithReading *reading; /* C13, I18: of a person */
  GtkWidget *content, *pending, *needs_box, *referrals_box, *resources_box, *notes_box, *changes_box;
  AdwBin *changes_place;
  KithLines *changes;
  GtkLabel *name, *meta, *notes, *readers;
  KithFacts *facts, *answers;
  KithWatch *contact_watch, *needs_watch, *referrals_watch, *resources_watch, *answers_watch, *terms_watch;
  gboolean has_terms; /* the network has a taxonomy */
};

G_DEFINE_FINAL_TYPE (KithContactView, kith_contact_view, ADW_TYPE_BIN)

/* ---- the person */

static char *
caller_words (JsonObject *body)
{
  const char *kind = kith_json_string (body, "caller_kind"), *name = kith_json_string (body, "caller_name");

  return name ? g_strdup_printf ("%s (%s)", name, kith_format_code ("caller_kind", kind)) : g_strdup (kith_format_code ("caller_kind", kind));
}

static void
contact_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithContactView *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;
  gint64 now = kith_context_get_now (self->context);
  const char *name, *notes;
  g_autofree char *when = NULL, *meta = NULL;

  gtk_widget_set_visible (self->content, body != NULL);
  kith_reading_show (self->reading, "contact_record", body ? self->id : NULL, body ? kith_json_string (body, "client") : NULL);
  if (!body)
    return;
  g_free (self->client);
  self->client = g_strdup (kith_json_string (body, "client"));
  name = kith_json_string (body, "name") ? kith_json_string (body, "name") : kith_json_string (body, "caller_name");
  g_free (self->name_text);
  self->name_text = g_strdup (name ? name : _("Name not given"));
  gtk_label_set_text (self->name, self->name_text);
  when = kith_format_time (kith_json_string (body, "submitted_at"), now);
  meta = kith_format_join (kith_json_string (body, "number") ? kith_json_string (body, "number") : "", when,
                    kith_format_code ("contact_channel", kith_json_string (body, "how")), kith_json_string (body, "author_name"));
  gtk_label_set_text (self->meta, meta);
  gtk_widget_set_visible (self->pending, kith_row_get_int (row, "pending") != 0);
  kith_facts_clear (self->facts);
  if (kith_json_bool (body, "do_not_contact", FALSE))
    kith_facts_add (self->facts, _("Contact"), _("Do not contact"));
  kith_facts_take (self->facts, _("Who called"), caller_words (body));
  kith_facts_take (self->facts, _("Phone"), kith_format_phones (body, "\n"));
  kith_facts_add (self->facts, _("Email"), kith_json_string (body, "email"));
  kith_facts_add (self->facts, _("Postal code"), kith_json_string (body, "postal_code"));
  kith_facts_add (self->facts, _("City"), kith_json_string (body, "city"));
  kith_facts_take (self->facts, _("Birth date"), kith_json_string (body, "date_of_birth") ? kith_format_birth (kith_json_string (body, "date_of_birth"), now) : NULL);
  kith_facts_take (self->facts, _("Languages"), kith_format_languages (body));
  kith_facts_add (self->facts, _("Warm referral"), kith_row_get_text (row, "referral_number"));
  notes = kith_json_string (body, "notes");
  gtk_label_set_text (self->notes, notes ? notes : "");
  gtk_widget_set_visible (self->notes_box, notes != NULL);
}

/* ---- needs */

/* P22: the need's own status, whatever became of each referral. */
static void
status_cb (KithContactView *self,
           GParamSpec      *pspec,
           AdwComboRow     *row)
{
  const char *was = g_object_get_data (G_OBJECT (row), "status"), *now = kith_choice_row_get_code (row);
  JsonObject *set;

  if (!now || g_strcmp0 (was, now) == 0)
    return;
  set = kith_json_new ("status", "o", kith_json_new ("old", "s", was, "new", "s", now, NULL), NULL);
  kith_context_submit (self->context, "record.patch",
                       kith_json_new ("t", "s", "contact_need", "id", "s", g_object_get_data (G_OBJECT (row), "id"), "set", "o", set, NULL), _("Need status changed"), FALSE,
                       NULL, NULL);
}

/* The need's kind, in the words of the taxonomy: also of a call that was recorded before anybody looked for one. */

typedef struct
{
  KithContext *context;
  char *need, *was;
} TermFor;

static void
term_for_free (gpointer data)
{
  TermFor *self = data;

  g_object_unref (self->context);
  g_free (self->need);
  g_free (self->was);
  g_free (self);
}

static void
term_picked_cb (KithRow *term,
                gpointer user_data)
{
  TermFor *of = user_data;
  const char *now = kith_row_get_id (term);
  JsonObject *set;

  if (g_strcmp0 (now, of->was) == 0)
    return;
  set = kith_json_new ("term", "o", kith_json_new ("old", "s", of->was, "new", "s", now, NULL), NULL);
  kith_context_submit (of->context, "record.patch", kith_json_new ("t", "s", "contact_need", "id", "s", of->need, "set", "o", set, NULL), _("Kind of need noted"), FALSE,
                       NULL, NULL);
}

static void
term_cb (KithContactView *self,
         GtkWidget       *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_COMBO_ROW);
  TermFor *of = g_new0 (TermFor, 1);

  of->context = g_object_ref (self->context);
  of->need = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  of->was = g_strdup (g_object_get_data (G_OBJECT (row), "term"));
  kith_term_window_present (button, self->context, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), term_picked_cb, of, term_for_free);
}

static GtkWidget *
term_button_new (KithContactView *self)
{
  GtkWidget *term = gtk_button_new_from_icon_name ("view-list-bullet-symbolic");

  gtk_widget_set_name (term, "term");
  gtk_widget_add_css_class (term, "flat");
  gtk_widget_set_valign (term, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (term, _("Kind of need, in the words of the taxonomy…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (term), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind of need"), -1);
  gtk_widget_set_visible (term, self->has_terms);
  g_signal_connect_object (term, "clicked", G_CALLBACK (term_cb), self, G_CONNECT_SWAPPED);
  return term;
}

/* A network without a taxonomy has nothing to choose from. */
static void
terms_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithContactView *self = user_data;
  GtkListBoxRow *row;

  self->has_terms = rows->len > 0;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->needs_box), i)); i++)
    gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "term-button"), self->has_terms);
}

static void
show_need (GtkWidget *row,
           KithRow   *need)
{
  const char *words = kith_row_get_text (need, "words"), *term = kith_row_get_text (need, "term_name"), *note = kith_row_get_text (need, "note");
  g_autofree char *said = kith_format_join (term, note);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words ? words : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), said);
  g_object_set_data_full (G_OBJECT (row), "term", g_strdup (kith_row_get_text (need, "term")), g_free);
  g_object_set_data_full (G_OBJECT (row), "status", g_strdup (kith_row_get_text (need, "status")), g_free);
  kith_choice_row_set_code (ADW_COMBO_ROW (row), kith_row_get_text (need, "status"));
}

static GtkWidget *
need_row_new (KithContactView *self,
              KithRow         *need)
{
  GtkWidget *row = adw_combo_row_new (), *term = term_button_new (self);
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  kith_choice_row_set_vocabulary (ADW_COMBO_ROW (row), "need_status", NULL);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (kith_row_get_id (need)), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), term);
  g_object_set_data (G_OBJECT (row), "term-button", term);
  show_need (row, need);
  gtk_widget_set_sensitive (row, actor && actor->level == KITH_LEVEL_NETWORK);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* A row stays as long as its need does: it may be the one in which somebody is choosing. */
static void
needs_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithContactView *self = user_data;

  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->needs_box), (int) i));

      if (row && g_strcmp0 (g_object_get_data (G_OBJECT (row), "id"), kith_row_get_id (rows->pdata[i])) == 0)
        {
          show_need (row, rows->pdata[i]);
          continue;
        }
      if (row)
        gtk_list_box_remove (GTK_LIST_BOX (self->needs_box), row);
      gtk_list_box_insert (GTK_LIST_BOX (self->needs_box), need_row_new (self, rows->pdata[i]), (int) i);
    }
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->needs_box), (int) rows->len));)
    gtk_list_box_remove (GTK_LIST_BOX (self->needs_box), GTK_WIDGET (row));
  gtk_widget_set_visible (gtk_widget_get_parent (self->needs_box), rows->len > 0);
}

/* ---- what was made of it */

/* A row that leads nowhere for this account is one to read. */
static void
lead_to (KithContactView *self,
         GtkWidget       *row,
         const char      *place)
{
  if (!kith_place_is_of (kith_desktop_get_actor (kith_context_get_desktop (self->context)), place))
    return;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
}

/* 2-1-1 sent it; a portal account has received it. */
static GtkWidget *
referral_row_new (KithContactView *self,
                  KithRow         *referral)
{
  GtkWidget *row = adw_action_row_new (), *pill = kith_status_pill_new ();
  const char *phase = kith_row_get_text (referral, "phase"), *status = kith_row_get_text (referral, "status"), *queue = kith_row_get_text (referral, "queue_name");
  const char *resource = kith_row_get_text (referral, "resource_name"), *number = kith_row_get_text (referral, "number"), *outcome = kith_row_get_text (referral, "outcome");
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  g_autofree char *place = g_strconcat (kith_place_is_of (actor, "sent") ? "sent/" : "inbox/", kith_row_get_id (referral), NULL);
  g_autofree char *what = kith_format_join (number, resource && queue ? queue : kith_row_get_text (referral, "need"), outcome ? kith_format_reason ("outcome", outcome, kith_row_get_text (referral, "outcome_name")) : NULL);
  g_autofree char *subtitle = kith_format_join (what, kith_row_get_int (referral, "pending") != 0 ? _("not sent yet") : NULL); /* beside “Sent”, its status */

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), resource ? resource : queue ? queue : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  kith_status_pill_set_status (KITH_STATUS_PILL (pill), phase, status);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  lead_to (self, row, place);
  return row;
}

static void
referrals_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithContactView *self = user_data;
  KithCardsPlace *focused = kith_cards_clear (self->referrals_box);

  for (guint i = 0; i < rows->len; i++)
    kith_cards_append (self->referrals_box, referral_row_new (self, rows->pdata[i]), kith_row_get_id (rows->pdata[i]));
  gtk_widget_set_visible (gtk_widget_get_parent (self->referrals_box), rows->len > 0);
  kith_cards_return (self->referrals_box, focused);
}

static void
resources_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithContactView *self = user_data;
  KithCardsPlace *focused = kith_cards_clear (self->resources_box);

  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      const char *name = kith_row_get_text (rows->pdata[i], "name"), *agency = kith_row_get_text (rows->pdata[i], "organization_name");
      g_autofree char *place = g_strconcat ("directory/", kith_row_get_id (rows->pdata[i]), NULL);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name ? name : "");
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), agency ? agency : "");
      lead_to (self, row, place);
      kith_cards_append (self->resources_box, row, kith_row_get_id (rows->pdata[i]));
    }
  gtk_widget_set_visible (gtk_widget_get_parent (self->resources_box), rows->len > 0);
  kith_cards_return (self->resources_box, focused);
}

static void
answers_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithContactView *self = user_data;
  gboolean with_call = FALSE, with_referral = FALSE;
  g_autofree char *readers = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      gboolean of_call = body && g_strcmp0 (kith_json_string (body, "t"), "contact_record") == 0;

      with_call |= of_call;
      with_referral |= !of_call;
    }
  kith_answers_show (self->answers, rows);
  readers = kith_contact_readers_words (with_call, with_referral);
  gtk_label_set_text (self->readers, readers);
}

static GtkWidget *
change_line (KithRow *row,
             gpointer user_data)
{
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  kith_change_line_show (ADW_ACTION_ROW (line), row, kith_context_get_now (KITH_CONTACT_VIEW (user_data)->context));
  return line;
}

static void
changes_told (guint    n,
              gpointer user_data)
{
  gtk_widget_set_visible (KITH_CONTACT_VIEW (user_data)->changes_box, n > 0);
}

/* ---- life */

static void
stop (KithContactView *self)
{
  g_clear_object (&self->contact_watch);
  g_clear_object (&self->needs_watch);
  g_clear_object (&self->referrals_watch);
  g_clear_object (&self->resources_watch);
  g_clear_object (&self->answers_watch);
  g_clear_object (&self->terms_watch);
  if (self->changes)
    kith_lines_set_query (self->changes, NULL, NULL, NULL);
}

/* Of the call before nothing stands there if the other cannot be read. */
static void
clear (KithContactView *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  needs_cb (none, self);
  referrals_cb (none, self);
  resources_cb (none, self);
  answers_cb (none, self);
  gtk_widget_set_visible (self->changes_box, FALSE);
}

void
kith_contact_view_set_contact (KithContactView *self,
                               const char      *id)
{
  static const char *const contact_kinds[] = { "contact_record", NULL }, *const need_kinds[] = { "contact_need", "taxonomy_term", NULL };
  static const char *const term_kinds[] = { "taxonomy_term", NULL };
  static const char *const answer_kinds[] = { "form_answer", "referral", NULL };
  static const char *const change_kinds[] = { "field_history", "conflict", "contact_record", "contact_need", "form_answer", NULL };
  static const char *const referral_kinds[] = { "referral", "referral_course", "referral_detail", "queue_item", "queue", "queue_status", NULL }, *const resource_kinds[] = { "contact_record", "service", NULL };

  if (g_strcmp0 (self->id, id) == 0)
    return;
  stop (self);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->name_text, g_free);
  g_clear_pointer (&self->client, g_free);
  gtk_widget_set_visible (self->content, FALSE);
  kith_reading_show (self->reading, NULL, NULL, NULL);
  clear (self);
  if (!id)
    return;
  self->contact_watch = kith_watch_new (self->context, "contact", contact_kinds, id, contact_cb, self);
  self->terms_watch = kith_watch_new (self->context, "terms-any", term_kinds, NULL, terms_cb, self);
  self->needs_watch = kith_watch_new (self->context, "contact-needs", need_kinds, id, needs_cb, self);
  self->referrals_watch = kith_watch_new (self->context, "contact-referrals", referral_kinds, id, referrals_cb, self);
  self->answers_watch = kith_watch_new (self->context, "contact-answers", answer_kinds, id, answers_cb, self);
  self->resources_watch = kith_watch_new (self->context, "contact-resources", resource_kinds, id, resources_cb, self);
  kith_lines_set_query (self->changes, "contact-changes", change_kinds, (const char *const[]) { id, NULL });
}

const char *
kith_contact_view_get_name (KithContactView *self)
{
  return self->name_text;
}

static void
kith_contact_view_dispose (GObject *object)
{
  KithContactView *self = KITH_CONTACT_VIEW (object);

  stop (self);
  self->changes = NULL;
  g_clear_object (&self->reading);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CONTACT_VIEW);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->name_text, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_contact_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithContactView, name)

static void
kith_contact_view_class_init (KithContactViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_contact_view_dispose;
  g_type_ensure (KITH_TYPE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/contacts/kith-contact-view.ui");
  BIND (content);
  BIND (pending);
  BIND (name);
  BIND (meta);
  BIND (facts);
  BIND (answers);
  BIND (readers);
  BIND (needs_box);
  BIND (referrals_box);
  BIND (resources_box);
  BIND (notes_box);
  BIND (changes_box);
  BIND (changes_place);
  BIND (notes);
}

static void
kith_contact_view_init (KithContactView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_facts_set_title (self->answers, _("Questions answered"));
  kith_facts_set_stacked (self->answers);
}

/**
 * kith_contact_view_new:
 *
 * Returns: (transfer floating): it shows nothing before kith_contact_view_set_contact()
 */
GtkWidget *
kith_contact_view_new (KithContext *context)
{
  KithContactView *self = g_object_new (KITH_TYPE_CONTACT_VIEW, NULL);
  GtkWidget *list = gtk_list_box_new ();

  self->context = g_object_ref (context);
  self->reading = kith_reading_new (context, self->content);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_name (list, "call-changes");
  self->changes = KITH_LINES (kith_lines_new (context, list, CHANGES_STEP, change_line, changes_told, self));
  adw_bin_set_child (self->changes_place, GTK_WIDGET (self->changes));
  return GTK_WIDGET (self);
}
