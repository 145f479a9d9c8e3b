/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-list-private.h"

#include <glib/gi18n.h>

#include "kith-actor.h"
#include "kith-format.h"
#include "kith-household-people.h"
#include "kith-shortcuts.h"
#include "widgets/kith-change-line.h"

G_DEFINE_FINAL_TYPE (KithClientList, kith_client_list, ADW_TYPE_BIN)

static void
show_change (KithClientList *self,
             KithRow        *row,
             AdwActionRow   *line)
{
  kith_change_line_show (line, row, kith_context_get_now (self->context));
}

typedef struct
{
  const char *query;
  const char *kinds[12];
  gboolean with_today; /* the query's second input is the day it is */
  const char *title, *empty;
  const char *action, *add; /* what the button of the heading does, NULL: none */
  void (*show) (KithClientList *self, KithRow *row, AdwActionRow *line);
  guint step; /* of what grows for years, by something each day: so many are shown, and more by and by; 0: all are */
  const char *also, *also_add; /* another button before that one */
  const char *says;            /* what it is for, below the title; NULL: the title says it */
} ListSpec;

#define CASE_STEP 5 /* among a case's goals and notes */

static const ListSpec specs[] = {
  [KITH_CLIENT_ALERTS] = { "client-alerts", { "alert", "match" }, TRUE, N_("Alerts"), N_("No alerts."), "client.raise-alert", N_("Raise Alert"), kith_client_list_show_alert },
  [KITH_CLIENT_CARE_TEAM] = { "client-care-team", { "care_team_member", "assignment", "match" }, FALSE, N_("Care team"), N_("Nobody is named yet."),
                              "client.join-team", N_("Name a Colleague"), kith_client_list_show_member,
                              .says = N_("Read by everybody who shares the record. It opens nothing: for that, assign staff.") },
  [KITH_CLIENT_ENROLLED_HERE] = { "client-enrolled-here", { "enrollment", "program", "match" }, FALSE, N_("Enrolled at your agency"), N_("Not in a program now."),
                                  "client.enroll", N_("Enroll"), kith_client_list_show_enrollment },
  [KITH_CLIENT_CASES] = { "client-cases", { "case", "assignment", "match" }, FALSE, N_("Cases"), N_("No cases yet."), "client.open-case", N_("Open a Case"), kith_client_list_show_case },
  [KITH_CLIENT_SERVICES] = { "client-services", { "service_event", "service", "match" }, FALSE, N_("Services given"), N_("Nothing recorded yet."), "client.record-service",
                             N_("Record a Service"), kith_client_list_show_service, KITH_CLIENT_STEP },
  [KITH_CLIENT_CASE_SERVICES] = { "client-services", { "service_event", "service", "match" }, FALSE, N_("Services given"), N_("Nothing recorded yet."), "case.record-service",
                                  N_("Record a Service"), kith_client_list_show_service, CASE_STEP },
  [KITH_CLIENT_TASKS] = { "client-tasks", { "task", "staff", "match" }, FALSE, N_("Follow-up"), N_("Nothing to follow up."), "client.add-task", N_("Add Task"),
                          kith_client_list_show_task },
  [KITH_CLIENT_AMENDMENTS] = { "client-amendments", { "amendment_request", "match" }, FALSE, N_("Requests"),
                               N_("None. A client may ask to have corrected what your agency wrote, or to have it kept from somebody; it is answered within 60 days."),
                               "client.ask-amendment", N_("Correction"), kith_client_list_show_amendment, .also = "client.ask-restriction", .also_add = N_("Restriction") },
  [KITH_CLIENT_PROGRAMS] = { "client-enrollments", { "enrollment", "program", "match" }, FALSE, N_("Programs"), N_("Never enrolled in a program."), "client.enroll",
                             N_("Enroll"), kith_client_list_show_enrollment },
  [KITH_CLIENT_HOUSEHOLD] = { "client-household", { "household_member", "client", "match" }, FALSE, N_("Household"), N_("Not in a household yet."),
                              "client.join-household", N_("Join"), kith_client_list_show_relative, .also = "client.add-member", .also_add = N_("Add Member") },
  [KITH_CLIENT_DOCUMENTS] = { "client-record-documents", { "document", "file", "op", "match" }, FALSE, N_("Documents"),
                              N_("No files yet. Drop one here, or attach a scan, a photo or a letter."), "client.attach", N_("Attach a File"), kith_client_list_show_document },
  [KITH_CLIENT_HEALTH_DOCUMENTS] = { "client-health-documents", { "document", "file", "op", "match" }, FALSE, N_("Documents about health"),
                                     N_("No files yet. What is attached here is seen by those alone who may see health information."), "client.attach", N_("Attach a File"),
                                     kith_client_list_show_document },
  [KITH_CLIENT_DECISIONS] = { "client-decisions", { "match", "client" }, FALSE, N_("The same person, or not"), N_("Nothing was said of this record and another one."),
                              "client.same-person", N_("Same Person As…"), kith_client_list_show_decision },
  [KITH_CLIENT_CHANGES] = { "client-changes", { "field_history", "conflict", "client", "client_billing", "client_health", "case", "task", "goal", "enrollment", "care_team_member", "household_member" }, FALSE, N_("What was changed"),
                            N_("Nothing was changed since it was recorded."), NULL, NULL, show_change, KITH_CLIENT_STEP },
  [KITH_CLIENT_LOG] = { "client-log", { "audit_entry" }, FALSE, N_("Who looked at this record"), N_("Nobody has opened, printed or saved anything of it yet."), NULL, NULL,
                        kith_client_list_show_entry, KITH_CLIENT_STEP },
};

