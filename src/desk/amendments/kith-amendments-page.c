/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "amendments/kith-amendments-page.h"

#include <glib/gi18n.h>

#include "amendments/kith-amendment-row.h"
#include "amendments/kith-amendment-view.h"
#include "amendments/kith-amendment-words.h"
#include "kith-context-day.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "print/kith-print-window.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-ask-window.h"

struct _KithAmendmentsPage
{
  KithSplitPage parent_instance;
  KithAmendmentView *view;
  KithListModel *model;
  KithWatch *watch;
  GPtrArray *rows; /* (element-type KithRow) of "amendments" */
};

G_DEFINE_FINAL_TYPE (KithAmendmentsPage, kith_amendments_page, KITH_TYPE_SPLIT_PAGE)

static const char *const kinds[] = { "amendment_request", "client", NULL };

static const KithActionStripItem actions[] = {
  { "correction.answer", N_("Answer…"), "suggested-action" },
  { "correction.disagree", N_("Client Disagrees…"), NULL },
  { "correction.end", N_("End…"), NULL },
  { "correction.print", N_("Print…"), NULL },
};

static KithContext *
context_of (KithAmendmentsPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/**
 * kith_amendments_may_answer:
 *
 * Returns: whether the signed-in person sees the page of what clients ask (C19): a supervisor or a privacy officer; FALSE before the first fill
 */
gboolean
kith_amendments_may_answer (KithContext *context)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  return actor && (kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR) || kith_actor_has_duty (actor, KITH_DUTY_PRIVACY));
}

static void
update_actions (KithAmendmentsPage *self)
{
  KithRow *row = kith_amendment_view_get_row (self->view);
  const char *state = row ? kith_row_get_text (row, "state") : NULL;
  gboolean may = row && kith_amendments_may_answer (context_of (self));
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "correction.answer", may && g_strcmp0 (state, "asked") == 0);
  gtk_widget_action_set_enabled (widget, "correction.disagree", may && g_strcmp0 (state, "refused") == 0 && kith_amendment_row_is_correction (row) &&
                                                                   !kith_row_get_text (row, "disagreement"));
  gtk_widget_action_set_enabled (widget, "correction.end", may && kith_amendment_row_holds (row));
  gtk_widget_action_set_enabled (widget, "correction.print", row != NULL);
}

static void
show_chosen (KithAmendmentsPage *self)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (self));
  KithRow *shown = NULL;

  for (guint i = 0; id && i < self->rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->rows->pdata[i]), id) == 0)
      shown = self->rows->pdata[i];
  kith_amendment_view_set_row (self->view, shown);
  update_actions (self);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithAmendmentsPage *self = user_data;
  guint n = 0;

  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      g_ptr_array_add (self->rows, g_object_ref (rows->pdata[i]));
      n += g_strcmp0 (kith_row_get_text (rows->pdata[i], "state"), "asked") == 0;
    }
  kith_page_set_count (KITH_PAGE (self), kith_amendments_may_answer (context_of (self)) ? n : 0);
  show_chosen (self);
}

static void
kith_amendments_page_selected (KithSplitPage *page,
                               const char    *id)
{
  show_chosen (KITH_AMENDMENTS_PAGE (page));
}

/* Acts */

/* given: transfer full. NULL: nothing is chosen */
static KithAskWindow *
ask (KithAmendmentsPage *self,
     const char         *op,
     const char         *title,
     const char         *words,
     const char         *verb,
     const char         *done,
     const char         *day,
     JsonObject         *given)
{
  KithRow *row = kith_amendment_view_get_row (self->view);
  g_autofree char *today = kith_format_today (kith_context_get_day_now (context_of (self)));
  g_autofree char *scope = g_strconcat ("amendment:", kith_row_get_id (row), NULL);
  KithAskWindow *window;

  window = KITH_ASK_WINDOW (kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), context_of (self), op, title, words, verb, done, given,
                                                 kith_json_new (day, "s", today, NULL)));
  kith_ask_window_keep_draft (window, scope, NULL);
  return window;
}

