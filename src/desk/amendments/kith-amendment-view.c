/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "amendments/kith-amendment-view.h"

#include <glib/gi18n.h>

#include "amendments/kith-amendment-row.h"
#include "amendments/kith-amendment-words.h"
#include "kith-format.h"
#include "widgets/kith-facts.h"

struct _KithAmendmentView
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *content, *open;
  GtkLabel *title, *subtitle;
  KithFacts *asked, *answer, *end, *disagreement;
  KithRow *row;
};

G_DEFINE_FINAL_TYPE (KithAmendmentView, kith_amendment_view, ADW_TYPE_BIN)

/* "12 Nov 2026, Ana Delgado". Yours; NULL: no day */
static char *
day_and_name (KithRow    *row,
              const char *day,
              const char *name)
{
  g_autofree char *date = kith_format_date (kith_row_get_text (row, day));
  const char *who = kith_row_get_text (row, name);

  return date ? g_strjoin (", ", date, who, NULL) : NULL;
}

/* The day the client wrote it is the client's; when it came into the record, and by whom, is the agency's. */
static void
show_disagreement (KithAmendmentView *self,
                   KithRow           *row)
{
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "disagreed_at"), kith_context_get_now (self->context));
  const char *who = kith_row_get_text (row, "disagreed_by_name");

  kith_facts_clear (self->disagreement);
  kith_facts_add (self->disagreement, _("The client’s words"), kith_row_get_text (row, "disagreement"));
  if (!kith_row_get_text (row, "disagreement"))
    return;
  kith_facts_take (self->disagreement, _("Written on"), kith_format_date (kith_row_get_text (row, "disagreed_on")));
  kith_facts_take (self->disagreement, _("Recorded"), when && who ? g_strjoin (", ", when, who, NULL) : g_strdup (when ? when : who));
}

static void
show_end (KithAmendmentView *self,
          KithRow           *row)
{
  kith_facts_clear (self->end);
  kith_facts_take (self->end, _("Ended"), day_and_name (row, "ended_on", "ended_by_name"));
  kith_facts_add (self->end, _("Why"), kith_row_get_text (row, "end_reason"));
  kith_facts_add (self->end, _("The client"), kith_row_get_text (row, "ended_on") && kith_row_get_int (row, "end_agreed") ? _("Agreed to the end") : NULL);
  kith_facts_add (self->end, _("What came before"), kith_amendment_row_holds_for_before (row) ? _("It stays restricted: the client did not agree to the end.") : NULL);
}

static void
show_row (KithAmendmentView *self,
          KithRow           *row)
{
  const char *client = kith_row_get_text (row, "client"), *state = kith_row_get_text (row, "state"), *icon, *tone;
  gboolean correction = kith_amendment_row_is_correction (row);
  gboolean asked = g_strcmp0 (state, "asked") == 0, late = FALSE;
  g_autofree char *title = kith_amendment_client (row);
  g_autofree char *place = client ? g_strconcat ("clients/", client, NULL) : NULL;
  g_autofree char *due = asked ? kith_format_due (kith_row_get_text (row, "due_on"), kith_context_get_now (self->context), &late) : NULL;

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, kith_row_get_text (row, "number") ? kith_row_get_text (row, "number") : "");
  kith_facts_clear (self->asked);
  kith_facts_add (self->asked, _("What"), correction ? NULL : kith_format_code ("amendment_type", kith_row_get_text (row, "type")));
  kith_facts_add (self->asked, correction ? _("What is wrong") : _("The client’s words"), kith_row_get_text (row, "about"));
  kith_facts_add (self->asked, _("Kept from"), kith_row_get_text (row, "whom"));
  kith_facts_add (self->asked, _("Should say"), kith_row_get_text (row, "wanted"));
  kith_facts_take (self->asked, _("Asked"), day_and_name (row, "asked_on", "by_name"));
  kith_facts_take (self->asked, _("Answer by"), kith_format_date (kith_row_get_text (row, "due_on")));
  kith_facts_add (self->asked, _("State"), due ? due : kith_amendment_state (row, &icon, &tone));
  kith_facts_clear (self->answer);
  if (!asked)
    {
      kith_facts_add (self->answer, _("Answer"), kith_format_code ("amendment_state", state));
      kith_facts_add (self->answer, _("Why"), kith_row_get_text (row, "basis") ? kith_format_code ("amendment_refusal", kith_row_get_text (row, "basis")) : NULL);
      kith_facts_add (self->answer, _("What the client is told"), kith_row_get_text (row, "reason"));
      kith_facts_add (self->answer, _("What colleagues keep to"), kith_row_get_text (row, "keep"));
      kith_facts_take (self->answer, _("Answered"), day_and_name (row, "decided_on", "decided_by_name"));
    }
  show_end (self, row);
  show_disagreement (self, row);
  gtk_widget_set_visible (self->open, kith_row_get_int (row, "here") != 0 && place);
  if (place)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", place);
}

void
kith_amendment_view_set_row (KithAmendmentView *self,
                             KithRow           *row)
{
  g_set_object (&self->row, row);
  gtk_widget_set_visible (self->content, row != NULL);
  if (row)
    show_row (self, row);
}

KithRow *
kith_amendment_view_get_row (KithAmendmentView *self)
{
  return self->row;
}

static void
kith_amendment_view_dispose (GObject *object)
{
  KithAmendmentView *self = KITH_AMENDMENT_VIEW (object);

  g_clear_object (&self->row);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_AMENDMENT_VIEW);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_amendment_view_parent_class)->dispose (object);
}

static void
kith_amendment_view_class_init (KithAmendmentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_amendment_view_dispose;
  g_type_ensure (KITH_TYPE_FACTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/amendments/kith-amendment-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, content);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, open);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, title);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, asked);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, answer);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, end);
  gtk_widget_class_bind_template_child (widget_class, KithAmendmentView, disagreement);
}

static void
kith_amendment_view_init (KithAmendmentView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_facts_set_title (self->asked, _("What the client asks"));
  kith_facts_set_title (self->answer, _("What the agency answered"));
  kith_facts_set_title (self->end, _("It is over"));
  kith_facts_set_title (self->disagreement, _("What the client wrote against it"));
}

/**
 * kith_amendment_view_new:
 *
 * Returns: (transfer floating): it shows nothing before kith_amendment_view_set_row()
 */
GtkWidget *
kith_amendment_view_new (KithContext *context)
{
  KithAmendmentView *self = g_object_new (KITH_TYPE_AMENDMENT_VIEW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