/* What lies in the client's own record: when that is hidden, nobody can say that there is none. */
static gboolean
is_shared (KithClientListKind kind)
{
  return kind == KITH_CLIENT_ALERTS || kind == KITH_CLIENT_HOUSEHOLD || kind == KITH_CLIENT_DOCUMENTS || kind == KITH_CLIENT_CHANGES;
}

/* Of every agency that knows the client, each in a scope of its own. */
static gboolean
is_of_all (KithClientListKind kind)
{
  return kind == KITH_CLIENT_CARE_TEAM || kind == KITH_CLIENT_SERVICES || kind == KITH_CLIENT_CASE_SERVICES || kind == KITH_CLIENT_PROGRAMS || kind == KITH_CLIENT_CASES;
}

/* A1, A2: those who see all cases of their agency can say that it has none; who sees the client and not the case sees no sign of it. */
static gboolean
sees_all_cases (KithClientList *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  return actor && kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR);
}

const char *
kith_client_none_words (KithSightOf sight,
                        const char *empty)
{
  if (sight == KITH_SIGHT_OWN) /* there may be others', so nobody says that there is none at all */
    return _("None yet. What other agencies keep to themselves is not shown.");
  return sight == KITH_SIGHT_WHOLE ? empty : _("None that your agency may see.");
}

static void
update_empty (KithClientList *self)
{
  KithSightOf sight = self->sight;
  const char *words = _(specs[self->kind].empty);

  if (self->has_people)
    words = _("Nobody else of the household has a record here.");
  else if (sight == KITH_SIGHT_WITHHELD && is_shared (self->kind))
    words = _("Hidden by consent.");
  else if (self->kind == KITH_CLIENT_CASES && !sees_all_cases (self))
    words = _("None that you work on.");
  else if (is_of_all (self->kind))
    words = kith_client_none_words (sight, words);
  gtk_label_set_text (GTK_LABEL (self->empty), words);
}

void
kith_client_list_set_sight (KithClientList *self,
                            KithSightOf     sight)
{
  self->sight = sight;
  update_empty (self);
}

void
kith_client_list_set_people (KithClientList *self,
                             JsonObject     *body)
{
  g_return_if_fail (self->people);
  self->has_people = kith_household_people_show (self->people, body, kith_context_get_now (self->context));
  update_empty (self);
}