static void
answer_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithAmendmentsPage *self = KITH_AMENDMENTS_PAGE (widget);
  KithRow *row = kith_amendment_view_get_row (self->view);
  g_autofree char *words = row ? kith_amendment_answer_words (row) : NULL;
  g_autofree char *way = NULL;
  KithAskWindow *window;

  if (!row)
    return;
  window = ask (self, "amendment.decide", _("Answer the Client"), words, C_("verb", "Answer"), _("Answered"), "decided_on", kith_amendment_given (row));
  if (!kith_amendment_row_is_correction (row) && kith_row_get_int (row, "here") != 0) /* what carries it out is done there */
    {
      way = g_strconcat ("win.go::clients/", kith_row_get_text (row, "client"), NULL);
      kith_ask_window_add_way (window, _("To the Client’s Record"), widget, way);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
end_action (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  KithAmendmentsPage *self = KITH_AMENDMENTS_PAGE (widget);
  KithRow *row = kith_amendment_view_get_row (self->view);

  if (row)
    gtk_window_present (GTK_WINDOW (ask (self, "amendment.end", _("End What Was Agreed"), kith_amendment_end_words (), C_("verb", "End"), _("Ended"), "ended_on",
                                         kith_json_new ("request", "s", kith_row_get_id (row), NULL))));
}

static void
disagree_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  KithAmendmentsPage *self = KITH_AMENDMENTS_PAGE (widget);
  KithRow *row = kith_amendment_view_get_row (self->view);

  if (row)
    gtk_window_present (GTK_WINDOW (ask (self, "amendment.disagree", _("The Client Disagrees"),
                                         _("What the client wrote, word for word. It stays with the refusal and is printed with it."), _("Record"), _("Recorded"), "disagreed_on",
                                         kith_json_new ("request", "s", kith_row_get_id (row), NULL))));
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithAmendmentsPage *self = KITH_AMENDMENTS_PAGE (widget);
  KithRow *row = kith_amendment_view_get_row (self->view);
  GtkWidget *window;

  if (!row)
    return;
  window = kith_print_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), context_of (self), kith_row_get_text (row, "client"));
  kith_print_window_choose (KITH_PRINT_WINDOW (window), KITH_PAPER_CORRECTIONS);
  gtk_window_present (GTK_WINDOW (window));
}

/* Whose desk it is may be known later than the page is built. */
static void
look (KithAmendmentsPage *self)
{
  const char *agency = kith_context_get_agency (context_of (self));
  const char *args[] = { agency, NULL };

  g_clear_object (&self->watch);
  g_clear_object (&self->model);
  g_ptr_array_set_size (self->rows, 0);
  self->model = kith_list_model_new (kith_context_get_desktop (context_of (self)), "amendments", kinds, args);
  self->watch = kith_watch_new (context_of (self), "amendments", kinds, agency, rows_cb, self);
  kith_split_page_set_empty (KITH_SPLIT_PAGE (self), KITH_PAGE_GET_CLASS (self)->icon_name,
                             kith_amendments_may_answer (context_of (self)) ? _("Nothing to Answer") : _("For Supervisors and Privacy Officers"),
                             _("A client may ask to have corrected what your agency wrote, or to have it kept from somebody. It is taken down in the client’s record, and answered here within 60 days."), NULL,
                             NULL);
  kith_split_page_set_choose (KITH_SPLIT_PAGE (self), kith_amendments_may_answer (context_of (self)) ? _("Choose a request to read and answer it.") : NULL);
  kith_split_page_set_model (KITH_SPLIT_PAGE (self), G_LIST_MODEL (self->model), TRUE);
  update_actions (self);
}

static void
kith_amendments_page_constructed (GObject *object)
{
  KithAmendmentsPage *self = KITH_AMENDMENTS_PAGE (object);

  G_OBJECT_CLASS (kith_amendments_page_parent_class)->constructed (object);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->view = KITH_AMENDMENT_VIEW (kith_amendment_view_new (context_of (self)));
  kith_split_page_set_record (KITH_SPLIT_PAGE (self), kith_action_strip_new (actions, G_N_ELEMENTS (actions)), GTK_WIDGET (self->view));
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

static void
kith_amendments_page_dispose (GObject *object)
{
  KithAmendmentsPage *self = KITH_AMENDMENTS_PAGE (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (kith_amendments_page_parent_class)->dispose (object);
}

static void
kith_amendments_page_finalize (GObject *object)
{
  g_clear_pointer (&KITH_AMENDMENTS_PAGE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kith_amendments_page_parent_class)->finalize (object);
}

static void
kith_amendments_page_class_init (KithAmendmentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_amendments_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_amendments_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_amendments_page_finalize;
  KITH_PAGE_CLASS (klass)->name = "corrections";
  KITH_PAGE_CLASS (klass)->title = N_("Client Requests");
  KITH_PAGE_CLASS (klass)->icon_name = "document-edit-symbolic";
  KITH_PAGE_CLASS (klass)->counts = TRUE;
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_AMENDMENT_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_amendments_page_selected;
  gtk_widget_class_install_action (widget_class, "correction.answer", NULL, answer_action);
  gtk_widget_class_install_action (widget_class, "correction.disagree", NULL, disagree_action);
  gtk_widget_class_install_action (widget_class, "correction.end", NULL, end_action);
  gtk_widget_class_install_action (widget_class, "correction.print", NULL, print_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_CORRECTION);
}

static void
kith_amendments_page_init (KithAmendmentsPage *self)
{
}