static GtkWidget *
make_line (KithRow *row,
           gpointer user_data)
{
  KithClientList *self = user_data;
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  specs[self->kind].show (self, row, ADW_ACTION_ROW (line));
  return line;
}

static void
told_cb (guint    n,
         gpointer user_data)
{
  gtk_widget_set_visible (KITH_CLIENT_LIST (user_data)->empty, n == 0);
}

static void
kith_client_list_dispose (GObject *object)
{
  KithClientList *self = KITH_CLIENT_LIST (object);

  if (self->lines)
    kith_lines_set_query (self->lines, NULL, NULL, NULL);
  self->lines = NULL;
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_client_list_parent_class)->dispose (object);
}

static void
kith_client_list_class_init (KithClientListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_client_list_dispose;
}

static void
kith_client_list_init (KithClientList *self)
{
}

/* What a button does, and its key beside it. */
void
kith_client_list_button_set_words (GtkButton  *button,
                                   const char *words,
                                   const char *action)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *key = kith_shortcuts_label (action);

  gtk_box_append (GTK_BOX (box), gtk_label_new (words));
  if (key)
    {
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "key-hint");
      gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_button_set_child (button, box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* The button of a heading prints its key. */
GtkWidget *
kith_client_list_button_new (const char *words,
                             const char *action)
{
  GtkWidget *button = gtk_button_new ();

  kith_client_list_button_set_words (GTK_BUTTON (button), _(words), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/**
 * kith_client_list_new:
 * @kind: which entry of the table
 *
 * Returns: (transfer floating): it asks for nothing before kith_client_list_set_client()
 */
GtkWidget *
kith_client_list_new (KithContext       *context,
                      KithClientListKind kind)
{
  KithClientList *self = g_object_new (KITH_TYPE_CLIENT_LIST, NULL);
  const ListSpec *spec = &specs[kind];
  GtkWidget *group = adw_preferences_group_new (), *list = gtk_list_box_new ();
  g_autofree char *list_name = g_strconcat (spec->query, "-list", NULL);

  self->context = g_object_ref (context);
  self->kind = kind;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(spec->title));
  if (spec->says)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _(spec->says));
  if (spec->action)
    {
      GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      if (spec->also)
        gtk_box_append (GTK_BOX (buttons), kith_client_list_button_new (spec->also_add, spec->also));
      gtk_box_append (GTK_BOX (buttons), kith_client_list_button_new (spec->add, spec->action));
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), buttons);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_name (list, list_name);
  self->lines = KITH_LINES (kith_lines_new (context, list, spec->step, make_line, told_cb, self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->lines));
  self->empty = gtk_label_new (_(spec->empty));
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_widget_add_css_class (self->empty, "meta");
  gtk_widget_set_visible (self->empty, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->empty);
  if (kind == KITH_CLIENT_HOUSEHOLD)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

      self->people = kith_household_people_new ();
      gtk_box_append (GTK_BOX (box), group);
      gtk_box_append (GTK_BOX (box), self->people);
      group = box;
    }
  adw_bin_set_child (ADW_BIN (self), group);
  return GTK_WIDGET (self);
}

void
kith_client_list_set_client (KithClientList *self,
                             const char     *id)
{
  const ListSpec *spec = &specs[self->kind];
  g_autofree char *today = kith_format_today (kith_context_get_now (self->context));
  const char *args[] = { id, spec->with_today ? today : NULL, NULL };

  if (self->people && !id)
    kith_client_list_set_people (self, NULL);
  gtk_widget_set_visible (self->empty, FALSE); /* nobody sees the rows of the client before, or that there are none */
  kith_lines_set_query (self->lines, id ? spec->query : NULL, spec->kinds, args);
}

KithRow *
kith_client_list_find (KithClientList *self,
                       const char     *id)
{
  return kith_lines_find (self->lines, id);
}
